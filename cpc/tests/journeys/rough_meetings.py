"""The worst moments of the later conferences: not quorate, opened by mistake, nobody invited, people leave, a chair
who falls ill.
"""

from datetime import timedelta

from django.utils import timezone

from demo.main_job import MainJob
from demo.main_job.writing import DAWN, IVY, JUDE
from demo.visitor import Lost

LILY, ROSE = f"Lily {IVY.split()[1]}", f"Rose {IVY.split()[1]}"
SCHOOL = "Piers Halloran"
OTHER_AGENCIES = (SCHOOL, "Helen Adeyemi", "Health visiting, north", "Moira Keane", "Nina Sorrel")


class RoughMeetings(MainJob):
    """The review and the transfer-in conference; a part of ``RoughJob``."""

    def adjourn_the_review(self):
        """The next review is not quorate and decides nothing: another is asked for, within ten working days."""
        self.travel(self._invite_to_a_review(), *self._everybody())
        cora, adjourned = self.cora, self.page
        cora.open("/").follow("Chair the").follow("Open the conference").press("Open the conference")
        self._inquorate()
        cora.open(self.page + "meet/").follow("Opened by mistake?").fill("Why is it put back?", "It was another one.")
        cora.press("Put it back to booked").sees("The conference is booked again")
        cora.open("/").follow("Chair the").follow("Open the conference").press("Open the conference")
        self._inquorate().choose("Do not proceed").press("Confirm")
        cora.follow("Record the same decision for several children").choose(IVY).choose(JUDE)
        cora.choose("The child protection plan continues", "What is the decision?").choose("Neglect")
        cora.fill("The chair’s reasons", "Nothing has changed.").press("Save the decision")
        cora.sees("a plan cannot be decided. Choose “Not decided”")
        cora.choose("Not decided", "What is the decision?").choose("Inquorate", "Why was no decision made?")
        cora.fill("Interim plan to keep the child safe", "Both plans go on as they are.")
        cora.fill("New date", self.calendar.add_working_days(self.today, 5))
        cora.fill("The chair’s reasons", "The school and the health visitor were called away.")
        cora.press("Save the decision").follow("Close the conference")
        cora.fill_each("gap_", "It was adjourned.").press("Close the conference")
        self.adele.open(self.kept["plan"]).follow("Book the review conference").sees("last day")
        if adjourned in self.adele.url:
            raise Lost("The review that was adjourned is offered to be booked.")

    def _inquorate(self, left_at=""):
        """Nobody but social care is here, or the others left at that time: the chair is asked about the quorum."""
        cora = self.cora.follow("Attendance")
        for name in OTHER_AGENCIES:
            if name in cora.words and left_at:
                cora.fill("Left at", left_at, name)
            elif name in cora.words:
                cora.choose("Absent", name)
        return cora.press("Save and mark everyone else present").sees("the conference is not quorate")

    def _invite_to_a_review(self):
        """A review is booked and everybody invited to it; its day."""
        self.adele.open(self.kept["plan"]).follow("Book the review conference")
        return self._book_and_invite()

    def _book_and_invite(self):
        """The conference on the administrator’s page is booked and everybody invited to it; its day."""
        held_on = self._book()
        self._apart_and_send()
        return held_on

    def _book(self):
        """The conference on the administrator’s page is booked, and its invitations are ready; its day."""
        adele, held_on = self.adele, self.calendar.add_working_days(self.today, 8)
        adele.fill("Date of the conference", held_on)
        adele.fill("Start time", "10am").fill("End time", "11:30am").fill("Room", "Elm room")
        adele.fill("Video link", "https://video.example.org/elm").fill("Chair", self.kept["chair"])
        adele.press("Book the conference").sees("Conference booked")
        self.kept["conference"] = adele.url.split("/conferences/")[1].split("/")[0]
        self.cora.open("/").follow("Declare whether you are independent to chair")
        self._declare()
        adele.open(self.page + "invitations/")
        return held_on

    def come_back(self):
        """They come back with the plan of another authority: a transfer-in conference is booked for them."""
        began_on = self.today
        self.travel(self.calendar.add_working_days(self.today, 20), *self._everybody())
        sam = self.sam.open(self.kept["family"]).follow("Request a transfer-in conference")
        sam.fill("When was this authority told", self.today).fill("Which authority has the plan?", "Eastmere")
        sam.fill("When did that plan begin?", began_on).choose("Emotional abuse", "What is its category?")
        for child in (IVY, LILY):
            sam.choose("Yes", f"Should {child} be included?")
        sam.choose("No", f"Should {ROSE} be included?").fill(f"Why is {ROSE} left out?", "She is with her aunt.")
        sam.fill("Why is a conference needed?", "They live here again.").press("Request the conference")
        sam.sees("The child protection plan of Eastmere", "Eastmere stays responsible")
        self.kept["conference"] = sam.url.split("/conferences/")[1].split("/")[0]
        self.agree()
        self.adele.open(self.page).follow("Book the conference").sees("last day")
        held_on = self._book()
        self._keep_apart()
        self.travel(held_on, *self._everybody())

    def hold_without_invitations(self):
        """Nobody was invited, so the chair is asked why the conference is held."""
        cora = self.cora.open("/").follow("Chair the transfer-in").follow("Open the conference")
        cora.press("Open the conference").sees("Enter why it is held although nobody was sent an inv")
        cora.fill("Why is it held although", "They came with the police, and all were rung.").press(
            "Open the conference"
        )
        cora.follow("Attendance").press("Save and mark everyone else present").sees("the conference is quorate")
        cora.choose("The conference is quorate").press("Confirm")

    def fall_ill_in_the_meeting(self):
        """While it is held the chair falls ill: another chair goes on, and decides for one child."""
        self.sam.refused(self.page + "meet/decision/")
        sylvia = self.sylvia.open(self.page).follow("Name an acting chair")
        sylvia.fill("Who will act as chair?", "Cora Whitfield")
        sylvia.fill("Why is an acting chair needed?", "Colm was taken ill at 10:40.").press("Save")
        self.take_over("Cora", "Colm")
        cora = self.cora.open("/").follow("Close the transfer-in").follow("Go to the conference")
        self._need_a_plan(cora.follow(f"Record the decision for {IVY}"))

    def leave_the_meeting(self):
        """The other agencies leave before the last decision: the quorum is asked about again, each decision has that of
        its own minute, and the record says when they left.
        """
        left_at = timezone.localtime() + timedelta(minutes=2)
        self.move_to(self.today, timedelta(minutes=4))
        cora = self.cora.open(self.page + "meet/")
        self._inquorate(left_at.strftime("%H:%M")).choose("Proceed although inquorate").press("Confirm")
        cora.sees("Give the reason for proceeding").fill("Reason", "A delay would leave two children without a plan.")
        self._need_a_plan(cora.press("Confirm").sees("Not quorate").follow(f"Record the decision for {LILY}"))
        self._close_the_last()
        cora.open(self.reports + "record/").sees("Who was there when this was decided for Lily")
        cora.does_not_see("Who was there when this was decided for Ivy")
        self.send_the_letters()
        adele = self.adele.open(self.reports + "copies/").follow(f"{DAWN}: record of the conference")
        self._preview(adele, holds=("Nobody was sent an invitation", "and left at"), never=())

    def _need_a_plan(self, cora):
        cora.choose("A child protection plan", "What is the decision?").choose("Emotional abuse")
        cora.fill("The chair’s reasons", "Eastmere’s worries are ours.").press("Save the decision")

    def _close_the_last(self):
        cora = self.cora
        first = self.calendar.add_working_days(self.today, 7)
        cora.open(self.page + "meet/").follow("Add an action").choose(IVY, "For which children?").choose(
            LILY, "For which children?"
        )
        cora.fill("What should be better for the child?", "Both feel safe at night.")
        cora.fill("What will be done?", "See both at home").fill("Who does it?", self.sam.name)
        cora.fill("By when?", first).fill("How will everyone know", "Three quiet weeks.").press("Save")
        cora.open(self.page + "meet/").follow("Close the conference").fill("Lead social worker", self.sam.name)
        for name in (DAWN, self.sam.name):
            cora.choose(name, "Core group")
        cora.fill("Date", first, "First core group").fill("Start time", "10am", "First core group")
        cora.fill("Place", "Larkfield Primary School", "First core group")
        cora.fill_each("gap_", "They came back this month.").press("Close the conference")
        cora.sees("Child protection plan since", IVY, LILY, "under a plan of Eastmere since", "Emotional abuse")
