"""A sentence's printed numbers, each with its unit, and the words and marks that stand before it.

Only numbers beyond doubt have a value: approximate ones (约, 余), bounds (以上), ranges, products, unit
prices and malformed ones are kept without.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from extract.document import Locus
from extract.forms.numbers import MONEY_UNITS, money_unit
from extract.quantity import Kind, Quantity

NumberKind = Literal["money", "rate", "score", "count", "points", "year", "bare"]

_WELL_FORMED = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.\d{1,8})?")
_AFTER_WAN = r"(?=[，,、；;。:()!?比较占和及与]|$)"
_NUMBER = re.compile(
    r"(?P<digits>\d(?<![\d.]\d)(?:[\d.,]*\d)?)(?P<about>余|多|几)?(?:(?P<money>亿元|千万元|百万元|万元|千元|元|亿"
    + _AFTER_WAN
    + r"|万"
    + _AFTER_WAN
    + r")"
    r"|(?P<rate>%|‰)|(?P<points>个百分点)"
    r"|(?P<score>分(?![之钟别类项管批期析公店享子成工组局行支部为布开]))"
    r"|(?P<count>(?:人次|批次|人|名|个|辆|项|次|场|户|家|件|套|份|台|批|期|位|条|篇|村|亩)))?"
)
_FIGURE = re.compile(r"\d(?:[余多几]?(?:[元万亿千百%‰分]|个百)|[，,；;。)]|(?<!^\d)(?<!^\d\d)、|$)")
_ROUGH_AFTER = re.compile(r"(?:余|多)?(?:以上|以下|以内|左右|上下|不等|起|[/×xX*]|每|[~～—–-]\d)")
_ROUGH_BEFORE = re.compile(
    r"(?:约|大约|近|将近|超过?|逾|不超过|不低于|不高于|不少于|低于|高于|少于|多于|不足|突破|[≥≤><＞＜×*/~～+＋|]|[A-Za-z]|人均|户均|单价|每[人户年月天亩次个村镇乡组家批项校班名辆台](?:补助|补贴|奖补|奖励|发放|给予)?|\d[亿万千百])为?$"
)
_RANGE_BEFORE = re.compile(r"\d(?:亿元|万元|千元|元|万|亿|%|分)?[~～—–\-至到]$")
_BRACKET = re.compile(r"[()\[\]【】]")
_KEPT_INSIDE = re.compile(
    "[年初末度全]*(?:预算|决算|执行|支出|实际)数?|基本建设|或?(?:增加|减少|增长|下降|上升|降低|提高|增|减|降)"
)
_DEEPEST = 4
_ENDS_ROUGH = frozenset(
    "约近过逾于足破≥≤><＞＜×*/~～+＋|均价人户年月天亩次个为亿万千百村镇乡组家批项校班名辆台助贴补励放予"
)
_UNIT_KINDS: dict[str | None, NumberKind] = {
    "digits": "bare",
    "about": "bare",
    "money": "money",
    "rate": "rate",
    "points": "points",
    "score": "score",
    "count": "count",
}
_KINDS: dict[NumberKind, Kind] = {"money": "money", "rate": "rate", "score": "score", "count": "count"}
_STEPS = tuple(Decimal(1).scaleb(-places) for places in range(9))
_YEAR = re.compile(r"(?:19|20)\d\d")
_PEOPLE = frozenset("人名个")
_SPENT = re.compile(r"(?:费|费用|支出|决算|预算|经费)数?(?:总额|合计|共计|共)?(?:均|都)?(?:为|是|:)?$")
_AMOUNT_TOLD = re.compile(r"[费出算额计为]\d")
_ALONE = re.compile(r"[，,；;。、)]|$")
_ROW = re.compile(r"分别(?:约?为|是|达到?|占|有)?:?(?=\d)")
_ROW_JOINTS = frozenset("、，,和及与")
_NEGATIVE = re.compile(r"(?:负|(?<![\d元%分万亿])[-−])$")


@dataclass(slots=True)
class Number:
    """One printed number. `value` is None where the print leaves it open; `printed` has its unit."""

    start: int
    end: int
    kind: NumberKind
    printed: str
    value: Quantity | None


def holds_figures(plain: str) -> bool:
    """Whether a folded sentence can hold an amount, a percentage, points or a number standing alone."""
    return _FIGURE.search(plain) is not None


def unit_over(plain: str, headings: Sequence[str]) -> str:
    """The unit of money that stands over a sentence's amounts, in it before them or in its headings:
    «（单位：万元）». Nothing where none does."""
    before, said, _ = plain.partition("单位:")
    own = (plain,) if said and not _AMOUNT_TOLD.search(before) else ()
    over = (text for text in (*own, *reversed(headings)) if "单位:" in text)
    return next((unit for text in over if (unit := money_unit(text))), "")


def numbers(plain: str, locus: Locus | None = None, unit: str = "") -> tuple[Number, ...]:
    """Every number of a folded sentence, in order; `unit` is that of amounts printed without one."""
    found: list[Number] = []
    for number in _numbers(plain, locus, unit):
        if found and found[-1].end == number.start and found[-1].kind != "bare":
            found[-1] = _without_value(found[-1])
            number = _without_value(number)
        elif found and _RANGE_BEFORE.search(plain, max(0, number.start - 6), number.start):
            found[-1] = _without_value(found[-1])
        found.append(number)
    return tuple(_with_shared_units(found, plain, locus) if "分别" in plain else found)


def _with_shared_units(found: list[Number], plain: str, locus: Locus | None) -> list[Number]:
    """The same where a row's unit stands behind its last number only: «分别为1、0、3.5万元»."""
    for row in _ROW.finditer(plain):
        first = next((i for i, number in enumerate(found) if number.start == row.end()), len(found))
        last = first
        while last < len(found) and found[last].kind in ("bare", "year"):
            after = found[last].end
            follows = last + 1 < len(found) and found[last + 1].start == after + 1
            if not follows or plain[after] not in _ROW_JOINTS:
                break
            last += 1
        if last >= len(found) or found[last].kind not in ("money", "rate") or found[last].value is None:
            continue
        kind, unit = found[last].kind, found[last].printed.lstrip("0123456789.,")
        for place in range(first, last):
            number = found[place]
            digits = plain[number.start : number.end]
            if _WELL_FORMED.fullmatch(digits):
                value = quantity(digits, kind, unit, digits, locus)
                found[place] = Number(number.start, number.end, kind, digits, value)
    return found


def _numbers(plain: str, locus: Locus | None, given: str) -> Iterator[Number]:
    for run in _NUMBER.finditer(plain):
        digits, kind = run["digits"], _UNIT_KINDS[run.lastgroup]
        start, end = run.span()
        if kind == "bare":
            end = run.end("digits")
            if not _ALONE.match(plain, end):
                year = len(digits) == 4 and digits.startswith(("19", "20")) and digits.isdecimal()
                yield Number(start, end, "year" if year else "bare", digits, None)
                continue
        elif kind == "count" and plain[end - 1] not in _PEOPLE:
            yield Number(start, end, kind, run[0], None)
            continue
        yield _figure(run, digits, kind, end, locus, given)


def _figure(
    run: re.Match[str], digits: str, kind: NumberKind, end: int, locus: Locus | None, given: str
) -> Number:
    """A number that can be a figure, with its value where the words around leave no doubt."""
    plain, start = run.string, run.start()
    before = plain[max(0, start - 6) : start]
    if kind == "bare" and _YEAR.fullmatch(digits):
        return Number(start, end, "year", digits, None)
    if kind == "bare" and (given or not digits.strip("0.")) and _SPENT.search(before):
        kind = "money"
    negative = _NEGATIVE.search(before) is not None
    sure = (
        _WELL_FORMED.fullmatch(digits)
        and not run["about"]
        and not _ROUGH_AFTER.match(plain, end)
        and not _is_rough(before)
        and not _RANGE_BEFORE.search(before)
    )
    first = start - negative
    printed, unit = plain[first:end], plain[run.end("digits") : end]
    if kind == "money" and not unit:
        unit = given
    value = quantity(digits, kind, unit, printed, locus, negative) if sure else None
    return Number(first, end, kind, printed, value)


def _is_rough(before: str) -> bool:
    """Whether the words before a number leave it open: 约, 超过, 人均."""
    last = before[-1:]
    return (last in _ENDS_ROUGH or last.isascii()) and _ROUGH_BEFORE.search(before) is not None


def quantity(
    digits: str, kind: NumberKind, unit: str, printed: str, locus: Locus | None, negative: bool = False
) -> Quantity:
    """The exact value of well-formed digits; a bare 0 of money has no unit."""
    bare = digits.replace(",", "")
    value = Decimal(bare)
    step = _STEPS[len(bare.partition(".")[2])]
    if kind == "money" and unit:
        value, step = value * MONEY_UNITS[unit], step * MONEY_UNITS[unit]
    elif kind == "rate":
        factor = _STEPS[2] if unit == "%" else _STEPS[3]
        value, step = value * factor, step * factor
    return Quantity(-value if negative else value, step, _KINDS.get(kind, "number"), unit, printed, locus)


def _without_value(number: Number) -> Number:
    return Number(number.start, number.end, number.kind, number.printed, None)


def masked(plain: str, found: tuple[Number, ...]) -> str:
    """The sentence with its brackets settled, same length, position for position.

    Brackets that hold an amount become ⟨ ⟩; those that hold none disappear into NULs, but for a role or
    a choice not made («（决算）», «（减少）» keep their word) and for «（类）», of which a mark ※ stays.
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
    if _KEPT_INSIDE.fullmatch(inside):
        out[left] = out[right] = "\0"
        return
    for position in range(left, right + 1):
        out[position] = "\0"
    if inside in ("类", "款", "项"):
        out[left] = "※"
