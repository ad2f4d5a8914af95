"""At the top of a family's page: that it is restricted, or open only because of an emergency."""

from django import template

from families.access.queries import access as queries

register = template.Library()


@register.inclusion_tag("families/access/banner.html", takes_context=True)
def access_banner(context, family):
    """Says that only named people see this family, or until when the viewer's emergency opens it; and links to
    the page of who may see it, for those who manage that. Two queries, or three."""
    viewer = context["viewer"]
    basis = queries.basis_of(viewer, family)
    return {
        "family": family,
        "until": queries.opened_until(viewer, family) if basis.startswith("Emergency") else None,
        "may_arrange": queries.may_see_access(viewer, family),
    }
