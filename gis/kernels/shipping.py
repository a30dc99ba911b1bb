"""The cheapest way to take the most people to places with room: a network simplex on a tree.

Every demand, every place and a root are the nodes of a spanning tree; the people of a demand go along its arcs to a
place and on to the root, or straight to the root, which means nobody takes them. That costs more than any travel: costs
are pairs of (people not taken, travel), compared in that order, so that no made-up price of a person can be too small.
The tree is kept strongly feasible (Cunningham 1976), which rules out going round in circles; arcs are priced in blocks
(Grigoriadis 1986). With whole numbers of people and room the answer is in whole numbers.

All but a few demands end branches of the tree. What one person more costs is kept for places only, and a change walks
through places and the few demands between them.
"""

from typing import NamedTuple

import numpy as np

from gis.kernels.arrays import Flags, Floats, Ints
from gis.kernels.compiling import compiled

_NONE = -1
_ROUNDING = 1e-12
"""Part of the largest cost, for each place, below which a saving is rounding."""


class Ways(NamedTuple):
    """What people may go along: arcs of demand and place, then one of every place and of every demand to the root.

    Attributes
    ----------
    tail, head, cost
        Per arc between a demand and a place.
    people
        Per demand, above zero.
    room
        Per place, above zero; inf where nothing limits it.
    """

    tail: Ints
    head: Ints
    cost: Floats
    people: Floats
    room: Floats


class Tree(NamedTuple):
    """A spanning tree; nodes are demands, then places, and the root last. Arcs of demands lead to their parents.

    Attributes
    ----------
    parent, arc, flow
        Per node: the node towards the root, the arc between them, and the people on it.
    full
        Per place, whether its arc to the root is outside the tree and used up.
    child, after, before, linked
        First child of a node, next and last sibling, and whether it is among the children of its parent: a demand is
        only while it has children.
    depth, lost, far
        Of places: arcs to the root, and what one person more costs there, in persons not taken and in travel.
    """

    parent: Ints
    arc: Ints
    flow: Floats
    full: Flags
    child: Ints
    after: Ints
    before: Ints
    linked: Flags
    depth: Ints
    lost: Ints
    far: Floats


@compiled
def shipped(ways: Ways, order: Ints, most: int) -> tuple[Floats, bool]:
    """Return people per arc between a demand and a place, and whether it is the best there is.

    Parameters
    ----------
    order
        Arcs by rising cost: what the first plan is made from.
    most
        Steps after which to give up, which only rounding could make necessary.
    """
    tree = _first_tree(ways, order)
    arcs = len(ways.tail) + len(ways.room) + len(ways.people)
    block = max(int(np.sqrt(arcs)), 50)
    rounding = _ROUNDING * np.max(ways.cost) * len(ways.room) if len(ways.cost) else 0.0
    at = 0
    best = False
    for _ in range(most):
        entering, at = _entering(ways, tree, at, block, rounding)
        if entering < 0:
            best = True
            break
        _exchange(ways, tree, entering)
    flow = np.zeros(len(ways.tail))
    for node in range(len(tree.parent) - 1):
        if tree.arc[node] < len(flow):
            flow[tree.arc[node]] = tree.flow[node]
    return flow, best


@compiled
def _first_tree(ways: Ways, order: Ints) -> Tree:
    """Give what is cheapest first: every arc used ends what its demand has or what its place can take."""
    demands, places, own = len(ways.people), len(ways.room), len(ways.tail)
    nodes = demands + places + 1
    tree = Tree(
        np.full(nodes, _NONE, np.int64), np.full(nodes, _NONE, np.int64), np.zeros(nodes),
        np.zeros(places, np.bool_), np.full(nodes, _NONE, np.int64), np.full(nodes, _NONE, np.int64),
        np.full(nodes, _NONE, np.int64), np.zeros(nodes, np.bool_), np.zeros(nodes, np.int64),
        np.zeros(nodes, np.int64), np.zeros(nodes),
    )  # fmt: skip
    waiting, used = ways.people.copy(), np.zeros(places)
    for a in order:
        i, j = ways.tail[a], ways.head[a]
        if tree.parent[i] != _NONE or tree.parent[demands + j] != _NONE:
            continue
        left = ways.room[j] - used[j]
        ending, other, amount = (i, demands + j, waiting[i]) if waiting[i] < left else (demands + j, i, left)
        tree.full[j] = ending != i
        waiting[i] -= amount
        used[j] += amount
        tree.parent[ending], tree.arc[ending], tree.flow[ending] = other, a, amount
    for node in range(nodes - 1):
        if tree.parent[node] == _NONE:
            placed = node >= demands
            tree.parent[node] = nodes - 1
            tree.arc[node] = own + (node - demands if placed else places + node)
            tree.flow[node] = used[node - demands] if placed else waiting[node]
    for node in range(demands, nodes - 1):
        _link(tree, node, demands)
    _measure(ways, tree, nodes - 1)
    return tree


@compiled
def _link(tree: Tree, node: int, demands: int) -> None:
    """Enter a node among the children of its parent, and a parent that has its first child likewise."""
    while not tree.linked[node]:
        parent = tree.parent[node]
        first = tree.child[parent]
        tree.after[node], tree.before[node], tree.linked[node] = first, _NONE, True
        if first != _NONE:
            tree.before[first] = node
        tree.child[parent] = node
        if parent >= demands:
            return
        node = parent


@compiled
def _unlink(tree: Tree, node: int, demands: int) -> None:
    """Take a node from among the children of its parent, and a demand that has no more of them likewise."""
    while tree.linked[node]:
        parent, before, after = tree.parent[node], tree.before[node], tree.after[node]
        tree.linked[node] = False
        if before == _NONE:
            tree.child[parent] = after
        else:
            tree.after[before] = after
        if after != _NONE:
            tree.before[after] = before
        if parent >= demands or tree.child[parent] != _NONE:
            return
        node = parent


@compiled
def _cost_at(ways: Ways, tree: Tree, demand: int) -> tuple[int, float]:
    """Return what one person more of a demand costs, in persons not taken and in travel."""
    a, parent = tree.arc[demand], tree.parent[demand]
    if a >= len(ways.tail):
        return 1, 0.0
    return tree.lost[parent], tree.far[parent] + ways.cost[a]


@compiled
def _measure(ways: Ways, tree: Tree, top: int) -> None:
    """Work out depth and costs of all places below a node, and of the node itself."""
    demands, root = len(ways.people), len(tree.parent) - 1
    node = top
    while True:
        if demands <= node < root:
            parent = tree.parent[node]
            if parent == root:
                tree.depth[node], tree.lost[node], tree.far[node] = 1, 0, 0.0
            else:
                tree.lost[node], far = _cost_at(ways, tree, parent)
                tree.far[node] = far - ways.cost[tree.arc[node]]
                tree.depth[node] = tree.depth[tree.parent[parent]] + 2
        if tree.child[node] != _NONE:
            node = tree.child[node]
            continue
        while node != top and tree.after[node] == _NONE:
            node = tree.parent[node]
        if node == top:
            return
        node = tree.after[node]


@compiled
def _entering(ways: Ways, tree: Tree, at: int, block: int, rounding: float) -> tuple[int, int]:
    """Return the arc of a block that saves most (-1: none of all does), and where to go on looking."""
    own, places, demands = len(ways.tail), len(ways.room), len(ways.people)
    arcs = own + places + demands
    best, best_lost, best_far = _NONE, 0, -rounding
    known, known_lost, known_far = _NONE, 0, 0.0
    for step in range(1, arcs + 1):
        if at < own:
            i, j = ways.tail[at], demands + ways.head[at]
            if i != known:
                known, (known_lost, known_far) = i, _cost_at(ways, tree, i)
            lost, far = tree.lost[j] - known_lost, ways.cost[at] + tree.far[j] - known_far
        elif at < own + places:
            j = demands + at - own
            lost, far = -tree.lost[j], -tree.far[j]
            if tree.arc[j] == at:
                lost, far = 0, 0.0
            elif tree.full[at - own]:
                lost, far = -lost, -far
        else:
            lost, far = _cost_at(ways, tree, at - own - places)
            lost, far = 1 - lost, -far
        if lost < best_lost or (lost == best_lost and far < best_far):
            best, best_lost, best_far = at, lost, far
        at = at + 1 if at + 1 < arcs else 0
        if best != _NONE and step % block == 0:
            break
    return best, at


@compiled
def _exchange(ways: Ways, tree: Tree, entering: int) -> None:
    """Send as many people as possible round the circle an arc closes, and take the last arc that stops it out."""
    own, places, demands = len(ways.tail), len(ways.room), len(ways.people)
    root = demands + places
    of_place, most = own <= entering < own + places, np.inf
    emptied = False
    if entering < own:
        start, end = ways.tail[entering], demands + ways.head[entering]
    elif of_place:
        start, end, most = demands + entering - own, root, ways.room[entering - own]
        emptied = tree.full[entering - own]
        if emptied:
            start, end = root, start
    else:
        start, end = entering - own - places, root
    out, at_start, amount = _stopping(ways, tree, start, end, most)
    _send(tree, start, end, amount, demands)
    if out == _NONE:
        tree.full[entering - own] = not emptied
        return
    left = tree.arc[out]
    if own <= left < own + places:
        tree.full[left - own] = not at_start
    inside, outside = (start, end) if at_start else (end, start)
    if emptied:
        amount = most - amount
        tree.full[entering - own] = False
    _turn(tree, (inside, out, outside), entering, amount, demands)
    _measure(ways, tree, inside)


@compiled
def _deep(tree: Tree, node: int, demands: int) -> int:
    """Return the number of arcs between a node and the root."""
    return int(tree.depth[tree.parent[node]] + 1 if node < demands else tree.depth[node])


@compiled
def _stopping(ways: Ways, tree: Tree, start: int, end: int, most: float) -> tuple[int, bool, float]:
    """Return below which node the circle is cut (-1: at the arc that closes it), whether on the way from its start
    to the root, and how many people go round.

    Seen from where both ways to the root meet, in the direction people are sent, it is the last arc that lets no more
    through.
    """  # noqa: D205 - one sentence
    demands, root = len(ways.people), len(tree.parent) - 1
    a, b, deep_a, deep_b = start, end, _deep(tree, start, demands), _deep(tree, end, demands)
    early, out = np.inf, _NONE
    late, late_out = np.inf, _NONE
    while a != b:
        if deep_a >= deep_b:
            if (a < demands or tree.parent[a] == root) and tree.flow[a] < early:
                early, out = tree.flow[a], a
            a, deep_a = tree.parent[a], deep_a - 1
        else:
            if b >= demands:
                at_root = tree.parent[b] == root
                room = ways.room[b - demands] - tree.flow[b] if at_root else tree.flow[b]
                if room <= late:
                    late, late_out = room, b
            b, deep_b = tree.parent[b], deep_b - 1
    if late_out != _NONE and late <= min(early, most):
        return late_out, False, late
    return (_NONE, True, most) if most <= early else (out, True, early)


@compiled
def _send(tree: Tree, start: int, end: int, amount: float, demands: int) -> None:
    """Send people along the tree from where the end of an arc leads round to its start."""
    root = len(tree.parent) - 1
    a, b, deep_a, deep_b = start, end, _deep(tree, start, demands), _deep(tree, end, demands)
    while a != b:
        if deep_a >= deep_b:
            tree.flow[a] += -amount if a < demands or tree.parent[a] == root else amount
            a, deep_a = tree.parent[a], deep_a - 1
        else:
            tree.flow[b] += amount if b < demands or tree.parent[b] == root else -amount
            b, deep_b = tree.parent[b], deep_b - 1


@compiled
def _turn(tree: Tree, where: tuple[int, int, int], entering: int, amount: float, demands: int) -> None:
    """Hang what lies below the arc that leaves by the arc that enters, and turn all parents between them.

    ``where`` holds the end of the entering arc below the leaving one, the node just below that one, and the other end.
    """
    node, out, parent = where
    arc, flow = entering, amount
    while True:
        old = (tree.parent[node], tree.arc[node], tree.flow[node])
        _unlink(tree, node, demands)
        tree.parent[node], tree.arc[node], tree.flow[node] = parent, arc, flow
        if node >= demands or tree.child[node] != _NONE:
            _link(tree, node, demands)
        if node == out:
            return
        parent, node = node, old[0]
        arc, flow = old[1], old[2]
