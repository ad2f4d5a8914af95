"""The main job, steps a to d: a family and an enquiry, a conference asked for, agreed, booked and invited to."""

from datetime import date, timedelta

from cpc.core.kernel.dates import add_months, in_words
from demo.staff import PASSWORD, email_of

FAMILY = "Bramley"
SAFE_ADDRESS = "41 Hidden Mews"
SAFE_POSTCODE = "ZZ7 7ZZ"
BORN_ON = {
    "Dawn": date(1994, 5, 14), "Lee": date(1991, 9, 2), "Marcus": date(1989, 1, 27), "Margaret": date(1966, 3, 2),
}  # fmt: skip
WORRY = "shouting and fights at home at night, with the children in the room"


class Asking:
    """The steps up to the invitations; a part of ``MainJob``, which holds the people and the day."""

    # --- a. The family and the enquiry ------------------------------------------------------------------------
    def sign_in(self):
        """Everybody signs in and has a first page of their own."""
        self.travel(self.calendar.next_working_day(self.today), *self.people)

    def travel(self, to, *names):
        """It is the day ``to``; these people have signed in again, because nobody's session lasts a night."""
        self.move_to(to)
        self.today = to
        for name in names:
            person = self.people[name].open("/account/login/")
            if "Password" in person.words:
                person.fill("Email", email_of(name)).fill("Password", PASSWORD).press("Sign in")
            person.open("/").sees("My work")

    def record_the_family(self):
        """The social worker records a family: children, one unborn, their mother, two fathers, a grandmother."""
        sam = self.sam
        for stranger in (self.adele, self.piers):
            stranger.refused("/families/add/")
        self._add_family(FAMILY, "CP-MAIN-1")
        self._child("Ivy", self.today - timedelta(days=8 * 365), "Female")
        self._child("Jude", self.today - timedelta(days=3 * 365), "Male")
        self._child("", None, "Not known", expected=add_months(self.today, 3))
        ivy, jude, baby = f"Ivy {FAMILY}", f"Jude {FAMILY}", f"Unborn {FAMILY}"
        self._adult("Dawn", FAMILY, "Parent", "Female", [(child, "Mother", True, True) for child in (ivy, jude, baby)])
        self._adult("Lee", "Pike", "Parent", "Male", [(ivy, "Father", True, False)], home=False)
        of_two = [(jude, "Father", True, False), (baby, "Father", False, False)]
        self._adult("Marcus", "Doyle", "Parent", "Male", of_two, home=False)
        self._adult("Margaret", FAMILY, "Grandparent", "Female",
                    [(child, "Grandmother", False, False) for child in (ivy, jude, baby)], home=False)  # fmt: skip
        self._address(f"Dawn {FAMILY}", SAFE_ADDRESS, SAFE_POSTCODE, protected=True)
        self._address("Lee Pike", "30 Canal View", "ZZ4 4QA", protected=False)
        for agency, professional, children in (
            ("Larkfield Primary School", "Piers Halloran", (ivy,)),
            ("Health visiting, north", "Helen Adeyemi", (jude,)),
            ("Midwifery", "Moira Keane", (baby,)),
            ("School nursing", "Nina Sorrel", (ivy,)),
        ):
            self._add_agency(agency, professional, children)
        sam.open(self.kept["family"]).follow("Confidential information, no contact").follow(
            "Add two people who must not meet"
        )
        sam.fill("First person", f"Dawn {FAMILY}").fill("Second person", "Lee Pike")
        self._because("A non-molestation order is in force.", "What people who plan meetings must know")
        sam.open(self.kept["family"]).sees("Lee Pike must not meet", "Expected")
        sam.sees("with parental responsibility (mother, from the birth)", "with parental responsibility when born")

    def _add_family(self, name, case_number):
        sam = self.sam.open("/families/add/").fill("Family name", name).fill("Case number", case_number)
        sam.fill("Date the case was opened", self.calendar.add_working_days(self.today, -10))
        sam.fill("Team that holds the case", "River team").fill("Social worker", "Sam Okafor").press("Save")
        self.kept["family"] = sam.url

    def _add_agency(self, agency, professional, children):
        sam = self.sam.open(self.kept["family"]).follow("Add an agency")
        for child in children:
            sam.choose(child, "Which children do they work with?")
        sam.fill("Agency", agency).fill("Named professional", professional)
        sam.fill("Involved from", self.calendar.add_working_days(self.today, -200)).press("Save")

    def _child(self, first_name, born_on, sex, expected=None):
        self.sam.open(self.kept["family"]).follow("Add a child")
        self.sam.fill("First name", first_name).fill("Last name", FAMILY)
        if born_on:
            self.sam.fill("Date of birth", born_on)
        else:
            self.sam.fill("Date the baby is expected", expected)
        self.sam.choose(sex, "Sex").press("Save")

    def _adult(self, first_name, last_name, part, sex, ties, home=True):
        sam = self.sam
        sam.open(self.kept["family"]).follow("Add an adult")
        sam.choose(part, "Role in the family").fill("First name", first_name).fill("Last name", last_name)
        sam.fill("Date of birth", BORN_ON[first_name]).choose(sex, "Sex")
        sam.choose("Yes" if home else "No", "Do they live in the household?")
        for child, kind, responsible, carer in ties:
            sam.fill(f"What are they to {child}?", kind)
            if responsible:
                born = " when born" if child.startswith("Unborn") else ""
                source = "Yes: mother, from the birth" if kind == "Mother" else "Yes: registration of the birth"
                sam.fill(f"Parental responsibility for {child}{born}", source)
            if carer:
                sam.choose("Mainly cares", child)
        sam.press("Save")

    def _address(self, person, lines, postcode, protected):
        sam = self.sam
        sam.open(self.kept["family"]).follow("Addresses and contact details").follow("Add an address", person)
        sam.fill("Address", lines).fill("Postcode", postcode)
        sam.choose("Yes" if protected else "No", "Is this address protected?")
        sam.choose("Yes", "Is it safe to send letters there?").press("Save")
        if protected:
            self._because("She fled from Lee Pike.")
            sam.open(self.kept["family"]).follow("Addresses and contact details")
        sam.follow("Change", person).choose("Post", "How can this person safely be reached?").press("Save")

    def _because(self, reason, asked="Why?"):
        self.sam.choose("Court order", "Where does this come from?").fill(asked, reason).press("Save")

    def record_the_enquiry(self):
        """The social worker records the discussion and each child’s outcome; the manager signs the outcome off."""
        sam, held_on = self.sam, self.calendar.add_working_days(self.today, -5)
        for stranger in (self.cora, self.piers):
            stranger.refused(self.kept["family"].replace("/families/", "/conferences/family/") + "strategy-discussion/")
        children = (f"Ivy {FAMILY}", f"Jude {FAMILY}", f"Unborn {FAMILY}")
        self._discuss(children, held_on)
        sam.fill("What did the police share", "Police had been to the home twice this month.")
        sam.press("Save the strategy discussion")
        last_day = self.calendar.add_working_days(held_on, 15)
        sam.sees("last day of the 15 working days", in_words(last_day), in_words(held_on))
        self.kept["enquiry"] = sam.url
        self._find(children, "What the children told us, each alone, agrees.")
        sam.press("Send for sign-off").sees("Waiting for a manager to sign off").does_not_see("Request a conference")
        for stranger in (self.sam, self.cora):
            stranger.refused(self.kept["enquiry"] + "sign-off/")
        self.tess.open("/").follow(f"Sign off the outcome of the section 47 enquiry: {FAMILY}")
        self.tess.sees("What the children told us, each alone, agrees.")
        self.tess.choose("Yes", "Do you sign off the outcome").press("Save your decision")
        sam.open(self.kept["enquiry"]).sees("Signed off by Tess Lindqvist").follow("Request a conference")
        sam.sees("last day of the 15 working days")
        self.kept["ask"] = sam.url

    def _discuss(self, children, held_on):
        """Fills in the strategy discussion, in which four agencies decide on an enquiry about each child."""
        sam = self.sam.open(self.kept["family"]).follow("Record a strategy discussion")
        sam.fill("Date of the strategy discussion", held_on).fill("Who chaired it?", "Tess Lindqvist, team manager")
        for agency, people in (
            ("children’s social care", "Sam Okafor, social worker"), ("the police", "Des Arkwright, police"),
            ("health", "Helen Adeyemi, health visitor"), ("education", "Piers Halloran, Larkfield Primary School"),
        ):  # fmt: skip
            sam.choose("Yes", f"Did {agency} take part?").fill(f"Who took part for {agency}?", people)
        sam.fill("What are the concerns?", "The school rang on Monday. A neighbour had heard a child cry for hours.")
        for child in children:
            sam.choose("Start a section 47 enquiry", f"What was decided for {child}?")
            sam.fill(f"Why was this decided for {child}?", "What the school saw is not explained.")
        sam.choose("Not needed", "Is a medical examination needed?")

    def _find(self, children, found):
        """Fills in the outcome of the enquiry: every child is likely to suffer harm."""
        sam = self.sam.follow("Write the outcome").fill("Date of the outcome", self.today)
        for child in children:
            sam.choose("Concerns substantiated, likely to suffer", f"What is the outcome for {child}?")
            sam.fill(f"What did the enquiry find about {child}?", found)

    def ask_for_a_conference(self):
        """The social worker asks for an initial conference; every child is considered."""
        sam = self.sam
        for stranger in (self.adele, self.piers):
            stranger.refused(self.kept["ask"])
        sam.open(self.kept["ask"]).sees("last day of the 15 working days")
        sam.choose("Initial child protection conference", "What kind of conference?")
        for child in (f"Ivy {FAMILY}", f"Jude {FAMILY}", f"Unborn {FAMILY}"):
            sam.choose("Yes", f"Should {child} be included?")
        sam.fill("Why is a conference needed?", f"The children are likely to suffer significant harm: {WORRY}.")
        sam.fill("The worry, for the family’s letter", f"We are worried about {WORRY}.")
        sam.press("Request the conference").sees("Requested")
        self.kept["request"] = sam.url
        self.kept["conference"] = sam.url.split("/conferences/")[1].split("/")[0]

    # --- b, c, d. Agreed, booked, invited -----------------------------------------------------------------------
    def agree(self):
        """The team manager agrees; nobody else is asked to, and the professional does not read the request."""
        for reader in (self.sam, self.adele):
            reader.open(self.page + "request/").sees("Requested").does_not_see("Do you agree")
        self.piers.refused(self.page + "request/")
        self.tess.open("/").follow("Agree or decline the request for")
        self.tess.choose("Yes", "Do you agree").press("Save your decision")

    @property
    def page(self):
        """The address of the conference's page."""
        return f"/conferences/{self.kept['conference']}/"

    def book(self):
        """The administrator books date, room and chair; a Saturday is refused in a sentence."""
        adele = self.adele
        for stranger in (self.sam, self.piers):
            stranger.refused(self.page + "book/")
        adele.open("/").follow("Book the initial child protection conference: " + FAMILY).follow("Book the conference")
        saturday = self.today + timedelta(days=(5 - self.today.weekday()) % 7 or 7)
        self._booking(saturday)
        adele.press("Book the conference").sees("is not a working day", "Cora Whitfield")
        self.kept["held_on"] = self.calendar.add_working_days(self.today, 6)
        self._booking(self.kept["held_on"])
        adele.press("Book the conference").sees("Conference booked", "must not meet")

    def _booking(self, on):
        adele = self.adele
        adele.fill("Date of the conference", on).fill("Start time", "6:00pm").fill("End time", "8:00pm")
        adele.fill("Room", "Oak room").fill("Video link", "https://video.example.org/oak")
        adele.fill("Chair", "Cora Whitfield")

    def declare(self):
        """The chair declares how they are independent; until then nobody is invited and nobody else can say it."""
        self.adele.open(self.page).sees("Cora Whitfield must declare whether they are independent")
        for stranger in (self.adele, self.sam, self.tess):
            stranger.refused(self.page + "independence/")
        self.cora.open("/").follow("Declare whether you are independent to chair").press("Declare")
        self.cora.sees("Say whether you are independent")
        self._declare()

    def _declare(self):
        cora = self.cora
        cora.choose("Yes, I am independent", "Are you independent")
        cora.fill("How are you independent?", "I have never worked with this family, nor managed anybody who has.")
        cora.press("Declare").sees("You declared that you are independent")

    def invite(self):
        """The administrator invites everyone, each with a reason; people who must not meet are kept apart."""
        adele = self.adele
        adele.open(self.page).follow("Check the invitations")
        adele.sees("Piers Halloran", "Helen Adeyemi", "Moira Keane", "Dawn", "Lee Pike", "Marcus Doyle")
        adele.sees("must not meet")
        self._apart_and_send()
        for stranger in (self.sam, self.helen):
            stranger.refused(self.page + "invitations/")
        self.piers.open("/").sees(FAMILY, "Write and share the").does_not_see(SAFE_ADDRESS, SAFE_POSTCODE)

    def _keep_apart(self, who="Lee Pike"):
        adele = self.adele
        adele.follow("Change", who).choose("By video", "How will they attend?")
        adele.choose("Yes", "Will they attend separately")
        adele.fill("Their own video link", "https://video.example.org/own").press("Save")

    def _apart_and_send(self):
        adele = self.adele
        self._keep_apart()
        if "Give reasons" in adele.words:
            adele.follow("Give reasons for those you will not invite")
            adele.fill_each("why_", "Nobody there has met the family yet.").press("Save the reasons")
        adele.follow("Preview what each person receives").sees("Someone other than you must check this list")
        self.sam.open(self.page + "invitations/check/").sees("What each family member would learn")
        self.sam.press("I have checked this list").sees("Checked")
        adele.open(self.page + "invitations/").follow("Preview what each person receives")
        adele.press("Send all the invitations").sees("Sent")
