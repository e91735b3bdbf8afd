"""A sentence's printed numbers, each with its unit, and the words and marks that stand before it.

Only numbers beyond doubt have a value: approximate ones (约, 余), bounds (以上), ranges, products, unit
prices and malformed ones are kept without.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from extract.document import Locus
from extract.forms.numbers import MONEY_UNITS
from extract.quantity import Kind, Quantity

NumberKind = Literal["money", "rate", "score", "count", "points", "year", "bare"]

_RUN = re.compile(r"(?<![\d.])\d[\d.,]*")
_WELL_FORMED = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.\d{1,8})?")
_AFTER_WAN = r"(?=[，,、；;。:()!?比较占和及与]|$)"
_UNIT = re.compile(
    r"(?P<about>余|多|几)?(?:(?P<money>亿元|千万元|百万元|万元|千元|元|亿"
    + _AFTER_WAN
    + r"|万"
    + _AFTER_WAN
    + r")"
    r"|(?P<rate>%|‰)|(?P<points>个百分点)"
    r"|(?P<score>分(?![之钟别类项管批期析公店享子成工组局行支部为布开]))"
    r"|(?P<count>(?:人次|批次|人|名|个|辆|项|次|场|户|家|件|套|份|台|批|期|位|条|篇|村|亩)))?"
)
_ROUGH_AFTER = re.compile(r"(?:余|多)?(?:以上|以下|以内|左右|上下|不等|起|[/×xX*]|每|[~～—–-]\d)")
_ROUGH_BEFORE = re.compile(
    r"(?:约|大约|近|将近|超过?|逾|不超过|不低于|不高于|不少于|低于|高于|少于|多于|不足|突破|[≥≤><＞＜×*/~～+＋|]|[A-Za-z]|人均|户均|单价|每[人户年月天亩次个])为?$"
)
_RANGE_BEFORE = re.compile(r"\d(?:亿元|万元|千元|元|万|亿|%|分)?[~～—–\-至到]$")
_BRACKET = re.compile(r"[()\[\]【】]")
_DEEPEST = 4
_SPENT = re.compile(r"(?:费|费用|支出|决算|预算|经费)数?(?:总额|合计|共计|共)?(?:为|是|:)?$")
_ALONE = re.compile(r"[，,；;。、)]|$")
_NEGATIVE = re.compile(r"(?:负|(?<![\d元%分万亿])[-−])$")


@dataclass(frozen=True, slots=True)
class Number:
    """One printed number. `value` is None where the print leaves it open; `printed` has its unit."""

    start: int
    end: int
    kind: NumberKind
    printed: str
    value: Quantity | None


def numbers(plain: str, locus: Locus | None = None) -> tuple[Number, ...]:
    """Every number of a folded sentence, in order."""
    found: list[Number] = []
    for number in _numbers(plain, locus):
        if found and found[-1].end == number.start and found[-1].kind != "bare":
            found[-1] = _without_value(found[-1])
            number = _without_value(number)
        elif found and _RANGE_BEFORE.search(plain, max(0, number.start - 6), number.start):
            found[-1] = _without_value(found[-1])
        found.append(number)
    return tuple(found)


def _numbers(plain: str, locus: Locus | None) -> Iterator[Number]:
    for run in _RUN.finditer(plain):
        digits = run[0].rstrip(".,")
        start, stop = run.start(), run.start() + len(digits)
        unit = _UNIT.match(plain, stop) if stop == run.end() else None
        kind, end = _kind(digits, unit, stop)
        before = plain[max(0, start - 6) : start]
        if kind == "bare" and not digits.strip("0.") and _ALONE.match(plain, end) and _SPENT.search(before):
            kind = "money"
        negative = _NEGATIVE.search(before)
        printed = plain[start - 1 : end] if negative else plain[start:end]
        sure = (
            _WELL_FORMED.fullmatch(digits)
            and not (unit and unit["about"])
            and not _ROUGH_AFTER.match(plain, end)
            and not _ROUGH_BEFORE.search(before)
            and not _RANGE_BEFORE.search(plain, max(0, start - 6), start)
        )
        value = quantity(digits, kind, printed, locus, bool(negative)) if sure else None
        yield Number(start - 1 if negative else start, end, kind, printed, value)


def _kind(digits: str, unit: re.Match[str] | None, stop: int) -> tuple[NumberKind, int]:
    if unit is not None:
        kinds: tuple[NumberKind, ...] = ("money", "rate", "points", "score", "count")
        for kind in kinds:
            if unit[kind]:
                return kind, unit.end()
    if re.fullmatch(r"(?:19|20)\d\d", digits):
        return "year", stop
    return "bare", stop


def quantity(
    digits: str, kind: NumberKind, printed: str, locus: Locus | None, negative: bool = False
) -> Quantity | None:
    """The exact value of well-formed digits; `printed` ends with the unit (a bare 0 of money has none)."""
    kinds: dict[NumberKind, Kind] = {"money": "money", "rate": "rate", "score": "score", "count": "count"}
    as_kind = kinds.get(kind, "number")
    unit = re.sub(r"^[-−负]?[\d.,]+", "", printed)
    factor = Decimal(1)
    if kind == "money":
        factor = MONEY_UNITS[unit] if unit else Decimal(1)
    elif kind == "rate":
        factor = Decimal("0.01") if unit == "%" else Decimal("0.001")
    bare = digits.replace(",", "")
    value = Decimal(bare) * factor
    step = Decimal(1).scaleb(-len(bare.partition(".")[2])) * factor
    return Quantity(-value if negative else value, step, as_kind, unit, printed, locus)


def _without_value(number: Number) -> Number:
    return Number(number.start, number.end, number.kind, number.printed, None)


def masked(plain: str, found: tuple[Number, ...]) -> str:
    """The sentence with its brackets settled, same length, position for position.

    Brackets that hold an amount become ⟨ ⟩; those that hold none disappear into NULs, but for a role
    («（决算）» keeps its word) and for «（类）（款）（项）», of which a mark ※ stays.
    """
    if not _BRACKET.search(plain):
        return plain
    out = list(plain)
    starts = [n.start for n in found if n.kind in ("money", "rate", "score")]
    open_at: list[int] = []
    for position, char in enumerate(plain):
        if char in "([【" and len(open_at) < _DEEPEST:
            open_at.append(position)
        elif char in ")]】" and open_at:
            _settle(out, plain, open_at.pop(), position, starts)
        elif char in "([【)]】":
            out[position] = "\0"
    for position in open_at:
        out[position] = "\0"
    return "".join(out)


def _settle(out: list[str], plain: str, left: int, right: int, starts: list[int]) -> None:
    inside = plain[left + 1 : right]
    if bisect_left(starts, left) < bisect_left(starts, right):
        out[left], out[right] = "⟨", "⟩"
        return
    if re.fullmatch(r"[年初末度全]*(?:预算|决算|执行|支出|实际)数?", inside) or inside == "基本建设":
        out[left] = out[right] = "\0"
        return
    for position in range(left, right + 1):
        out[position] = "\0"
    if inside in ("类", "款", "项"):
        out[left] = "※"
