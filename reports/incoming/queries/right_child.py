"""Whether an uploaded report is about the right child: does it name a child of another family of this service?"""

from cpc.core.documents.protected import Protected
from families.protections.queries.other_families import named_of_other_families
from reports.incoming.permissions import INSIDE


def strangers_in(text: str, conference, *, in_open_families=False) -> list[Protected]:
    """What the text says of a child of another family, so that somebody asks whether it is about the right child.
    Somebody who is invited may have the name of such a child. ``in_open_families`` leaves out restricted families."""
    invited = [one.name for one in conference.invitations.select_related("person", "user", "agency")]
    return named_of_other_families(text, conference.family_id, invited, in_open_families=in_open_families)


def right_child_question(by, conference, text: str) -> str:
    """The question to answer before this text is stored; empty if there is none.

    Only staff of the authority are asked: an agency would learn from it which children are known to this service. They
    see only words of the text itself. They are not asked about a child of a restricted family: nothing is stored yet,
    so any list of names could be tried without a trace. The page of the stored file and the release check do ask.
    """
    found = named_in_question(by, conference, text)
    if not found:
        return ""
    said = ", ".join(f"“{one}”" for one in found)
    return (
        f"Is this about the right child? In the file: {said}. A child of another family here has the same name, number "
        "or date of birth. If the file is wrong, choose another. If it is right, choose it again and say why."
    )


def named_in_question(by, conference, text: str) -> list[str]:
    """The words of the text that the question names, at most five."""
    found = strangers_in(text, conference, in_open_families=True) if by.holds(*INSIDE) else []
    return list(dict.fromkeys(one.value for one in found[:5]))
