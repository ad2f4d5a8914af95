"""The words of families: parts in a family, relationships, ways to reach a person."""

from django.db.models import TextChoices


class Part(TextChoices):
    """A person's part in this family."""

    CHILD = "child", "Child"
    PARENT = "parent", "Parent"
    GRANDPARENT = "grandparent", "Grandparent"
    PARTNER = "partner", "Parent’s partner"
    RELATIVE = "relative", "Other relative"
    OTHER = "other", "Another significant person"


class RelationshipKind(TextChoices):
    """What the adult is to the child."""

    MOTHER = "mother", "Mother"
    FATHER = "father", "Father"
    STEPMOTHER = "stepmother", "Stepmother"
    STEPFATHER = "stepfather", "Stepfather"
    GRANDMOTHER = "grandmother", "Grandmother"
    GRANDFATHER = "grandfather", "Grandfather"
    SISTER = "sister", "Sister"
    BROTHER = "brother", "Brother"
    AUNT = "aunt", "Aunt"
    UNCLE = "uncle", "Uncle"
    CARER = "carer", "Carer"
    OTHER = "other", "Another relationship"


class ResponsibilitySource(TextChoices):
    """Where an adult’s parental responsibility for a child comes from."""

    BIRTH = "birth", "Mother, from the birth"
    MARRIAGE = "marriage", "Marriage or civil partnership"
    REGISTRATION = "registration", "Registration of the birth"
    AGREEMENT = "agreement", "Agreement"
    ORDER = "order", "Court order or adoption"


class AuthorityOrder(TextChoices):
    """The order under which the authority has parental responsibility for a child, beside the adults who have it."""

    CARE = "care", "Care order"
    INTERIM_CARE = "interim_care", "Interim care order"
    PLACEMENT = "placement", "Placement order"
    EMERGENCY = "emergency", "Emergency protection order"


PARENTS = (RelationshipKind.MOTHER, RelationshipKind.FATHER)


class SafeContact(TextChoices):
    """How a person can safely be reached. Unknown means: not digital."""

    UNKNOWN = "unknown", "Not known yet"
    POST = "post", "Post"
    HAND = "hand", "By hand, from a named worker"
    PHONE = "phone", "Phone"
    TEXT = "text", "Text message"
    EMAIL = "email", "Email"


class Sex(TextChoices):
    """The codes of the children in need census; U is for an unborn child."""

    MALE = "M", "Male"
    FEMALE = "F", "Female"
    UNKNOWN = "U", "Not known or not yet born"


class Ethnicity(TextChoices):
    """The codes of the children in need census."""

    WBRI = "WBRI", "White British"
    WIRI = "WIRI", "White Irish"
    WIRT = "WIRT", "Traveller of Irish heritage"
    WROM = "WROM", "Gypsy or Roma"
    WOTH = "WOTH", "Any other White background"
    MWBC = "MWBC", "White and Black Caribbean"
    MWBA = "MWBA", "White and Black African"
    MWAS = "MWAS", "White and Asian"
    MOTH = "MOTH", "Any other mixed background"
    AIND = "AIND", "Indian"
    APKN = "APKN", "Pakistani"
    ABAN = "ABAN", "Bangladeshi"
    AOTH = "AOTH", "Any other Asian background"
    BCRB = "BCRB", "Black Caribbean"
    BAFR = "BAFR", "Black African"
    BOTH = "BOTH", "Any other Black background"
    CHNE = "CHNE", "Chinese"
    OOTH = "OOTH", "Any other ethnic group"
    REFU = "REFU", "Refused"
    NOBT = "NOBT", "Not obtained"


class Disability(TextChoices):
    """The codes of the children in need census."""

    NONE = "NONE", "No disability"
    MOB = "MOB", "Mobility"
    HAND = "HAND", "Hand function"
    PC = "PC", "Personal care"
    INC = "INC", "Incontinence"
    COMM = "COMM", "Communication"
    LD = "LD", "Learning"
    HEAR = "HEAR", "Hearing"
    VIS = "VIS", "Vision"
    BEH = "BEH", "Behaviour"
    CON = "CON", "Consciousness"
    AUT = "AUT", "Autism or Asperger syndrome"
    DDA = "DDA", "Another disability under the Equality Act"


class Religion(TextChoices):
    """The groups of the census of England and Wales; the children in need census asks nothing about religion."""

    NONE = "none", "No religion"
    CHRISTIAN = "christian", "Christian"
    BUDDHIST = "buddhist", "Buddhist"
    HINDU = "hindu", "Hindu"
    JEWISH = "jewish", "Jewish"
    MUSLIM = "muslim", "Muslim"
    SIKH = "sikh", "Sikh"
    OTHER = "other", "Another religion"
    NOT_SAID = "not_said", "Prefers not to say"


class NoUPN(TextChoices):
    """Why a child has no unique pupil number: the codes of the children in need census."""

    UN1 = "UN1", "Not of school age, and has not yet been given one"
    UN2 = "UN2", "Has never been to a maintained school in England"
    UN3 = "UN3", "Being educated outside England"
    UN4 = "UN4", "Newly in care or in need, and it is not yet known"
    UN5 = "UN5", "Sources collating it"
    UN6 = "UN6", "Not looked after and unable to obtain it"
    UN7 = "UN7", "Referral with no further action"


class NameKind(TextChoices):
    FORMER = "former", "Former name"
    BIRTH = "birth", "Name at birth"
    ALIAS = "alias", "Also uses"


class PartnershipKind(TextChoices):
    MARRIED = "married", "Married or civil partners"
    PARTNERS = "partners", "Partners"
    SEPARATED = "separated", "Separated"
    DIVORCED = "divorced", "Divorced"


class AddressKind(TextChoices):
    HOME = "home", "Home"
    REFUGE = "refuge", "Refuge"
    PLACEMENT = "placement", "Placement"
    CUSTODY = "custody", "Prison or other custody"
    OTHER = "other", "Another address"


# The reason of a protection that was recorded with its address, until somebody completes it.
RECORDED_WITH_ADDRESS = "Recorded with the address"


class ProtectionSource(TextChoices):
    """Where it comes from that two people must not meet, or that one must not learn something."""

    INJUNCTION = "injunction", "Court order or injunction"
    BAIL = "bail", "Bail condition"
    JUDGEMENT = "judgement", "Social work judgement"
    WISH = "wish", "The person asked for it"


class WhoIsProtected(TextChoices):
    """Which of two people who must not meet is protected from the other."""

    BOTH = "both", "Both of them"
    ONE = "one", "The first person"
    OTHER = "other", "The second person"


class Detail(TextChoices):
    """What of a person's contact details is protected."""

    ADDRESS = "address", "Address"
    PHONE = "phone", "Phone"
    EMAIL = "email", "Email"


class MustNotLearnWhat(TextChoices):
    """What one person must not learn of another."""

    EXISTENCE = "existence", "That they exist"
    PATERNITY = "paternity", "Whose father they are"
    WHEREABOUTS = "whereabouts", "Where they live"
    PLACEMENT = "placement", "Where they are placed"
    SCHOOL = "school", "Their school or nursery"
    FACT = "fact", "A fact"


class WarningKind(TextChoices):
    DO_NOT_DISCLOSE = "do_not_disclose", "Do not disclose"
    RISK_TO_WORKERS = "risk_to_workers", "Risk to workers"
    VISIT_IN_PAIRS = "visit_in_pairs", "Visit in pairs"
    ANIMALS = "animals", "Animals in the home"
    OTHER = "other", "Another warning"
