"""What shares and changes have in common: which amount a percentage speaks of, and whether it fits a pair."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal, TypeVar

from extract.forms.mentions import Mention
from extract.forms.phrases import Relation
from extract.quantity import Quantity

Kind = Literal["share", "change"]
_Pair = TypeVar("_Pair")


def now_of(before: Sequence[Mention]) -> Mention | None:
    """The amount that a percentage behind it speaks of: the last that is no comparison itself."""
    for mention in reversed(before):
        if mention.money and mention.plain:
            return mention if mention.number.value is not None else None
    return None


def last_of_its_list(mention: Mention, everything: Sequence[Mention], said: Sequence[Relation]) -> bool:
    """Whether what is said behind an amount may be said of its whole list: it is the last of the list,
    and nothing of the kind is said of the parts before it."""
    frame = mention.frame
    if frame is None or frame.parts[-1] is not mention:
        return False
    if len(frame.parts) == 1:
        return True
    places = [everything.index(part) for part in frame.parts]
    return not any(
        other.phrase.relation in said for other in everything[places[0] : places[-1]] if not other.plain
    )


def closest(
    relation: Kind, percent: Quantity, pairs: Sequence[tuple[_Pair, Quantity | None, Quantity | None]]
) -> _Pair | None:
    """Of several pairs the one that a percentage fits best, if it fits any."""
    fitting = [
        (abs(part.value / whole.value - (relation == "change") - percent.value), place)
        for place, (_, part, whole) in enumerate(pairs)
        if part is not None and whole is not None and _fits(relation, percent, part, whole)
    ]
    return pairs[min(fitting)[1]][0] if fitting else None


def _fits(relation: Kind, percent: Quantity, part: Quantity, whole: Quantity) -> bool:
    """Whether a percentage is that of a pair, each of the three as exact as it is printed."""
    if whole.value - whole.step / 2 <= 0:
        return False
    low = (part.value - part.step / 2) / (whole.value + whole.step / 2)
    high = (part.value + part.step / 2) / (whole.value - whole.step / 2)
    off = Decimal(1) if relation == "change" else Decimal(0)
    return low - off <= percent.value + percent.step and percent.value - percent.step <= high - off
