"""What the family wrote before a conference, as far as a viewer may read it. Nothing here writes."""

from django.db.models import Value
from django.utils import timezone

from conferences.convening.permissions import readable_by
from conferences.convening.rules.childs_voice import Voice, voice_of
from conferences.convening.rules.family_words import FACE, FACES, SAFE_NOW, SCALE, age_group, questions_for
from conferences.disclosure.choices import Audience
from cpc.core.accounts.permissions import Viewer
from cpc.core.kernel.dates import age_on
from families.people.models import Person
from families.people.queries.adults import adults_of
from families.people.queries.household import eldest_first
from families.people.rules.short_names import tell_apart
from families.protections.queries.withheld import withholding_rules_for
from reports.incoming.models import Contribution
from reports.incoming.queries.words import Answer
from reports.incoming.rules.marks import Statement

# What was written in the box about each child, among the questions that may be for the chair alone.
CHILDREN = "children"
_FACES = {value: name for value, name, _ in FACES}


def group_of(conference, person: Person) -> str:
    """The age group of a child of the conference; empty for an adult."""
    if not conference.children.filter(child=person, included=True).exists():
        return ""
    years = age_on(person.born_on, conference.held_on) if person.born_on and conference.held_on else None
    return age_group(years)


def is_offered_form(conference, person: Person) -> bool:
    """Whether there is a form for this person: for everybody but a child of the conference who is too young."""
    on = conference.held_on or timezone.localdate()
    is_young = voice_of(person, on) != Voice.FORM
    return not (is_young and conference.children.filter(child=person, included=True).exists())


def children_to_write_about(conference, person: Person) -> list[Person]:
    """The children of the conference that an adult is asked about: those they were invited for, or are a parent of;
    never one that they must not learn of."""
    included = set(conference.children.filter(included=True).values_list("child", flat=True))
    invited = conference.invitations.filter(person=person).values_list("children__child", flat=True)
    own = {tie.child_id for tie in adults_of(included) if tie.adult_id == person.pk}
    rules = withholding_rules_for(conference.family_id, people=[person.pk])
    told = ((set(invited) & included) or own) - rules.withheld_from(person.pk).people
    return tell_apart(Person.objects.filter(pk__in=told).order_by(*eldest_first()))


def read_whole(viewer: Viewer, conference) -> set[int]:
    """The contributions (ids) of the conference with answers for the chair alone that this viewer reads: its chair, and
    who typed them in."""
    rows = Contribution.objects.filter(conference=conference).annotate(answer_is=Value(Audience.CHAIR.value))
    if viewer.kind == "system":
        return set(rows.values_list("pk", flat=True))
    reads = readable_by(viewer, None, conference="conference", author="entered_by", audience="answer_is")
    return set(rows.filter(reads).values_list("pk", flat=True))


def words_of_contribution(one: Contribution, *, whole: bool) -> list[Answer]:
    """What the person wrote, each question with its answer. Without ``whole``, only what the conference may read."""
    found = []
    for question, words in questions_for(group_of(one.conference, one.person)):
        text = getattr(one, question.name).strip()
        if text and (whole or question.name not in one.for_chair):
            if question.kind == FACE:
                text = _FACES.get(text, text)
            elif question.kind == SCALE:
                text = f"{text} of 10"
            found.append(Answer(words, (_statement(one, question.name, text),)))
    if whole or CHILDREN not in one.for_chair:
        for box in one.children.select_related("child").order_by("pk"):
            name = box.child.short_name
            asked = {f"About {name}": box.said, SAFE_NOW.replace("{child}", name): box.scale and f"{box.scale} of 10"}
            found += [
                Answer(label, (_statement(one, CHILDREN, text),), box.child_id) for label, text in asked.items() if text
            ]
    return found


def _statement(one, name: str, text: str) -> Statement:
    return Statement(text, label="For the chair alone" if name in one.for_chair else "")
