"""Records protections and other entries for tests."""

from datetime import timedelta

from cpc.core.accounts.tests.builders import TODAY
from families.people.choices import Detail, ProtectionSource
from families.people.choices import MustNotLearnWhat as W
from families.protections.actions.entries import record_must_not_learn, record_protection

WHY = {"source": ProtectionSource.INJUNCTION, "reason": "He found her twice."}
LATER = TODAY + timedelta(days=60)


def silence(marlows, by, **more):
    given = {"reader": marlows.theos_father, "about": marlows.rosas_father, "what": W.WHEREABOUTS} | WHY | more
    return record_must_not_learn(by=by, family=marlows.family, **given)


def protect_phone(marlows, by, **more):
    given = {"person": marlows.mother, "detail": Detail.PHONE} | WHY | more
    return record_protection(by=by, family=marlows.family, **given)
