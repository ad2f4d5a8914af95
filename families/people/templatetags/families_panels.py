"""What pages show of families: people by name, births and ages, addresses."""

from django import template

from families.people.queries.household import born_in_words, called

register = template.Library()


@register.filter
def named(person) -> str:
    """The person as a page names them: "Unborn Marlow, expected 3 February 2027"."""
    return called(person)


@register.simple_tag(takes_context=True)
def born(context, person) -> str:
    """The date of birth and the age today, or the date a baby is expected."""
    return born_in_words(person, context["viewer"].on)


@register.inclusion_tag("families/who_is_who.html", takes_context=True)
def who_is_who(context, household, may_record=False):
    """Who is who in a household: the children, and what each adult is to them."""
    viewer = context["viewer"]
    return {
        "viewer": viewer,
        "household": household,
        "family": household.family,
        "may_record": may_record,
        "custody": household.in_custody,
    }
