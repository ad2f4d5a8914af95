"""The main job once more, from the enquiry to the end of the plans, with what goes wrong at its worst moment.

The chair is ill on the morning, a baby is born early, a decision was typed wrongly, a letter went to the wrong reader,
the social worker leaves, the review is cancelled, a child dies.
"""

from datetime import timedelta

from demo.main_job import MainJob
from demo.main_job.asking import FAMILY
from demo.main_job.writing import IVY, JUDE
from demo.staff import PASSWORD, email_of
from demo.visitor import Lost

LILY = f"Lily {FAMILY}"
SCHOOL = "Piers Halloran"


class RoughJob(MainJob):
    """The story with its worst moments. Who takes somebody's part over signs in as themselves."""

    def steps(self):
        """Every step, in order; each raises Lost where a page is not what its reader needs."""
        return (
            self.sign_in, self.record_the_family, self.record_the_enquiry, self.ask_for_a_conference, self.agree,
            self.book, self.declare, self.invite, self.report, self.approve_the_report, self.hear_the_family,
            self.fall_ill, self.hold, self.decide, self.close, self.write_the_record, self.release_the_copies,
            self.take_a_letter_back, self.correct_a_decision, self.be_born_early, self.leave, self.cancel_the_review,
            self.die, self.end_the_last_plan,
        )  # fmt: skip

    def travel(self, to, *names):
        """It is the day ``to``; these people have signed in, each as who has their part now."""
        self.move_to(to)
        self.today = to
        for name in names:
            person = self.people[name].open("/account/login/")
            if "Password" in person.words:
                person.fill("Email", email_of(person.name)).fill("Password", PASSWORD).press("Sign in")
            person.open("/").sees("My work")

    def take_over(self, part, name):
        """Somebody else has the part of ``part`` from now on."""
        self.people[part] = self.people[name]
        self.travel(self.today, part)

    def fall_ill(self):
        """On the morning the chair is ill: another chair acts, declares, and holds the conference."""
        self.travel(self.calendar.add_working_days(self.kept["held_on"], -1), "Sylvia", "Colm")
        sylvia = self.sylvia.open(self.page).follow("Name an acting chair")
        sylvia.fill("Who will act as chair?", "Colm Deane").fill("Why is an acting chair needed?", "Cora is ill.")
        sylvia.press("Save").sees("Colm Deane is now acting chair for Cora Whitfield")
        self.take_over("Cora", "Colm")
        self.cora.open("/").follow("Declare whether you are independent to chair")
        self._declare()
        self.kept["chair"] = "Colm Deane"

    def take_a_letter_back(self):
        """The school’s decision letter went to the wrong reader: it is taken back, and the incident is listed."""
        adele = self.adele.open(self.reports + "copies/").follow(f"{SCHOOL}: decision letter")
        adele.follow("It went to the wrong reader").fill("What went wrong?", "It was meant for another school.")
        if "What was its reader asked to do?" in adele.words:
            adele.fill("What was its reader asked to do?", "To delete it, and to say so in writing.")
        adele.press("Take it back").sees("taken back")
        self.piers.open("/reports/mine/").does_not_see("Decision letter")
        self.sylvia.open("/documents/incidents/").sees("It was meant for another school.")

    def correct_a_decision(self):
        """The category of one child was typed wrongly: corrected, shown first, approved and sent again."""
        cora = self.cora.open(self.reports + "corrections/").follow(f"The decision for {JUDE}")
        cora.choose("Neglect", "What is the decision?")
        cora.fill("Why are you correcting it?", "The wrong box was ticked.").press("Show what will change")
        cora.sees("What will change", f"Child protection plan of {JUDE.split()[0]}", "Nothing has been saved yet")
        cora.press("Confirm the correction").sees("The correction has been made", "The wrong box was ticked.")
        self._approve()
        self._release_ready()

    def be_born_early(self):
        """The baby is born weeks early; a name, and who is responsible."""
        self.travel(self.calendar.add_working_days(self.today, 3), *self._everybody())
        sam = self.sam.open(self.kept["family"]).follow("Record the birth")
        sam.fill("Date of birth", self.today - timedelta(days=1)).fill("First name", "Lily").choose("Female", "Sex")
        for field in sam.page.locator("[name=has_twin][value=no]").all():
            field.check()
        for field in sam.page.locator("main select[name*=responsib]").all():
            field.select_option(index=1)
        sam.press("Record the birth").sees(LILY)
        self.cora.open(self.kept["plan"]).sees("Lily").does_not_see("Unborn")

    def leave(self):
        """The social worker leaves: the account closes, and a colleague has the family, the plans and the reports."""
        ivo = self.ivo.open("/account/users/").follow("Sam Okafor")
        ivo.choose("No", "Can they sign in?").press("Save").sees("Who takes over")
        for field in ivo.page.locator("main select[name^=to_]").all():
            names = field.evaluate("one => [...one.options].map(option => option.textContent.trim())")
            field.select_option(label=next((name for name in names if "Nadia" in name), names[1]))
        ivo.press("Hand over and save").sees("Saved")
        self.take_over("Sam", "Nadia")
        self.sam.open(self.kept["family"]).sees("Nadia Rahman")
        self.sam.open(self.kept["plan"]).sees("Nadia Rahman").does_not_see("Lead social worker: Sam")

    def cancel_the_review(self):
        """The review is booked and cancelled: another is asked for at once, with the same last day."""
        adele = self.adele.open(self.kept["plan"]).follow("Book the review conference")
        adele.fill("Date of the conference", self.calendar.add_working_days(self.today, 30))
        adele.fill("Start time", "10am").fill("End time", "11:30am").fill("Room", "Elm room")
        adele.fill("Video link", "https://video.example.org/elm").fill("Chair", "Ruth Castell")
        adele.press("Book the conference").sees("Conference booked")
        page = f"/conferences/{adele.url.split('/conferences/')[1].split('/')[0]}/"
        adele.open(page + "cancel/").choose("The chair is ill", "Why is the conference being cancelled?")
        adele.press("Cancel the conference and notify everyone")
        adele.open(self.kept["plan"]).follow("Book the review conference").sees("last day")
        if page in adele.url:
            raise Lost("The review that was cancelled is offered to be booked.")

    def die(self):
        """A child dies: the manager ends the plan on that day, and the other plan goes on."""
        self.travel(self.calendar.add_working_days(self.today, 2), *self._everybody())
        sam = self.sam.open(self.kept["family"]).follow(JUDE).follow("Change")
        sam.fill("Date of death", self.today).press("Save").sees("Died")
        tess = self.tess.open("/").follow("End the child protection plan of a child who died")
        tess.choose("Died", "Why does the plan end?").fill("How do you know?", "The hospital rang.")
        tess.press("End the plan")
        tess.open(self.kept["plan"]).sees("Plans that have ended", JUDE, IVY)

    def end_the_last_plan(self):
        """The family leaves the country: the last plan ends, its core group is off, and nothing is left to be done."""
        tess = self.tess.open(self.kept["plan"]).follow("End this plan without a conference")
        tess.choose("Left the United Kingdom for good", "Why does the plan end?")
        tess.fill("When did the child leave the country?", self.today).fill("How do you know?", "Dawn wrote to us.")
        tess.fill("Which agencies did you consult", "The school and the health visitor agree.").press("End the plan")
        tess.open(self.kept["plan"]).does_not_see("Book the review conference", "Book a core group")
        for person in (self.sam, self.tess, self.cora):
            person.open("/").does_not_see("core group", "Book the review")

    def _everybody(self):
        return ("Sam", "Tess", "Adele", "Cora", "Piers", "Sylvia", "Ivo")
