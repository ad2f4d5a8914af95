"""A fixed family with something of everything, so that each guard that is removed shows on it without a search."""

from conferences.disclosure.choices import Audience as A
from cpc.tests.leaks.drawn import (
    GRANDMOTHER,
    MOTHER,
    REFUGE,
    SCHOOLS,
    STEPFATHER,
    Drawn,
    Passage,
    Sheet,
    Silence,
)

NOBODY = frozenset()
RICH = Drawn(
    fathers=(0, 1, 0, 2),
    has_stepfather=True,
    has_grandmother=True,
    in_refuge=True,
    kept_from_all=frozenset({"father1"}),
    by_post=frozenset({MOTHER, "father0", "father1"}),
    silences=(
        Silence(GRANDMOTHER, 0, "existence"),
        Silence("father0", 2, "existence"),
        Silence("father0", MOTHER, "whereabouts"),
        Silence("father1", 1, "school"),
        Silence(STEPFATHER, 1, "fact"),
        Silence("father1", 1, "fact"),
        Silence(STEPFATHER, 3, "paternity"),
    ),
    passages=(
        Passage("Passagereason", "reason", A.FAMILY, None, NOBODY),
        Passage("Passageworried0", "worried", A.PROFESSIONALS, 0, NOBODY),
        Passage("Passageworried1", "worried", A.EVERYONE, 1, NOBODY),
        Passage("Passageworried3", "worried", A.NAMED, 3, frozenset({MOTHER, "father2"})),
        Passage("Passageworkingwell0", "working_well", A.CHAIR, 0, NOBODY),
        Passage("Passagechildviews1", "child_views", A.POLICE, 1, frozenset({"police"})),
        Passage("Passageconfidential", "confidential", A.THIRD_PARTY, None, frozenset({"worker"})),
    ),
    sheets=(Sheet(0, REFUGE[0], hidden=True), Sheet(1, SCHOOLS[1], hidden=False)),
)
