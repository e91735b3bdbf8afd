"""Equations in a bookkeeper's words: numbers as they were printed, at most two lines.

An equation whose amounts were printed in one unit is told in that unit. Where units differ, every amount
carries its own, with its value in 万元 behind it: «9856000 元（985.60 万元）».
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from extract.quantity import Kind, Quantity, plain
from reconcile.finding import Verdict
from reconcile.interval import rounded
from reconcile.ledger import CENT, Term

LONGEST_SUM = 6
WITHIN_ROUNDING = "，在四舍五入的范围内"

_SCALES = {
    "元": Decimal(10000),
    "千元": Decimal(10),
    "万元": Decimal(1),
    "百万元": Decimal("0.01"),
    "千万元": Decimal("0.001"),
    "亿元": Decimal("0.0001"),
}
_IN_FULL = {"万": "万元", "亿": "亿元"}
_SPOKEN = {"score": "分", "count": "人", "area": "㎡", "number": "", "rate": "个百分点", "money": "万元"}


@dataclass(frozen=True, slots=True)
class Style:
    """How an equation prints its numbers: times `scale`, to `step` (in the record's units), in `unit`.
    `mixed`: its amounts were printed in several units, so each says its own."""

    kind: Kind
    scale: Decimal
    step: Decimal
    unit: str
    mixed: bool = False

    def number(self, value: Decimal) -> str:
        """A computed number, rounded to the equation's finest place: `1363.38`, `98.26%`."""
        shown = rounded(value, self.step)
        if self.kind == "score":
            return plain(shown)
        if self.kind == "money":
            return _amount(shown * self.scale, self.step * self.scale)
        text = _plain(shown * self.scale, self.step * self.scale)
        return f"{text}%" if self.kind == "rate" else text

    def own(self, quantity: Quantity) -> str:
        """A figure of the form in its own unit and places, so that it can be found there."""
        unit = _unit_of(quantity)
        scale = _SCALES[unit] if quantity.kind == "money" else self.scale
        places = min(quantity.step, _place(quantity.value))
        text = _plain(quantity.value * scale, places * scale)
        if self.kind == "rate":
            return f"{text}%"
        if self.kind != "money" or (scale == self.scale and not self.mixed):
            return text
        return f"{text} {unit}" if scale == self.scale else f"{text} {unit}（{self._converted(quantity)}）"

    def _converted(self, quantity: Quantity) -> str:
        """The value in the equation's unit, to two places of it at the finest."""
        shown = rounded(quantity.value * self.scale, max(quantity.step * self.scale, CENT))
        about = "" if shown == quantity.value * self.scale else "约 "
        return f"{about}{_amount(shown, quantity.step * self.scale)} {self.unit}"

    def named(self, term: Term) -> str:
        """«基本支出 701.92»; no space after a closing bracket."""
        assert isinstance(term.figure, Quantity)
        gap = "" if term.label.endswith("）") else " "
        return f"{term.label}{gap}{self.own(term.figure)}"

    def spoken(self, term: Term) -> str:
        """«基本支出 701.92 万元»."""
        return self.named(term) if self.mixed else f"{self.named(term)} {self._said()}".rstrip()

    def total(self, value: Decimal) -> str:
        """A computed number in the middle of an equation, with its unit where units are mixed."""
        return self.spoken_value(value) if self.mixed else self.number(value)

    def spoken_value(self, value: Decimal) -> str:
        """A computed number with its unit: «318.25 万元»."""
        return f"{self.number(value)} {self._said()}".rstrip()

    def apart(self, difference: Decimal) -> str:
        """«7.30 万元», «2.26 个百分点»."""
        if self.kind == "rate":
            return f"{_plain(abs(difference) * self.scale, self.step * self.scale)} {self.unit}"
        return f"{self.number(abs(difference))} {self.unit}".rstrip()

    def _said(self) -> str:
        return "" if self.kind == "rate" else self.unit


def style_of(terms: Iterable[Term]) -> Style:
    """One style for an equation: its common unit (万元 where units differ) and its finest place."""
    known = [term.figure for term in terms if isinstance(term.figure, Quantity)]
    kind = known[0].kind
    step = min(min(figure.step, _place(figure.value)) for figure in known)
    units = dict.fromkeys(_unit_of(figure) for figure in known)
    unit = next(iter(units)) if len(units) == 1 else ""
    if kind == "money":
        return Style(kind, _SCALES[unit or "万元"], step, unit or "万元", mixed=not unit)
    if kind == "rate":
        return Style(kind, Decimal(100), step, "个百分点")
    return Style(kind, Decimal(1), step, unit or _SPOKEN[kind])


def addition(parts: Sequence[Term], style: Style) -> str:
    """«甲 1 + 乙 2 = 3», or «甲等 9 项合计 3» where there are many, or the one part alone."""
    total = sum((term.figure.value for term in parts if isinstance(term.figure, Quantity)), Decimal(0))
    if len(parts) == 1:
        return style.named(parts[0])
    if len(parts) > LONGEST_SUM:
        return f"{parts[0].label}等 {len(parts)} 项合计 {style.total(total)}"
    return f"{' + '.join(style.named(part) for part in parts)} = {style.total(total)}"


def remark(verdict: Verdict) -> str:
    return WITHIN_ROUNDING if verdict is Verdict.ROUNDING else ""


def shortened(text: str, length: int = 24) -> str:
    """Words of the form, joined and cut to fit a line."""
    joined = "".join(text.split())
    return joined if len(joined) <= length else joined[: length - 1] + "…"


def _unit_of(quantity: Quantity) -> str:
    """The printed unit; amounts without one that is known are in 万元."""
    unit = _IN_FULL.get(quantity.unit, quantity.unit)
    return unit if quantity.kind != "money" or unit in _SCALES else "万元"


@lru_cache(maxsize=4096)
def _place(value: Decimal) -> Decimal:
    exponent = value.normalize().as_tuple().exponent
    assert isinstance(exponent, int)
    return Decimal(1).scaleb(exponent)


def _amount(value: Decimal, step: Decimal) -> str:
    """Money with as many places as it needs: two at least, unless it was printed with fewer."""
    return _plain(value, min(max(step, _place(value)), max(step, CENT)))


def _plain(value: Decimal, step: Decimal) -> str:
    exponent = _place(step).normalize().as_tuple().exponent
    assert isinstance(exponent, int)
    return f"{value:.{max(0, -exponent)}f}"
