"""The main job, step e: reports written and shared, one entered for somebody, one approved; what the family says."""

from demo.main_job.asking import FAMILY, WORRY

IVY, JUDE, BABY, DAWN = f"Ivy {FAMILY}", f"Jude {FAMILY}", f"Unborn {FAMILY}", f"Dawn {FAMILY}"


class Writing:
    """What is written towards the conference; a part of ``MainJob``, which holds the people and the day."""

    def report(self):
        """A professional hands in a report and says how it was shared; an administrator enters another's."""
        piers = self.piers
        piers.open("/").follow("Write and share the").sees("Ivy").does_not_see("Jude", "Doyle")
        self.kept["report"] = piers.url
        for stranger in (self.tess, self.helen):
            stranger.refused(self.kept["report"])
        piers.fill("How does your agency know the family", "Ivy has been at our school since reception.")
        piers.fill("What are you worried about?", f"Ivy told her teacher about {WORRY}.")
        piers.fill("What is working well?", "Ivy comes every day and likes her class.")
        piers.fill("What is your view?", "I think that Ivy needs a child protection plan.")
        piers.press("Save and continue to submit")
        self._shared(piers, DAWN)
        self._not_shared(piers, "Lee Pike", "We have no safe way of reaching him yet.")
        piers.press("Submit the report").sees("Submitted", "read through together", "no safe way of reaching him")
        adele = self.adele
        adele.open(self.page).follow("Write the report of Moira Keane").fill("Who wrote the report", "Moira Keane")
        adele.fill("What are you worried about?", "Dawn has missed two appointments.")
        adele.press("Save and continue to submit")
        self._shared(adele, DAWN)
        self._not_shared(adele, "Marcus Doyle", "She has not met him.")
        adele.press("Submit the report").sees("Submitted", "Entered by Adele Marsh")

    def _shared(self, person, parent):
        question = f"Have you shared the report with {parent}"
        person.choose("Yes", question).fill("When", self.today, parent).choose("Read through together", parent)

    def _not_shared(self, person, parent, reason):
        person.choose("No", f"Have you shared the report with {parent}").fill("Why not", reason, parent)

    def approve_the_report(self):
        """The social worker hands in the social work report and the team manager approves it."""
        sam, tess = self.sam, self.tess
        sam.open("/").follow("Write and share the")
        sam.fill("What led to this conference", "A neighbour called the police on three nights in October.")
        sam.fill("What has happened to the children", f"The children described {WORRY}.")
        sam.fill("What is working well?", "Dawn asks for help. Their grandmother comes at any hour.")
        sam.fill("What is your analysis?", "The children are likely to suffer significant harm if the fights go on.")
        sam.fill("What do you recommend", "A child protection plan for Ivy and for Jude.")
        sam.fill("About Jude alone", "Jude wakes at night and hides.").press("Save and continue to submit")
        self._shared(sam, DAWN)
        for father in ("Lee Pike", "Marcus Doyle"):
            self._not_shared(sam, father, "A visit to him is planned for this week.")
        sam.press("Submit the report").sees("Submitted").does_not_see("Approve the report")
        for stranger in (self.piers, self.moira):
            stranger.refused(sam.url)
        tess.open("/").follow("Approve the social work report").press("Approve the report").sees("Approved by Tess")

    def hear_the_family(self):
        """What the mother sent in is typed in; the chair's talk with her is recorded."""
        adele, cora = self.adele, self.cora
        adele.open(self.page).follow(f"Enter what {DAWN} wrote").fill("When was it received?", self.today)
        adele.fill("What is going well in your family?", "The children and I laugh a lot.")
        adele.fill("What help or support would your family like?", "Somebody to talk to at night.").press(
            "Save what they wrote"
        )
        adele.sees("Somebody to talk to at night.", "Under 10, so there is no form")
        adele.does_not_see(f"Enter what {IVY} wrote")
        cora.open(self.page).follow("Record your conversation with the family").choose(DAWN, "Who did you speak with?")
        cora.choose("Yes", "Did the conversation take place?").fill(
            "When", self.today, "Did the conversation take place?"
        )
        cora.fill("What was said", "Dawn knows how the evening will go.")
        cora.choose("Yes, together", "Did you look at what they wrote").press("Save")
        cora.sees("The chair spoke with them")
        for stranger in (self.piers, self.helen):
            stranger.refused(f"{self.reports}chair-talk/")

    @property
    def reports(self):
        """The address under which everything written for the conference is."""
        return f"/reports/conference/{self.kept['conference']}/"
