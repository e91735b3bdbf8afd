"""Whether an actual value reaches its target: with units, bounds, ranges, days, direction and words.

Three answers: reached, not reached, can't be said for certain. A doubt is never a miss.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from extract.measures.bearing import Bearing
from extract.measures.days import Days, MonthDay
from extract.measures.measure import NONE, Measure, rescaled
from extract.measures.units import is_time
from extract.measures.words import aims_at, falls_short, is_done, is_partial, moves_only, words_meet

_NUMBERS = ("number", "percent", "range")
_HUNDRED = Decimal(100)
_CLOSING_MONTH = 10
"""From this month on a deadline without a year lies in the year reported on, not in the next."""


def meets(target: Measure, actual: Measure, bearing: Bearing, year: int | None) -> bool | None:
    """Whether the target is reached; None where that can't be said. `year` is the one reported on, in
    which days without a year lie."""
    if (
        target.words == actual.words
        and not _only_bound(actual)
        and (target.kind != "blank" or target.words in NONE)
    ):
        return True
    if target.kind == "blank":
        return None
    if target.kind == "date" and actual.kind == "date":
        return _in_time(target.days, actual.days, year)
    if target.kind in _NUMBERS and actual.kind in _NUMBERS:
        return _reaches(target, actual, bearing)
    if target.kind in _NUMBERS:
        return _told_for_number(target, actual)
    if actual.kind in _NUMBERS:
        return _number_for_words(target, actual)
    if actual.kind == "blank":
        return words_meet(target.words, actual.words) if actual.words in NONE else None
    if target.kind == "date":
        return False if target.sure and falls_short(actual.words) else None
    return words_meet(target.words, actual.words)


def least(actual: Measure) -> Decimal | None:
    """What an actual value is at least: «15000余人次» is 15000 or more."""
    return None if actual.operator in ("≤", "<") else actual.value


def _only_bound(actual: Measure) -> bool:
    return actual.operator in ("≤", "<", "≥", ">") and actual.words[:1] in "≥≤<>"


def _reaches(target: Measure, actual: Measure, bearing: Bearing) -> bool | None:
    factor = rescaled(target, actual)
    if factor is None or target.value is None or actual.value is None:
        return None
    moved = _moved(target, actual, bearing)
    if moved is None:
        return None
    if moved == "against":
        return False
    sign = -1 if moved == "turned" else 1
    low = actual.value * factor * sign
    high = low if actual.high is None else actual.high * factor
    if target.about or actual.about:
        return True if low == high == target.value else None
    lowest = None if actual.operator in ("≤", "<") else low
    highest = None if actual.operator in ("≥", ">") else high
    return _compared(target, lowest, highest, _direction(target, bearing))


def _moved(target: Measure, actual: Measure, bearing: Bearing) -> str | None:
    """How «下降3%» stands to the target: the same way, turned, or against it; None for unknown."""
    if not actual.sense or target.sense == actual.sense:
        return "along"
    if target.sense:
        return "against" if actual.value else None
    if actual.sense == "+":
        return None if bearing.falls else "along"
    if bearing.falls:
        return "along"
    return "turned" if bearing.rises else None


def _direction(target: Measure, bearing: Bearing) -> str:
    """Which side of a target without an operator is good."""
    if target.value == 0:
        return "less"
    if target.sense:
        return "more"
    if is_time(target.unit) and bearing.way == "more":
        return "either"
    if bearing.cost and target.unit == "%" and bearing.way == "less":
        return "either"
    return bearing.way


def _compared(target: Measure, low: Decimal | None, high: Decimal | None, way: str) -> bool | None:
    """The target against what the actual value is at least and at most; None means no bound."""
    aim = target.value
    assert aim is not None
    if target.high is not None:
        return _within(target, low, high, way)
    match target.operator:
        case "≥":
            return _sides(low is not None and low >= aim, high is not None and high < aim)
        case ">":
            return _sides(low is not None and low > aim, high is not None and high <= aim)
        case "≤":
            return _sides(high is not None and high <= aim, low is not None and low > aim)
        case "<":
            return _sides(high is not None and high < aim, low is not None and low >= aim)
    if low == high == aim:
        return True
    if way == "more":
        return _sides(low is not None and low >= aim, high is not None and high < aim)
    if way == "less":
        return _sides(high is not None and high <= aim, low is not None and low > aim)
    return None


def _within(target: Measure, low: Decimal | None, high: Decimal | None, way: str) -> bool | None:
    first, last = target.value, target.high
    assert first is not None
    assert last is not None
    if low is not None and high is not None and first <= low <= high <= last:
        return True
    below, above = high is not None and high < first, low is not None and low > last
    if target.both:
        return False if below or above else None
    return False if (below and way == "more") or (above and way == "less") else None


def _sides(surely: bool, surely_not: bool) -> bool | None:
    return True if surely else False if surely_not else None


def _told_for_number(target: Measure, actual: Measure) -> bool | None:
    """Words where a number was aimed at: «已完成» says all of 100 %, «无» of nothing bad."""
    small = target.operator in ("≤", "<") or target.value == 0
    if actual.kind == "blank":
        return True if actual.words in NONE and small else None
    if actual.kind != "quality" or small or not target.sure or target.value is None:
        return None
    if falls_short(actual.words):
        return False
    whole = target.value == (_HUNDRED if target.unit == "%" else 1) and target.high is None
    if whole and is_done(actual.words):
        return True
    return False if whole and target.unit == "%" and is_partial(actual.words) else None


def _number_for_words(target: Measure, actual: Measure) -> bool | None:
    """A number where words were aimed at: «95%» of «全部完成»."""
    if not actual.sure or actual.value is None or actual.operator or actual.about or target.kind != "quality":
        return None
    if actual.subject not in ("", "完成率"):
        return None
    if is_done(target.words) and actual.unit == "%" and actual.high is None and not actual.sense:
        return actual.value >= _HUNDRED
    opposed = moves_only(target.words) and {aims_at(target.words), actual.sense} == {"+", "-"}
    return False if opposed and actual.value > 0 else None


def _in_time(target: Days | None, actual: Days | None, year: int | None) -> bool | None:
    if target is None or actual is None:
        return None
    aimed = target.year or year
    done = actual.year or aimed
    if aimed is None and done is None:
        aimed = done = date.min.year
    if aimed is None or done is None:
        return None
    earliest_limit = (aimed, *(target.first if target.before else target.last))
    limit, last = (aimed, *target.last), (done, *actual.last)
    if last <= earliest_limit:
        return True
    first: tuple[int, int, int] | None = None if actual.before else (done, *actual.first)
    if first is None or first <= limit:
        return None
    if done > aimed and target.year is None and not _closes(target.last):
        return None
    return False


def _closes(day: MonthDay) -> bool:
    return day[0] >= _CLOSING_MONTH
