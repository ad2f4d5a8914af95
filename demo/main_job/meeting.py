"""The main job, steps f and g: the live conference, a decision for each child, and what closing makes of it."""

from demo.main_job.asking import WORRY
from demo.main_job.writing import BABY, DAWN, IVY, JUDE

DANGER = "Without change the children may be hurt in a fight, or live in fear of one."
PROGRESS = "The fights at night have stopped."


class Meeting:
    """The conference itself; a part of ``MainJob``, which holds the people and the day."""

    def hold(self):
        """The chair opens the conference, a day before it was booked for; who is there, quorum, what is said."""
        cora = self.cora
        self.travel(
            self.calendar.add_working_days(self.kept["held_on"], -1), "Cora", "Sam", "Adele", "Piers", "Helen", "Tess"
        )
        for stranger in (self.sam, self.adele):
            stranger.refused(self.page + "meet/open/")
        cora.open("/").follow("Chair the").follow("Open the conference")
        cora.choose("It is being held today instead", "not booked for today")
        cora.fill("Why is it held today?", "The school asked for it.").press("Open the conference")
        cora.follow("family’s details").sees("Mother of", "Lee Pike").press("The family confirmed these details")
        self._attendance()
        cora.fill("Why this conference is being held", f"We were told of {WORRY}.")
        if self.uses_danger_statement:
            cora.fill("Danger statement", DANGER)
        else:
            cora.does_not_see("Danger statement")
        cora.fill("What we are worried about: Ivy", "Ivy has stopped asking friends home.")
        cora.fill("What we are worried about: Jude", "Jude hides under the table when voices rise.")
        cora.fill("What is working well: Ivy", "Ivy comes to school every day.")
        cora.fill("What needs to happen: Ivy", "Ivy has somebody at school to talk to.")
        cora.fill("Ivy’s views", "I want it to be quiet at night.").fill(f"{DAWN}’s views", "I want help.")
        cora.fill(f"What {DAWN} says would help", "Somebody to ring at night.")
        cora.fill("Lee Pike’s views", "I want to see Ivy on Saturdays.").press("Save").sees("Saved at")
        self.adele.open(self.page + "meet/").sees("I want it to be quiet at night.")
        self.adele.sees(f"Only {self.kept.get('chair', 'Cora Whitfield')} can write here")
        self._views(IVY, "Piers Halloran", "Ivy is afraid at home.", took_part="PN6")
        self._views(JUDE, "Helen Adeyemi", "Jude does not sleep.")

    def _attendance(self, late="Nina Sorrel"):
        cora = self.cora
        cora.follow("Attendance").choose("Apologies", late).press("Save and mark everyone else present")
        cora.sees("Based on the attendance recorded, the conference is quorate.").choose(
            "The conference is quorate"
        ).press("Confirm")

    def _views(self, child, agency, reason, view="Needs a child protection plan", took_part=""):
        """What an agency says about a child; ``took_part`` is a code, and a child under 4 has none."""
        cora = self.cora
        cora.open(self.page + "meet/").follow(f"Views on {child.split()[0]}")
        if took_part:
            cora.fill("How the child took part", took_part)
        else:
            cora.sees("How they took part is not asked")
        if not self.uses_scale:
            cora.does_not_see("On the scale")
        else:
            cora.fill("On the scale", "3", agency)
        cora.choose(view, agency).fill("Reason for this view", reason, agency).press("Save").sees(reason)

    def decide(self):
        """Each child has a decision of its own, and the conference cannot be closed while one has none."""
        cora, because = self.cora, "What the school and the health visitor said, and what the children said themselves."
        self.sam.refused(self.page + "meet/decision/")
        cora.open(self.page + "meet/").follow("Record the same decision for several children").choose(IVY).choose(JUDE)
        cora.fill(BABY, False)
        cora.choose("A child protection plan", "What is the decision?").choose(
            "Emotional abuse", "What is the decision?"
        )
        cora.fill("The threshold in words", "They are likely to suffer significant harm.")
        cora.fill("The chair’s reasons", because).press("Save the decision")
        cora.follow("Close the conference").sees("The conference cannot be closed yet", BABY)
        cora.open(self.page + "meet/").follow(f"Record the decision for {BABY}").choose(
            "A child in need plan", "What is the decision?"
        )
        cora.fill("Which parent or carer consents to the plan?", DAWN).fill(
            "The chair’s reasons", "Dawn keeps her appointments with help."
        )
        cora.press("Save the decision").sees("Consent: " + DAWN)

    def close(self):
        """The outline plan is written and the conference closed: plans open, core group and review get dates."""
        cora = self.cora
        first = self.calendar.add_working_days(self.today, 7)
        for child, action, who in ((IVY, "See Ivy alone at school every week", "Piers Halloran"),
                                   (JUDE, "A sleep routine, with the health visitor", "Helen Adeyemi")):  # fmt: skip
            cora.open(self.page + "meet/").follow("Add an action")
            cora.fill("What should be better for the child?", f"{child.split()[0]} feels safe at night.")
            cora.fill("What will be done?", action).fill("Who does it?", who).fill("By when?", first)
            cora.fill("How will everyone know", "Three quiet weeks.")
            for other in (IVY, JUDE, BABY):
                cora.fill(other, other == child, "For which children?")
            cora.press("Save").sees(action)
        cora.open(self.page + "meet/").follow("Close the conference").sees("last day", "review")
        cora.fill("Lead social worker", "Sam Okafor").fill("What must change", "No fights when the children are there.")
        cora.fill("What will happen if the plan does not work", "A meeting about going to court.")
        cora.fill("What would make that happen?", "A fight to which the police are called.")
        cora.fill("How often is each child visited", "Every ten working days by Sam Okafor, alone each other time.")
        cora.fill("Was a family meeting considered?", "It was offered, and Dawn would like one.")
        cora.fill("Who will be told about the plan?", "The GP and the school.")
        cora.fill_each("gap_", "It was asked for and could not be had on the day.")
        for name in (DAWN, "Piers Halloran", "Helen Adeyemi", "Sam Okafor"):
            cora.choose(name, "Core group")
        cora.fill("Lee Pike", False, "Core group")  # he and Dawn must not meet
        self.kept["core_group_on"] = first
        cora.fill("Date", first, "First core group").fill("Start time", "10am", "First core group")
        cora.fill("Place", "Larkfield Primary School", "First core group").press("Close the conference")
        cora.sees("Child protection plan since", IVY, JUDE, BABY, "Emotional abuse")
        self.kept["plan"] = cora.url
        cora.open(self.page).sees("Held")
