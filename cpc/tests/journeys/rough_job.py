"""The main job once more, from the enquiry to the end of the plans, with what goes wrong at its worst moment.

The conference is cancelled once it is booked, another is declined, and the chair is ill on the morning. A letter went
to the wrong reader, a decision was typed wrongly, an invited professional changes agency, a baby is born early. The
social worker is away, and leaves; the school’s member of the core group is replaced. The review is moved twice and
cancelled; the next is opened by mistake and is not quorate. A child dies. The family moves away and comes back with
another authority’s plan. To that conference nobody was invited, its chair falls ill, and people leave before its end.
"""

from datetime import timedelta

from django.core import mail

from cpc.core.documents.text import text_of
from cpc.core.kernel.dates import in_words
from cpc.tests.journeys.rough_meetings import LILY, ROSE, SCHOOL, RoughMeetings
from demo.main_job.asking import FAMILY
from demo.main_job.writing import DAWN, IVY, JUDE
from demo.staff import PASSWORD, email_of
from demo.visitor import Lost


class RoughJob(RoughMeetings):
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
            self.leave, self.change_the_core_group, self.help_the_baby, self.move_and_cancel_the_review,
            self.adjourn_the_review, self.die, self.move_away, self.come_back, self.hold_without_invitations,
            self.fall_ill_in_the_meeting, self.leave_the_meeting, self.leave_the_country,
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
        tess.fill("Your reasons", "They have help enough.").press("Save your decision").sees("Declined")
        sam = self.sam.open(self.page + "request/").follow("Disagree with this decision")
        sam.fill("Why should a conference be held?", "Jude was hurt again.").press("Record that I disagree")
        self.tess.open("/").does_not_see("of the disagreement about not holding")
        sylvia = self.sylvia.open("/").follow("Answer stage 1")
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
        """The person acting for the chair approves the letters and the record, and their copies are released."""
        self.cora.open("/").follow("Approve the record of the")
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
        printed. Corrected, shown first, approved and sent again; only who had one reads that it is replaced.
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

    def change_the_core_group(self):
        """Between two conferences the school’s member is replaced: for a reason, and both are told."""
        before = len(mail.outbox)
        sam = self.sam.open(self.kept["plan"]).follow(f"Remove {SCHOOL}")
        sam.press("Remove from the core group").sees("Say why they are leaving the core group")
        sam.fill("Why are they leaving the core group?", "The school nurse comes for the school.")
        sam.press("Remove from the core group").does_not_see(f"Remove {SCHOOL}")
        sam.follow("Add someone to the core group").choose("Nina Sorrel", "Who joins the core group?")
        sam.choose(IVY, "For which children").press("Add to the core group").sees("Remove Nina Sorrel")
        self.remind()
        told = {address for one in mail.outbox[before:] for address in one.to if "A change that" in one.subject}
        if not {email_of("Piers"), email_of("Nina")} <= told:
            raise Lost(f"Who left and who joined the core group must be told, and were not. These were: {told}")

    def help_the_baby(self):
        """The baby’s child in need plan has a lead, a first meeting within its limit, a next one, and a review."""
        sam, place = self.sam.open("/").follow("Book the next child in need meeting"), "The family centre"
        sam.sees(f"Lead: {self.sam.name}").follow("Book a child in need meeting")
        sam.fill("Date", self.calendar.add_working_days(self.today, 30)).fill("Start time", "10am")
        sam.fill("Place", place).choose(DAWN, "Which family members will come?").press("Save")
        first, review = [self.calendar.add_working_days(self.today, number) for number in (1, 2)]
        sam.sees("The meeting must be by").fill("Date", first).press("Save").sees("Next meeting")
        self.travel(first, "Sam")
        sam.open("/").follow("Hold and record the child in need meeting").follow("Record this child in need meeting")
        sam.fill("Who attended?", DAWN).fill("Date", review, "Next meeting").fill("Start time", "10am", "Next meeting")
        sam.fill("Place", place, "Next meeting").choose("The next meeting is the review of the plan")
        sam.press("Save the meeting").sees("Review:")
        self.travel(review, *self._everybody())
        sam.open("/").follow("Hold and record the child in need meeting").follow("Record this child in need meeting")
        sam.fill("Who attended?", DAWN).fill("What was discussed and agreed", "Lily sleeps.").press("Save the meeting")
        sam.sees("Lily sleeps.", "Book a child in need meeting").does_not_see("Review:")

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
