"""The tag of whatever has an audience: the same words and colour wherever it is shown."""

from django import template

from conferences.choices import Audience
from cpc.core.web.templatetags.components import tag

register = template.Library()


@register.simple_tag
def audience_tag(one, field="audience"):
    """Who may read ``one``, and how many are named for it; nothing where it has no audience."""
    value = getattr(one, field, "")
    if not value:
        return ""
    audience = Audience(value)
    return tag(audience.label if audience != Audience.EVERYONE else "Everyone", audience.tone)
