"""The sections of a report, in one list: the model, the form, the page, the printed blank and the restricted texts
follow it.

The questions of each kind are those that published forms of English partnerships ask, in our own words.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from cpc.core.kernel.phrases import about_children
from reports.incoming.choices import ReportKind as K

# The kinds of the agencies that see a child’s health.
HEALTH = (K.GP, K.HEALTH_VISITOR, K.MIDWIFE)
# Every kind but the police, who report what they hold and no more.
MOST = tuple(kind for kind in K if kind != K.POLICE)


@dataclass(frozen=True)
class Question:
    """A question on a form, with the hint below it."""

    label: str
    hint: str = ""


@dataclass(frozen=True)
class ReportSection:
    """One section of a report: its field name and the question in each kind of report that has it.

    ``at_review``: the kinds that ask it in other words for a review conference, about the time since the last one.
    ``each_child``: it is asked about each child alone, and “{child}” in the question is the child’s name. ``is_scale``:
    the answer is a number from 0 to 10. ``born_only``: it is not asked about a child who is not born.
    """

    name: str
    asked: dict[str, Question] = field(hash=False)
    each_child: bool = False
    is_scale: bool = False
    born_only: bool = False
    at_review: dict[str, Question] = field(default_factory=dict, hash=False)

    def asked_in(self, kind, *, is_review: bool = False) -> Question | None:
        """The question in this kind of report; None if this kind does not have the section."""
        at_review = self.at_review.get(kind) if is_review else None
        return at_review or self.asked.get(kind)


def _in(kinds, label: str, hint: str = "", **others: Question) -> dict[str, Question]:
    """The same question in these kinds of report, and other ones where they differ."""
    return {kind: Question(label, hint) for kind in kinds} | {K(kind): asked for kind, asked in others.items()}


MARKING = "Begin a line with Seen, Told by (a name), Alleged or Found, and a colon, to mark what it is."

SECTIONS = (
    ReportSection(
        "involvement",
        _in(
            MOST, "How does your agency know the family, and since when?", "What you do with them and how often.",
            social_work=Question(
                "What led to this conference, and what has been done?", "What the enquiry found, if there was one."
            ),
            police=Question("Which people in this family do the police know, and in what way?"),
            probation=Question(
                "Who do you supervise, under which order or licence, and until when?",
                "The offence, the conditions that bear on the children, and how often you see them.",
            ),
            adult_services=Question(
                "Which adult do you work with, since when, and for what?", "What you do with them and how often."
            ),
        ),
        at_review=_in(
            MOST, "What has your agency done since the last conference?",
            "How often you saw the family, which core groups you went to, and what you did of the plan.",
            social_work=Question(
                "What has been done since the last conference?",
                "The visits and core groups, with their dates, what was done of the plan, and any change of worker.",
            ),
            police=Question("What have the police done since the last conference?"),
        ),
    ),
    ReportSection(
        "chronology",
        _in(
            MOST, "What important events do you know of, and when did they happen?",
            "One line for each, with its date: what happened, and what it meant for the child.",
            police=Question(
                "Which incidents bear on the children’s safety?", "Date, what was reported, what the police did."
            ),
        ),
        at_review=_in(
            MOST, "What important events have there been since the last conference?",
            "One line for each, with its date: what happened, and what it meant for the child.",
            police=Question(
                "Which incidents have there been since the last conference?",
                "Date, what was reported, what the police did.",
            ),
        ),
    ),
    ReportSection(
        "support_given",
        _in(MOST, "What help has the family had, and has it helped?", "Early help and what came of it, too."),
        at_review=_in(MOST, "What help has the family had since the last conference, and has it helped?"),
    ),
    ReportSection(
        "adults",
        {
            K.GP: Question(
                "What do you know of the parents’ health that bears on their care?", "In plain words, not in codes."
            ),
            K.HEALTH_VISITOR: Question("How do the parents care for the children, and how do you know?"),
            K.MIDWIFE: Question(
                "How is the pregnancy, and how are the parents preparing?",
                "Appointments kept and missed, health, and who comes.",
            ),
            K.PROBATION: Question(
                "What risk do they pose to children or partners, and how was it assessed?", "Say how sure you are."
            ),
            K.ADULT_SERVICES: Question(
                "How does this adult’s health or situation affect their care of the children?",
                "On good days and on bad days. What they do about it themselves.",
            ),
            K.SOCIAL_WORK: Question(
                "How do the parents and carers look after the children?",
                "What each of them does, what gets in the way, and the family’s history, culture and situation.",
            ),
        },
    ),
    ReportSection(
        "worried",
        _in(
            MOST, "What are you worried about?", MARKING,
            social_work=Question(
                "What has happened to the children, and what are you worried will happen?", MARKING
            ),
            police=Question("What worries the police?", MARKING),
        ),
        at_review=_in(
            MOST, "What are you still worried about, and is anything new?", MARKING,
            police=Question("What still worries the police?", MARKING),
        ),
    ),
    ReportSection(
        "danger_statement",
        {
            K.SOCIAL_WORK: Question(
                "Danger statement",
                "Who is worried, about what harm to which child, and what will happen if nothing changes. It is read "
                "out at the conference, so write it in plain words.",
            )
        },
    ),
    ReportSection(
        "complicating",
        {K.SOCIAL_WORK: Question("What makes it harder to keep the children safe?")},
    ),
    ReportSection(
        "working_well",
        _in(
            MOST, "What is working well?", "What keeps the children safe now.",
            social_work=Question(
                "What is working well?", "Strengths of the family, and what keeps the children safe now."
            ),
        ),
        at_review=_in(MOST, "What is better than at the last conference?", "And what keeps the children safe now."),
    ),
    ReportSection(
        "child_views", _in(MOST, "What have the children said or shown?", "In their own words where you can.")
    ),
    ReportSection(
        "family_views",
        _in(
            MOST, "What does the family say?",
            social_work=Question("What do the parents, carers and wider family say?"),
        ),
    ),
    ReportSection(
        "told_in_substance",
        {
            K.POLICE: Question(
                "What may the family be told, in substance?",
                "What a decision relies on has to be told to the family. Say what may be said, and who may say it.",
            )
        },
    ),
    ReportSection(
        "analysis",
        {
            K.SOCIAL_WORK: Question(
                "What is your analysis?",
                "What the facts mean together, and whether the children are suffering or likely to suffer significant "
                "harm.",
            )
        },
    ),
    ReportSection(
        "needs_to_happen",
        _in(
            MOST, "What needs to happen, and what will your agency do?",
            social_work=Question("What needs to change, and what should the plan contain?"),
            police=Question("What will the police do?"),
        ),
    ),
    ReportSection(
        "recommendation",
        _in(
            MOST, "What is your view?", "Whether each child needs a child protection plan, and why.",
            social_work=Question(
                "What do you recommend to the conference?", "For each child. A child’s own section is below."
            ),
        ),
        at_review=_in(
            MOST, "Does each child still need a child protection plan?",
            "Why, or why not. If they do: what has to change before the plan can end.",
            social_work=Question(
                "What do you recommend to the conference?",
                "For each child: that the plan goes on, is changed or ends, and what support follows it. A child’s own "
                "section is below.",
            ),
        ),
    ),
    ReportSection("about", _in(K, "About {child} alone"), each_child=True),
    ReportSection(
        "seen",
        {
            K.SOCIAL_WORK: Question(
                "When was {child} seen, and who saw them?",
                "Each date in the enquiry. Alone, or who was there and why.",
            )
        }
        | _in(HEALTH, "When was {child} last seen, and who came with them?"),
        each_child=True,
        born_only=True,
        at_review={
            K.SOCIAL_WORK: Question(
                "When was {child} seen since the last conference, and who saw them?",
                "Each date, and whether it was at home. Alone, or who was there and why.",
            )
        },
    ),
    ReportSection(
        "health",
        {
            K.GP: Question(
                "How is the health of {child}?",
                "Registered since when, conditions in plain words, medicines, immunisations, missed appointments.",
            ),
            K.HEALTH_VISITOR: Question(
                "How is the health and development of {child}?", "Growth, sleep, feeding, speech, checks missed."
            ),
            K.MIDWIFE: Question("How is {child}, and what will they need?"),
        },
        each_child=True,
    ),
    ReportSection(
        "education",
        {
            K.SCHOOL: Question(
                "How is {child} at school or nursery?",
                "Attendance and lateness, progress for their age, how they look and behave, friends, who brings them.",
            )
        },
        each_child=True,
        born_only=True,
    ),
    ReportSection(
        "needs",
        {
            K.SOCIAL_WORK: Question(
                "What does {child} need?", "Health, development, identity, language, religion and disability."
            )
        },
        each_child=True,
    ),
    ReportSection(
        "wishes",
        {
            K.SOCIAL_WORK: Question(
                "What does {child} wish and feel?",
                "In their words, and whether they agreed to have it shared. Of a young child: what you have seen, and "
                "what life is like for them.",
            )
        },
        each_child=True,
        born_only=True,
    ),
    ReportSection(
        "harm",
        {K.SOCIAL_WORK: Question("What harm has {child} suffered, or is {child} likely to suffer?", MARKING)},
        each_child=True,
    ),
    ReportSection(
        "child_recommendation",
        {
            K.SOCIAL_WORK: Question(
                "What do you recommend for {child}?", "A plan or not, and why; the kind of harm if there is one."
            )
        },
        each_child=True,
        at_review={
            K.SOCIAL_WORK: Question(
                "What do you recommend for {child}?", "That the plan goes on or ends, and why; the kind of harm now."
            )
        },
    ),
    ReportSection(
        "scale",
        _in(
            MOST, "How safe is {child} now?",
            "0: in danger, and something must happen at once. 10: safe enough for no plan.",
        ),
        each_child=True,
        is_scale=True,
    ),
)  # fmt: skip

FAMILY_SECTIONS = tuple(section for section in SECTIONS if not section.each_child)
CHILD_SECTIONS = tuple(section for section in SECTIONS if section.each_child)


def questions_of(kind, names: Sequence[str] = (), *, is_review: bool = False) -> dict[str, Question]:
    """The questions about the family as a whole in this kind of report, by section, in order. ``names`` are those of
    the children that it is about. At a review they ask about the time since the last conference.
    """
    found = {section.name: section.asked_in(kind, is_review=is_review) for section in FAMILY_SECTIONS}
    return {
        name: Question(about_children(asked.label, names), about_children(asked.hint, names))
        for name, asked in found.items()
        if asked
    }


def questions_about(kind, child: str, *, is_unborn: bool = False, is_review: bool = False) -> dict[str, Question]:
    """The questions about one child in this kind of report, with the child’s name, by section, in order."""
    return {
        section.name: Question(asked.label.replace("{child}", child), asked.hint)
        for section in CHILD_SECTIONS
        if (asked := section.asked_in(kind, is_review=is_review)) and not (is_unborn and section.born_only)
    }
