"""How far inviting has got, in numbers: for the top of the list of people to invite."""

from dataclasses import dataclass
from datetime import date

from conferences.convening.choices import Attendance, Reply
from cpc.core.kernel.phrases import listed
from cpc.core.policy.queries import due


@dataclass(frozen=True)
class Counts:
    """How far inviting has got: people on the list, by what they answered, and the last day to post. People who write
    a report only, or are excluded, are not asked to come, so they are counted apart.
    """

    on_the_list: int
    not_sent: int
    coming: int
    not_coming: int
    no_reply: int
    writes_only: int
    excluded: int
    post_by: date | None  # where somebody is not invited yet

    @property
    def in_words(self) -> str:
        """How many are on the list, and of these only what there is: "9 on the list: 2 coming and 7 not replied"."""
        every = (
            (self.coming, "coming", "all coming"),
            (self.not_coming, "not coming", "none coming"),
            (self.no_reply, "not replied", "none has replied"),
            (self.writes_only, "asked only for a written report", "all asked only for a written report"),
            (self.excluded, "excluded by the chair", "all excluded by the chair"),
            (self.not_sent, "not invited yet", "none invited yet"),
        )
        if not self.on_the_list:
            return "Nobody is on the list yet."
        found = [(number, words, of_all) for number, words, of_all in every if number]
        if len(found) == 1 and self.on_the_list > 1:
            return f"{self.on_the_list} on the list, {found[0][2]}."
        return f"{self.on_the_list} on the list: {listed(f'{number} {words}' for number, words, _ in found)}."


def counts_of(conference, still_invited) -> Counts:
    """The counts for the list of people to invite, from its rows."""
    excluded = [one for one in still_invited if one.attendance == Attendance.EXCLUDED]
    to_invite = [one for one in still_invited if one.attendance != Attendance.EXCLUDED]
    sent = [one for one in to_invite if one.sent_at]
    notice = "invitation_review" if conference.is_review else "invitation_initial"
    return Counts(
        on_the_list=len(still_invited),
        not_sent=len(to_invite) - len(sent),
        coming=sum(one.reply == Reply.COMING for one in sent),
        not_coming=sum(one.reply in (Reply.NOT_COMING, Reply.STAYS_AWAY) for one in sent),
        no_reply=sum(one.awaits_reply for one in sent),
        writes_only=sum(one.writes_only for one in sent),
        excluded=len(excluded),
        post_by=due(notice, conference.held_on).on if conference.held_on and len(sent) < len(to_invite) else None,
    )
