"""What the family is asked before a conference, in one list: the printed form and the page on which it is typed in.

The words are those of the person who answers. A child is asked by age: 10 to 12, 13 to 15, 16 and 17.
"""

from dataclasses import dataclass

YOUNGEST, MIDDLE, OLDEST = "10-12", "13-15", "16-17"
FACES = (
    ("1", "Very sad", "face-1.svg"),
    ("2", "Sad", "face-2.svg"),
    ("3", "In between", "face-3.svg"),
    ("4", "Happy", "face-4.svg"),
    ("5", "Very happy", "face-5.svg"),
)
RING = "0 is not safe at all. 10 is completely safe. Put a ring around a number."
TEXT, LINE, SCALE, FACE = "text", "line", "scale", "face"


@dataclass(frozen=True)
class FamilyQuestion:
    """A question: its field, how it is answered, and its words for an adult and for a child of each age.

    ``lines``: the room on paper. ``chair_alone``: the answer is for the chair alone, whatever is chosen for the rest.
    ``apart``: it has its own place on paper. ``hint`` is for both.
    """

    name: str
    adult: str = ""
    child: str = ""
    older: str = ""
    kind: str = TEXT
    lines: int = 4
    chair_alone: bool = False
    apart: bool = False
    hint: str = ""

    def words_for(self, age_group: str) -> str:
        """The question for this age group; for an adult where it is empty. Empty if they are not asked."""
        if not age_group:
            return self.adult
        return (self.older if age_group != YOUNGEST else "") or self.child


QUESTIONS = (
    FamilyQuestion("feeling", child="How do you feel at home?", older="How are things at home?", kind=FACE),
    FamilyQuestion(
        "working_well", "What is going well in your family?", "What is good in your life?",
        "What is going well for you?",
    ),
    FamilyQuestion("do_well", "What do you do well?", lines=3),
    FamilyQuestion("positives", "What good things should the professionals know about you and your family?", lines=3),
    FamilyQuestion("worried", "What worries you?", "What do you worry about?"),
    FamilyQuestion("others_worry", child="What do you think other people worry about?", lines=2),
    FamilyQuestion("important", child="Who is important to you?", lines=2),
    FamilyQuestion("must_change", "What needs to change for each child to be safe?"),
    FamilyQuestion("difficulties", "Is anything difficult for you at the moment?", lines=3),
    FamilyQuestion(
        "support_wanted", "What help or support would your family like?", "Who or what helps you?",
        "Who or what helps you, and what other help would you like?", lines=3,
    ),
    FamilyQuestion("support_how", "How would it help?", lines=3),
    FamilyQuestion("family_help", "Who in your family, or among your friends, can help?", lines=2),
    FamilyQuestion(
        "next_steps", "What should happen after the conference?", "What would you like to be different?",
        "What would you like to change, and what should happen next?",
    ),
    FamilyQuestion("could_do", "What could you, or others, do to make things better?", lines=3),
    FamilyQuestion(
        "scale", child="How safe do you feel?", older="How safe do you feel, all in all?", kind=SCALE, hint=RING,
    ),
    FamilyQuestion("on_reports", "Is anything in the reports wrong, or missing?", "Is there anything else?"),
    FamilyQuestion(
        "not_talk", child="What do you not want talked about at the meeting?", lines=2, chair_alone=True,
        hint="Only the person who runs the meeting, and the person who types this in, will read it.",
    ),
    FamilyQuestion(
        "must_not_read", "Is there anyone who must not read this?", "Is there anyone who must not read this?", lines=2,
        chair_alone=True,
        hint="Write their names, and which parts. Only the person who runs the meeting, and the person who types this "
        "in, will read it.",
    ),
    FamilyQuestion(
        "supporter", "Who will come with you, if anyone?", "Who will speak for you or come with you, if anyone?",
        kind=LINE, lines=1, apart=True,
    ),
    FamilyQuestion(
        "needs", "What do you need to take part?", "How do you want to take part?", lines=2, apart=True
    ),
)  # fmt: skip
# An adult is asked it about each child, below the box about the child.
SAFE_NOW = "How safe is {child} now?"
CHAIR_ALONE = tuple(one.name for one in QUESTIONS if one.chair_alone)


def questions_for(age_group: str) -> list[tuple[FamilyQuestion, str]]:
    """The questions for a child of this age group, or for an adult (empty), each with its words, in order."""
    return [(one, words) for one in QUESTIONS if (words := one.words_for(age_group))]


def age_group(years: int | None) -> str:
    """The age group of a child, for the words of letters and forms; the middle one if the age is not known."""
    if years is None or 13 <= years <= 15:
        return MIDDLE
    return YOUNGEST if years < 13 else OLDEST
