"""The post of random months: what leaves, and what each reader knows then, by the words of the messages alone."""

import re
from calendar import month_name
from datetime import date

from django.utils import timezone

from conferences.convening.actions.waiting import check_waiting_letters
from conferences.convening.choices import CANCELLED, CHAIR, ENCLOSED, OCCASIONS, WITHDRAWN, ConferenceState
from conferences.convening.models import Conference
from conferences.convening.queries.last_told import NOT_COMING
from cpc.core.accounts.permissions import system
from cpc.core.accounts.tests.builders import setting_up
from cpc.core.documents.choices import OutgoingState
from cpc.core.documents.letters import flowing_text, rebuild
from cpc.core.documents.models import Outgoing
from cpc.core.documents.sending import why_held
from cpc.core.kernel.dates import in_words

A_DAY = re.compile(rf"\d{{1,2}} (?:{'|'.join(month_name[1:])}) 20\d\d")
# The days of a letter that tell of nothing earlier: its own, and those until which its reader may do something.
OTHER_DAYS = ("dated_on", "form_by", "supporter_by", "reports_by")


class Post:
    """The letters and e-mails about conferences. ``told`` is the day that each reader of each was last told."""

    def __init__(self, chance):
        self.chance, self.told, self.read = chance, {}, set()

    def go(self):
        """Some of what waits leaves, and the rest is looked at again."""
        for one in self._messages().filter(state=OutgoingState.QUEUED):
            if self.chance.random() < 0.7 and not why_held(one):
                with setting_up():
                    one.state, one.sent_at = OutgoingState.SENT, timezone.now()
                    one.save()
                self._is_told(one)
        check_waiting_letters(by=system(timezone.localdate()))

    def unknown_days(self):
        """Each new message that names an earlier day than that of the meeting now, which its reader was not told."""
        found = []
        for one in self._messages().exclude(pk__in=self.read):
            self.read.add(one.pk)
            said = _said(one)
            ours = [said[name] for name in OTHER_DAYS if said.get(name)]
            ours += [said["meeting"]["day"]] if said.get("meeting") else []
            known = [in_words(date.fromisoformat(day)) for day in (*ours, self.told.get(_reader(one))) if day]
            named = set(A_DAY.findall(_words(one)))
            found += [f"{one} names {day}" for day in named if not any(words.endswith(f" {day}") for words in known)]
        return found

    def never_to_be_told(self):
        """Each reader who knows a wrong day for a booked meeting, and has no message waiting that corrects it."""
        coming = dict(Conference.objects.filter(state=ConferenceState.BOOKED).values_list("pk", "starts_at"))
        waiting = self._messages().filter(state__in=[OutgoingState.QUEUED, OutgoingState.HELD])
        will_be = {_reader(one) for one in waiting}
        return [
            f"{reader} was told {day}, and nothing waits that says {now}"
            for reader, day in self.told.items()
            if (starts_at := coming.get(reader[0])) and reader not in will_be
            if day != (now := timezone.localdate(starts_at).isoformat())
        ]

    def _messages(self):
        about = Conference._meta.label_lower
        found = Outgoing.objects.filter(about_kind=about, purpose__in=(*OCCASIONS, CHAIR)).order_by("pk")
        return found.exclude(document__kind__in=ENCLOSED)

    def _is_told(self, one):
        said = _said(one)
        if said.get("meeting"):
            self.told[_reader(one)] = said["meeting"]["day"]
        elif said.get(NOT_COMING) or (one.document and one.purpose in (CANCELLED, WITHDRAWN)):
            self.told.pop(_reader(one), None)


def _reader(one):
    return one.about_id, one.purpose == CHAIR, one.recipient_kind, one.recipient_id, one.recipient_name


def _said(one):
    return one.document.values if one.document else one.said


def _words(one):
    if one.document is None:
        return f"{one.subject}\n{one.body}"
    return flowing_text(rebuild(one.document.kind, one.document.values))
