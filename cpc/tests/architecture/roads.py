"""The tests of the grid for roads that are not a role's: covering, being named, an emergency, a conflict that is over.

They run with the others on the same council (``TestTheGrid``), which is made once.
"""

import re

from django.urls import reverse

from cpc.core.accounts.permissions import IN_AN_EMERGENCY
from cpc.tests.architecture.grid import KINDS, MAY_SEE, WORDS
from cpc.tests.architecture.relations import ENDED, RELATED
from cpc.tests.examples import is_thorough

NOBODYS = 10**9


class Roads:
    """Each needs the grid's own tools, and is mixed into its test."""

    def test_an_open_route_leads_in(self):
        from cpc.tests.architecture import test_grid as grid

        for who, kinds in RELATED.items():
            for kind in kinds:
                family = grid.GRID.families[kind]
                said = grid.Visitor(who).open("", reverse("families:family", args=[family["family"][0].pk]))
                assert said.status == 200 and WORDS[kind] in said.text, said

    def test_a_route_that_has_ended_is_closed_and_says_nothing(self):
        from cpc.tests.architecture import test_grid as grid

        lines, tried, names = [], 0, list(grid.ABOUT_A_FAMILY)
        for number, (who, kind) in enumerate(ENDED.items()):
            visitor = grid.Visitor(who)
            mine = names if is_thorough() else names[number % 2 :: 2]  # each address is tried by three or four of them
            for said in visitor.opens(grid.paths(grid.GRID.families[kind], mine, few=True), ["get"]):
                lines.append(said if said.status not in grid.SHUT else said.with_any_of([WORDS[kind]]))
                tried += 1
        assert tried > 150, "too few were tried: this test looks in the wrong place"
        grid.wrong(lines)

    def test_no_list_says_a_word_to_somebody_with_a_route_of_their_own(self):
        from cpc.tests.architecture import test_grid as grid

        lines = []
        for who in RELATED:
            hidden = [WORDS[kind] for kind in KINDS if kind not in MAY_SEE[who]]
            lines += [said.with_any_of(hidden) for said in grid.Visitor(who).opens(grid.lists(), ["get"])]
        grid.wrong(lines)

    def test_an_emergency_opens_no_page_of_writing(self):
        from cpc.tests.architecture import test_grid as grid

        writing = [name for name in grid.ABOUT_A_FAMILY if IN_AN_EMERGENCY.isdisjoint(grid.guards()[name])]
        family, visitor = grid.GRID.families["restricted"], grid.Visitor("emergency")
        answers = list(visitor.opens(grid.paths(family, writing, few=True)))
        assert len(answers) > 40, "too few were tried: this test looks in the wrong place"
        grid.wrong(said if said.status not in grid.SHUT else said.with_any_of([family.word]) for said in answers)

    def test_a_closed_record_and_one_that_does_not_exist_are_answered_alike(self):
        from cpc.tests.architecture import test_grid as grid

        visitor, family, lines = grid.Visitor("social_worker"), grid.GRID.families["restricted"], []
        for name, slots in grid.ABOUT_A_FAMILY.items():
            shut = [family.found.get(slot, [slot])[0] for slot in slots]
            nobodys = [NOBODYS if hasattr(one, "pk") else one for one in shut]
            both = [
                reverse(name, args=[getattr(one, "pk", one) for one in shut]),
                reverse(name, args=nobodys),
            ]
            answers = [list(visitor.opens([(name, path)])) for path in both]
            for there, not_there in zip(*answers, strict=True):
                if (there.status, plain(there.text)) != (not_there.status, plain(not_there.text)):
                    lines.append(there)
        grid.wrong(lines)


def plain(text) -> str:
    """The answer without what differs from one request to the next: numbers, tokens and nonces."""
    text = re.sub(r'(nonce|value|content)="[^"]*"|nonce-[^\s;\']+|csrftoken=\S+|sessionid=\S+', "", text)
    return re.sub(r"\d+", "0", text)
