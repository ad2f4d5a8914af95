"""One invented family from its first page to the post, told by everybody who works with it.

A ``Household`` says who is in the family and what each reader must and must not read. ``FamilyWalk`` takes it through
the same pages as the main job, to its review if it has one, and keeps every PDF that anybody is given: in ``papers``,
by reader.
"""

import re
from datetime import timedelta

from cpc.core.documents.text import text_of
from cpc.core.kernel.dates import add_months
from cpc.tests.journeys.households import ENDS, HEALTH, MIDWIFE, SCHOOL, Household
from demo.main_job import MainJob
from demo.visitor import Lost

AGENCIES = {SCHOOL: "Larkfield Primary School", HEALTH: "Health visiting, north", MIDWIFE: "Midwifery"}
MOST_ENVELOPES = 30
ACCOUNTS = {SCHOOL: "Piers", HEALTH: "Helen", MIDWIFE: "Moira"}


class FamilyWalk(MainJob):
    """The story of one household. ``keep(reader, what, pdf)`` is called with each PDF that somebody is given."""

    home: Household
    keep = staticmethod(lambda reader, what, pdf: None)
    show = staticmethod(lambda name, person: None)

    def steps(self):
        """Every step, in order; each raises Lost where a page is not what its reader needs."""
        self.papers = {}
        held = self.hold, self.decide, self.close, self.write_the_record, self.post_the_letters, self.read_online
        invited = self.declare, self.invite, self.post_the_invitations
        reviewed = (self.book_the_review, *invited, *held) if self.has_review else ()
        return (
            self.sign_in, self.record_the_family, self.protect, self.record_the_enquiry, self.ask_for_a_conference,
            self.agree, self.book, *invited, self.report, self.read_packs, *held, *reviewed, self.compare,
        )  # fmt: skip

    @property
    def has_review(self):
        """Whether the family's plans are reviewed."""
        return any(child.at_review for child in self.home.children)

    @property
    def is_review(self):
        """Whether the conference that is prepared or held now is the review."""
        return "reviewed_on" in self.kept

    # --- Before the conference --------------------------------------------------------------------------------
    def record_the_family(self):
        """The family, its children, adults, addresses and agencies."""
        sam, home = self.sam, self.home
        self._add_family(home.name, f"CP-{home.name}")
        for number, child in enumerate(home.children):
            sam.open(self.kept["family"]).follow("Add a child")
            self._names(child).choose(child.sex, "Sex")
            if child.age is None:
                sam.fill("Date the baby is expected", add_months(self.today, 3))
            else:
                sam.fill("Date of birth", self.today - timedelta(days=child.age * 365 + 40 + number))
            sam.press("Save").sees(child.name)
        for number, adult in enumerate(home.adults):
            self._add_adult(adult, self.today - timedelta(days=(30 + number) * 365))
        first, *others = home.adults
        self._put_address(first, home.protected, [one for one in others if one.home])
        for adult in others:
            if adult.address:
                self._put_address(adult, protected=False)
        for professional, agency in AGENCIES.items():
            if known := [child.name for child in home.children if child.known_by == professional]:
                self._add_agency(agency, professional, known)
        self.show("family", sam.open(self.kept["family"]))

    def _names(self, person):
        sam = self.sam.fill("First name", person.first).fill("Last name", person.last)
        return sam if person.last else sam.choose("They have only one name")

    def _add_adult(self, adult, born_on):
        sam = self.sam.open(self.kept["family"]).follow("Add an adult")
        self._names(adult).choose(adult.part, "Role in the family").fill("Date of birth", born_on)
        sam.choose(adult.sex, "Sex").choose("Yes" if adult.home else "No", "Do they live in the household?")
        if adult.language != "English":
            sam.fill("First language", adult.language).choose("Yes", "Do they need an interpreter?")
        for child, (kind, source) in adult.ties.items():
            sam.fill(f"What are they to {child}?", kind)
            if source:
                born = " when born" if child.startswith("Unborn") else ""
                sam.fill(f"Parental responsibility for {child}{born}", f"Yes: {source}")
            if adult is self.home.adults[0]:
                sam.choose("Mainly cares", child)
        sam.press("Save").sees(adult.name)

    def _put_address(self, adult, protected, others=()):
        sam = self.sam.open(self.kept["family"]).follow("Addresses and contact details")
        sam.follow("Add an address", adult.name)
        sam.fill("Address", adult.address).fill("Postcode", "ZZ7 7ZZ" if protected else "ZZ4 4QA")
        children = [one for one in self.home.children if one.age is not None and adult is self.home.adults[0]]
        for name in [one.name for one in (*others, *children)]:
            sam.choose(name, "Who else lives at this address?")
        sam.choose("Yes" if protected else "No", "Is this address protected?")
        sam.choose("Yes", "Is it safe to send letters there?").press("Save")
        if protected:
            self._because("It is not safe for everybody to know it.")
        for one in (adult, *others):
            sam.open(self.kept["family"]).follow("Addresses and contact details").follow("Change", one.name)
            sam.choose("Post", "How can this person safely be reached?").press("Save")

    def protect(self):
        """Who must not meet, and who must not learn what."""
        sam = self.sam
        if self.home.apart:
            sam.open(self.kept["family"]).follow("Confidential information, no contact")
            sam.follow("Add two people who must not meet")
            protected, other = self.home.apart
            sam.fill("First person", protected).fill("Second person", other)
            sam.choose("The first person", "Who is protected?")
            self._because("A non-molestation order is in force.", "What people who plan meetings must know")
        for reader, about, what in self.home.withheld:
            sam.open(self.kept["family"]).follow("Confidential information, no contact")
            sam.follow("Record information to withhold")
            sam.fill("Who must not know?", reader).fill("Who is it about?", about)
            sam.choose(what, "What must they not know?")
            self._because("It would put a child in danger.")

    def record_the_enquiry(self):
        """The strategy discussion and the outcome for each child; the manager signs it off."""
        sam, held_on = self.sam, self.calendar.add_working_days(self.today, -5)
        self._discuss(self.home.names, held_on)
        sam.press("Save the strategy discussion")
        self._find(self.home.names, "What each was told, alone, agrees.")
        sam.press("Send for sign-off").sees("Waiting for a manager to sign off")
        enquiry = sam.url
        self.tess.open("/").follow("Sign off the outcome of the section 47 enquiry")
        self.tess.choose("Yes", "Do you sign off the outcome").press("Save your decision")
        self.kept["ask"] = sam.open(enquiry).follow("Request a conference").url

    def ask_for_a_conference(self):
        """The social worker asks for an initial conference about every child."""
        sam = self.sam.choose("Initial child protection conference", "What kind of conference?")
        for child in self.home.names:
            sam.choose("Yes", f"Should {child} be included?")
        sam.fill("Why is a conference needed?", self.home.worry)
        sam.fill("The worry, for the family’s letter", self.home.worry).press("Request the conference")
        self.kept["conference"] = sam.sees("Requested").url.split("/conferences/")[1].split("/")[0]
        self.show("request", self.tess.open(self.page + "request/"))

    def book(self):
        """The administrator books date, room and chair."""
        adele = self.adele.open("/").follow("Book the initial child protection conference").follow("Book the conf")
        self.kept["held_on"] = self.calendar.add_working_days(self.today, 6)
        adele.fill("Date of the conference", self.kept["held_on"]).fill("Start time", "2:00pm")
        adele.fill("End time", "4:00pm").fill("Room", "Oak room").fill("Chair", "Cora Whitfield")
        adele.fill("Video link", "https://video.example.org/oak").press("Book the conference").sees("Conference booked")
        self.show("conferences", adele.open("/").follow("Conferences"))

    def invite(self):
        """Everybody is invited, each with a reason; a person kept away from another comes by video."""
        adele = self.adele.open(self.page).follow("Check the invitations")
        if self.home.apart:
            self._keep_apart(self.home.apart[1])
        if "Give reasons" in adele.words:
            adele.follow("Give reasons for those you will not invite")
            adele.fill_each("why_", "Nobody there has met the family yet.").press("Save the reasons")
        self.show("invitations", adele)
        adele.follow("Preview what each person receives")
        self.show("preview", self.sam.open(self.page + "invitations/check/"))
        if self.home.needs_second_check:
            self.sam.press("I have checked this list").sees("Checked")
        adele.open(self.page + "invitations/").follow("Preview what each person receives")
        adele.press("Send all the invitations").sees("Sent")

    def post_the_invitations(self):
        """What lies in the print room is printed, kept and marked as sent."""
        self._post("invitation")

    def _post(self, what):
        room = "/documents/print-room/"
        self.show(f"print-room-{what}", self.adele.open(room))
        for _ in range(MOST_ENVELOPES):
            adele = self.adele.open(room)
            if "There is nothing to post" in adele.words:
                return
            reader = adele.words.split("Print with a cover sheet (PDF) for ")[1].split(" Print the letters only")[0]
            self._keep(reader, what, adele.download("Print with a cover sheet", reader))
            is_post = adele.offers("Mark as posted", reader)
            adele.press("Mark as posted" if is_post else "Mark as handed over", reader)
        raise Lost("The print room does not empty.")

    def _keep(self, reader, what, pdf):
        self.papers.setdefault(reader, []).append((what, text_of(pdf)))
        self.keep(reader, what, pdf)

    # --- Reports and reading packs ----------------------------------------------------------------------------
    def report(self):
        """Each professional with an account and the social worker write and share a report."""
        for professional, account in ACCOUNTS.items():
            known = [child for child in self.home.children if child.known_by == professional]
            if known:
                writer = self.people[account].open("/").follow("Write and share the")
                writer.fill("What are you worried about?", " ".join(child.worry for child in known))
                writer.fill("What is working well?", " ".join(child.strength for child in known))
                writer.press("Save and continue to submit")
                self._tell_of_sharing(writer).press("Submit the report").sees("Submitted")
        sam = self.sam.open("/").follow("Write and share the")
        sam.fill("What led to this conference", self.home.worry)
        sam.fill("What has happened to the children", "The children were seen at home and at school.")
        sam.fill("What is your analysis?", "The children are likely to suffer significant harm if nothing changes.")
        for child in self.home.children:
            sam.fill(f"About {child.short} alone", child.worry)
        self.show("report", sam)
        self._tell_of_sharing(sam.press("Save and continue to submit")).press("Submit the report").sees("Submitted")
        self.tess.open("/").follow("Approve the social work report").press("Approve the report").sees("Approved by")

    def _tell_of_sharing(self, writer):
        for parent in re.findall(r"Have you shared the report with (.+?)\?", writer.words):
            question = f"Have you shared the report with {parent}"
            writer.choose("Yes", question).fill("When", self.today, parent).choose("Read through together", parent)
        return writer

    def read_packs(self):
        """The chair reads the pack; for each of the family reports are checked, sent and put in theirs."""
        packs = f"{self.reports}pack/"
        self._keep("Cora Whitfield", "pack", self.cora.open(packs).download("Open the reading pack"))
        self.show("pack", self.cora)
        adele = self.adele.open(packs)
        of_family = [way for way in adele.ways(packs) if re.fullmatch(rf"{packs}\d+/", way)]
        for button in ("Prepare all copies", "Release all checked copies"):
            for way in of_family:
                if adele.open(way).offers(button):
                    adele.press(button)
            self._check_copies()
        self.show("pack-of-family", adele)
        self._post("reports")
        for way in of_family:
            if "There is nothing to read yet" not in adele.open(way).words:
                reader = adele.words.split("Reading pack for ")[1].split(" What was released")[0]
                self._keep(reader, "pack", adele.download("Open the reading pack"))

    # --- The conference ---------------------------------------------------------------------------------------
    def hold(self):
        """Who is there, the quorum, and what is said about each child."""
        cora, home = self.cora, self.home
        day = self.kept["reviewed_on" if self.is_review else "held_on"]
        self.travel(day, "Cora", "Sam", "Adele", "Piers", "Helen", "Moira", "Tess")
        cora.open("/").follow("Chair the").follow("Open the conference").press("Open the conference")
        if self.is_review:
            cora.follow("Attendance")
        else:
            cora.follow("family’s details").press("The family confirmed these details").follow("Attendance")
        cora.press("Save and mark everyone else present").choose("The conference is quorate").press("Confirm")
        cora.fill("Why this conference is being held", home.worry)
        if self.is_review:
            cora.fill("Progress of the plan since the last conference", "It is calmer at home than in the autumn.")
        elif self.uses_danger_statement:
            cora.fill("Danger statement", "Without change the children may be hurt, or live in fear.")
        for child in home.children:
            cora.fill(f"What we are worried about: {child.short}", child.worry)
            cora.fill(f"What is working well: {child.short}", child.strength)
            if child.told:
                cora.fill(f"{child.short}’s views", "I want it to be calm at home.")
        for adult in home.adults:
            if adult.says and f"{adult.name}’s views" in cora.words:
                cora.fill(f"{adult.name}’s views", adult.says)
        cora.press("Save").sees("Saved at")
        if self.home.protected:
            # Nobody is warned about somebody who lives there.
            cora.does_not_see(*(f"<strong>{name}</strong> is present, and must not hear" for name in self.home.at_home))
        self.show("live", cora)
        self.show("room", cora.open(self.page + "meet/room/"))
        for child in home.children:
            cora.open(self.page + "meet/").follow(f"Views on {child.short}")
            # A child with a letter of their own is invited, and is there.
            if child.age is not None and child.age >= 4:
                cora.fill("How the child took part", "PN1" if child.told else "PN6")
            ends = self.is_review and child.at_review == ENDS
            view, why = ("Does not need", child.strength) if ends else ("Needs a child protection plan", child.worry)
            for agency in (child.known_by, "Sam Okafor"):
                cora.choose(view, agency).fill("Reason for this view", why, agency)
            cora.press("Save")
        self.show("views", cora)

    def decide(self):
        """A decision for each child, each with its own reasons."""
        cora = self.cora
        for child in self.home.children:
            cora.open(self.page + "meet/").follow(f"Record the decision for {child.name}")
            decision = child.at_review if self.is_review else "A child protection plan"
            cora.choose(decision, "What is the decision?")
            if decision != ENDS:
                cora.choose("Emotional", "What is the decision?")
                cora.fill("The threshold in words", f"{child.called} is likely to suffer significant harm.")
            cora.fill("The chair’s reasons", child.strength if decision == ENDS else child.worry)
            if child is self.home.children[0]:
                self.show("decision", cora)
            cora.press("Save the decision")

    def close(self):
        """The outline plan, the core group and its first date; at a review, why plans end."""
        cora, ended = self.cora, [one.name for one in self.home.children if self.is_review and one.at_review == ENDS]
        workers = {child.known_by for child in self.home.children if child.name not in ended}
        if not self.is_review:
            self._add_actions()
        cora.open(self.page + "meet/").follow("Close the conference")
        cora.fill_each("gap_", "It was asked for and could not be had on the day.")
        if len(ended) < len(self.home.children):
            cora.fill("Lead social worker", "Sam Okafor")
            for name in (*self.home.core_group, *workers, "Sam Okafor"):
                cora.choose(name, "Core group")
        for name in ended:
            cora.choose("No longer likely to suffer significant harm", f"Why {name}’s plan ends")
        if not self.is_review:
            self._plan()
        self.show("close", cora)
        cora.press("Close the conference").sees("Plans that have ended" if ended else "Child protection plan since")
        self.kept["plan"] = cora.url
        self.show("plan", cora)

    def _add_actions(self):
        cora, by = self.cora, self.calendar.add_working_days(self.today, 7)
        for child in self.home.children:
            cora.open(self.page + "meet/").follow("Add an action")
            cora.fill("What should be better for the child?", f"{child.called} is safe and well looked after.")
            cora.fill("What will be done?", child.action).fill("Who does it?", child.known_by)
            cora.fill("By when?", by).fill("How will everyone know", "Three good weeks.")
            for other in self.home.names:
                cora.fill(other, other == child.name, "For which children?")
            cora.press("Save").sees(child.action)

    def _plan(self):
        cora, first = self.cora, self.calendar.add_working_days(self.today, 7)
        cora.fill("What must change", "Nobody is frightened at home.")
        cora.fill("What will happen if the plan does not work", "The council takes legal advice.")
        cora.fill("What would make that happen?", "A night on which the police are called.")
        cora.fill("How often is each child visited", "Every ten working days by Sam Okafor, alone each time.")
        cora.fill("Was a family meeting considered?", "It was offered and will be held in January.")
        cora.fill("Who will be told about the plan?", "The GP and the school.")
        cora.fill("Date", first, "First core group").fill("Start time", "10am", "First core group")
        cora.fill("Place", "The family centre", "First core group")

    def book_the_review(self):
        """The administrator books the review; the chair, who cannot, is not asked to."""
        self.kept["reviewed_on"] = self.calendar.add_working_days(self.today, 30)
        self._book_the_review(self.kept["reviewed_on"])
        self.travel(self.today, *self.people)
        self.cora.open("/").does_not_see("Book the review conference")

    # --- Afterwards -------------------------------------------------------------------------------------------
    def write_the_record(self):
        """The chair approves the record and the letters; two people check the copies; they are released."""
        page = self.cora.open(self.reports + "record/")
        self.show("record", page)
        for way in page.ways(self.reports + "record/tell/"):
            page.open(way)
            child = next(one for one in self.home.children if f"How {one.name} is told" in page.words)
            if child.told:
                page.choose("By a letter").fill("Why this was decided, in words", child.told)
            else:
                page.choose("Somebody tells the child").fill("Who tells the child?", "Sam Okafor")
                page.fill("On which day?", self.today)
            self.show("tell", page)
            page.press("Save")
        for what in ("Approve the letters", "Approve the record"):
            page.open(self.reports + "record/").follow(what)
            if "Why may these copies be sent as they are?" in page.words:
                page.fill("Why may these copies be sent", "It is said to them when they are visited.")
            self.show(what.lower().replace(" ", "-"), page)
            page.press(what)
        self.show("copies", self.adele.open(self.reports + "copies/"))
        self.show("check-copies", self.sam.open(self.reports + "copies/check/"))
        self._release_ready()
        adele = self.adele.open(self.reports + "copies/")
        self.show("copies-released", adele)
        adele.sees("Released")

    def post_the_letters(self):
        """What was released and goes by post is printed, kept and marked as sent."""
        self._post("letters")

    def read_online(self):
        """Each professional reads what was released to them."""
        for professional, account in {**ACCOUNTS, "Sam Okafor": "Sam"}.items():
            reader = self.people[account].open("/reports/mine/")
            for pdf in reader.download_each("Read it (PDF)"):
                if ("online", text_of(pdf)) not in self.papers.get(professional, []):
                    self._keep(professional, "online", pdf)
        self.show("mine", self.piers)

    def compare(self):
        """Each reader's papers hold what they need, and nothing that they must not learn."""
        wrong = [f"{reader} gets papers" for reader in self.home.nothing_for if reader in self.papers]
        for reader, words in self.home.holds.items():
            texts = " ".join(" ".join(text for _, text in self.papers.get(reader, [])).split())
            wrong += [f"{reader} does not read “{word}”" for word in words if word not in texts]
        for reader, words in self.home.never.items():
            for what, text in self.papers.get(reader, []):
                wrong += [f"{reader} reads “{word}” in {what}" for word in words if word in " ".join(text.split())]
        if wrong:
            raise Lost("\n".join(wrong))
