"""Does the whole main job over HTTP, at the running web server with its worker and its mail; exits 1 where it fails.

Called by ``bin/demo --check`` on a database of its own. Prints each step, every message sent and every document issued.
"""

import email
import time
from email import policy
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cpc.celery import app
from cpc.core.accounts.models import Team
from cpc.core.documents.choices import Channel, OutgoingState
from cpc.core.documents.models import Document, Outgoing
from cpc.core.documents.text import text_of
from cpc.core.policy.queries import calendar, setting
from cpc.reminders.tasks import remind_everyone
from demo import travel
from demo.fill import fill
from demo.main_job import MainJob
from demo.main_job.asking import FAMILY
from demo.visitor import Lost, Visitor

PEOPLE = ("Sam", "Tess", "Adele", "Cora", "Piers", "Helen", "Moira", "Sylvia", "Ivo")
PATIENCE = 60


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        if not (settings.CPC_DEMO and settings.CPC_CLOCK and settings.CPC_MAIL_DIR):
            raise CommandError("bin/demo --check runs this: it makes a database, a clock and a mail folder for it.")
        self.began, self.real_today = time.monotonic(), timezone.localdate()
        if not Team.objects.exists():
            fill(self.real_today, tell=lambda line: None, cases=())
        self.told = 0
        people = {name: Visitor(settings.CPC_BASE_URL, name) for name in PEOPLE}
        job = MainJob(
            people, self.real_today, calendar(), move_to=self.move_to, remind=self.remind, say=self.say,
            uses_danger_statement=setting("uses_danger_statement"), uses_scale=setting("uses_scale"),
        )  # fmt: skip
        self.say(f"The main job, under the preset “{settings.CPC_PRESET}”, at {settings.CPC_BASE_URL}")
        try:
            job.whole()
            self.all_sent()
            self.names_nobody()
        except (Lost, OSError) as lost:
            self.show()
            raise CommandError(f"The main job stopped after {self.seconds():.0f} s.\n\n{lost}\n") from lost
        self.show()
        self.say(f"The whole main job works: {self.seconds():.0f} s.")

    def say(self, words):
        """One line, with the time it took until now."""
        self.stdout.write(f"  {self.seconds():4.0f} s  {words}")
        self.stdout.flush()

    def seconds(self):
        return time.monotonic() - self.began

    # --- The day, the worker, the mail ----------------------------------------------------------------------------
    def move_to(self, day):
        """Set everybody's clock to ``day``. E-mails sent from now on count as sent on that day."""
        self.all_sent()
        self.told = len(self.mail())
        travel.tell((day - self.real_today).days)
        self.say(f"It is {day:%A %-d %B %Y}.")

    def remind(self):
        """The worker has reminded everyone, twice over; the e-mails sent since the day or this was asked last, which
        must be there once. The worker's own clock may have reminded them a moment before.
        """
        remind_everyone.delay()
        remind_everyone.delay()
        self.until(lambda: not self.waiting_tasks(), "the worker takes no task")
        self.all_sent()
        mail = self.mail()
        sent, self.told = mail[self.told :], len(mail)
        return [(one["X-Envelope-To"], one["Subject"], one.get_body(("plain",)).get_content()) for one in sent]

    def waiting_tasks(self):
        """How many tasks wait for the worker or are at work there; at least one where a busy worker does not answer."""
        with app.connection_for_read() as broker:
            waiting = broker.default_channel.client.llen(app.conf.task_default_queue)
        active = app.control.inspect(timeout=1).active() or {"": ["unknown"]}
        return waiting + sum(len(tasks) for tasks in active.values())

    def mail(self):
        """Every message that the mail server took, oldest first."""
        files = sorted(Path(settings.CPC_MAIL_DIR).glob("*.eml"))
        return [email.message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]

    def all_sent(self):
        """Every e-mail of the outbox has been given to the mail server by the worker, once."""
        emails = Outgoing.objects.filter(channel=Channel.EMAIL)
        self.until(
            lambda: not emails.filter(state__in=(OutgoingState.QUEUED, OutgoingState.SENDING)).exists(),
            "e-mail waits in the outbox and no worker sends it",
        )
        failed = [str(one.why_failed) for one in emails.filter(state__in=(OutgoingState.FAILED, OutgoingState.HELD))]
        if failed:
            raise Lost(f"E-mails that were not sent: {failed}")
        if emails.count() != len(self.mail()):
            raise Lost(f"{emails.count()} e-mails were sent, and the mail server took {len(self.mail())}.")

    def names_nobody(self):
        """No e-mail of the whole job names the family, a child or a parent, in its subject, words or calendar file."""
        for one in self.mail():
            told = f"{one['Subject']} " + " ".join(part.get_content() for part in one.walk() if not part.is_multipart())
            if named := [name for name in (FAMILY, "Ivy", "Jude", "Dawn", "Pike", "Doyle") if name in told]:
                raise Lost(f"The e-mail “{one['Subject']}” to {one['X-Envelope-To']} names {', '.join(named)}.")

    def until(self, done, otherwise):
        """Waits until ``done``; raises Lost with ``otherwise`` where that takes too long."""
        limit = time.monotonic() + PATIENCE
        while not done():
            if time.monotonic() > limit:
                raise Lost(f"After {PATIENCE} seconds {otherwise}.")
            time.sleep(0.2)

    # --- What came of it ------------------------------------------------------------------------------------------
    def show(self):
        """What was sent and what was issued, a line each."""
        self.stdout.write("\nSent by e-mail (no message names a child or a family):")
        for one in self.mail():
            self.stdout.write(f"  to {one['X-Envelope-To']:<24} {one['Subject']}")
        self.stdout.write("\nOn paper, by hand or to be read after signing in:")
        others = Outgoing.objects.exclude(channel=Channel.EMAIL).order_by("pk")
        for one in others:
            self.stdout.write(f"  {one.get_channel_display():<20} {one.purpose:<22} for {one.recipient_name}")
        self.stdout.write("\nIssued:")
        for one in Document.objects.filter(issued_at__isnull=False).order_by("pk"):
            self.stdout.write(
                f"  {one.kind:<24} for {one.recipient_name:<18} {pages(one):>2} pages  "
                f"sha256 {one.sha256[:16]}  {one.get_state_display().lower()}"
            )
        self.stdout.write("")


def pages(document):
    """How many pages the issued document has."""
    return text_of(bytes(document.body)).count("\f")
