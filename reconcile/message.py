"""Equations in a bookkeeper's words: numbers as they were printed, one unit, at most two lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from extract.quantity import Kind, Quantity, plain
from reconcile.finding import Verdict
from reconcile.interval import rounded
from reconcile.ledger import Term

LONGEST_SUM = 6
WITHIN_ROUNDING = "，在四舍五入的范围内"

_SCALES = {
    "元": Decimal(10000),
    "千元": Decimal(10),
    "万元": Decimal(1),
    "万": Decimal(1),
    "百万元": Decimal("0.01"),
    "千万元": Decimal("0.001"),
    "亿元": Decimal("0.0001"),
    "亿": Decimal("0.0001"),
}
_SPOKEN = {"score": "分", "count": "人", "area": "㎡", "number": "", "rate": "个百分点", "money": "万元"}


@dataclass(frozen=True, slots=True)
class Style:
    """How an equation prints its numbers: times `scale`, to `step` (in the record's units), in `unit`."""

    kind: Kind
    scale: Decimal
    step: Decimal
    unit: str

    def number(self, value: Decimal) -> str:
        """A computed number, rounded to the equation's finest place: `1363.38`, `98.26%`."""
        shown = rounded(value, self.step)
        if self.kind == "score":
            return plain(shown)
        text = _plain(shown * self.scale, self.step * self.scale)
        return f"{text}%" if self.kind == "rate" else text

    def own(self, quantity: Quantity) -> str:
        """A figure of the form with its own places, so that it can be found there."""
        places = min(quantity.step, _place(quantity.value))
        text = _plain(quantity.value * self.scale, places * self.scale)
        return f"{text}%" if self.kind == "rate" else text

    def named(self, term: Term) -> str:
        """«基本支出 701.92»; no space after a closing bracket."""
        assert isinstance(term.figure, Quantity)
        gap = "" if term.label.endswith("）") else " "
        return f"{term.label}{gap}{self.own(term.figure)}"

    def spoken(self, term: Term) -> str:
        """«基本支出 701.92 万元»."""
        unit = "" if self.kind == "rate" else self.unit
        return f"{self.named(term)} {unit}".rstrip()

    def spoken_value(self, value: Decimal) -> str:
        """A computed number with its unit: «318.25 万元»."""
        return self.number(value) if self.kind == "rate" else f"{self.number(value)} {self.unit}"

    def apart(self, difference: Decimal) -> str:
        """«7.30 万元», «2.26 个百分点»."""
        if self.kind == "score":
            return f"{plain(rounded(abs(difference), self.step))} {self.unit}"
        text = _plain(abs(difference) * self.scale, self.step * self.scale)
        return f"{text} {self.unit}".rstrip()


def style_of(terms: Iterable[Term]) -> Style:
    """One style for an equation: its common unit (万元 where units differ) and its finest place."""
    known = [term.figure for term in terms if isinstance(term.figure, Quantity)]
    kind = known[0].kind
    step = min(min(figure.step, _place(figure.value)) for figure in known)
    units = {figure.unit for figure in known}
    unit = units.pop() if len(units) == 1 else ""
    if kind == "money":
        unit = unit if unit in _SCALES else "万元"
        return Style(kind, _SCALES[unit], step, unit)
    if kind == "rate":
        return Style(kind, Decimal(100), step, "个百分点")
    return Style(kind, Decimal(1), step, unit or _SPOKEN[kind])


def addition(parts: Sequence[Term], style: Style) -> str:
    """«甲 1 + 乙 2 = 3», or «甲 等 9 项合计 3» where there are many, or the one part alone."""
    total = sum((term.figure.value for term in parts if isinstance(term.figure, Quantity)), Decimal(0))
    if len(parts) == 1:
        return style.named(parts[0])
    if len(parts) > LONGEST_SUM:
        return f"{parts[0].label}等 {len(parts)} 项合计 {style.number(total)}"
    return f"{' + '.join(style.named(part) for part in parts)} = {style.number(total)}"


def remark(verdict: Verdict) -> str:
    return WITHIN_ROUNDING if verdict is Verdict.ROUNDING else ""


def shortened(text: str, length: int = 24) -> str:
    """Words of the form, joined and cut to fit a line."""
    joined = "".join(text.split())
    return joined if len(joined) <= length else joined[: length - 1] + "…"


@lru_cache(maxsize=4096)
def _place(value: Decimal) -> Decimal:
    exponent = value.normalize().as_tuple().exponent
    assert isinstance(exponent, int)
    return Decimal(1).scaleb(exponent)


def _plain(value: Decimal, step: Decimal) -> str:
    exponent = _place(step).normalize().as_tuple().exponent
    assert isinstance(exponent, int)
    return f"{value:.{max(0, -exponent)}f}"
