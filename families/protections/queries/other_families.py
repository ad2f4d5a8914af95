"""Whether a text names a child of another family: the wrong child's report, or a mix-up of two reports.

Staff are shown only the text's own words: never who has the name or number, or in what family.
"""

import re
from datetime import date

from django.db.models import Exists, OuterRef, Q

from cpc.core.accounts.models import User
from cpc.core.documents.folding import words
from cpc.core.documents.protected import Kind, Protected
from cpc.core.kernel.characters import UNSPACED
from cpc.core.web.dates import MONTHS
from families.cases.models import Family
from families.people.choices import Part
from families.people.models import Membership, NameWord, Person, PersonName
from families.people.queries.merged_records import records_in_family
from families.people.queries.search import has_words
from families.people.rules.search import may_slip

MOST_NAMES = 400  # pairs of words that are names: a text with more is a list of names
TOO_MANY = "too many names to compare: look at it"
_NEAR = 200  # letters between the first name and the surname of a form
_VALUE = r"(?:\(s\))?\W+(?P<name>\w[\w'’-]*)"
_FIRST = re.compile(rf"\b(?:first|given|fore)\s*names?{_VALUE}", re.IGNORECASE)
_LAST = re.compile(rf"\b(?:sur|last|family)\s*name{_VALUE}", re.IGNORECASE)
_TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "mx",
        "dr",
        "prof",
        "professor",
        "pc",
        "dc",
        "ds",
        "di",
        "rev",
        "revd",
        "sister",
        "nurse",
        "judge",
        "cllr",
        "sir",
        "lady",
        "dame",
        "lord",
    ]
)
_NHS = re.compile(r"(?<![\d+])\d{3}[ \-]?\d{3}[ \-]?\d{4}(?!\d)")
_UPN = re.compile(r"\b[A-Z][ ]?\d{3}[ ]?\d{4}[ ]?\d{4}[ ]?[A-Z0-9]\b|\b[A-Z]\d{11}[A-Z0-9]\b", re.IGNORECASE)
_CASE = re.compile(r"\b[A-Za-z]{0,5}[-/ ]?\d{3,}(?:[-/]\d+)?\b")
_BORN = re.compile(
    r"(?:\bborn|\bd\.?\s?o\.?\s?b\b\.?|\bdate of birth|\bbirthday|\bb\.)[^\w\d]{0,6}(?:is|was|on)?[^\w\d]{0,4}"
    r"(?:the\s+)?"
    r"(?P<said>(?P<day>\d{1,2})(?:st|nd|rd|th)?[\s./\-]+(?:of\s+)?(?P<month>\d{1,2}|[a-z]{3,9})"
    r"\.?[\s./\-,]+(?P<year>\d{4}|\d{2})"
    r"|(?P<named>[a-z]{3,9})\.?\s+(?P<nth>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<in>\d{4})"
    r"|(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2}))\b",
    re.IGNORECASE,
)


def named_of_other_families(text: str, family_id, also_known=(), *, in_open_families=False) -> list[Protected]:
    """The words of a text that name, number or date the birth of a child who is not of this family.

    A name counts as that of this family if anybody in it has it, and as a professional's if an account or
    ``also_known`` (full names) has it or a title comes before it. Of more than ``MOST_NAMES`` names the first that is
    not compared is asked about. ``in_open_families``: nothing of a restricted family is found. Six queries at most.
    """
    ours = records_in_family(family_id)
    families = Family.objects.filter(restricted=False) if in_open_families else Family.objects.all()
    elsewhere = _children_elsewhere(ours, families)
    names = _names(text, ours, elsewhere, also_known)
    numbers = _numbers(text, elsewhere, families.exclude(pk=family_id))
    found = [*names, *((said,) for said in (*numbers, *_births(text, ours, elsewhere)))]
    return [Protected(Kind.STRANGER, *said) for said in dict.fromkeys(found)]


def _children_elsewhere(ours, families):
    is_child = Membership.objects.filter(person=OuterRef("pk"), part=Part.CHILD, family__in=families)
    return Person.objects.filter(Exists(is_child), merged_into__isnull=True).exclude(pk__in=ours)


def _names(text, ours, elsewhere, also_known):
    pairs = _pairs(text)
    if not pairs:
        return
    stored = {word for pair in pairs for word in pair if may_slip(word)}
    stored = set(NameWord.objects.filter(word__in=stored).values_list("word", flat=True))
    pairs = {pair: said for pair, said in pairs.items() if all(word in stored or not may_slip(word) for word in pair)}
    known = {pair for one in also_known for pair in _names_of(*one.partition(" ")[::2])}
    for model, of in ((Person, "pk__in"), (PersonName, "person__in")):
        rows = model.objects.filter(**{of: ours}).values_list("first_name", "last_name")
        known |= {pair for row in rows for pair in _names_of(*row)}
    pairs = {pair: said for pair, said in pairs.items() if pair not in known and pair[::-1] not in known}
    if not pairs:
        return
    asked: dict[tuple[str, ...], str] = {}
    for pair, said in pairs.items():
        asked.setdefault(tuple(sorted(pair)), said)
    if len(asked) > MOST_NAMES:
        yield list(asked.values())[MOST_NAMES], TOO_MANY
    query = " | ".join(f"('{one}' & '{other}')" for one, other in list(asked)[:MOST_NAMES])
    rows = elsewhere.filter(has_words(query)).values_list("first_name", "known_as", "last_name")
    named = {pair for first, called, last in rows for one in (first, called) for pair in _names_of(one, last)}
    named &= pairs.keys()
    if named:
        users = {pair for row in User.objects.values_list("first_name", "last_name") for pair in _names_of(*row)}
        named -= users | {pair[::-1] for pair in users}
    yield from ((pairs[pair],) for pair in pairs if pair in named)


def _pairs(text) -> dict[tuple[str, str], str]:
    """(first name, last name) for each two words that may be a name, in both orders, with the words as they are
    written."""
    found = _pairs_of_forms(text)
    tokens = words(text)
    for at, token in enumerate(tokens):
        if UNSPACED.fullmatch(token.raw):
            found |= _pairs_of_a_run(token.fold)
        if not _may_be_a_name(token) or (at and tokens[at - 1].fold in _TITLES):
            continue
        for other in tokens[at + 1 : at + 3]:
            between = text[token.end : other.start]
            if not _may_be_a_name(other) or re.search(r"[.;:!?\n]\s|\n\s*\n", between):
                break
            said = " ".join(text[token.start : other.end].split())
            for last in {other.fold, other.fold.removesuffix("s")}:  # "Ola Nowak’s"
                found.setdefault((token.fold, last), said)
                found.setdefault((last, token.fold), said)
    return found


def _may_be_a_name(token) -> bool:
    """Whether it has a capital letter, or is of a script that has none."""
    return token.fold.isalpha() and (token.capital or token.fold.upper() == token.fold.lower())


def _pairs_of_a_run(run: str) -> dict[tuple[str, str], str]:
    """The pairs that a run of Chinese, Japanese or Korean letters may hold, with the family name first. The run has no
    spaces, so the check looks for the whole of it.
    """
    parts = (run[at : at + length] for at in range(len(run)) for length in (2, 3, 4) if at + length <= len(run))
    return {(part[last:], part[:last]): run for part in parts for last in (1, 2) if last < len(part)}


def _pairs_of_forms(text) -> dict[tuple[str, str], str]:
    """The pairs that a form says: "First name: Ola", and near it "Surname: Nowak"."""
    found, lasts = {}, list(_LAST.finditer(text))
    for first in _FIRST.finditer(text):
        for last in lasts:
            one, other = sorted((first, last), key=lambda said: said.start())
            if 0 <= other.start() - one.end() <= _NEAR:
                said = " ".join(text[one.start() : other.end()].split())
                found |= dict.fromkeys(_names_of(first["name"], last["name"]), said)
    return found


def _names_of(first: str, last: str) -> set[tuple[str, str]]:
    """(first name, each word of the last name), folded. Half of a double name is enough to ask."""
    called = [token.fold for token in words(first)][:1]
    return {(one, token.fold) for one in called for token in words(last)}


def _numbers(text, elsewhere, families):
    nhs = {re.sub(r"\D", "", said): said for said in _NHS.findall(text)}
    upns = {said.replace(" ", "").upper(): said for said in _UPN.findall(text)}
    cases = {}
    for said in map(str.strip, _CASE.findall(text)):
        # cn-00012 and CN 00012 are how people type CN-00012.
        cases |= dict.fromkeys((said, said.upper(), said.upper().replace(" ", "-")), said)
    if not (nhs or upns or cases):
        return
    asked = Q(nhs_number__in=nhs) | Q(upn__in=upns) | Q(case_system_id__in=cases)
    for row in elsewhere.filter(asked).values_list("nhs_number", "upn", "case_system_id"):
        yield from (known[one] for known, one in zip((nhs, upns, cases), row, strict=True) if one in known)
    numbers = families.filter(case_number__in=cases).values_list("case_number", flat=True)
    yield from (cases[number] for number in numbers)


def _births(text, ours, elsewhere):
    said = {day: one.group("said") for one in _BORN.finditer(text) if (day := _day(one))}
    if said:
        theirs = set(Person.objects.filter(pk__in=ours, born_on__in=said).values_list("born_on", flat=True))
        others = elsewhere.filter(born_on__in=said.keys() - theirs)
        yield from (said[day] for day in others.values_list("born_on", flat=True).distinct())


def _day(found) -> date | None:
    if found["y"]:
        year, month, day = int(found["y"]), int(found["m"]), int(found["d"])
    else:
        year, day = int(found["year"] or found["in"]), int(found["day"] or found["nth"])
        named = (found["month"] or found["named"]).lower()
        month = (
            int(named)
            if named.isdigit()
            else next((number for number, name in enumerate(MONTHS, 1) if name.startswith(named[:3])), 0)
        )
        year += 2000 if year < 100 else 0
    try:
        return date(year, month, day)
    except ValueError:
        return None
