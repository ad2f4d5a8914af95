"""Builders of who comes with a parent, for tests."""

from conferences.convening.actions.companions import decide_companion, name_companion


def named(convened, who="mother", **given):
    """Somebody who was named to come with this member of the Marlows."""
    given = {"kind": "supporter", "name": "Jo Bell", "relation": "A friend", "asked_by": "Anna Marlow"} | given
    return name_companion(
        by=convened.by("social_worker"), conference=convened.conference, person=getattr(convened.marlows, who), **given
    )


def agreed(convened, *args, **given):
    """The same, and the chair agreed."""
    return decide_companion(by=convened.by("chair"), companion=named(convened, *args, **given), agreed=True)
