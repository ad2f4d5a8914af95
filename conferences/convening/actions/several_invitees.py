"""How several people on the list attend, changed in one step. Somebody who attends separately is changed alone."""

from conferences.convening.actions.invitations import must_be_changeable, set_mode
from conferences.convening.queries.invitations import attend_with_the_others, invitations_of, who_would_meet
from conferences.separation.choices import AttendMode
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.kernel.refusals import Invalid


def change_modes(*, by, conference, invitations, mode) -> list:
    """Have these people attend in this way, and return the invitations that changed.

    Raises Invalid and changes nothing if somebody attends separately, if two people would meet who must not, or if
    somebody who writes no report would be asked for one only.
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
        changed = [one for one in chosen if one.mode != mode]
        for one in changed:
            set_mode(conference, one, mode)
            one.save()
        clashes = [said for said in who_would_meet(conference, rows) if said not in already_clash]
        if clashes:
            raise Invalid(" ".join(clashes), field="people")
    return changed
