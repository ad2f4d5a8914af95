"""How several people on the list attend, changed in one step. Somebody who attends separately is changed alone."""

from conferences.convening.actions.invitations import must_be_changeable, set_mode
from conferences.convening.queries.invitations import attend_with_the_others, invitations_of, who_would_meet
from conferences.separation.choices import AttendMode, Shared
from conferences.separation.queries.decisions import why_not_together
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.kernel.refusals import Invalid


def change_modes(*, by, conference, invitations, mode) -> list:
    """Have these people attend in this way, and return the invitations that changed.

    Raises Invalid and changes nothing if somebody attends separately, or if two people would meet who must not.
    """
    if mode not in AttendMode.values:
        raise Invalid("Choose how they will attend.", field="mode")
    ids = {one.pk for one in invitations}
    if not ids:
        raise Invalid("Select the people to change.", field="people")
    with acting(by, Permission.INVITE, on=conference, step="change several", invitations=sorted(ids), mode=str(mode)):
        must_be_changeable(conference)
        rows = invitations_of(conference)
        already_clash = set(who_would_meet(conference, rows))
        chosen = [one for one in attend_with_the_others(rows) if one.pk in ids]
        if len(chosen) < len(ids):
            raise Invalid("Somebody attends separately or is no longer on the list. Reload the page.", field="people")
        _refuse_reports_of_family(chosen, mode)
        changed = [one for one in chosen if one.mode != mode]
        for one in changed:
            set_mode(one, mode)
            one.save()
        _refuse_together(conference, chosen, mode)
        clashes = [said for said in who_would_meet(conference, rows) if said not in already_clash]
        if clashes:
            raise Invalid(" ".join(clashes), field="people")
    return changed


def _refuse_reports_of_family(chosen, mode) -> None:
    family = [one.name for one in chosen if one.person_id]
    if mode == AttendMode.REPORT and family:
        raise Invalid(f"Only a professional can attend by a written report. {family[0]} is one of the family.", "mode")


def _refuse_together(conference, chosen, mode) -> None:
    """Raises Invalid where two of these people must be kept separate: in one phone call they would hear each other."""
    family = {one.person_id: one.name for one in chosen if one.person_id}
    where = f"changed to attend {AttendMode(mode).label.lower()}"
    if refusal := why_not_together(Shared.CONFERENCE, conference, family, where):
        raise Invalid(refusal, field="people")
