"""Which words among the names are like one that was typed: PostgreSQL's trigrams, letters and sounds answer it."""

from django.db.models import BooleanField, CharField, ExpressionWrapper, F, Func, IntegerField, Q, Value
from django.db.models.functions import Length

from families.people.models import NameWord
from families.people.rules.search import Spelling, may_slip

# How many letters are wrong at most: of words that sound alike, with a slip, with two letters changed about.
BY_SOUND, SLIP, CHANGED_ABOUT = 3, 1, 2


def spellings_of(words) -> dict[str, list[Spelling]]:
    """For each folded word that is long enough, the other words of names that are like it. One query, or none."""
    found: dict[str, list[Spelling]] = {word: [] for word in words if may_slip(word)}
    if not found:
        return {}
    first, *rest = [_like(word) for word in found]
    for typed, word, sounds_alike in first.union(*rest, all=True):
        found[typed].append(Spelling(word, sounds_alike))
    return found


def _like(word):
    typed = Value(word, CharField())
    sound = Func(F("word"), function="dmetaphone", output_field=CharField())
    sounds = [Func(typed, function=name, output_field=CharField()) for name in ("dmetaphone", "dmetaphone_alt")]
    limit = Value(BY_SOUND)
    wrong = Func(F("word"), typed, limit, function="levenshtein_less_equal", output_field=IntegerField())
    rows = NameWord.objects.alias(sound=sound, wrong=wrong, letters=Length("word"))
    same_sound = Q(sound__in=sounds) & ~Q(sound="")
    slip = Q(wrong__lte=SLIP) | Q(wrong=CHANGED_ABOUT, letters=len(word))
    near = same_sound & Q(wrong__lte=BY_SOUND) | Q(word__trigram_similar=word) & slip
    rows = rows.filter(near).exclude(word=word)
    rows = rows.annotate(typed=typed, sounds_alike=ExpressionWrapper(same_sound, BooleanField()))
    return rows.values_list("typed", "word", "sounds_alike")
