"""The generation of each person, and the order of the people within it. Pure."""

import heapq
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise

from families.overview.rules.genogram.plain import PITCH, Group, Places, Rows, Someone

# A carer's generation is a guess: it gives way to what birth and couples say.
SURE, BEGINS, GUESS = 1, 100, 10_000
SWEEPS = 10

Rank = dict[int, tuple[int, int]]
Steps = dict[int, list[tuple[int, int, int]]]  # for each person: another, how many rows lower, and the price
Near = dict[str, dict[int, list[tuple[int, ...]]]]  # "up" and "down": the groups that a person is placed near


def generations(people: Iterable[Someone], groups: list[Group]) -> dict[int, int]:
    """The row of everybody who is tied to anybody, the eldest generation 0; children of the case in one row."""
    near: Steps = defaultdict(list)
    for group in groups:
        price = GUESS if group.style == "other" and group.adults else SURE
        _level(near, group.adults, price)
        _level(near, group.children, price)
        for adult in group.adults:
            for child in group.children:
                near[adult].append((child, group.down, price))
                near[child].append((adult, -group.down, price))
    tied = [one for one in sorted(people, key=lambda one: (not one.is_index, one.rank, one.id)) if near[one.id]]
    tied_ids = {one.id for one in tied}
    row: dict[int, int] = {}
    waiting = [(0 if at == 0 else BEGINS, at, one.id, 0) for at, one in enumerate(tied) if one.is_index]
    heapq.heapify(waiting)
    rank = {one.id: at for at, one in enumerate(tied)}
    rest = iter(tied)
    while len(row) < len(tied_ids):
        if not waiting:
            first = next(one for one in rest if one.id not in row)
            waiting = [(0, rank[first.id], first.id, 0)]
        price, _, here, level = heapq.heappop(waiting)
        if here in row:
            continue
        row[here] = level
        for other, step, cost in near[here]:
            if other not in row:
                heapq.heappush(waiting, (price + cost, rank[other], other, level + step))
    top = min(row.values(), default=0)
    return _without_gaps({pk: level - top for pk, level in row.items()})


def _level(near: Steps, ids: Iterable[int], price: int) -> None:
    for one, other in pairwise(ids):
        near[one].append((other, 0, price))
        near[other].append((one, 0, price))


def _without_gaps(row: dict[int, int]) -> dict[int, int]:
    """No generation with nobody in it."""
    used = {level: at for at, level in enumerate(sorted(set(row.values())))}
    return {one: used[level] for one, level in row.items()}


def in_order(people: Iterable[Someone], groups: list[Group], row: dict[int, int]) -> tuple[Rows, Places]:
    """Each generation from left to right, couples side by side, with where everybody's centre stands."""
    rank = {one.id: (one.rank, one.id) for one in people}
    rows: Rows = [[] for _ in range(max(row.values(), default=-1) + 1)]
    for one in sorted(row, key=rank.__getitem__):
        rows[row[one]].append(one)
    clusters = [_clusters(each, groups, rank) for each in rows]
    near = _wishes(groups)
    best: tuple[Rows, Places] | None = None
    cost: float | None = None
    x: Places = {}
    for sweep in range(SWEEPS):
        if sweep:
            down = sweep % 2 == 1
            for level in range(len(rows)) if down else reversed(range(len(rows))):
                _sort(clusters[level], near, x, "up" if down else "down", rank)
        rows = [[one for cluster in level for one in cluster] for level in clusters]
        x = _spread(rows, clusters, near)
        now = _cost(near, x)
        if cost is None or now < cost - 1:
            best, cost = (rows, x), now
    return best or ([], {})


def _clusters(ids: list[int], groups: list[Group], rank: Rank) -> list[list[int]]:
    """Partners with partners, in a chain: who has most of them in the middle, theirs to both sides."""
    here = set(ids)
    partners: dict[int, list[int]] = defaultdict(list)
    for group in sorted(groups, key=lambda each: [rank[child] for child in each.children][:1] or [(999, 0)]):
        if len(group.adults) == 2 and set(group.adults) <= here:
            one, other = group.adults
            partners[one].append(other)
            partners[other].append(one)
    seen: set[int] = set()
    found: list[list[int]] = []

    def beyond(one: int) -> list[int]:
        """``one``'s other partners, each with theirs, from the nearest to the farthest."""
        out: list[int] = []
        for other in partners[one]:
            if other not in seen:
                seen.add(other)
                out += [other, *beyond(other)]
        return out

    for one in ids:
        if one not in seen:
            members, todo = {one}, [one]
            while todo:
                for other in partners[todo.pop()]:
                    if other not in members:
                        members.add(other)
                        todo.append(other)
            middle = min(members, key=lambda each: (-len(set(partners[each])), rank[each]))
            seen.add(middle)
            left: list[int] = []
            right: list[int] = []
            for at, other in enumerate(dict.fromkeys(partners[middle])):
                if other not in seen:
                    seen.add(other)
                    (left if at % 2 == 0 else right).extend([other, *beyond(other)])
            found.append([*reversed(left), middle, *right])
    return found


def _wishes(groups: list[Group]) -> Near:
    """For each person, the people they should be placed under (up) and over (down): lists of groups of ids."""
    near: Near = {"up": defaultdict(list), "down": defaultdict(list)}
    for group in groups:
        for child in group.children:
            if group.adults:
                near["up"][child].append(group.adults)
            elif len(group.children) > 1:
                near["up"][child].append(tuple(one for one in group.children if one != child))
        if group.children:
            for adult in group.adults:
                near["down"][adult].append(group.children)
    return {way: dict(lists) for way, lists in near.items()}


def _wish(lists: Iterable[tuple[int, ...]], x: Places) -> float | None:
    places = [sum(x[one] for one in ids) / len(ids) for ids in lists]
    return sum(places) / len(places) if places else None


def _sort(clusters: list[list[int]], near: Near, x: Places, way: str, rank: Rank) -> None:
    def wish(cluster: list[int]) -> float:
        wishes = [at for one in cluster if (at := _wish(near[way].get(one, ()), x)) is not None]
        return sum(wishes) / len(wishes) if wishes else sum(x[one] for one in cluster) / len(cluster)

    # Brothers and sisters wish for the same place: the eldest stands first.
    clusters.sort(key=lambda cluster: (round(wish(cluster)), min(rank[one] for one in cluster)))
    for cluster in clusters:
        wishes = [_wish([*near["up"].get(one, ()), *near["down"].get(one, ())], x) for one in cluster]
        if _far(wishes, [x[one] for one in reversed(cluster)]) < _far(wishes, [x[one] for one in cluster]) - 1:
            cluster.reverse()


def _far(wishes: list[float | None], places: list[float]) -> float:
    return sum(abs(wish - place) for wish, place in zip(wishes, places, strict=True) if wish is not None)


def _spread(rows: Rows, clusters: list[list[list[int]]], near: Near) -> Places:
    """Where everybody stands: as near as may be under their parents and over their children."""
    x: Places = {}
    widest = max((len(row) for row in rows), default=0)
    for row in rows:
        first = (widest - len(row)) * PITCH / 2
        x.update({one: first + at * PITCH for at, one in enumerate(row)})
    gaps: list[list[float]] = []
    for lying in clusters:
        gap: list[float] = []
        for at, cluster in enumerate(lying):
            gap += [PITCH * 1.12 if at else 0, *([PITCH] * (len(cluster) - 1))]
        gaps.append(gap)
    partners: dict[int, list[tuple[int, int]]] = {}
    for cluster in (cluster for lying in clusters for cluster in lying):
        for left, right in pairwise(cluster):
            partners.setdefault(left, []).append((right, -PITCH))
            partners.setdefault(right, []).append((left, PITCH))
    passes = [("up", 1), ("down", -1)] * 3 + [("both", -1), ("both", 1)]
    for way, direction in passes:
        for level in range(len(rows))[::direction]:
            wanted: list[tuple[float, float]] = []
            for one in rows[level]:
                ways = ("up", "down") if way == "both" else (way,)
                lists = [ids for each in ways for ids in near[each].get(one, ())]
                wish = _wish(lists, x)
                beside = [x[other] + step for other, step in partners.get(one, ())]
                if beside:  # partners stay near each other, wherever their parents and children pull
                    near_them = sum(beside) / len(beside)
                    wanted.append((near_them if wish is None else (wish + near_them) / 2, 1.0))
                else:
                    wanted.append((x[one], 0.05) if wish is None else (wish, 1.0))
            for one, place in zip(rows[level], _kept_apart(wanted, gaps[level]), strict=True):
                x[one] = place
    return x


def _kept_apart(wanted: list[tuple[float, float]], gaps: list[float]) -> list[float]:
    """The places nearest to those wanted (least squares) that keep the gaps: pools of neighbours move as one."""
    pools: list[tuple[float, float, int]] = []  # (place, weight, how many)
    moved = 0.0
    for (wish, weight), gap in zip(wanted, gaps, strict=True):
        moved += gap
        pools.append((wish - moved, weight, 1))
        while len(pools) > 1 and pools[-2][0] >= pools[-1][0]:
            (before, weight_1, count_1), (after, weight_2, count_2) = pools[-2:]
            total = weight_1 + weight_2
            pools[-2:] = [((before * weight_1 + after * weight_2) / total, total, count_1 + count_2)]
    places: list[float] = []
    moved, at = 0.0, 0
    for place, _, count in pools:
        for _ in range(count):
            moved += gaps[at]
            places.append(place + moved)
            at += 1
    return places


def _cost(near: Near, x: Places) -> float:
    """How far everybody is from where they would like to be, and how often lines cross."""
    wished = [(_wish(lists, x), x[one]) for one, lists in near["up"].items()]
    far = _far([wish for wish, _ in wished], [place for _, place in wished])
    links = [(sum(x[a] for a in adults) / len(adults), x[one]) for one, lists in near["up"].items() for adults in lists]
    crossed = sum(
        (upper < upper_2) != (lower < lower_2) and upper != upper_2
        for at, (upper, lower) in enumerate(links)
        for upper_2, lower_2 in links[at + 1 :]
    )
    return far + crossed * PITCH / 2
