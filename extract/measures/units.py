"""Units of targets and actual values: which are one, which convert, which may be the same thing.

«Loosely» means that nobody can be accused on it: 人 and 人次, 期 and 场, 月 and 天, % and 百分点.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

_ONE = Decimal(1)
_CONVERT: dict[str, dict[str, Decimal]] = {
    "money": {"元": _ONE},
    "percent": {"%": _ONE},
    "points of percent": {"百分点": _ONE, "个百分点": _ONE},
    "people": {"人": _ONE, "名": _ONE, "位": _ONE},
    "visits": {"人次": _ONE},
    "times": {"次": _ONE, "场": _ONE, "场次": _ONE, "回": _ONE},
    "points": {"分": _ONE},
    "area": {
        "㎡": _ONE, "平方米": _ONE, "m2": _ONE, "平米": _ONE, "亩": Decimal(2000) / 3,
        "公顷": Decimal(10000), "平方公里": Decimal(1000000), "平方千米": Decimal(1000000),
    },
    "length": {"米": _ONE, "m": _ONE, "公里": Decimal(1000), "千米": Decimal(1000), "km": Decimal(1000)},
    "mass": {"公斤": _ONE, "千克": _ONE, "kg": _ONE, "吨": Decimal(1000)},
    "clock": {
        "分钟": _ONE, "小时": Decimal(60), "个小时": Decimal(60), "天": Decimal(1440), "日": Decimal(1440),
    },
    "working days": {"工作日": _ONE, "个工作日": _ONE},
    "months": {"个月": _ONE, "月": _ONE, "年": Decimal(12)},
}  # fmt: skip
_COUNTING = "个项家处座户所件份套台辆条篇本册部幅张块只头株棵间栋幢起例宗笔类种支期批轮届"
_KNOWN = {unit: (family, factor) for family, units in _CONVERT.items() for unit, factor in units.items()}
_KNOWN |= {unit: (f"count {unit}", _ONE) for unit in (*_COUNTING, "批次", "班次")}
_LONGEST_FIRST = sorted(_KNOWN, key=len, reverse=True)
_YEARLY = re.compile(r"/年(?:度)?$")
_PLAIN = frozenset(("percent", "money"))
_COUNTS = frozenset(("people", "visits", "times"))


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit's family, how many of the family's own it is, and what is counted («个乡镇»: 乡镇)."""

    family: str
    factor: Decimal = _ONE
    noun: str = ""

    @property
    def counts(self) -> bool:
        return self.family in _COUNTS or self.family.startswith("count ")


NO_UNIT = Unit("")


@lru_cache(maxsize=1024)
def unit_of(text: str) -> Unit:
    """What the words after a number count or measure; an unknown word is a family of its own.

    >>> unit_of("个乡镇").noun
    '乡镇'
    >>> unit_of("次/年").family
    'times'
    """
    words = _YEARLY.sub("", text)
    if not words:
        return NO_UNIT
    if "/" in words:
        return Unit(words)
    known = next((unit for unit in _LONGEST_FIRST if words.startswith(unit)), None)
    if known is None or (known.isascii() and words != known):
        return Unit(words)
    family, factor = _KNOWN[known]
    return Unit(family, factor, words[len(known) :])


def ratio(one: str, other: str) -> Decimal | None:
    """How many of `one` make one of `other`, or None where that can't be said for certain. A bare
    number is counted in the other's unit, unless that is a percentage or an amount of money."""
    here, there = unit_of(one), unit_of(other)
    if here.noun and there.noun and here.noun not in there.noun and there.noun not in here.noun:
        return None
    if here.family == there.family:
        return there.factor / here.factor
    families = {here.family, there.family}
    if "" in families:
        return None if families & _PLAIN else _ONE
    return _ONE if "count 个" in families and all(f.startswith("count ") for f in families) else None


def plainly_apart(one: str, other: str) -> bool:
    """Whether both have units of plainly different things: 万元 and %, 人 and %."""
    here, there = unit_of(one), unit_of(other)
    families = {here.family, there.family}
    loose = families == {"percent", "points of percent"} or any("/" in family for family in families)
    return "" not in families and len(families) == 2 and bool(families & _PLAIN) and not loose


def is_percent(unit: str) -> bool:
    return unit_of(unit).family == "percent"


def is_time(unit: str) -> bool:
    """Whether a unit measures how long something takes or lasts."""
    return unit_of(unit).family in ("clock", "working days", "months")
