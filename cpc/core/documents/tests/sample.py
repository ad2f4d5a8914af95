"""A letter that exists only here, with every part of the print style in it."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from cpc.core.documents.letters import Addressee, Letter, Letterhead

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True, kw_only=True)
class Decision:
    child: str
    outcome: str
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Sample(Letter):
    reader: str
    held_on: date
    place: str | None = None
    decisions: tuple[Decision, ...] = ()
    actions: tuple[tuple[str, str, date], ...] = ()
    signed_by: str = "Morwenna Tregear"

    @property
    def title(self):
        return "What the conference decided"


@dataclass(frozen=True, kw_only=True)
class SampleRecord(Sample):
    name = "sample_record"
    template = "letters/sample_record.html"


def sample(kind=Sample, **changes) -> Sample:
    letter = kind(
        letterhead=Letterhead(
            authority_name="Harrowmere Council",
            service_name="Child Protection Conference Service",
            address_lines=("Harrowmere House", "1 Market Place", "Harrowmere ZZ1 1AA"),
            phone="01632 960 001",
            hours="Monday to Friday, 9am to 5pm",
            email="conferences@example.org",
        ),
        addressee=Addressee(
            name="Ms Bronagh O’Dell",
            lines=("Flat 2", "14 Pennywort Lane", "Lower Thistledown", "Harrowmere", "ZZ9 9ZZ"),
        ),
        dated_on=date(2026, 3, 31),
        reference="CPC-1042",
        reader="Ms O’Dell",
        held_on=date(2026, 3, 30),
        place="Harrowmere House, room 4",
        decisions=(
            Decision(
                child="Tamsin",
                outcome="A child protection plan (neglect)",
                reasons=("Nobody took Tamsin to the doctor.",),
            ),
            Decision(
                child="Corey", outcome="A child in need plan", reasons=("Corey is safe with his father.", "You agreed.")
            ),
        ),
        actions=(
            ("Take Tamsin to every appointment", "Ms O’Dell", date(2026, 5, 1)),
            ("Visit every two weeks and see the children alone", "Petroc Vane, social worker", date(2026, 4, 13)),
        )
        * 9,
    )
    return replace(letter, **changes)
