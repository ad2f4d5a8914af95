"""Random families: every copy holds what its reader needs, and the chair is told of every copy that does not.

The mirror of ``test_leaks``. What each reader needs follows from what was drawn, and from nothing in the software.
Each guard is taken away in turn, and the search notices. ``bin/test --thorough -k lacks`` searches ten times as long.
The search records how many copies it compared, and fails where they are too few to mean anything.
"""

from dataclasses import replace
from datetime import timedelta
from importlib import import_module

import pytest

from conferences.convening.models import Conference
from conferences.plans.models import PlanAction, ProtectionPlan
from cpc.core.accounts.tests.builders import TODAY, a_council, setting_up
from cpc.core.policy import rulebook
from cpc.core.policy.queries import words as words_of_service
from cpc.tests.leaks.drawn import CHILDREN, FATHERS, GRANDMOTHER, INTERPRETER, MOTHER, STEPFATHER
from cpc.tests.leaks.rich import RICH
from cpc.tests.leaks.test_leaks import for_families, the_walls_hold
from cpc.tests.leaks.told import OnRecord, the_fixed_family
from reports.outgoing.letters.lacks import copies_that_lack
from reports.outgoing.queries.facts import facts_of

pytestmark = pytest.mark.django_db
FAMILIES = 4
COPIES = 4  # at least, of each drawn family: a mother, a school, the police and a worker get two each
LETTER, RECORD = "decision_letter", "record"


def who_get(drawn) -> set[tuple[str, str]]:
    """(reader, kind of copy) of everybody who must get one: each parent, carer and agency with a child of theirs, but
    those that the chair excluded."""
    found = set()
    for reader in (MOTHER, *FATHERS, STEPFATHER, *drawn.professionals):
        if reader in {*drawn.adults, *drawn.professionals} - drawn.excluded:
            found |= {(reader, kind) for kind in (LETTER, RECORD) if drawn.covered(reader, kind)}
    return found


def what_they_need(drawn, reader, kind) -> set[str]:
    """The words that this copy must hold."""
    words = {
        "Because of what was heard.",
        "Safe at home",
        "Advice will be asked for.",
        "See the child",
        words_of_service("contact_phone"),
    }
    words |= {"Review conference", "neglect"}
    words |= {f"{CHILDREN[number]} needs a child protection plan." for number in drawn.covered(reader, kind)}
    words |= {words_of_service("complaint_route")} if reader in drawn.adults else {"your agency disagrees"}
    if kind == RECORD:
        words |= drawn.needed(reader)
    return words


AGREED_BEFORE = "Keep the helpline by the telephone"


def after_an_earlier_conference(case) -> None:
    """The plans of this family began at an earlier conference, which agreed an action that is still to be done."""
    conference, weeks = case.sitting.conference, timedelta(weeks=8)
    with setting_up():
        earlier = Conference.objects.get(pk=conference.pk)
        earlier.pk, earlier._state.adding = None, True
        for name in ("starts_at", "ends_at", "opened_at", "closed_at"):
            setattr(earlier, name, getattr(earlier, name) - weeks)
        earlier.save()
        for plan in ProtectionPlan.objects.filter(family=case.house.family):
            plan.opened_by_conference, plan.started_on = earlier, earlier.held_on
            plan.save()
            made = PlanAction.objects.create(
                family=case.house.family, conference=earlier, outcome="Safe", action=AGREED_BEFORE, who="Priya Nandra",
                due_on=TODAY, measure="Seen",
            )  # fmt: skip
            made.children.create(child=plan.child)


def nobody_lacks_anything(case, *more: str) -> int:
    """Everybody who must get a copy gets one, and it holds what they need, and ``more``. Returns how many copies were
    compared.
    """
    made = {(text.reader, copy.kind): text for text, copy in case.copies}
    missing = who_get(case.drawn) - made.keys()
    assert not missing, f"no copy for {sorted(missing)}"
    none = {GRANDMOTHER, INTERPRETER, *case.drawn.excluded}
    assert not none & {reader for reader, _ in made}, "somebody got a copy who must get none"
    for (reader, kind), text in made.items():
        needed = {*what_they_need(case.drawn, reader, kind), *more}
        lacks = [word for word in sorted(needed) if word not in text.words]
        assert not lacks, f"the {kind} of {reader} lacks {lacks}"
    return len(made)


def the_chair_is_told(case) -> None:
    """What the software itself says that copies lack: nothing, for what a rule withholds is no lack."""
    for one in copies_that_lack(facts_of(case.record), [LETTER, RECORD], TODAY):
        raise AssertionError(f"the {one.copy.kind} of {one.copy.invitation.name} lacks: {one.sentences}")


@pytest.mark.long
def test_no_reader_of_any_drawn_family_lacks_what_they_need(record_property):
    compared = []

    def check(drawn):
        case = OnRecord(drawn, a_council())
        compared.append(nobody_lacks_anything(case))
        the_chair_is_told(case)

    for_families(check, FAMILIES)
    record_property("copies_compared", sum(compared))
    assert len(compared) >= FAMILIES and min(compared) >= COPIES


@pytest.fixture
def siblings_together(monkeypatch, tmp_path, settings):
    """A service where professionals read about all the children of a conference."""
    general = (rulebook.AUTHORITIES / "general.toml").read_text()
    preset = general.replace("[words]", "[settings]\nprofessionals_read_siblings = true\n\n[words]").replace(
        'name = "general"', 'name = "siblings_together"'
    )
    (tmp_path / "siblings_together.toml").write_text(preset)
    monkeypatch.setattr(rulebook, "AUTHORITIES", tmp_path)
    rulebook.presets.cache_clear()
    settings.CPC_PRESET = "siblings_together"
    yield
    rulebook.presets.cache_clear()


def as_the_chair_and_the_preset_say(drawn):
    """The drawn family, where one father gets no documents and professionals read about all the children."""
    return replace(drawn, excluded=frozenset({FATHERS[drawn.fathers[0]]}), siblings_together=True)


def test_under_such_a_preset_professionals_have_all_the_children_and_who_is_excluded_nothing(siblings_together):
    compared = []

    def check(drawn):
        case = OnRecord(as_the_chair_and_the_preset_say(drawn), a_council())
        compared.append(nobody_lacks_anything(case))
        the_walls_hold(case)

    for_families(check, FAMILIES // 2)
    assert len(compared) >= FAMILIES // 2 and min(compared) >= COPIES


def nothing(*_, **__):
    return ()


PARTS = "reports.outgoing.letters.parts"
GUARDS = {
    "a text for several children is each child’s": {
        f"{PARTS}.paragraphs.appears_in": lambda paragraph, reader: paragraph.procedural
    },
    "the reasons of each child": {f"{PARTS}.decisions.appears_in": lambda *_: False},
    "the aims of each child": {f"{PARTS}.aims": nothing},
    "the actions of each child": {f"{PARTS}.steps": nothing},
    "the decision for each child": {f"{PARTS}.decided": nothing},
}
COVERAGE = {
    "every parent and carer gets a letter": {
        "families.people.rules.kin.BRINGING_UP": frozenset(),
    },
    "a copy covers each child that its reader is responsible for": {
        "reports.outgoing.rules.copies._covered": lambda *_: frozenset()
    },
}


WHO_GETS_WHAT = {
    "nobody who comes for somebody else gets a copy": {"reports.outgoing.queries.facts.SUPPORTS": ()},
    "nobody that the chair excluded from the documents gets a copy": {
        "reports.outgoing.queries.copies.exclusions_in_force": lambda *_: {}
    },
    "professionals read about all the children where the preset says so": {
        "reports.outgoing.queries.copies.setting": lambda *_: False
    },
}


@pytest.mark.parametrize("guard", [None, *WHO_GETS_WHAT])
def test_without_this_guard_the_search_finds_who_gets_too_much_or_nothing(guard, monkeypatch, siblings_together):
    case = OnRecord(as_the_chair_and_the_preset_say(RICH), a_council())
    if guard is None:
        assert nobody_lacks_anything(case)
        return
    take_away(WHO_GETS_WHAT[guard], monkeypatch)
    with pytest.raises(AssertionError):
        nobody_lacks_anything(case)


def take_away(guard, monkeypatch) -> None:
    """Replace each place of the guard. (A module and a function of one name: the module is meant.)"""
    for place, instead in guard.items():
        module, _, name = place.rpartition(".")
        monkeypatch.setattr(import_module(module), name, instead)


@pytest.mark.parametrize("guard", [*GUARDS, *COVERAGE])
def test_without_this_guard_the_search_finds_who_lacks_something(guard, monkeypatch):
    case = the_fixed_family(held=guard in GUARDS)  # who gets a copy is decided when the record is drafted
    take_away((GUARDS | COVERAGE)[guard], monkeypatch)
    with pytest.raises(AssertionError):
        nobody_lacks_anything(case)


@pytest.mark.parametrize("guard", GUARDS)
def test_without_this_guard_the_chair_is_told_what_copies_lack(guard, monkeypatch):
    case = the_fixed_family(held=True)
    take_away(GUARDS[guard], monkeypatch)
    with pytest.raises(AssertionError):
        the_chair_is_told(case)


@pytest.mark.parametrize("guard", [None, "reports.outgoing.queries.facts._agreed_before"])
def test_every_reader_has_what_goes_on_of_a_plan_that_began_before_or_the_search_finds_who_lacks_it(guard, monkeypatch):
    case = the_fixed_family(held=True)
    after_an_earlier_conference(case)
    if guard is None:
        nobody_lacks_anything(case, AGREED_BEFORE)
        the_chair_is_told(case)
        return
    take_away({guard: nothing}, monkeypatch)
    with pytest.raises(AssertionError, match=AGREED_BEFORE):
        nobody_lacks_anything(case, AGREED_BEFORE)


def test_the_fixed_family_lacks_nothing():
    """Without this, a guard could seem to be noticed because the fixed family fails by itself."""
    case = the_fixed_family(held=True)
    nobody_lacks_anything(case)
    the_chair_is_told(case)
