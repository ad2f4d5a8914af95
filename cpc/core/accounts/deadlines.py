"""What falls due about accounts: somebody else looks at one."""

from django.urls import reverse
from django.utils import timezone

from cpc.core.accounts.choices import AccountCheckKind, Role
from cpc.core.accounts.queries import ids_holding, open_checks, who_may_decide
from cpc.core.kernel.duties import Duty

SAYS = {
    AccountCheckKind.SECOND: "Agree to a second account: {user}",
    AccountCheckKind.WIDE: "Check an account with wide rights: {user}",
}
VOUCH = "Get someone to vouch for an account that no manager can check: {user}"


def duties() -> list[Duty]:
    """The accounts at which nobody has looked yet. Due the same day. Six queries, one where there are none.

    Where no manager can look at an account, the system administrators are asked to find somebody who vouches for it.
    """
    checks = list(open_checks())
    if not checks:
        return []
    deciders, administrators = who_may_decide(checks), ids_holding(Role.SYSTEM_ADMINISTRATOR)
    return [
        Duty(
            kind="check_account",
            id=check.pk,
            due_on=timezone.localdate(check.asked_at),
            says=SAYS[check.kind].format(user=check.user),
            path=reverse("accounts:check", args=[check.pk]),
            family_id=0,
            owners=deciders[check.pk],
        )
        if deciders[check.pk] or check.kind == AccountCheckKind.SECOND
        else Duty(
            kind="vouch_for_account",
            id=check.user_id,
            due_on=timezone.localdate(check.asked_at),
            says=VOUCH.format(user=check.user),
            path=reverse("accounts:users"),
            family_id=0,
            owners=administrators,
        )
        for check in checks
    ]
