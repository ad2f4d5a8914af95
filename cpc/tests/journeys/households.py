"""Six invented families: who is in each, and what each reader's papers must and must not hold."""

from dataclasses import dataclass, field

SCHOOL, HEALTH, MIDWIFE = "Piers Halloran", "Helen Adeyemi", "Moira Keane"
REGISTERED, BIRTH, ORDER = "registration of the birth", "mother, from the birth", "court order or adoption"
CONTINUES, ENDS = "The child protection plan continues", "The child protection plan ends; no plan follows"


@dataclass(frozen=True)
class Child:
    """A child: ``age`` in years, or none before birth. ``told``: the words of a letter of their own."""

    first: str
    last: str
    age: int | None
    sex: str
    known_by: str
    worry: str
    strength: str
    action: str
    told: str = ""
    shown: str = ""  # the name as pages show it, where that is not the first name and then the last
    at_review: str = ""  # what a review decides; empty: the family has no review

    @property
    def name(self):
        """The name as pages show it."""
        if self.shown:
            return self.shown
        return f"{self.first} {self.last}".strip() if self.age is not None else f"Unborn {self.last}"

    @property
    def short(self):
        """The name in the headings of the live page."""
        return self.first or self.name

    @property
    def called(self):
        """The name at the beginning of a sentence that parents read."""
        return self.first or "The baby"


@dataclass(frozen=True)
class Adult:
    """An adult: ``ties`` maps a child's name to what they are and where their parental responsibility comes from."""

    first: str
    last: str
    part: str
    sex: str
    ties: dict
    home: bool = True
    address: str = ""  # empty: lives with the first adult
    says: str = ""
    language: str = "English"

    @property
    def name(self):
        """The name as pages show it."""
        return f"{self.first} {self.last}".strip()


@dataclass(frozen=True)
class Household:
    """A family, the people in it who are kept apart, and what each reader's papers must and must not hold."""

    name: str
    children: tuple[Child, ...]
    adults: tuple[Adult, ...]
    worry: str
    protected: bool = False
    apart: tuple[str, str] | None = None  # who is protected, and the person they must not meet
    withheld: tuple[tuple[str, str, str], ...] = ()  # reader, about, what
    core_group: tuple[str, ...] = ()
    holds: dict = field(default_factory=dict)  # by reader: words of their decision letter or record
    never: dict = field(default_factory=dict)  # by reader: words of no paper that they get
    nothing_for: tuple[str, ...] = ()  # who gets no paper at all

    @property
    def needs_second_check(self):
        """Whether a second person checks what leaves."""
        return bool(self.protected or self.apart or self.withheld)

    @property
    def names(self):
        """The names of all children."""
        return [child.name for child in self.children]

    @property
    def at_home(self):
        """The names of those who live with the first adult, and theirs."""
        return [one.name for one in self.adults if one.home] + [one.name for one in self.children]


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
        Child("Maisie", "Barrowclough", 13, "Female", SCHOOL, "Maisie has stopped going home after school.",
              "Maisie trusts her form teacher.", "Find somebody at school for Maisie to talk to",
              told="Home has been too loud for you. Everybody at the meeting wants it to be calm."),
        Child("Alfie", "Barrowclough", 5, "Male", SCHOOL, "Alfie had a bruise that nobody has explained.",
              "Alfie likes school.", "Write down and pass on every new mark"),
        Child("", "Barrowclough", None, "Not known", MIDWIFE, "The baby may be born into a home with fights.",
              "Donna has prepared a cot.", "Meet Donna every two weeks"),
    ),
    adults=(
        Adult("Donna", "Barrowclough", "Parent", "Female",
              {"Maisie Barrowclough": ("Mother", BIRTH), "Alfie Barrowclough": ("Mother", BIRTH),
               "Unborn Barrowclough": ("Mother", BIRTH)}, address="17 Station Row", says="I want Craig to get help."),
        Adult("Craig", "Thwaite", "Parent", "Male",
              {"Maisie Barrowclough": ("Stepfather", ""), "Alfie Barrowclough": ("Father", REGISTERED),
               "Unborn Barrowclough": ("Father", "")}, says="I am going to a course."),
        Adult("Lee", "Sugden", "Parent", "Male", {"Maisie Barrowclough": ("Father", REGISTERED)}, home=False,
              address="8 Harbour Walk"),
    ),
    worry="We are worried about fights between the adults at home.",
    withheld=(("Lee Sugden", "Unborn Barrowclough", "That they exist"),),
    core_group=("Donna Barrowclough", "Craig Thwaite"),
    holds={
        "Donna Barrowclough": ("Maisie", "Alfie", "your unborn baby"),
        "Craig Thwaite": ("Alfie", "10am"),
        "Maisie Barrowclough": ("Home has been too loud for you",),
        SCHOOL: ("Maisie", "Alfie"), MIDWIFE: ("Unborn",),
    },
    nothing_for=("Lee Sugden",),  # any letter about this conference could tell him of the baby
    never={"Maisie Barrowclough": ("bruise", "stopped going home"), "Donna Barrowclough": ("Harbour Walk",)},
)  # fmt: skip

WISNIEWSKA = Household(
    name="Wiśniewska",
    children=(
        Child("Żaneta", "Wiśniewska-Święcicka", 11, "Female", SCHOOL, "Żaneta comes to school hungry.",
              "Żaneta speaks three languages.", "Breakfast at school for Żaneta",
              told="You told your teacher that you are hungry. We want there to be food at home."),
        Child("Sukarno", "", 4, "Male", HEALTH, "Sukarno does not sleep in a bed.", "Sukarno is a happy boy.",
              "Find a bed for Sukarno"),
    ),
    adults=(
        Adult("Łucja", "Wiśniewska", "Parent", "Female",
              {"Żaneta Wiśniewska-Święcicka": ("Mother", BIRTH), "Sukarno": ("Mother", BIRTH)},
              address="3 Mill Lane", says="I work two jobs.", language="Polish"),
        Adult("Suharto", "", "Parent", "Male", {"Sukarno": ("Father", REGISTERED)}, says="I can work less."),
        Adult("Władysław", "Święcicki", "Parent", "Male", {"Żaneta Wiśniewska-Święcicka": ("Father", REGISTERED)},
              home=False, address="12 Orchard Road", says="I send money.", language="Polish"),
    ),
    worry="We are worried that there is not enough food at home.",
    core_group=("Łucja Wiśniewska", "Suharto"),
    holds={
        "Łucja Wiśniewska": ("Żaneta", "Sukarno", "interpreter"), "Suharto": ("Sukarno", "Dear Suharto"),
        "Władysław Święcicki": ("Żaneta",), "Żaneta Wiśniewska-Święcicka": ("Dear Żaneta",),
        SCHOOL: ("Żaneta Wiśniewska-Święcicka",), HEALTH: ("Sukarno",),
    },
    never={"Władysław Święcicki": ("Sukarno", "Suharto"), "Suharto": ("12 Orchard Road",)},
)  # fmt: skip

RIBBLE = Household(
    name="Ribble",
    children=(
        Child("小明", "欧阳", 12, "Male", SCHOOL, "He is often alone until late.", "He is good at mathematics.",
              "A club after school", told="You are alone too much. We want somebody to be with you in the evening.",
              shown="欧阳小明"),
        Child("محمد", "العلي", 11, "Male", SCHOOL, "He has seen fights.", "He has many friends.",
              "Somebody at school to talk to", told="Fights are never your fault."),
        Child("আয়েশা", "রহমান", 10, "Female", SCHOOL, "She is tired at school.", "She loves to read.",
              "A quiet place to read at school", told="You are tired, and we want you to sleep well."),
    ),
    adults=(
        Adult("Мария", "Ribble", "Parent", "Female",
              {"欧阳小明": ("Mother", BIRTH), "محمد العلي": ("Mother", BIRTH), "আয়েশা রহমান": ("Mother", BIRTH)},
              address="5 Chapel Street", says="We will be at home."),
        Adult("Σοφία", "Παπαδοπούλου", "Grandparent", "Female",
              {"欧阳小明": ("Grandmother", ""), "محمد العلي": ("Grandmother", "")}, home=False,
              address="9 Meadow Close", says="I can help."),
    ),
    worry="We are worried that the children are left alone.",
    core_group=("Мария Ribble",),
    holds={"Мария Ribble": ("欧阳小明",)},
)  # fmt: skip

# A mother lives with her children at an address that their father must not learn: nobody is warned about her. At the
# review one plan goes on and one ends.
MARLOW = Household(
    name="Marlow",
    children=(
        Child("Rosa", "Marlow", 9, "Female", SCHOOL, "Rosa is afraid that her father will find them.",
              "Rosa talks to her teacher.", "A safe way home for Rosa", at_review=CONTINUES),
        Child("Theo", "Marlow", 2, "Male", HEALTH, "Theo cries when somebody knocks.", "Theo eats and grows well.",
              "A visit to Theo every two weeks", at_review=ENDS),
    ),
    adults=(
        Adult("Dawn", "Marlow", "Parent", "Female",
              {"Rosa Marlow": ("Mother", BIRTH), "Theo Marlow": ("Mother", BIRTH)}, address="6 Hidden Yard",
              says="We are safe where we are now."),
        Adult("Ray", "Tolland", "Parent", "Male",
              {"Rosa Marlow": ("Father", REGISTERED), "Theo Marlow": ("Father", REGISTERED)}, home=False,
              address="22 Quay Street", says="I want to know where my children live."),
    ),
    worry="We are worried that the children have seen their mother hurt.",
    protected=True, apart=("Dawn Marlow", "Ray Tolland"), core_group=("Dawn Marlow",),
    holds={
        "Dawn Marlow": ("Rosa", "Theo", "10am", "Theo’s child protection plan has ended"),
        "Ray Tolland": ("Rosa", "Theo", "meet without you"), SCHOOL: ("Rosa",), HEALTH: ("Theo",),
    },
    never={
        "Ray Tolland": ("Hidden Yard", "ZZ7 7ZZ", "10am", "The family centre", "Civic Centre"),
        "Dawn Marlow": ("Quay Street",), SCHOOL: ("Hidden Yard", "Theo"), HEALTH: ("Hidden Yard",),
    },
)  # fmt: skip

# A grandmother has the children by an order, their mother lives elsewhere. The review ends both plans.
JUNIPER = Household(
    name="Juniper",
    children=(
        Child("Ash", "Juniper", 14, "Male", SCHOOL, "Ash is out at night and will not say where.",
              "Ash plays football every Saturday.", "A mentor for Ash", at_review=ENDS,
              told="People were worried about where you are at night. They want you to be safe."),
        Child("Linnet", "Juniper", 4, "Female", HEALTH, "Linnet is often late for her medicine.",
              "Linnet laughs and sings.", "A chart for Linnet’s medicine", at_review=ENDS),
    ),
    adults=(
        Adult("Olive", "Juniper", "Grandparent", "Female",
              {"Ash Juniper": ("Grandmother", ORDER), "Linnet Juniper": ("Grandmother", ORDER)},
              address="2 Weir Cottages", says="I need somebody to ring at night."),
        Adult("Hazel", "Juniper", "Parent", "Female",
              {"Ash Juniper": ("Mother", BIRTH), "Linnet Juniper": ("Mother", BIRTH)}, home=False,
              address="31 Tannery Lane", says="I am getting better."),
    ),
    worry="We are worried that the children are not looked after at night.",
    core_group=("Olive Juniper", "Hazel Juniper"),
    holds={
        "Olive Juniper": ("Ash", "Linnet", "10am"), "Hazel Juniper": ("Ash", "Linnet", "10am"),
        "Ash Juniper": ("They want you to be safe",), SCHOOL: ("Ash",), HEALTH: ("Linnet",),
    },
    never={"Hazel Juniper": ("Weir Cottages",), "Olive Juniper": ("Tannery Lane",), SCHOOL: ("Linnet",)},
)  # fmt: skip

FAMILIES = (QUILLFEATHER, BARROWCLOUGH, WISNIEWSKA, RIBBLE, MARLOW, JUNIPER)
