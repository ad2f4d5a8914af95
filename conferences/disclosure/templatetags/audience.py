"""The tag for anything with an audience: the same words and colour wherever it is shown."""

from django import template

from conferences.disclosure.choices import Audience
from cpc.core.web.templatetags.components import tag

register = template.Library()


@register.simple_tag
def audience_tag(one, field="audience"):
    """The audience of ``one`` as a tag; "" if it has none."""
    value = getattr(one, field, "")
    if not value:
        return ""
    audience = Audience(value)
    return tag(audience.label if audience != Audience.EVERYONE else "Everyone", audience.tone)
