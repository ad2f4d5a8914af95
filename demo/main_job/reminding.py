"""The main job, step j: a person who is late is reminded, then their manager, once a stage."""

import re

from demo.main_job.asking import FAMILY
from demo.staff import email_of
from demo.visitor import Lost


class Reminding:
    """What the reminder job sends. A part of ``MainJob``: ``MainJob.remind`` runs the job and returns its result."""

    def be_reminded(self):
        """The lead social worker is reminded of the core group, then the team manager too; nobody twice."""
        day = self.kept["core_group_on"]
        self.travel(day, "Sam")
        self._told(day, {"Sam": "Due today"}, nobody="Tess")
        if again := self.remind():
            raise Lost(f"Asked again on the same day, the reminders are sent again: {again}")
        self.travel(self.calendar.add_working_days(day, 1), "Sam", "Cora", "Tess")
        self._told(day, {"Sam": "Late", "Tess": "Late"})

    def _told(self, day, wanted, nobody=""):
        sent = {to: (subject, body) for to, subject, body in self.remind()}
        if nobody and "core group" in str(sent.get(email_of(nobody), "")):
            raise Lost(f"{nobody} is reminded before it is late.")
        plan = self.kept["plan"].split("/", 3)[3]
        for name, word in wanted.items():
            subject, body = sent.get(email_of(name), ("", ""))
            lines = [line for line in body.splitlines() if plan in line]
            if not any(word in line for line in lines):
                raise Lost(f"{name} is not reminded of the core group of {day} ({word}). Sent: {sent}")
            if FAMILY in subject + body:
                raise Lost(f"The reminder to {name} names the family: {body}")
            self.people[name].open(re.search(r"https?://\S+", lines[0])[0]).sees("First core group")
