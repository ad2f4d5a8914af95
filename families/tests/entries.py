"""Entries about who may not know what, as tests record them."""

from datetime import timedelta

from cpc.core.accounts.tests.builders import TODAY
from families import actions
from families.choices import Detail, ProtectionSource
from families.choices import MustNotLearnWhat as W

WHY = {"source": ProtectionSource.INJUNCTION, "reason": "He found her twice."}
LATER = TODAY + timedelta(days=60)


def silence(marlows, by, **more):
    given = {"reader": marlows.theos_father, "about": marlows.rosas_father, "what": W.WHEREABOUTS} | WHY | more
    return actions.record_must_not_learn(by=by, family=marlows.family, **given)


def protect_phone(marlows, by, **more):
    given = {"person": marlows.mother, "detail": Detail.PHONE} | WHY | more
    return actions.record_protection(by=by, family=marlows.family, **given)
