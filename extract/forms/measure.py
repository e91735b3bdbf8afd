"""Targets and actual values of indicators, as far as they are certain: «≥1000人次», «95%», «4月1日之前».

Pure functions over the words of a cell. What isn't certain is said to be so (`sure` False): a rule
may then say nothing about it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from extract.forms.wording import compact

MeasureKind = Literal["blank", "number", "percent", "range", "date", "quality"]
Operator = Literal["", "≥", ">", "≤", "<"]

_BLANKS = frozenset(("", "-", "--", "—", "——", "–", "/", "\\", "无", "无。", "N/A", "不适用", "不涉及"))
_NONE = frozenset(("无", "不适用", "不涉及"))
_ALL_DONE = frozenset(
    ("完成", "已完成", "全部完成", "已全部完成", "达标", "已达标", "达到", "已达到", "全部达标")
)
_BEFORE: dict[Operator, tuple[str, ...]] = {
    "≥": (
        "≥",
        ">=",
        "=>",
        "≧",
        "⩾",
        "不低于",
        "不少于",
        "不小于",
        "大于等于",
        "大于或等于",
        "至少",
        "达到",
        "达",
    ),
    "≤": (
        "≤",
        "<=",
        "=<",
        "≦",
        "⩽",
        "不超过",
        "不高于",
        "不大于",
        "不多于",
        "小于等于",
        "小于或等于",
        "控制在",
    ),
    ">": (">", "大于", "高于", "超过"),
    "<": ("<", "小于", "低于", "少于"),
    "": ("=", "等于", "完成", "已完成", "实际完成"),
}
_OPERATORS = {word: operator for operator, words in _BEFORE.items() for word in words}
_AFTER: dict[str, Operator] = {
    "以上": "≥",
    "及以上": "≥",
    "以内": "≤",
    "之内": "≤",
    "以下": "≤",
    "及以下": "≤",
}
_DONE = ("完成", "已完成", "全部完成", "达标", "达到")
_SCALES = {"万": Decimal(10000), "亿": Decimal(100000000), "千": Decimal(1000), "百": Decimal(100)}
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_WORDS_BEFORE = "|".join(re.escape(word) for word in sorted(_OPERATORS, key=len, reverse=True))
_NUMBER = re.compile(
    rf"(?P<before>{_WORDS_BEFORE})?(?P<sign>-)?(?P<digits>{_DIGITS})(?P<scale>[万亿千百](?!分))?"
    rf"(?P<unit>%|[^\d%≥≤<>=,.]{{0,8}}?)(?P<after>{'|'.join(_AFTER)})?(?P<done>{'|'.join(_DONE)})?"
)
_RANGE = re.compile(
    rf"(?P<low>{_DIGITS})(?P<unit1>%|[^\d%]{{0,4}})(?:-|~|至|到|—|–|〜)(?P<high>{_DIGITS})(?P<unit>%|[^\d%]{{0,4}})"
)
_DATE = re.compile(r"\d{1,2}月|\d{4}年|20\d\d([./-])\d{1,2}\1\d{1,2}|\d{1,2}日|^20\d{5,6}$")
_VAGUE = re.compile(r"[约近余多几]|左右|\+")
_SAME_UNITS = (
    frozenset(("人", "名", "人次", "位")),
    frozenset(("次", "场", "场次", "期", "批", "批次", "轮")),
    frozenset(("个", "项", "家", "处", "座", "户", "所")),
    frozenset(("㎡", "平方米", "m2", "平米")),
)
_ASCII_UNITS = frozenset(("", "%", "m2", "km", "kg"))
_LESS = re.compile(
    r"成本|控制|投诉|差错|错误|事故|违规|违法|违纪|发案|死亡|伤亡|超支|能耗|耗|上访|信访|降低|下降|减少|负债|债务|逾期|"
    r"延误|缺陷|返工|退回|时长|时限|天数|响应时间|办结时间|三公|偏差|结余|结转|变动率|控制率"
)


@dataclass(frozen=True, slots=True)
class Measure:
    """What a cell says. `value` is in single units («1.2万人次» is 12000 人次, «5万元» 50000 元) and for
    percent as printed (95); `high` is the upper end of a range. `sure` is False where the words leave
    the value or its sense open."""

    kind: MeasureKind
    operator: Operator = ""
    value: Decimal | None = None
    high: Decimal | None = None
    unit: str = ""
    sure: bool = True


@lru_cache(maxsize=4096)
def measure(text: str) -> Measure:
    """Read a target or an actual value.

    >>> measure("≥1.2万人次").value
    Decimal('12000.0')
    >>> measure("4月1日之前").kind
    'date'
    """
    words = compact(text).rstrip("。;；，,")
    if words in _BLANKS:
        return Measure("blank")
    if not any(character.isdigit() for character in words):
        return Measure("quality", sure=False)
    if _DATE.search(words):
        return Measure("date", sure=False)
    if match := _RANGE.fullmatch(words):
        return _range(match)
    if _VAGUE.search(words):
        return Measure("quality", sure=False)
    match = _NUMBER.fullmatch(words)
    return _number(match) if match is not None else Measure("quality", sure=False)


def meets(target: Measure, actual: Measure, *, less_is_better: bool) -> bool | None:
    """Whether the actual value reaches the target; None where that can't be said for certain."""
    if actual.value is None or actual.operator or actual.high is not None or not comparable(target, actual):
        return None
    value, aim = actual.value, target.value
    assert aim is not None
    if target.high is not None:
        return True if aim <= value <= target.high else None
    match target.operator:
        case "≥":
            return value >= aim
        case ">":
            return value > aim
        case "≤":
            return value <= aim
        case "<":
            return value < aim
    if value == aim:
        return True
    return False if value < aim and not less_is_better else None


def comparable(target: Measure, actual: Measure) -> bool:
    """Both certain and of the same unit, or one has none where a count is meant."""
    if not (target.sure and actual.sure) or target.value is None or actual.value is None:
        return False
    if "percent" in (target.kind, actual.kind) or "%" in (target.unit, actual.unit):
        return target.unit == actual.unit
    return (
        target.unit == actual.unit or "" in (target.unit, actual.unit) or _kindred(target.unit, actual.unit)
    )


def unit_lacks(target: Measure, actual: Measure) -> bool:
    """Whether one is plainly a percentage and the other a bare number without a unit."""
    if not (target.sure and actual.sure) or target.value is None or actual.value is None:
        return False
    return {target.unit, actual.unit} == {"%", ""}


def is_inequality(text: str) -> bool:
    """Whether a cell gives a bound in signs («＞95») where a value should stand."""
    return compact(text)[:1] in ("≥", "≤", ">", "<", "≧", "≦", "⩾", "⩽")


def is_blank(text: str) -> bool:
    """Whether a cell was left empty, or holds a dash. «无» may be the answer: no complaint, no accident."""
    words = compact(text)
    return words in _BLANKS and words.rstrip("。") not in _NONE


def is_done(text: str) -> bool:
    """Whether a cell only says that all was done: «已完成», «全部完成», «达标»."""
    return compact(text).rstrip("。").removesuffix("任务") in _ALL_DONE


def units_differ(target: Measure, actual: Measure) -> bool:
    """Whether both have units of plainly different things: 万元 and %, 人 and %."""
    if not (target.sure and actual.sure) or target.value is None or actual.value is None:
        return False
    units = {target.unit, actual.unit}
    return "" not in units and len(units) == 2 and bool(units & {"%", "元"})


@lru_cache(maxsize=1024)
def less_is_better(*words: str) -> bool:
    """Whether an indicator's names say that small values are good (cost, complaints), or may say so."""
    return any(_LESS.search(compact(word)) for word in words)


def no_reason(text: str) -> bool:
    """Whether 偏差原因 says nothing: blank, a dash, «无»."""
    return compact(text).rstrip("。") in _BLANKS or compact(text).rstrip("。") in ("无偏差", "没有", "暂无")


def same_words(text: str) -> str:
    """Words reduced to what is compared: no white space, one width, no punctuation at the ends."""
    return compact(text).strip("。，,;；:：、")


def _range(match: re.Match[str]) -> Measure:
    low, high = (_decimal(match[name]) for name in ("low", "high"))
    unit = match["unit"] or match["unit1"]
    certain = low <= high and match["unit1"] in ("", unit)
    return Measure("range", "", low, high, unit, certain)


def _number(match: re.Match[str]) -> Measure:
    before, after = _OPERATORS.get(match["before"] or "", ""), _AFTER.get(match["after"] or "", "")
    unit = match["unit"]
    value = _decimal(match["digits"]) * _SCALES.get(match["scale"] or "", Decimal(1))
    if match["sign"]:
        value = -value
    told_once = not (before and after) or (match["before"] == "控制在" and after == "≤")
    known = unit in _ASCII_UNITS if unit.isascii() else "/" not in unit and "百分" not in unit
    kind: MeasureKind = "percent" if unit == "%" else "number"
    return Measure(kind, before or after, value, None, unit, told_once and known)


def _decimal(digits: str) -> Decimal:
    return Decimal(digits.replace(",", ""))


def _kindred(one: str, other: str) -> bool:
    return any(one in units and other in units for units in _SAME_UNITS)
