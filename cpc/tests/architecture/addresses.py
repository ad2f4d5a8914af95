"""Every address that the service answers, with something in the place of each part that varies."""

import uuid
from dataclasses import dataclass

from django.urls import URLPattern, get_resolver
from django.urls.converters import IntConverter, UUIDConverter

from cpc.tests.architecture.places import ours


@dataclass(frozen=True)
class Address:
    """One line of a urls.py: its path with plausible values, and the view that answers it."""

    path: str
    name: str
    view: object

    @property
    def is_ours(self):
        return ours(self.view.__module__)


def addresses():
    return [Address(path, name, view) for path, name, view in _walk(get_resolver(), "/", ())]


def _walk(resolver, before, spaces):
    for pattern in resolver.url_patterns:
        path = before + _filled(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield path, ":".join([*spaces, pattern.name or ""]), pattern.callback
        else:
            yield from _walk(pattern, path, (*spaces, pattern.namespace) if pattern.namespace else spaces)


def _filled(pattern):
    route = getattr(pattern, "_route", None)
    if route is None:  # a regular expression of a library's
        path = pattern.regex.pattern.lstrip("^").rstrip("$")
        return path.replace("(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/", "1-a/").replace(r"(?P<key>[-:\w]+)", "1")
    for name, converter in pattern.converters.items():
        value = "1" if isinstance(converter, IntConverter) else "a"
        value = str(uuid.UUID(int=1)) if isinstance(converter, UUIDConverter) else value
        for spelling in (f"<{name}>", *(f"<{kind}:{name}>" for kind in ("int", "str", "slug", "uuid", "path"))):
            route = route.replace(spelling, value)
        assert f":{name}>" not in route, f"say here what may stand for <{name}> in {route}"
    return route
