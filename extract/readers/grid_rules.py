"""From drawn marks to rules: collinear pieces made one, and the rules that touch brought together.

Dashes, doubled lines and the sides of neighbouring cell boxes lie on one line and become one rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from extract.document import Box
from extract.readers.layout import Rule

SAME_AT = 3.0
"""Rules nearer than this, in points, lie on one line: doubled lines, jittered edges."""
GAP = 5.0
"""Pieces of one line may stand so far apart: dashes, the corners of cell boxes."""
TOUCH = 3.2
"""Rules that miss each other by less than this touch."""
SHORTEST = 5.0


@dataclass(frozen=True, slots=True)
class Web:
    """Rules that touch each other: one table's lines, most often."""

    across: tuple[Rule, ...]
    down: tuple[Rule, ...]

    @property
    def box(self) -> Box:
        xs = [rule.at for rule in self.down] + list(chain(*((r.start, r.end) for r in self.across)))
        ys = [rule.at for rule in self.across] + list(chain(*((r.start, r.end) for r in self.down)))
        return (min(xs), min(ys), max(xs), max(ys))


def merged(rules: Sequence[Rule]) -> list[Rule]:
    """One rule for all pieces on one line that follow each other; too short ones are left out."""
    whole: list[Rule] = []
    for bundle in _bundles(sorted(rules)):
        weight = sum(rule.end - rule.start for rule in bundle) or 1.0
        at = sum(rule.at * (rule.end - rule.start) for rule in bundle) / weight
        start = end = None
        for rule in sorted(bundle, key=lambda rule: rule.start):
            if start is not None and end is not None and rule.start <= end + GAP:
                end = max(end, rule.end)
                continue
            if start is not None and end is not None:
                whole.append(Rule(at, start, end))
            start, end = rule.start, rule.end
        if start is not None and end is not None:
            whole.append(Rule(at, start, end))
    return [rule for rule in whole if rule.end - rule.start >= SHORTEST]


def _bundles(rules: list[Rule]) -> list[list[Rule]]:
    bundles: list[list[Rule]] = []
    for rule in rules:
        if bundles and rule.at - bundles[-1][0].at <= SAME_AT:
            bundles[-1].append(rule)
        else:
            bundles.append([rule])
    return bundles


def webs(across: Sequence[Rule], down: Sequence[Rule]) -> list[Web]:
    """The rules in groups that touch, from merged rules."""
    parent = list(range(len(across) + len(down)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for i, flat in enumerate(across):
        for j, upright in enumerate(down, len(across)):
            if (
                flat.start - TOUCH <= upright.at <= flat.end + TOUCH
                and upright.start - TOUCH <= flat.at <= upright.end + TOUCH
            ):
                parent[root(i)] = root(j)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for index, rule in enumerate(chain(across, down)):
        group = groups.setdefault(root(index), ([], []))
        group[index >= len(across)].append(rule)
    return [Web(tuple(flat), tuple(upright)) for flat, upright in groups.values()]


def sides(box: Box) -> tuple[tuple[Rule, Rule], tuple[Rule, Rule]]:
    """A box's upper and lower side, and its left and right one."""
    left, top, right, bottom = box
    return (
        (Rule(top, left, right), Rule(bottom, left, right)),
        (Rule(left, top, bottom), Rule(right, top, bottom)),
    )
