"""The order of a work list."""

from dataclasses import replace
from datetime import date

from cpc.core.kernel.duties import Duty, Harm
from cpc.work.rules import MISSED, OTHER, SAFETY, STATUTORY, WAITING, by_harm, narrowed

WEDNESDAY = date(2026, 3, 11)
ME = frozenset({1})


def a_duty(due_on, task, family="Marlow family", harm=Harm.OTHER, **more):
    families = {"Marlow family": 1, "Harlan family": 2, "": 0}
    says = f"{task}: {family}" if family else task
    return Duty("kind", 1, due_on, says, "/", families[family], ME, harm=harm, **more)


def shown(duties):
    return [
        (heading, [(family.name, [duty.says.partition(":")[0] for duty in family.duties]) for family in families])
        for heading, families in by_harm(duties, WEDNESDAY, ME)
    ]


def test_a_missed_statutory_date_comes_before_any_late_errand_and_safety_before_the_rest():
    assert shown([
        a_duty(date(2026, 1, 5), "An old errand"),
        a_duty(date(2026, 3, 20), "Safety to come", harm=Harm.SAFETY),
        a_duty(date(2026, 3, 9), "A late stage", harm=Harm.STATUTORY, last_on=date(2026, 3, 20)),
        a_duty(date(2026, 3, 2), "Missed", harm=Harm.STATUTORY, last_on=date(2026, 3, 10)),
        a_duty(date(2026, 3, 10), "Missed by its own date", harm=Harm.STATUTORY),
    ]) == [
        (MISSED, [("Marlow family", ["Missed", "Missed by its own date"])]),
        (STATUTORY, [("Marlow family", ["A late stage"])]),
        (SAFETY, [("Marlow family", ["Safety to come"])]),
        (OTHER, [("Marlow family", ["An old errand"])]),
    ]  # fmt: skip
    assert shown([]) == []


def test_the_family_with_the_soonest_task_comes_first_and_keeps_its_tasks_together():
    found = [
        a_duty(date(2026, 3, 12), "First"), a_duty(date(2026, 3, 13), "Second", "Harlan family"),
        a_duty(date(2026, 3, 14), "Third"), a_duty(date(2026, 3, 15), "Of no family", ""),
    ]  # fmt: skip
    assert shown(found) == [
        (OTHER, [("Marlow family", ["First", "Third"]), ("Harlan family", ["Second"]), ("", ["Of no family"])])
    ]


def test_what_somebody_else_must_do_is_apart_however_grave():
    theirs = replace(a_duty(date(2026, 3, 2), "Theirs", harm=Harm.STATUTORY), owners=frozenset({2}), then=ME)
    nobodys = replace(theirs, says="Nobody’s: Marlow family", owners=frozenset())
    assert [heading for heading, _ in by_harm([theirs], WEDNESDAY, ME)] == [WAITING]
    assert [heading for heading, _ in by_harm([nobodys], WEDNESDAY, ME)] == [MISSED]


def test_a_list_is_narrowed_to_a_heading_to_what_is_late_and_to_a_family():
    late = a_duty(date(2026, 3, 2), "Late")
    safety = a_duty(date(2026, 3, 12), "Safety", "Harlan family", harm=Harm.SAFETY)

    def found(show="", family=""):
        return narrowed([late, safety], WEDNESDAY, ME, show, family)

    assert found() == [late, safety] and found("late") == [late] and found("safety") == [safety]
    assert found(family="harl") == [safety] and found("late", "harl") == [] and found("waiting") == []
