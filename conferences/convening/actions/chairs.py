"""The posts in which people chair conferences or answer professional disagreements."""

from conferences.convening.choices import ANSWERING, Post
from conferences.convening.models import PostHeld
from conferences.convening.models.chairs import WORKING_WEEK
from cpc.core.accounts.choices import Role
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.kernel.refusals import Invalid


def save_post(*, by, post, user, kind, from_on, until_on=None, weekdays=WORKING_WEEK) -> PostHeld:
    """Record or change the post (a new ``PostHeld()``, or one that is kept) in which ``user`` chairs conferences, or
    answers a stage of a professional disagreement. Nobody has more rights by a post: their role gives those.

    Conferences that are booked already stay with their chair: the page of the chairs names those after the last day.
    """
    with acting(by, Permission.BOOK_CONFERENCE, on=post if post.pk else None, user=user.pk, step="post"):
        if kind not in Post.values:
            raise Invalid("Choose the post.", "post")
        answers = kind in ANSWERING
        if not user.roles_held.filter(role=Role.SERVICE_MANAGER if answers else Role.CHAIR).exists():
            what = "is not a conference service manager" if answers else "does not chair conferences"
            raise Invalid(f"{user} {what}. A system administrator gives them that role.", "user")
        if until_on and until_on < from_on:
            raise Invalid("The last day must be the first day or later.", "until_on")
        weekdays = WORKING_WEEK if answers else weekdays
        if not weekdays or not set(weekdays) <= set(WORKING_WEEK):
            raise Invalid("Choose the weekdays on which they chair.", "weekdays")
        post.user, post.post, post.from_on, post.until_on = user, kind, from_on, until_on
        post.weekdays = sorted(set(weekdays))
        post.save()
    return post
