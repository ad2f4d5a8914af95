"""The main job, step h: the record and the letters, drafted, edited, approved, checked and released copy by copy."""

from cpc.core.documents.text import text_of
from demo.main_job.asking import SAFE_ADDRESS, SAFE_POSTCODE
from demo.main_job.writing import DAWN
from demo.visitor import Lost

LEE, RELEASE = "Lee Pike", "Check and release the ready copies"
# What the father of one child must never read: the other children, their father, where their mother lives.
NOT_FOR_LEE = ("Jude", "Unborn", "unborn baby", "Marcus", "Doyle", SAFE_ADDRESS, SAFE_POSTCODE, "Hidden Mews")


class Recording:
    """What is written after the conference; a part of ``MainJob``, which holds the people and the day."""

    def write_the_record(self):
        """The record is drafted from what was said, edited and approved by the chair; a slip goes in with it."""
        cora = self.cora
        for stranger in (self.piers, self.helen):
            stranger.refused(self.reports + "record/")
        cora.open("/").follow("Approve the record of the").sees("I want it to be quiet at night.")
        cora.follow("Change “What is working well: Ivy”").fill("Text", "Ivy comes to school every day, and on time.")
        cora.press("Save the paragraph").sees("and on time")
        cora.follow("Add a paragraph").fill("Heading", "Where Ivy sleeps")
        cora.fill("Text", f"Ivy has a room of her own at {SAFE_ADDRESS}, {SAFE_POSTCODE}.")
        cora.choose("Ivy Bramley", "Who is it about?").choose("Any reader", "Who may read it?")
        cora.press("Save the paragraph")
        self._approve()

    def _approve(self):
        """The chair chooses how each child is told, and approves the letters and the record."""
        page = self.cora.open(self.reports + "record/")
        for way in page.ways(self.reports + "record/tell/"):
            page.open(way).choose("Somebody tells the child").fill("Who tells the child?", "Sam Okafor")
            page.fill("On which day?", self.today).press("Save")
        for what in ("Approve the letters", "Approve the record"):
            self.cora.open(self.reports + "record/").follow(what)
            if "Why may these copies be sent as they are?" in self.cora.words:
                self.cora.fill("Why may these copies be sent", "It is said to them when they are visited.")
            self.cora.press(what)

    def release_the_copies(self):
        """The safe address blocks the release until it is corrected; each reader's copy holds only what is theirs."""
        adele, cora = self.adele, self.cora
        for stranger in (self.piers, self.helen):
            stranger.refused(self.reports + "copies/")
        self._release_ready()
        adele.open(self.reports + "copies/").follow(f"{LEE}: record of the conference")
        adele.sees("Blocks the release", SAFE_ADDRESS)
        if adele.offers("Release to this reader"):
            raise Lost("A copy that tells its reader a safe address can be released.")
        cora.open(self.reports + "record/").follow("Correct what was approved")
        cora.fill("What needs to be corrected?", "An address stands in it.").press("Reopen for correction")
        cora.follow("Change “Where Ivy sleeps”").fill("Text", "Ivy has a room of her own.").press("Save the paragraph")
        self._approve()
        for kind in ("Decision letter", "Record"):
            adele.open(self.reports + "copies/").follow(f"{LEE}: {kind.lower()}")
            self._preview(adele, holds=("Ivy",), never=NOT_FOR_LEE)
        adele.open(self.reports + "copies/").follow(f"{DAWN}: record of the conference")
        self._preview(adele, holds=("Ivy", "Jude", "your unborn baby"), never=(SAFE_ADDRESS, SAFE_POSTCODE))
        self._release_all()
        self.piers.open("/reports/mine/").sees("Record")
        text = text_of(self.piers.download("Read it (PDF)"))
        if "Ivy" not in text or any(word in text for word in ("Jude", "Doyle", SAFE_POSTCODE)):
            raise Lost(f"The school's copy is not about Ivy alone: {text[:3000]}")

    def _release_all(self):
        self._release_ready()
        self.adele.open(self.reports + "copies/").sees("Released").does_not_see("Ready", "Not yet")

    def _check_copies(self):
        """Sam, the second person, reads each reader's copies and ticks them all on one page; Tess reads Sam's own."""
        confirm = "I have read the ticked copies and compared them"
        for person in (self.sam, self.tess):
            page = person.open(self.reports + "copies/check/")
            page.download_each("Open all of these copies together")
            page.open(self.reports + "copies/check/").download_each("Open: ")
            if page.open(self.reports + "copies/check/").offers(confirm):
                page.tick_each("copy").press(confirm)

    def _judge(self):
        """Adele says why a day or a place that the check asks about tells its reader nothing."""
        adele = self.adele.open(self.reports + "copies/")
        for path in adele.ways("/reports/copy/"):
            while "It reveals nothing" in adele.open(path).words:
                adele.follow("It reveals nothing")
                adele.fill("Why does", "It is the day by which an action is due, and he is not at that meeting.")
                adele.press("It reveals nothing here")

    def _release_ready(self):
        self._judge()
        self._check_copies()
        adele = self.adele
        for kind in ("Decision letter", "Record"):
            adele.open(self.reports + "copies/")
            if adele.offers(RELEASE, kind):
                adele.press(RELEASE, kind)

    def _preview(self, person, holds, never):
        text = text_of(person.download("PDF"))
        for word in holds:
            if word not in text:
                raise Lost(f"The copy that {person.name} previews at {person.url} lacks “{word}”: {text[:3000]}")
        for word in never:
            if word in text:
                raise Lost(f"The copy that {person.name} previews at {person.url} holds “{word}”: {text[:6000]}")
