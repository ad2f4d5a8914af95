"""The main job once more, from the enquiry to the end of the plans, with what goes wrong at its worst moment.

The conference is cancelled once it is booked, another is declined, and the chair is ill on the morning. A letter went
to the wrong reader, a decision was typed wrongly, an invited professional changes agency, a baby is born early. The
social worker is away, and leaves. The review is moved twice and cancelled; the next is opened by mistake and is not
quorate. A child dies. The family moves away and comes back with another authority’s plan, and the chair of that
conference falls ill while it is held.
"""

from datetime import timedelta

from django.core import mail

from cpc.core.documents.text import text_of
from cpc.core.kernel.dates import in_words
from demo.main_job import MainJob
from demo.main_job.asking import FAMILY
from demo.main_job.writing import DAWN, IVY, JUDE
from demo.staff import PASSWORD, email_of
from demo.visitor import Lost

LILY, ROSE = f"Lily {FAMILY}", f"Rose {FAMILY}"
SCHOOL = "Piers Halloran"


class RoughJob(MainJob):
    """The story with its worst moments. Who takes somebody's part over signs in as themselves.

    ``show(name, person)`` is called where a page that puts something right is filled in.
    """

    def show(self, name, person):
        """Nobody looks, unless the test says otherwise."""

    def steps(self):
        """Every step, in order; each raises Lost where a page is not what its reader needs."""
        return (
            self.sign_in, self.record_the_family, self.record_the_enquiry, self.ask_for_a_conference, self.agree,
            self.book, self.cancel_the_first, self.ask_for_a_conference, self.disagree, self.book,
            self.declare, self.invite, self.report, self.approve_the_report, self.hear_the_family,
            self.fall_ill, self.hold, self.decide, self.close, self.send_the_letters,
            self.take_a_letter_back, self.correct_a_decision, self.change_agency, self.be_born_early, self.be_away,
            self.leave, self.move_and_cancel_the_review,
            self.adjourn_the_review, self.die, self.move_away, self.come_back, self.fall_ill_in_the_meeting,
            self.leave_the_country,
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
        self.people[part], self.people[name] = self.people[name], self.people[part]
        self.travel(self.today, part)

    def cancel_the_first(self):
        """Once it is booked the initial conference is cancelled: the social worker is asked to request another."""
        adele = self.adele.open(self.page + "cancel/")
        adele.choose("The chair is unavailable", "Why is the conference being cancelled?")
        adele.fill("Who agreed to it?", self.tess.name)
        adele.press("Cancel the conference and notify everyone").sees("Conference cancelled")
        self.sam.open("/").follow("Request the conference that the enquiry found to be needed").sees("Request a conf")

    def disagree(self):
        """The manager declines the second request; the worker disagrees, and another manager says it is held."""
        tess = self.tess.open("/").follow("Agree or decline the request for").choose("No", "Do you agree")
        tess.fill("Your reasons", "They have help enough.").press("Send your reply").sees("Declined")
        sam = self.sam.open(self.page + "request/").follow("Disagree with this decision")
        sam.fill("Why should a conference be held?", "Jude was hurt again.").press("Record that I disagree")
        self.tess.open("/").does_not_see("Answer the disagreement")
        sylvia = self.sylvia.open("/").follow("Answer the disagreement about not holding a conference")
        sylvia.fill("Who answered?", "Sylvia, service manager").choose("Yes", "Will the conference be held after all?")
        sylvia.fill("The answer", "It is needed.").press("Save the answer")
        sam.open(self.page + "request/").sees("The conference is held after all")

    def fall_ill(self):
        """On the morning the chair is ill: another chair acts, declares, and holds the conference."""
        self.travel(self.calendar.add_working_days(self.kept["held_on"], -1), "Sylvia", "Colm")
        sylvia = self.sylvia.open(self.page).follow("Name an acting chair")
        sylvia.fill("Who will act as chair?", "Colm Deane").fill("Why is an acting chair needed?", "Cora is ill.")
        self.show("acting-for-a-chair", sylvia)
        sylvia.press("Save").sees("Colm Deane is now acting chair for Cora Whitfield")
        self.take_over("Cora", "Colm")
        self.cora.open("/").follow("Declare whether you are independent to chair")
        self._declare()
        self.kept["chair"] = "Colm Deane"

    def send_the_letters(self):
        """Whoever acts for the chair approves the letters and the record, and their copies are released."""
        self.cora.open("/").follow("Approve the record of the conference")
        self._approve()
        self._release_ready()

    def take_a_letter_back(self):
        """The school’s decision letter went to the wrong reader: it is taken back, and the incident is listed."""
        adele = self.adele.open(self.reports + "copies/").follow(f"{SCHOOL}: decision letter")
        adele.follow("It went to the wrong reader").fill("What went wrong?", "It was meant for another school.")
        if "What was its reader asked to do?" in adele.words:
            adele.fill("What was its reader asked to do?", "To delete it, and to say so in writing.")
        self.show("taking-a-letter-back", adele)
        adele.press("Take it back").sees("taken back")
        self.piers.open("/reports/mine/").does_not_see("Decision letter")
        self.sylvia.open("/documents/incidents/").sees("It was meant for another school.")

    def correct_a_decision(self):
        """The category of one child was typed wrongly: found once a letter was handed over and the others wait to be
        printed. Corrected, shown first, approved and sent again; only whoever had one reads that it is replaced.
        """
        room, had, waits = "/documents/print-room/", "Marcus Doyle", DAWN
        while self.adele.open(room).offers("Mark as handed over", had):
            self.adele.download("Print the letters only", had)
            self.adele.press("Mark as handed over", had)
            if had not in self.adele.open(room).words:
                break
        self.adele.sees("What the conference decided")
        cora = self.cora.open(self.reports + "corrections/").follow(f"The decision for {JUDE}")
        cora.choose("Neglect", "What is the decision?")
        cora.fill("Why are you correcting it?", "The wrong box was ticked.").press("Show what will change")
        cora.sees("What will change", f"Child protection plan of {JUDE.split()[0]}", "Nothing has been saved yet")
        self.show("correcting-a-decision", cora)
        cora.press("Confirm the correction").sees("The correction has been made", "The wrong box was ticked.")
        self.adele.open(room).does_not_see("What the conference decided")
        self._approve()
        self._release_ready()
        for reader, is_replaced in ((had, True), (waits, False)):
            text = text_of(self.adele.open(room).download("Print the letters only", reader))
            if "neglect" not in text or ("replaces the one of" in text) != is_replaced:
                raise Lost(f"{reader} had a letter: {is_replaced}. The one that lies in the print room says: {text}")

    def change_agency(self):
        """An invited professional changes agency, with children, a place in the core group and copies unread."""
        self.travel(self.today, "Ivo")
        ivo = self.ivo.open("/people/").follow("Helen Adeyemi")
        ivo.fill("Agency", "School nursing").press("Save").sees("Who takes over")
        ivo.select_each("to_", "Their agency").press("Hand over and save").sees("Saved")
        self.travel(self.today, "Helen")
        self.helen.open("/").does_not_see(FAMILY)
        self.helen.refused(self.page)

    def be_born_early(self):
        """A baby is born weeks early, and so is a twin that nobody expected. Their names and parents are recorded."""
        self.travel(self.calendar.add_working_days(self.today, 3), *self._everybody())
        sam = self.sam.open(self.kept["family"]).follow("Record the birth")
        sam.fill("Date of birth", self.today - timedelta(days=1)).fill("First name", "Lily").choose("Female", "Sex")
        sam.tick_each("has_twin", "yes")
        sam.fill(f"Does {DAWN} have parental responsibility?", "Yes: mother, from the birth")
        sam.fill("Does Marcus Doyle have parental responsibility?", "No, or not known")
        sam.press("Record the birth").sees(LILY, "Add a child")
        sam.fill("First name", "Rose").choose("Female", "Sex").press("Save").sees(ROSE)
        sam.open("/").follow("Say if a child who was added since is part of").sees(ROSE)
        sam.fill("Why is this child not part of the review?", "An enquiry has begun.").press("Save").sees("Saved")
        sam.open("/").does_not_see("Say if a child who was added since")
        self.cora.open(self.kept["plan"]).sees("Lily").does_not_see("Unborn")

    def be_away(self):
        """The social worker is away for some days: who covers has what is due, and can do it."""
        sam = self.sam.open("/families/away/").fill("Who covers?", "Nadia Rahman")
        sam.fill("Last day", self.calendar.add_working_days(self.today, 5)).press("Save")
        sam.sees("Nadia Rahman covers for Sam Okafor")
        self.travel(self.today, "Nadia")
        self.people["Nadia"].open("/").sees(FAMILY)
        self.people["Nadia"].open(self.kept["plan"]).sees("Record this core group")

    def leave(self):
        """The social worker leaves: the account closes, and a colleague has the family, the plans and the reports."""
        ivo = self.ivo.open("/people/").follow("Sam Okafor")
        ivo.choose("No", "Can they sign in?").press("Save").sees("Who takes over")
        ivo.select_each("to_", "Nadia")
        self.show("handing-over", ivo)
        ivo.press("Hand over and save").sees("Saved")
        self.take_over("Sam", "Nadia")
        self.sam.open(self.kept["family"]).sees("Nadia Rahman")
        self.sam.open(self.kept["plan"]).sees("Nadia Rahman").does_not_see("Lead social worker: Sam")

    def move_and_cancel_the_review(self):
        """Everybody is told of the review. It is moved twice before anybody hears of that, and the day before it is
        cancelled: all hear of the day that they know, and another is asked for at once.
        """
        review_on = self._invite_to_a_review()
        self.remind()
        before, cancelled = len(mail.outbox), self.page
        other_days = [self.calendar.add_working_days(review_on, number) for number in (1, 2)]
        for day in other_days:
            adele = self.adele.open(self.page + "move/").fill("Date of the conference", day)
            adele.choose("The family asked for another time", "Why is the conference being moved?")
            adele.fill("Who agreed to it?", self.tess.name).press("Move the conference and notify everyone")
            adele.sees(in_words(day))
        self.travel(self.calendar.add_working_days(review_on, -1), *self._everybody())
        adele = self.adele.open(self.page + "cancel/")
        adele.choose("The chair is unavailable", "Why is the conference being cancelled?")
        adele.fill("Who agreed to it?", self.tess.name)
        adele.press("Cancel the conference and notify everyone").sees("Another review has been requested")
        self.remind()
        told = "".join(one.body for one in mail.outbox[before:] if one.to == [email_of("Piers")])
        if in_words(review_on) not in told or any(in_words(day) in told for day in other_days):
            raise Lost(f"{SCHOOL} was told of {review_on}, and reads: {told}")
        adele.open(self.kept["plan"]).follow("Book the review conference").sees("last day")
        if cancelled in adele.url:
            raise Lost("The review that was cancelled is offered to be booked.")

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

    def _inquorate(self):
        """Nobody but social care is here: the chair is asked about the quorum."""
        cora = self.cora.follow("Attendance")
        for name in (SCHOOL, "Helen Adeyemi", "Health visiting, north", "Moira Keane", "Nina Sorrel"):
            if name in cora.words:
                cora.choose("Absent", name)
        return cora.press("Save and mark everyone else present").sees("the conference is not quorate")

    def _invite_to_a_review(self):
        """A review is booked and everybody invited to it; its day."""
        self.adele.open(self.kept["plan"]).follow("Book the review conference")
        return self._book_and_invite()

    def _book_and_invite(self):
        """The conference on the administrator’s page is booked and everybody invited to it; its day."""
        adele, held_on = self.adele, self.calendar.add_working_days(self.today, 8)
        adele.fill("Date of the conference", held_on)
        adele.fill("Start time", "10am").fill("End time", "11:30am").fill("Room", "Elm room")
        adele.fill("Video link", "https://video.example.org/elm").fill("Chair", self.kept["chair"])
        adele.press("Book the conference").sees("Conference booked")
        self.kept["conference"] = adele.url.split("/conferences/")[1].split("/")[0]
        self.cora.open("/").follow("Declare whether you are independent to chair")
        self._declare()
        adele.open(self.page + "invitations/")
        self._apart_and_send()
        return held_on

    def die(self):
        """A child dies: the manager ends the plan on that day, and the other plan goes on."""
        self.travel(self.calendar.add_working_days(self.today, 2), *self._everybody())
        sam = self.sam.open(self.kept["family"]).follow(JUDE).follow("Change who Jude")
        sam.fill("Date of death", self.today).press("Save").sees("Died")
        tess = self.tess.open("/").follow("End the child protection plan of a child who died")
        tess.sees("Nadia Rahman").does_not_see("Sam Okafor")
        tess.choose("Died", "Why does the plan end?").fill("How do you know?", "The hospital rang.")
        tess.press("End the plan")
        tess.open(self.kept["plan"]).sees("Plans that have ended", JUDE, IVY)

    def move_away(self):
        """The family moves: once the other authority has accepted the last plan it ends, and nothing is left to do."""
        tess = self.tess.open(self.kept["plan"]).follow("End this plan without a conference")
        tess.choose("Moved", "Why does the plan end?").press("End the plan")
        tess.sees("Enter the name of the authority", "Say what shows that the other authority accepted responsibility")
        tess.fill("Which authority has taken over?", "Eastmere").fill("When did it hold its conference?", self.today)
        tess.fill("What shows that it held its conference?", "Its record of the conference.")
        tess.fill("When did it accept responsibility?", self.today)
        tess.fill("What shows that it accepted responsibility?", "A letter from its service manager.")
        tess.fill("How do you know?", "Both were sent to us.")
        tess.fill("Which agencies did you consult", "The school agrees.").press("End the plan").sees("Eastmere")
        sam = self.sam.open(self.kept["plan"]).follow("End this plan: Lily")
        sam.choose("Moved to another area", "Why does the plan end?").fill("When did it end?", self.today)
        sam.fill("What was achieved", "They have moved to Eastmere.").press("End the plan")
        sam.open(self.kept["plan"]).does_not_see("Book the review conference", "Book a core group")
        self._nothing_is_left()

    def come_back(self):
        """They come back with the plan of another authority: a transfer-in conference, which is not quorate."""
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
        self.travel(self._book_and_invite(), *self._everybody())
        self.cora.open("/").follow("Chair the transfer-in").follow("Open the conference").press("Open the conference")
        self._inquorate().choose("Proceed although inquorate").press("Confirm").sees("Give the reason for proceeding")
        self.cora.fill("Reason", "A delay would leave two children without a plan here.").press("Confirm")

    def fall_ill_in_the_meeting(self):
        """While it is held the chair falls ill: another chair goes on, decides for each child, and closes it."""
        self.sam.refused(self.page + "meet/decision/")
        sylvia = self.sylvia.open(self.page).follow("Name an acting chair")
        sylvia.fill("Who will act as chair?", "Cora Whitfield")
        sylvia.fill("Why is an acting chair needed?", "Colm was taken ill at 10:40.").press("Save")
        self.take_over("Cora", "Colm")
        cora = self.cora.open("/").follow("Close the transfer-in").follow("Go to the conference")
        cora.sees("Not quorate").follow("Record the same decision for several children").choose(IVY).choose(LILY)
        cora.choose("A child protection plan", "What is the decision?").choose("Emotional abuse")
        cora.fill("The chair’s reasons", "Eastmere’s worries are ours.").press("Save the decision")
        first = self.calendar.add_working_days(self.today, 7)
        cora.follow("Add an action").choose(IVY, "For which children?").choose(LILY, "For which children?")
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
        self.send_the_letters()

    def leave_the_country(self):
        """They leave the country: the manager ends both plans, and nothing of them is left to do."""
        self.travel(self.calendar.add_working_days(self.today, 3), *self._everybody())
        for _ in (IVY, LILY):
            tess = self.tess.open(self.kept["plan"]).follow("End this plan without a conference")
            tess.choose("Left", "Why does the plan end?").fill("When did the child leave", self.today)
            tess.fill("How do you know?", "Border Force told us.")
            tess.fill("Which agencies did you consult", "The school agrees.").press("End the plan")
            tess.sees("The plan has ended")
        self.tess.open(self.kept["plan"]).does_not_see("End this plan without a conference")
        self._nothing_is_left()

    def _nothing_is_left(self):
        for person in (self.sam, self.tess, self.cora, self.adele):
            person.open("/").does_not_see("core group", "Book the review", "child in need meeting", "End the child")

    def _everybody(self):
        return ("Sam", "Tess", "Adele", "Cora", "Piers", "Sylvia", "Ivo")
