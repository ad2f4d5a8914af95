"""Who conferences are about, in numbers that name nobody: whether each group is planned for and heard alike.

Numbers are rounded to the nearest five, and below five only "0 to 4" is shown, so that no child can be found in them.
"""

from collections import defaultdict

from conferences.convening.choices import ConferenceState, Outcome, Participation
from conferences.convening.models import Conference, ConferenceChild
from cpc.core.accounts.permissions import Viewer, seen_by
from families.people.choices import Disability, Sex

FEWEST = 5
# The children in need census writes the large group as the first letter of its codes.
ETHNIC_GROUPS = {"W": "White", "M": "Mixed", "A": "Asian", "B": "Black", "C": "Chinese", "O": "Another ethnic group"}
NOT_RECORDED = "Not recorded"
# The child's views reached the conference.
HEARD = (Participation.PN1, Participation.PN2, Participation.PN3, Participation.PN5, Participation.PN6)


def rounded(number: int) -> str:
    """The number to the nearest five; "0 to 4" below five."""
    return "0 to 4" if number < FEWEST else str(FEWEST * round(number / FEWEST))


def groups_of(ethnicity: str, sex: str, disabilities, interpreter_needed: bool) -> list[tuple[str, str]]:
    """The groups that a child counts in, one for each question: (question, group)."""
    told = ethnicity not in ("", "REFU", "NOBT")
    disabled = [one for one in disabilities if one != Disability.NONE]
    return [
        ("Ethnicity", ETHNIC_GROUPS[ethnicity[0]] if told else NOT_RECORDED),
        ("Sex", NOT_RECORDED if sex == Sex.UNKNOWN else Sex(sex).label),
        ("Disability", "Disabled" if disabled else "Not disabled" if disabilities else NOT_RECORDED),
        ("Interpreter", "Needs one" if interpreter_needed else "Needs none"),
    ]


def equality(viewer: Viewer, since) -> list[tuple[str, str, str, str, str]]:
    """For each group: how many children had a conference since that day, how many got a protection plan, and of how
    many the views were heard; as (question, group, …). Only of conferences that the viewer may see. One query.
    """
    held = seen_by(viewer, Conference).filter(state=ConferenceState.HELD, starts_at__date__gte=since)
    rows = ConferenceChild.objects.filter(conference__in=held.order_by().values("pk"), included=True).values_list(
        "child", "child__ethnicity", "child__sex", "child__disabilities", "child__interpreter_needed",
        "participation", "decision__outcome",
    )  # fmt: skip
    found = defaultdict(lambda: (set(), set(), set()))
    for child, *about, participation, outcome in rows:
        for group in groups_of(*about):
            had, plan, heard = found[group]
            had.add(child)
            if outcome == Outcome.PROTECTION_PLAN:
                plan.add(child)
            if participation in HEARD:
                heard.add(child)
    asked = list(dict.fromkeys(question for question, _ in found))  # as ``groups_of`` puts them
    in_order = sorted(found.items(), key=lambda row: (asked.index(row[0][0]), row[0][1] == NOT_RECORDED, row[0][1]))
    return [(*group, *(rounded(len(each)) for each in counts)) for group, counts in in_order]
