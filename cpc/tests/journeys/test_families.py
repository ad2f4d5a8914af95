"""Families of every kind, each from its first page to the post, and what each reader's papers hold.

``PICTURES=folder bin/test --thorough cpc/tests/journeys/test_families.py`` saves each PDF, each of its pages
as a picture, and the main screens as wide as a desk's screen and a phone's.
"""

import os
import re
from pathlib import Path

import pypdfium2
import pytest

from cpc.tests.journeys.family_walk import HEALTH, MIDWIFE, SCHOOL, Adult, Child, FamilyWalk, Household

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.thorough]
REGISTERED, BIRTH = "registration of the birth", "mother, from the birth"

QUILLFEATHER = Household(
    name="Quillfeather",
    children=(
        Child("Wren", "Quillfeather", 8, "Female", SCHOOL, "Wren is afraid when her father comes to the door.",
              "Wren reads every day and has good friends.", "See Wren alone at school every week"),
        Child("Robin", "Quillfeather", 3, "Male", HEALTH, "Robin wakes at night and hides.",
              "Robin plays and talks well for his age.", "Help with a sleep routine for Robin"),
        Child("", "Quillfeather", None, "Not known", MIDWIFE, "The baby may be hurt before birth in an attack.",
              "Maeve keeps every appointment.", "Write a birth plan"),
    ),
    adults=(
        Adult("Maeve", "Quillfeather", "Parent", "Female",
              {"Wren Quillfeather": ("Mother", BIRTH), "Robin Quillfeather": ("Mother", BIRTH),
               "Unborn Quillfeather": ("Mother", BIRTH)}, address="41 Hidden Mews", says="I want to feel safe."),
        Adult("Kit", "Arrowsmith", "Parent", "Male",
              {"Robin Quillfeather": ("Father", REGISTERED), "Unborn Quillfeather": ("Father", "")},
              says="I will be home every night."),
        Adult("Dale", "Finnegan", "Parent", "Male", {"Wren Quillfeather": ("Father", REGISTERED)}, home=False,
              address="30 Canal View", says="I want to see Wren."),
    ),
    worry="We are worried about shouting and threats at the door at night.",
    protected=True, apart=("Maeve Quillfeather", "Dale Finnegan"),
    core_group=("Maeve Quillfeather", "Kit Arrowsmith"),
    holds={
        "Maeve Quillfeather": ("Wren", "Robin", "your unborn baby", "10am", "Dale Finnegan"),
        "Dale Finnegan": ("Wren", "meet without you"),
        "Kit Arrowsmith": ("Robin", "10am"),
        SCHOOL: ("Wren",), HEALTH: ("Robin",), MIDWIFE: ("Unborn",),
    },
    never={
        "Dale Finnegan": ("Robin", "Unborn", "unborn", "Kit", "Arrowsmith", "Hidden Mews", "ZZ7 7ZZ", "10am",
                          "The family centre"),
        "Maeve Quillfeather": ("Canal View",),
        "Kit Arrowsmith": ("Canal View",),
    },
)  # fmt: skip

BARROWCLOUGH = Household(
    name="Barrowclough",
    children=(
        Child(
            "Maisie",
            "Barrowclough",
            13,
            "Female",
            SCHOOL,
            "Maisie has stopped going home after school.",
            "Maisie trusts her form teacher.",
            "Find somebody at school for Maisie to talk to",
            told="Home has been too loud for you. Everybody at the meeting wants it to be calm.",
        ),
        Child(
            "Alfie",
            "Barrowclough",
            5,
            "Male",
            SCHOOL,
            "Alfie had a bruise that nobody has explained.",
            "Alfie likes school.",
            "Write down and pass on every new mark",
        ),
        Child(
            "",
            "Barrowclough",
            None,
            "Not known",
            MIDWIFE,
            "The baby may be born into a home with fights.",
            "Donna has prepared a cot.",
            "Meet Donna every two weeks",
        ),
    ),
    adults=(
        Adult(
            "Donna",
            "Barrowclough",
            "Parent",
            "Female",
            {
                "Maisie Barrowclough": ("Mother", BIRTH),
                "Alfie Barrowclough": ("Mother", BIRTH),
                "Unborn Barrowclough": ("Mother", BIRTH),
            },
            address="17 Station Row",
            says="I want Craig to get help.",
        ),
        Adult(
            "Craig",
            "Thwaite",
            "Parent",
            "Male",
            {
                "Maisie Barrowclough": ("Stepfather", ""),
                "Alfie Barrowclough": ("Father", REGISTERED),
                "Unborn Barrowclough": ("Father", ""),
            },
            says="I am going to a course.",
        ),
        Adult(
            "Lee",
            "Sugden",
            "Parent",
            "Male",
            {"Maisie Barrowclough": ("Father", REGISTERED)},
            home=False,
            address="8 Harbour Walk",
            says="Maisie can stay with me.",
        ),
    ),
    worry="We are worried about fights between the adults at home.",
    withheld=(("Lee Sugden", "Unborn Barrowclough", "That they exist"),),
    core_group=("Donna Barrowclough", "Craig Thwaite"),
    holds={
        "Donna Barrowclough": ("Maisie", "Alfie", "your unborn baby"),
        "Craig Thwaite": ("Alfie", "10am"),
        "Maisie Barrowclough": ("Home has been too loud for you",),
        SCHOOL: ("Maisie", "Alfie"),
        MIDWIFE: ("Unborn",),
    },
    nothing_for=("Lee Sugden",),  # any letter about this conference could tell him of the baby
    never={
        "Maisie Barrowclough": ("bruise", "stopped going home"),
        "Donna Barrowclough": ("Harbour Walk",),
    },
)

WISNIEWSKA = Household(
    name="Wiśniewska",
    children=(
        Child(
            "Żaneta",
            "Wiśniewska-Święcicka",
            11,
            "Female",
            SCHOOL,
            "Żaneta comes to school hungry.",
            "Żaneta speaks three languages.",
            "Breakfast at school for Żaneta",
            told="You told your teacher that you are hungry. We want there to be food at home.",
        ),
        Child(
            "Sukarno",
            "",
            4,
            "Male",
            HEALTH,
            "Sukarno does not sleep in a bed.",
            "Sukarno is a happy boy.",
            "Find a bed for Sukarno",
        ),
    ),
    adults=(
        Adult(
            "Łucja",
            "Wiśniewska",
            "Parent",
            "Female",
            {"Żaneta Wiśniewska-Święcicka": ("Mother", BIRTH), "Sukarno": ("Mother", BIRTH)},
            address="3 Mill Lane",
            says="I work two jobs.",
            language="Polish",
        ),
        Adult("Suharto", "", "Parent", "Male", {"Sukarno": ("Father", REGISTERED)}, says="I can work less."),
        Adult(
            "Władysław",
            "Święcicki",
            "Parent",
            "Male",
            {"Żaneta Wiśniewska-Święcicka": ("Father", REGISTERED)},
            home=False,
            address="12 Orchard Road",
            says="I send money.",
            language="Polish",
        ),
    ),
    worry="We are worried that there is not enough food at home.",
    core_group=("Łucja Wiśniewska", "Suharto"),
    holds={
        "Łucja Wiśniewska": ("Żaneta", "Sukarno", "interpreter"),
        "Suharto": ("Sukarno", "Dear Suharto"),
        "Władysław Święcicki": ("Żaneta",),
        "Żaneta Wiśniewska-Święcicka": ("Dear Żaneta",),
        SCHOOL: ("Żaneta Wiśniewska-Święcicka",),
        HEALTH: ("Sukarno",),
    },
    never={"Władysław Święcicki": ("Sukarno", "Suharto"), "Suharto": ("12 Orchard Road",)},
)

RIBBLE = Household(
    name="Ribble",
    children=(
        Child(
            "小明",
            "欧阳",
            12,
            "Male",
            SCHOOL,
            "He is often alone until late.",
            "He is good at mathematics.",
            "A club after school",
            told="You are alone too much. We want somebody to be with you in the evening.",
            shown="欧阳小明",
        ),
        Child(
            "محمد",
            "العلي",
            11,
            "Male",
            SCHOOL,
            "He has seen fights.",
            "He has many friends.",
            "Somebody at school to talk to",
            told="Fights are never your fault.",
        ),
        Child(
            "আয়েশা",
            "রহমান",
            10,
            "Female",
            SCHOOL,
            "She is tired at school.",
            "She loves to read.",
            "A quiet place to read at school",
            told="You are tired, and we want you to sleep well.",
        ),
    ),
    adults=(
        Adult(
            "Мария",
            "Ribble",
            "Parent",
            "Female",
            {"欧阳小明": ("Mother", BIRTH), "محمد العلي": ("Mother", BIRTH), "আয়েশা রহমান": ("Mother", BIRTH)},
            address="5 Chapel Street",
            says="We will be at home.",
        ),
        Adult(
            "Σοφία",
            "Παπαδοπούλου",
            "Grandparent",
            "Female",
            {"欧阳小明": ("Grandmother", ""), "محمد العلي": ("Grandmother", "")},
            home=False,
            address="9 Meadow Close",
            says="I can help.",
        ),
    ),
    worry="We are worried that the children are left alone.",
    core_group=("Мария Ribble",),
    holds={"Мария Ribble": ("欧阳小明",)},
    never={},
)

FAMILIES = (QUILLFEATHER, BARROWCLOUGH, WISNIEWSKA, RIBBLE)


def walk(main_job, settings, household, preset="haringey"):
    settings.CPC_PRESET = preset
    job = main_job(None, FamilyWalk)
    job.home = household
    if os.environ.get("PICTURES"):
        folder = Path(os.environ["PICTURES"]) / household.name
        folder.mkdir(parents=True, exist_ok=True)
        job.keep, job.show = pages_in(folder), screens_in(folder)
    job.whole()


@pytest.mark.parametrize("household", FAMILIES, ids=lambda one: one.name)
def test_each_reader_of_a_family_is_posted_what_they_need_and_nothing_else(main_job, settings, household):
    walk(main_job, settings, household)


def pages_in(folder):
    """Saves each page of each PDF there."""
    counts = {}

    def keep(reader, what, pdf):
        name = re.sub(r"\W+", "-", f"{reader}-{what}")
        counts[name] = counts.get(name, 0) + 1
        document = pypdfium2.PdfDocument(pdf)
        for number in range(len(document)):
            picture = document[number].render(scale=1.2).to_pil()
            picture.save(folder / f"pdf-{name}-{counts[name]}-{number + 1:02}.png")
        (folder / f"{name}-{counts[name]}.pdf").write_bytes(pdf)
        document.close()

    return keep


def screens_in(folder):
    """Saves the screen as wide as a desk's and as a phone's."""

    def show(name, person):
        own = person.page.viewport_size
        for width, height in ((1366, 768), (390, 844)):
            person.page.set_viewport_size({"width": width, "height": height})
            person.page.screenshot(path=folder / f"screen-{name}-{width}.png", full_page=True)
        person.page.set_viewport_size(own)

    return show
