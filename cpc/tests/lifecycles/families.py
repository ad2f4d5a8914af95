"""A record in each state of the kinds about families: what protects people, merging, access, cover and imports."""

from datetime import timedelta

from conferences.tests.meeting import at
from cpc.core.accounts.choices import CoverKind
from cpc.core.accounts.models import TeamCover, User
from cpc.core.accounts.tests.builders import TODAY, setting_up
from cpc.imports.choices import ImportState
from cpc.imports.models import Import, SetAside
from cpc.tests.lifecycles.records import WALKS, Walk, changed, marlows
from families.access.actions.conflicts import declare_own
from families.cases.choices import EmergencyOutcome
from families.cases.models import AccessGrant, DeclaredConflict, EmergencyAccess, FamilyAccess
from families.finding.actions import merge
from families.people.choices import Part, ProtectionSource, WarningKind
from families.people.models import MustNotMeet, PossibleDuplicate, WarningMarker
from families.tests.builders import an_adult, protect
from families.tests.entries import LATER, silence

# --- What protects people -----------------------------------------------------------------------------------------

ENTRIES = {
    "protected contact detail": lambda found: protect(found.rosas_father.addresses.get(), review_on=LATER),
    "information to withhold": lambda found: silence(found, found.council.by("social_worker"), review_on=LATER),
    "no-contact entry": lambda found: changed(MustNotMeet.objects.get(), review_on=LATER),
    "warning": lambda found: _a_warning(found),
}


def _a_warning(found):
    with setting_up():
        return WarningMarker.objects.create(
            family=found.family, kind=WarningKind.values[0], source=ProtectionSource.JUDGEMENT, reason="It bites",
            recorded_on=TODAY, review_on=LATER,
        )  # fmt: skip


def an_entry(make, **fields):
    """What makes the entry, with these fields."""

    def made(found):
        entry = changed(make(found), **fields)
        entry.family = found.family  # to which its permission belongs
        return entry

    return made


for noun, make in ENTRIES.items():
    WALKS[noun] = Walk(
        marlows,
        {
            "in force, to be agreed": an_entry(make, agreed_by=None),
            "agreed": lambda found, make=make: an_entry(make, agreed_by=found.council.users.team_manager)(found),
            "ended": an_entry(make, ended_on=TODAY, end_reason="Over"),
        },
    )


def a_pair(found):
    """The grandmother, and somebody who may be her."""
    other = an_adult(found.family, "Jean", part=Part.GRANDPARENT)
    one, other = sorted((found.grandmother, other), key=lambda person: person.pk)
    with setting_up():
        return PossibleDuplicate.objects.get_or_create(one=one, other=other, defaults={"noticed_on": TODAY})[0]


def two_people(found):
    """The pair, settled."""
    manager = found.council.users.team_manager
    return changed(a_pair(found), settled_by=manager, settled_at=at(TODAY), reason="They are sisters")


WALKS["likely duplicate"] = Walk(marlows, {"to be looked at": a_pair, "settled as two people": two_people})


def a_merge(found):
    """The pair, merged."""
    pair = a_pair(found)
    return merge(by=found.council.by("team_manager"), kept=pair.one, merged=pair.other, reason="The same passport")


WALKS["merge"] = Walk(
    marlows,
    {
        "merged": a_merge,
        "undone": lambda found: changed(
            a_merge(found), undone_by=found.council.users.team_manager, undone_at=at(TODAY), undo_reason="Sisters"
        ),
    },
)

# --- Who may see a family, and imports ----------------------------------------------------------------------------


def an_emergency(found):
    """The worker of another team opened the family."""
    with setting_up():
        return EmergencyAccess.objects.create(
            user=found.council.users.other_worker, family=found.family, reason="The child rang", opened_at=at(TODAY),
            until_on=TODAY + timedelta(days=1),
        )  # fmt: skip


def reviewed(found):
    """The same, reviewed."""
    by = {"reviewed_by": found.council.users.team_manager, "reviewed_at": at(TODAY)}
    return changed(an_emergency(found), outcome=EmergencyOutcome.JUSTIFIED, **by)


WALKS["emergency access"] = Walk(marlows, {"to be reviewed": an_emergency, "reviewed": reviewed})


def said(found):
    """The social worker says who they know."""
    return declare_own(by=found.council.by("social_worker"), whom="A neighbour", reason="We share a garden")


WALKS["declaration that somebody knows a family"] = Walk(
    marlows,
    {
        "to be settled": said,
        "settled": lambda found: changed(
            said(found), settled_by=found.council.users.team_manager, settled_at=at(TODAY)
        ),
    },
)


def a_conflict(found, **fields):
    """The worker of the other team must not see the family."""
    with setting_up():
        return DeclaredConflict.objects.create(
            user=found.council.users.other_worker, family=found.family, reason="A neighbour", **fields
        )


WALKS["conflict of interest"] = Walk(
    marlows, {"live": a_conflict, "ended": lambda found: a_conflict(found, ended_on=TODAY, end_reason="Moved away")}
)


def a_grant(found, **fields):
    """The social worker is named for the restricted family."""
    changed(found.family, restricted=True)
    with setting_up():
        grant = AccessGrant.objects.create(
            user=found.council.users.social_worker, family=found.family, from_on=TODAY, reason="Works with them",
            until_on=TODAY + timedelta(days=90), granted_by=found.council.users.team_manager, **fields,
        )  # fmt: skip
    grant.access = FamilyAccess.objects.get(pk=found.family.pk)  # to which its permission belongs
    return grant


WALKS["access to a restricted family"] = Walk(
    marlows, {"live": a_grant, "ended": lambda found: a_grant(found, ended_on=TODAY)}
)


def a_cover(found, **fields):
    """Asha covers for the social worker."""
    with setting_up():
        return TeamCover.objects.create(
            user=User.objects.get(first_name="Asha"), team=found.council.team, absent=found.council.users.social_worker,
            kind=CoverKind.COVER, from_on=TODAY, until_on=TODAY + timedelta(days=5), reason="Ill",
            granted_by=found.council.users.team_manager, **fields,
        )  # fmt: skip


def cut_short(found):
    """The same, until Asha left."""
    cover = a_cover(found, ended_on=TODAY)
    changed(cover.user, is_active=False)
    return cover


WALKS["cover for somebody who is away"] = Walk(
    marlows,
    {
        "live": a_cover,
        "cut short, because the person who covered has left": cut_short,
        "ended": lambda found: a_cover(found, ended_on=TODAY),
    },
)


def an_import(state):
    """What makes an import in the state."""

    def make(found):
        by = found.council.users.system_administrator
        done = {"loaded_by": by, "loaded_at": at(TODAY)} if state == ImportState.LOADED else {"body": b"x"}
        with setting_up():
            return Import.objects.create(
                file_name="old.xlsx", kind="spreadsheet", state=state, sha256="0" * 64, asked_by=by,
                asked_at=at(TODAY), **done,
            )  # fmt: skip

    return make


WALKS["import"] = Walk(marlows, {state: an_import(state) for state in ImportState})


def aside(found, **fields):
    """Rows about the family, set aside."""
    with setting_up():
        return SetAside.objects.create(
            run=an_import(ImportState.LOADED)(found), family=found.family, rows=[["people", 2, {"person_id": "1"}]],
            **fields,
        )  # fmt: skip


WALKS["row set aside by an import"] = Walk(
    marlows,
    {
        "waiting": aside,
        "settled": lambda found: aside(found, settled_by=found.council.users.social_worker, settled_at=at(TODAY)),
    },
)
