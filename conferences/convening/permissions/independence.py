"""What the records show of a chair’s part in the case, which their declaration of independence is compared with."""

from collections import defaultdict
from itertools import zip_longest

from conferences.convening.models import Conference, Enquiry, Invitation, SafetyPlan, StrategyDiscussion
from conferences.convening.rules.booking import overlap, why_not_independent
from cpc.core.accounts.models import TeamCover, TeamEvent, User
from families.cases.models import FamilyEvent

_parts_in_case = []


def shows_part_in_case(source):
    """Register ``source(family, user_id)``, which says what an app's records show of a user's part in the case, as the
    end of a sentence; "" if nothing.
    """
    if source not in _parts_in_case:
        _parts_in_case.append(source)
    return source


def why_chair_knows(conference, user_id: int) -> str:
    """What the record shows of this user’s part in the case, as the end of a sentence; "" if nothing."""
    family = conference.family
    discussions = StrategyDiscussion.objects.filter(family=family)
    discussions = list(discussions.values_list("recorded_by", "date_changes__asked_by", "date_changes__answered_by"))
    # Closing a conference requests the next one in its chair's name. That is chairing, not knowing the case.
    others = Conference.objects.filter(family=family, previous=None).exclude(pk=conference.pk)
    decided = *(row[1:] for row in discussions), *others.values_list("requested_by", "agreed_by", "declined_by")
    kept = SafetyPlan.objects.filter(family=family).values_list("written_by", "reviews__recorded_by")
    wrote = Enquiry.objects.filter(family=family)
    wrote = wrote.values_list("written_by", "signed_off_by", "returned_by", "no_plan_by")
    return why_not_independent(
        user_id,
        social_worker=family.social_worker_id,
        team_manager=family.team.manager_id,
        recorded_discussion={row[0] for row in discussions},
        asked=None if conference.previous_id else conference.requested_by_id,
        agreed=None if conference.previous_id else conference.agreed_by_id,
        decided={one for row in decided for one in row if one},
        enquired={one for row in wrote for one in row if one},
        of_same_team=User.objects.filter(pk=user_id, team=family.team_id).exists(),
        was_social_worker=FamilyEvent.objects.filter(pgh_obj=family, social_worker=user_id).exists(),
        was_invited=Invitation.objects.filter(
            conference__family=family, user=user_id, sent_at__isnull=False, withdrawn_at__isnull=True
        ).exists(),
        wrote_safety_plan={one for row in kept for one in row},
        worked_for_team=TeamCover.objects.filter(user=user_id, team=family.team_id).exists(),
        supervised=_managed_the_team_then(family, user_id),
        also=(source(family, user_id) for source in _parts_in_case),
    )


def _managed_the_team_then(family, user_id) -> bool:
    """Whether this user managed a team while it worked with the family. One query; three if they managed any."""
    ever = set(TeamEvent.objects.filter(manager=user_id).values_list("pgh_obj_id", flat=True))
    if not ever:
        return False
    with_family, managed = defaultdict(list), defaultdict(list)
    for _, team, since, until in _periods(FamilyEvent.objects.filter(pgh_obj=family), "team_id"):
        with_family[team].append((since, until))
    for team, manager, since, until in _periods(TeamEvent.objects.filter(pgh_obj__in=ever), "manager_id"):
        if manager == user_id:
            managed[team].append((since, until))
    return any(overlap(with_family[team], times) for team, times in managed.items())


def _periods(history, name):
    """From when until when each row of a history had which value of a field: (row, value, since, until)."""
    rows = list(history.order_by("pgh_obj_id", "pgh_id").values_list("pgh_obj_id", name, "pgh_created_at"))
    for (row, value, since), after in zip_longest(rows, rows[1:]):
        yield row, value, since, after[2] if after and after[0] == row else None
