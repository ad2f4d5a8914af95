"""When two accounts seem to be one person's, which roles see or change the whole service, and an agency as a file
gives it. Pure."""

import unicodedata
from dataclasses import dataclass

from cpc.core.accounts.choices import Role

# With one of these somebody sees every open family, finds any child, agrees what protects people, or decides who does.
WIDE = frozenset(
    {
        Role.TEAM_MANAGER, Role.CHAIR, Role.ADMINISTRATOR, Role.SERVICE_MANAGER, Role.OUT_OF_HOURS,
        Role.SYSTEM_ADMINISTRATOR,
    }
)  # fmt: skip


@dataclass(frozen=True)
class AgencyEntry:
    """An agency as a file gives it: only what the file says of it in ``details``; each contact as (role, name, phone,
    email)."""

    name: str
    kind: str
    details: dict[str, object]
    contacts: tuple[tuple[str, str, str, str], ...] = ()


def folded_name(first_name: str, last_name: str) -> str:
    """The letters of the name without capitals, accents and signs, the words in order of the alphabet."""
    plain = unicodedata.normalize("NFKD", f"{first_name} {last_name}").casefold().replace("’", "").replace("'", "")
    letters = "".join(" " if not char.isalpha() and not unicodedata.combining(char) else char for char in plain)
    return " ".join(sorted("".join(char for char in letters if not unicodedata.combining(char)).split()))


def folded_email(email: str) -> str:
    """The address without what does not make it another mailbox: capitals, dots, and what follows a plus sign."""
    local, _, domain = email.strip().casefold().rpartition("@")
    return f"{local.partition('+')[0].translate(dict.fromkeys(map(ord, '.-_')))}@{domain}"


def is_same_person(one, other) -> bool:
    """Whether two people, each (first name, last name, email), have one name or one address as they are folded."""
    return folded_name(*one[:2]) == folded_name(*other[:2]) or folded_email(one[2]) == folded_email(other[2])


def is_another_name(before: tuple[str, str], after: tuple[str, str]) -> bool:
    """Whether two names (first name, last name) have no word in common, as they are folded."""
    return not set(folded_name(*before).split()) & set(folded_name(*after).split())


def what_to_report(before, after, *, readdressed: bool = False, renamed: bool = False, was_closed: bool = False) -> str:
    """Why a manager should look at an account, in words; nothing if its rights are not wide or have not grown.

    ``before`` and ``after`` are its roles, ``before`` empty for a new account.
    """
    wide = WIDE & {Role(role) for role in after}
    if not wide:
        return ""
    if not before:
        return "A new account"
    if wide - {Role(role) for role in before}:
        return "More roles"
    if readdressed:
        return "Another email address"
    if renamed:
        return "Another name"
    return "Open again" if was_closed else ""
