"""How a duty about a conference is found, named and opened."""

from django.db.models import Q
from django.urls import reverse

from cpc.core.kernel.phrases import in_sentence


def of_team(whose, family="family") -> Q:
    """Families with a social worker or team manager among these users (ids)."""
    return Q(**{f"{family}__social_worker__in": whose}) | Q(**{f"{family}__team__manager__in": whose})


def of_administrator(whose, administrators, conference="") -> Q:
    """Conferences that are for these users (ids): those that one of them administers, and those without an
    administrator if one of them is among the ``administrators``. ``conference`` is the path to the conference.
    """
    nobody = Q(**{f"{conference}administrator": None}) if administrators & whose else Q(pk__in=[])
    return Q(**{f"{conference}administrator__in": whose}) | nobody


PREVIOUS = ("previous__kind", "previous__starts_at", "previous__anchor_on")  # what the key of a limit asks of it
SAID = ("kind", "state", "starts_at", "due_on", "anchor_on", "previous", "chair", "administrator", "family")


def with_names(found, *more):
    """The conferences ``found`` with their families and only the columns that a duty needs, and ``more``: naming every
    column of a dozen queries would take much of the time of a first page.
    """
    return found.select_related("family").only(*SAID, "family__name", *more)


def page_of(conference_id: int) -> str:
    """The address of the page of a conference."""
    return reverse("conferences:conference", args=[conference_id])


def named(verb: str, conference) -> dict[str, str]:
    """What is to be done about the conference, with its kind and family, and the day that tells it from another."""
    return {
        "says": f"{verb} the {in_sentence(conference.kind_shown.label)}: {conference.family}",
        "day": conference.day_shown,
    }
