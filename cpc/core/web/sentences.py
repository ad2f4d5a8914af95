"""What a form says when something is missing or wrong, in the manner of GOV.UK, from the field's own label."""

import re

from django import forms
from django.core import validators as checks
from django.forms.widgets import CheckboxInput, FileInput, RadioSelect, Select, SelectMultiple

from cpc.core.web.fields import DateField, UploadField, YesNoField, named, quoted

STANDS_ALONE = frozenset(
    [
        "the",
        "a",
        "an",
        "this",
        "that",
        "these",
        "those",
        "who",
        "whom",
        "whose",
        "what",
        "when",
        "where",
        "why",
        "how",
        "which",
        "whether",
        "your",
        "their",
        "our",
        "his",
        "her",
        "its",
        "each",
        "every",
        "one",
        "all",
        "any",
        "anybody",
        "anything",
        "somebody",
        "something",
        "another",
        "at",
        "by",
        "for",
        "from",
        "in",
        "of",
        "on",
        "to",
        "with",
        "i",
    ]
)

# "Who asked the child?" or "What was decided?": as an answer it reads the same. "Who did you speak with?" does not.
SUBJECT_QUESTION = re.compile(
    r"(?:Who|What) (?!else |kind |(?:.* )?(?:are|is|was|were|did|do|does|has|have|can|will|would|may|must|should) "
    r"(?:it|its|the|their|they|this|you|any\w+)\b)"
)

# A question turned into what it asks for: "Why are they invited?" into "why they are invited". Only where the subject
# is plain to see; of a question with "did" the verb would change, so that is quoted.
_SUBJECT = r"(?P<subject>it|they|you|this (?:person|child|reader|copy|agency|report)|the (?:child|plan|family|report))"
_BE = r"(?P<verb>is|are|was|were|can|will|should|must|may|has|have)"
_ASKS = re.compile(rf"(?P<asks>(?:Who|What|Which|When|Where|Why|How|At what)[\w ]*?) {_BE} {_SUBJECT}(?P<rest> .+)?\?")
_ASKS_DO = re.compile(rf"(?P<asks>(?:Who|What|Which|When|Where|Why|How)[\w ]*?) do {_SUBJECT}(?P<rest> .+)\?")
_ASKS_YES = re.compile(rf"{_BE} {_SUBJECT}(?P<rest> .+)\?", re.IGNORECASE)
_ASKS_YES_DO = re.compile(rf"Do {_SUBJECT}(?P<rest> .+)\?")
_ASKS_NAME = re.compile(r"What (?:is|was|are|were) (?P<name>(?:their|its|the|your) [^,]+)\?")
_KIND = re.compile(r"What kind of \w+\?")
_SHORT = {
    "Who?": "who it is", "Which children?": "which children", "Why?": "the reason", "Why not?": "the reason",
    "When?": "the date",
}  # fmt: skip


def set_error_messages(field: forms.Field) -> None:
    """Every error that the field's author left at Django's own words is now a sentence about this field."""
    name = named(field)
    standing = _standing(field)
    for key, sentence in _sentences(field, name).items():
        if str(field.error_messages.get(key)) == standing.get(key):
            field.error_messages[key] = sentence
    called = _for_django(quoted(name))
    for check in field.validators:
        if isinstance(check, checks.MaxLengthValidator):
            check.message = f"{called} must be {check.limit_value:,} characters or fewer"
        elif isinstance(check, checks.MinLengthValidator):
            check.message = f"{called} must be {check.limit_value:,} characters or more"
        elif isinstance(check, checks.MinValueValidator):
            check.message = f"{called} must be {check.limit_value} or more"
        elif isinstance(check, checks.MaxValueValidator):
            check.message = f"{called} must be {check.limit_value} or fewer"
        elif isinstance(check, checks.ProhibitNullCharactersValidator):
            check.message = f"{called} has a character that cannot be kept: type it again"


def _for_django(sentence: str) -> str:
    """The sentence as it must be where Django puts values into it: a label may have been typed, with "50% of" in it."""
    return sentence.replace("%", "%%")


def _standing(field) -> dict:
    """Django's own messages for this kind of field."""
    messages = {}
    for kind in reversed(type(field).__mro__):
        messages.update(getattr(kind, "default_error_messages", {}))
    return {key: str(value) for key, value in messages.items()}


def _sentences(field, name: str) -> dict:
    said = {"required": _missing(field, name)}
    if isinstance(field, (forms.ChoiceField, forms.ModelChoiceField)):
        said["invalid_choice"] = said["invalid_pk_value"] = _for_django(said["required"])
        said["invalid_list"] = said["required"]
    elif isinstance(field, forms.IntegerField):
        said["invalid"] = f"{quoted(name)} must be a number, like 5"
    return said


def _missing(field, name: str) -> str:
    question = name.rstrip().endswith("?")
    if isinstance(field, YesNoField) and (yes := _yes_if(name)):
        return f"Select yes if {yes}"
    if isinstance(field.widget, (RadioSelect, Select, SelectMultiple)):
        return f"Select {_answer_to(name)}" if question else f"Choose {_the(name)}"
    if isinstance(field.widget, CheckboxInput):
        return f"Tick the box to say: {_lower(name)}"
    if isinstance(field, UploadField) or isinstance(field.widget, FileInput):
        return "Choose a file"
    if isinstance(field, DateField):
        return f"Enter the date that answers “{name}”" if question else f"Enter {_the(name)}"
    return f"Enter {_answer_to(name)}" if question else f"Enter {_the(name)}"


def _answer_to(question: str) -> str:
    """ "Who asked the child?" is answered by "who asked the child"; other questions are quoted."""
    question = question.strip()
    if question in _SHORT:
        return _SHORT[question]
    if found := _ASKS_NAME.fullmatch(question):
        return found["name"]
    if SUBJECT_QUESTION.match(question) or _KIND.fullmatch(question):
        return _lower(question.removesuffix("?"))
    if "," not in question:
        if found := _ASKS.fullmatch(question):
            return f"{_lower(found['asks'])} {found['subject']} {found['verb']}{found['rest'] or ''}"
        if found := _ASKS_DO.fullmatch(question):
            return f"{_lower(found['asks'])} {found['subject']}{found['rest']}"
    return f"an answer to “{question}”"


def _yes_if(question: str) -> str:
    """What a yes says: "they can sign in", of "Can they sign in?". Nothing where that is not plain."""
    if found := _ASKS_YES.fullmatch(question):
        return f"{found['subject']} {found['verb'].lower()}{found['rest']}"
    if found := _ASKS_YES_DO.fullmatch(question):
        return f"{found['subject']}{found['rest']}"
    return ""


def _the(name: str) -> str:
    """ "Family name" is asked for as "the family name"; "Who took part" stays as it is."""
    lower = _lower(name)
    return lower if lower.split(" ")[0].lower() in STANDS_ALONE else f"the {lower}"


def _lower(name: str) -> str:
    """The name as it is written inside a sentence; "GP surgery" keeps its capitals."""
    return name if name[1:2].isupper() or name.startswith("I ") else name[:1].lower() + name[1:]
