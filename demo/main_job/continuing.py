"""The main job, step i: the first core group, then a review with its own record and letters."""

from cpc.core.kernel.dates import in_words
from demo.main_job.meeting import PROGRESS
from demo.main_job.writing import DAWN, IVY, JUDE


class Continuing:
    """The plan afterwards; a part of ``MainJob``, which holds the people and the day."""

    def hold_the_core_group(self):
        """The lead social worker writes up the first core group."""
        sam = self.sam
        sam.open("/").follow("Hold and record the first core group")
        sam.follow("Record this core group").sees("Record the first core group")
        self.cora.refused(sam.url)
        sam.fill("Date", self.kept["core_group_on"]).choose(DAWN, "Who attended?")
        sam.choose("Piers Halloran", "Who attended?")
        sam.fill("Progress of the plan as a whole", PROGRESS).press("Save the core group")
        sam.sees("Core groups held", PROGRESS, "No core group is booked")
        sam.follow("Book a core group").fill("Date", self.calendar.add_working_days(self.today, 10))
        sam.fill("Start time", "10am").fill("Place", "Larkfield Primary School").press("Book the core group")
        sam.sees("The core group has been booked")

    def review(self):
        """A review conference is booked, held, and continues one child's plan and ends the other's."""
        adele, cora = self.adele, self.cora
        review_on = self.calendar.add_working_days(self.today, 30)
        self._book_the_review(review_on)
        adele.sees("must not meet")
        cora.open("/").follow("Declare whether you are independent to chair")
        self._declare()
        adele.open(self.page + "invitations/")
        self._apart_and_send()
        self.travel(review_on, "Cora", "Adele", "Sam", "Piers", "Tess")
        cora.open("/").follow("Chair the").follow("Open the conference").sees(in_words(review_on))
        cora.press("Open the conference")
        self._attendance()
        cora.fill("Why this conference is being held", "To see whether the plans work.")
        cora.fill("Progress of the plan since the last conference", PROGRESS).press("Save").sees("Saved at")
        self._views(IVY, "Piers Halloran", "Ivy still worries.", took_part="PN6")
        self._views(JUDE, "Helen Adeyemi", "Jude sleeps.", "Does not need a child protection plan")
        cora.follow(f"Record the decision for {IVY}").choose("The child protection plan continues")
        cora.choose("Emotional abuse")
        cora.fill("The chair’s reasons", "It is quieter, and not for long enough yet.").press("Save the decision")
        cora.follow(f"Record the decision for {JUDE}").choose("The child protection plan ends; no plan follows")
        cora.fill("The chair’s reasons", "Jude is well.").press("Save the decision")
        cora.follow("Close the conference").sees("next review is due by")
        cora.fill("Lead social worker", "Sam Okafor")
        for name in (DAWN, "Piers Halloran", "Helen Adeyemi", "Sam Okafor"):
            cora.choose(name, "Core group")
        cora.choose("No longer likely to suffer significant harm", f"Why {JUDE}’s plan ends")
        cora.fill_each("gap_", "It was asked for and could not be had on the day.").press("Close the conference")
        cora.sees("Plans that have ended", JUDE, IVY)

    def _book_the_review(self, on):
        """Eight working days before, the administrator books it from the page of the plan."""
        self.travel(self.calendar.add_working_days(on, -8), "Adele", "Cora", "Sam")
        adele = self.adele.open(self.kept["plan"]).follow("Book the review conference").sees("review")
        adele.fill("Date of the conference", on).fill("Start time", "10am").fill("End time", "11:30am")
        adele.fill("Room", "Elm room").fill("Video link", "https://video.example.org/elm")
        adele.fill("Chair", "Cora Whitfield").press("Book the conference").sees("Conference booked")
        self.kept["conference"] = adele.url.split("/conferences/")[1].split("/")[0]

    def record_the_review(self):
        """The review has its own record and letters, approved and released."""
        cora = self.cora
        cora.open(self.reports + "record/").sees(PROGRESS, "Jude is well.")
        self._approve()
        self._release_all()
        self.piers.open("/reports/mine/").sees("Read it (PDF)")
