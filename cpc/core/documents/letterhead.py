"""The head of this service’s letters, from the local words; and a letter that shows it."""

from dataclasses import dataclass
from datetime import date

from cpc.core.documents.letters import Addressee, Letter, Letterhead
from cpc.core.kernel.phrases import lines_of
from cpc.core.policy.queries import words, words_from


def letterhead() -> Letterhead:
    """The sender, in the local words of today."""
    return _letterhead(words)


def lines_of_address(text: str) -> tuple[str, ...]:
    """The lines of an address that was typed line by line, or on one line with commas."""
    return lines_of(text if "\n" in text else text.replace(",", "\n"))


def return_lines() -> tuple[str, ...]:
    """The address to send forms back to: that of the service, unless it has one for forms."""
    return lines_of_address(words("return_address") or words("contact_address"))


@dataclass(frozen=True, kw_only=True)
class Help:
    """Who helps a family besides the council, and where to read more. Empty where a service has none."""

    advice: str
    parent_advocacy: str = ""
    leaflet_web: str = ""
    privacy_web: str = ""


def help_for_families() -> Help:
    """What letters to families say about other help, in the local words of today."""
    return Help(
        advice=words("independent_advice"),
        parent_advocacy=words("parent_advocacy"),
        leaflet_web=words("leaflet_web"),
        privacy_web=words("privacy_web"),
    )


@dataclass(frozen=True, kw_only=True)
class SampleLetter(Letter):
    """A letter to nobody that shows what every letter prints. It is never sent."""

    template = "documents/sample_letter.html"
    title = "How our letters look"
    marking = ""

    return_lines: tuple[str, ...]
    leaflet_web: str
    privacy_web: str
    advocacy: str
    parent_advocacy: str
    advice: str
    helpline: str
    complaint_route: str
    complaint_email: str
    ombudsman: str


def sample_letter(on: date) -> SampleLetter:
    """The letter as it will be on ``on``."""
    said = words_from(on)
    return SampleLetter(
        letterhead=_letterhead(said.__getitem__),
        addressee=Addressee(name="The name of the reader", lines=("Their house and street", "Their town", "Postcode")),
        dated_on=on,
        reference="CN-00000",
        return_lines=lines_of_address(said["return_address"] or said["contact_address"]),
        leaflet_web=said["leaflet_web"],
        privacy_web=said["privacy_web"],
        advocacy=said["advocacy_service"],
        parent_advocacy=said["parent_advocacy"],
        advice=said["independent_advice"],
        helpline=said["child_helpline"],
        complaint_route=said["complaint_route"],
        complaint_email=said["complaint_email"],
        ombudsman=said["ombudsman"],
    )


def _letterhead(word) -> Letterhead:
    return Letterhead(
        authority_name=word("authority_name"),
        service_name=word("service_name"),
        address_lines=lines_of_address(word("contact_address")),
        phone=word("contact_phone"),
        text=word("contact_text"),
        email=word("contact_email"),
        hours=word("contact_hours"),
    )
