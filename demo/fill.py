"""Fills an empty install with the invented council. For demonstrations only."""

from conferences.convening.models import Conference
from cpc.core.kernel.refusals import WrongState
from cpc.core.policy.queries import calendar, rules_read_once
from demo.cases import CASES, live
from demo.households import households
from demo.lives import Life
from demo.staff import is_demo, make_staff
from families.cases.models import Family


def fill(today, tell=print, cases=CASES) -> None:
    """The council's people and families exist, relative to ``today``; nothing more happens if any family is there.

    Raises WrongState on an install that is not a demonstration.
    """
    if not is_demo():
        raise WrongState("This is not a demonstration: only demo.settings may fill it with an invented council.")
    if Family.objects.exists():
        tell("  The invented council is here already.")
        return
    with rules_read_once():
        # The council's today is a day on which it works, so that its chair has a conference to hold.
        today = calendar().next_working_day(today)
        council = make_staff(today)
        tell(f"  Playing the lives of {len(cases)} invented families. This takes several minutes, once …")
        lives = zip(cases, households()[: len(cases)], strict=True)
        for number, (case, household) in enumerate(lives):
            life = Life(council, household, today, calendar().add_working_days(today, -case.ago), slot=number)
            live(case, life)
            tell(f"  {number + 1:>3} of {len(cases)}: the {household.name} family")
    tell(f"  Done: {Family.objects.count()} families, {Conference.objects.count()} conferences.")
