"""How a form's grid hands out its points: of 100 in all, of 100 in each class by itself, as fractions
of 1, with rows of extra marks beside them, or with scores of 100 each that the weights then scale."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from extract.quantity import Quantity
from extract.report import Indicator

FULL = Decimal(100)
ONE = Decimal(1)
_EXTRA = re.compile(
    r"^(?:附?加|扣|减|倒扣|奖励)分$|(?:^|[^增])(?:附?加|扣|减|倒扣|奖励)分(?:项|指标|因素|事项|内容|情况)"
    r"|附加分|加减分|奖惩分|一票否决"
)
_MANY = 3


@dataclass(frozen=True, slots=True)
class Class:
    """A level of the grid, its rows by index, and what their weights add up to."""

    name: str
    rows: tuple[int, ...]
    weight: Decimal


def is_extra(row: Indicator) -> bool:
    """Whether a row gives or takes marks beside the form's 100: 加分项, 扣分项, 一票否决."""
    return any(_EXTRA.search(name) for name in (row.level1, row.level2, row.level3) if name)


def relative_classes(rows: Sequence[Indicator]) -> tuple[Class, ...]:
    """The classes of a grid whose weights add up to 100 within each; empty for any other grid. One
    class in three may be wrong."""
    found = max((_classes(rows, depth) for depth in (1, 2)), key=_wholly)
    whole = sum(1 for each in found if each.weight == FULL)
    return found if whole >= 2 and whole * 3 >= len(found) * 2 else ()


def in_fractions(rows: Sequence[Indicator]) -> bool:
    """Whether the weights are printed as parts of 1: 0.05, 0.1."""
    weights = [row.weight.value for row in rows if isinstance(row.weight, Quantity) and row.weight.value]
    return len(weights) >= _MANY and all(weight < ONE for weight in weights)


def scaled_scores(rows: Sequence[Indicator]) -> Decimal | None:
    """The total of a grid whose scores are of 100 each, scaled by the weights; None for any other grid:
    most of its scores must exceed their weights, and none 100."""
    pairs = [
        (row.weight.value, row.score.value)
        for row in rows
        if isinstance(row.weight, Quantity) and isinstance(row.score, Quantity)
    ]
    above = sum(1 for weight, score in pairs if score > weight)
    if above < _MANY or above * 2 <= len(rows) or any(score > FULL for _, score in pairs):
        return None
    return sum((weight * score / FULL for weight, score in pairs), Decimal(0))


def scores_on_weights(rows: Sequence[Indicator]) -> bool:
    """Whether scores may be held against their weights, row by row: not where they are of 100 each, nor
    where the weights are of each class's own 100 and the scores seem to be of the whole's."""
    if scaled_scores(rows) is not None:
        return False
    same = sum(
        1
        for row in rows
        if isinstance(row.weight, Quantity)
        and isinstance(row.score, Quantity)
        and row.weight.value == row.score.value
    )
    return not relative_classes(rows) or same * 2 >= len(rows)


def _classes(rows: Sequence[Indicator], depth: int) -> tuple[Class, ...]:
    found: dict[tuple[str, ...], list[int]] = {}
    for index, row in enumerate(rows):
        if not isinstance(row.weight, Quantity):
            return ()
        found.setdefault((row.level1, row.level2)[:depth], []).append(index)
    return tuple(
        Class(levels[-1] or levels[0], tuple(indexes), _weight(rows, indexes))
        for levels, indexes in found.items()
    )


def _wholly(classes: Sequence[Class]) -> Decimal:
    """The share of the classes that make 100."""
    whole = sum(1 for each in classes if each.weight == FULL)
    return Decimal(whole) / len(classes) if classes else Decimal(0)


def _weight(rows: Sequence[Indicator], indexes: Sequence[int]) -> Decimal:
    weights = (rows[index].weight for index in indexes)
    return sum((weight.value for weight in weights if isinstance(weight, Quantity)), Decimal(0))
