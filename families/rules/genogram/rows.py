"""In which generation everybody stands, and who stands beside whom. Pure."""

import heapq
from collections import defaultdict
from itertools import pairwise

from families.rules.genogram.plain import PITCH

# A carer's generation is a guess: it gives way to what birth and couples say.
SURE, BEGINS, GUESS = 1, 100, 10_000
SWEEPS = 10


def generations(people, groups) -> dict[int, int]:
    """The row of everybody who is tied to anybody, the eldest generation nought; children of the case in one row."""
    near = defaultdict(list)
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
            one = next(one for one in rest if one.id not in row)
            waiting = [(0, rank[one.id], one.id, 0)]
        price, _, one, level = heapq.heappop(waiting)
        if one in row:
            continue
        row[one] = level
        for other, step, cost in near[one]:
            if other not in row:
                heapq.heappush(waiting, (price + cost, rank[other], other, level + step))
    top = min(row.values(), default=0)
    return _without_gaps({one: level - top for one, level in row.items()})


def _level(near, ids, price):
    for one, other in pairwise(ids):
        near[one].append((other, 0, price))
        near[other].append((one, 0, price))


def _without_gaps(row):
    """No generation with nobody in it."""
    used = {level: at for at, level in enumerate(sorted(set(row.values())))}
    return {one: used[level] for one, level in row.items()}


def in_order(people, groups, row) -> tuple[list[list[int]], dict[int, float]]:
    """Each generation from left to right, couples side by side, with where everybody's centre stands."""
    rank = {one.id: (one.rank, one.id) for one in people}
    rows = [[] for _ in range(max(row.values(), default=-1) + 1)]
    for one in sorted(row, key=rank.get):
        rows[row[one]].append(one)
    clusters = [_clusters(each, groups, rank) for each in rows]
    near = _wishes(groups, row)
    best, cost, x = None, None, {}
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


def _clusters(ids, groups, rank):
    """Partners with partners, in a chain: who has most of them in the middle, theirs to both sides."""
    here = set(ids)
    partners = defaultdict(list)
    for group in sorted(groups, key=lambda each: [rank[child] for child in each.children][:1] or [(999, 0)]):
        if len(group.adults) == 2 and set(group.adults) <= here:
            one, other = group.adults
            partners[one].append(other)
            partners[other].append(one)
    seen, found = set(), []

    def beyond(one):
        """``one``'s other partners, each with theirs, from the nearest to the farthest."""
        out = []
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
            left, right = [], []
            for at, other in enumerate(dict.fromkeys(partners[middle])):
                if other not in seen:
                    seen.add(other)
                    (left if at % 2 == 0 else right).extend([other, *beyond(other)])
            found.append([*reversed(left), middle, *right])
    return found


def _wishes(groups, row):
    """For everybody, whom they would like to stand under (up) and over (down): lists of groups of ids."""
    near = {"up": defaultdict(list), "down": defaultdict(list)}
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


def _wish(lists, x):
    places = [sum(x[one] for one in ids) / len(ids) for ids in lists]
    return sum(places) / len(places) if places else None


def _sort(clusters, near, x, way, rank):
    def wish(cluster):
        wishes = [at for one in cluster if (at := _wish(near[way].get(one, ()), x)) is not None]
        return sum(wishes) / len(wishes) if wishes else sum(x[one] for one in cluster) / len(cluster)

    # Brothers and sisters wish for the same place: the eldest stands first.
    clusters.sort(key=lambda cluster: (round(wish(cluster)), min(rank[one] for one in cluster)))
    for cluster in clusters:
        wishes = [_wish([*near["up"].get(one, ()), *near["down"].get(one, ())], x) for one in cluster]
        if _far(wishes, [x[one] for one in reversed(cluster)]) < _far(wishes, [x[one] for one in cluster]) - 1:
            cluster.reverse()


def _far(wishes, places):
    return sum(abs(wish - place) for wish, place in zip(wishes, places, strict=True) if wish is not None)


def _spread(rows, clusters, near):
    """Where everybody stands: as near as may be under their parents and over their children."""
    x = {}
    widest = max((len(row) for row in rows), default=0)
    for row in rows:
        first = (widest - len(row)) * PITCH / 2
        x.update({one: first + at * PITCH for at, one in enumerate(row)})
    gaps = []
    for level in clusters:
        gap = []
        for at, cluster in enumerate(level):
            gap += [PITCH * 1.12 if at else 0, *([PITCH] * (len(cluster) - 1))]
        gaps.append(gap)
    partners = {}
    for cluster in (cluster for level in clusters for cluster in level):
        for left, right in pairwise(cluster):
            partners.setdefault(left, []).append((right, -PITCH))
            partners.setdefault(right, []).append((left, PITCH))
    passes = [("up", 1), ("down", -1)] * 3 + [("both", -1), ("both", 1)]
    for way, direction in passes:
        for level in range(len(rows))[::direction]:
            wanted = []
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


def _kept_apart(wanted, gaps):
    """The places nearest to those wanted (least squares) that keep the gaps: pools of neighbours move as one."""
    pools, moved = [], 0.0
    for (wish, weight), gap in zip(wanted, gaps, strict=True):
        moved += gap
        pools.append([wish - moved, weight, 1])
        while len(pools) > 1 and pools[-2][0] >= pools[-1][0]:
            place, weight_2, count = pools.pop()
            before = pools[-1]
            total = before[1] + weight_2
            before[0] = (before[0] * before[1] + place * weight_2) / total
            before[1], before[2] = total, before[2] + count
    places, moved, at = [], 0.0, 0
    for place, _, count in pools:
        for _ in range(count):
            moved += gaps[at]
            places.append(place + moved)
            at += 1
    return places


def _cost(near, x):
    """How far everybody is from where they would like to be, and how often lines cross."""
    far = sum(abs(_wish(lists, x) - x[one]) for one, lists in near["up"].items())
    links = [(sum(x[a] for a in adults) / len(adults), x[one]) for one, lists in near["up"].items() for adults in lists]
    crossed = sum(
        (upper < upper_2) != (lower < lower_2) and upper != upper_2
        for at, (upper, lower) in enumerate(links)
        for upper_2, lower_2 in links[at + 1 :]
    )
    return far + crossed * PITCH / 2
