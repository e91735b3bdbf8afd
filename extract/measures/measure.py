"""Targets and actual values of indicators, as far as they are certain: «≥1000人次», «95%», «4月1日之前».

Pure functions over the words of a cell. What isn't certain is said to be so (`sure` False): a rule
may then say nothing about it. Two values in one cell («培训4期，每期50人») are never taken for one.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from extract.forms.wording import compact
from extract.measures.days import Days, like_days, read_days
from extract.measures.numerals import arabic
from extract.measures.signs import AFTER, OPERATORS, SCALES, SENSES, Operator, Sense, any_of
from extract.measures.units import is_percent, plainly_apart, ratio, unit_of

MeasureKind = Literal["blank", "number", "percent", "range", "date", "quality", "several"]

_BLANKS = frozenset(("", "-", "--", "—", "——", "–", "/", "\\", "无", "无。", "N/A", "不适用", "不涉及"))
NONE = frozenset(("无", "不适用", "不涉及"))
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_ONE = re.compile(_DIGITS)
_LEFT = re.compile(
    rf"(?P<subject>[^\d≥≤<>=]{{0,14}}?)(?P<op>{any_of(OPERATORS)})?(?:(?:较|比)(?:上年|去年|同期|往年))?(?P<sense>{any_of(SENSES)})?"
    rf"(?P<op2>{any_of(OPERATORS)})?(?P<about>约|大约|近|接近|左右)?(?P<sign>-)?"
)
_RIGHT = re.compile(
    rf"(?P<scale>[万亿千百](?!分))?(?P<more>余|多(?!媒)|\+)?(?P<unit>%|[^\d%≥≤<>=,.]{{0,10}}?)(?P<around>左右|上下)?"
    rf"(?P<after>{any_of(AFTER)})?(?:任务)?(?P<done>完成|已完成|全部完成|达标|达到|发放|到位|拨付|支付|落实|覆盖|合格|通过)?"
)
_RANGE = re.compile(
    rf"(?P<low>{_DIGITS})(?P<unit1>%|[^\d%]{{0,4}})(?:-|~|至|到|—|–|〜)(?P<high>{_DIGITS})(?P<unit>%|[^\d%]{{0,6}})"
)
_BETWEEN = re.compile(r"(.+?)(?:且|并且|并|,|，|、|;)?((?:≤|<|不超过|小于|不高于|低于).+)")
_INSIDE = re.compile(rf"({_DIGITS}%?)(?:≤|<)[^\d≤<]{{0,8}}(?:≤|<)({_DIGITS}.*)")
_FILLER = re.compile(
    r"全年|本年度?|年度|年内|每年|累计|总计|共计|合计|实际|已|共|完成(?!率)|开展|举办|组织|召开|实现|年(?=共)"
)
_OPEN_SUBJECT = re.compile(r"第|前|提前|延|逾|超|余|[约未无不非差缺欠]|除|几")
_SQUARE = re.compile(r"(?<=\d)m2(?!\d)|(?<=\d万)m2(?!\d)")
_NO_DIGIT_NOTE = re.compile(r"\((?:[^()\d]*|含[^()]*|[详见附][^()]*)\)")
_NO_REASON = re.compile("(?:暂无|无|没有|不存在)(?:任何)?(?:偏差|差异|偏离)?(?:原因|情况)?")
_NOTHING_BAD = re.compile(
    r"(?:零|无|没有|未发生|未出现|不发生|未接到|杜绝)(?:任何|重大|较大|一般|安全|责任|生产|群众|有效|质量|网络|交通|食品|火灾|重特大|"
    r"人员|违法|违纪|越级|集体|发生|出现|的)*(?:事故|投诉|差错|违规|违法|违纪|信访|上访|案件|纠纷|伤亡|死亡|舆情|事件|失误|疫情|"
    r"火灾|泄密|逾期|拖欠|损失|隐患)?(?:发生|情况|现象|行为)?"
)


@dataclass(frozen=True, slots=True)
class Measure:
    """What a cell says. `value` is in single units («1.2万人次» is 12000 人次, «5万元» 50000 元) and for
    percent as printed (95); `high` is the upper end of a range, `both` says that neither end may be
    passed. `sure` is False where the words leave the value or its sense open, `about` where it is only
    near («约», «左右»). `subject` are words before the number («满意度»), `sense` a growth or a fall,
    `scaled` a number printed in 万 or 亿. `words` is the whole cell, compact."""

    kind: MeasureKind
    operator: Operator = ""
    value: Decimal | None = None
    high: Decimal | None = None
    unit: str = ""
    sure: bool = True
    both: bool = False
    about: bool = False
    subject: str = ""
    sense: Sense = ""
    scaled: bool = False
    days: Days | None = None
    words: str = ""


@lru_cache(maxsize=4096)
def measure(text: str) -> Measure:
    """Read a target or an actual value.

    >>> measure("≥1.2万人次").value
    Decimal('12000.0')
    >>> measure("4月1日之前").kind
    'date'
    """
    words = _tidy(text)
    return replace(_measure(words), words=words)


def comparable(target: Measure, actual: Measure) -> bool:
    """Both certain and of units that convert, or one has none where a count is meant."""
    return rescaled(target, actual) is not None


def rescaled(target: Measure, actual: Measure) -> Decimal | None:
    """What the actual value is multiplied by to stand in the target's unit; None where they can't be
    compared for certain."""
    if not (target.sure and actual.sure) or target.value is None or actual.value is None:
        return None
    if target.value == 0 or actual.value == 0:
        return Decimal(1) if _nought_fits(target, actual) else ratio(target.unit, actual.unit)
    if _subjects_differ(target.subject, actual.subject):
        return None
    if "" in (target.unit, actual.unit) and (target.scaled or actual.scaled):
        amounts = {target.unit, actual.unit} == {"", "元"} and target.scaled and actual.scaled
        return Decimal(1) if amounts else None
    return ratio(target.unit, actual.unit)


def unit_lacks(target: Measure, actual: Measure) -> bool:
    """Whether one is plainly a percentage and the other a bare number without a unit."""
    if not (target.sure and actual.sure) or not target.value or not actual.value:
        return False
    return {is_percent(target.unit), is_percent(actual.unit)} == {True, False} and "" in (
        target.unit,
        actual.unit,
    )


def is_inequality(text: str) -> bool:
    """Whether a cell gives a bound in signs («＞95») where a value should stand."""
    return _tidy(text)[:1] in ("≥", "≤", ">", "<", "≧", "≦", "⩾", "⩽")


def is_blank(text: str) -> bool:
    """Whether a cell was left empty, or holds a dash. «无» may be the answer: no complaint, no accident."""
    words = compact(text)
    return words in _BLANKS and words.rstrip("。") not in NONE


def units_differ(target: Measure, actual: Measure) -> bool:
    """Whether both have units of plainly different things: 万元 and %, 人 and %, a day and a count."""
    if not (target.sure and actual.sure):
        return False
    if {target.kind, actual.kind} <= {"date", "number"} and target.kind != actual.kind:
        return True
    if not target.value or not actual.value:
        return False
    return plainly_apart(target.unit, actual.unit)


def no_reason(text: str) -> bool:
    """Whether 偏差原因 says nothing: blank, a dash, «无», «无偏差»."""
    words = compact(text).rstrip("。")
    return words in _BLANKS or _NO_REASON.fullmatch(words) is not None


def same_words(text: str) -> str:
    """Words reduced to what is compared: no white space, one width, no punctuation at the ends."""
    return compact(text).strip("。，,;；:：、")


def _tidy(text: str) -> str:
    words = compact(html.unescape(text)).replace("百分比", "%").rstrip("。;；，,、.")
    words = _SQUARE.sub("平方米", re.sub(r"([≥≤<>%])\1+", r"\1", words))
    bare = _NO_DIGIT_NOTE.sub("", words)
    return bare or words


def _measure(words: str) -> Measure:
    if words in _BLANKS:
        return Measure("blank")
    if _NOTHING_BAD.fullmatch(words):
        return Measure("number", value=Decimal(0))
    words = arabic(words)
    if like_days(words) or (days := read_days(words)):
        days = read_days(words)
        return Measure("date", sure=days is not None, days=days)
    if not any(character.isdigit() for character in words):
        return Measure("quality", sure=False)
    if match := _RANGE.fullmatch(words):
        return _range(match)
    if (inside := _INSIDE.fullmatch(words)) and (found := _both(measure(inside[1]), measure(inside[2]))):
        return found
    numbers = list(_ONE.finditer(words))
    if len(numbers) == 2 and (pair := _BETWEEN.fullmatch(words)):
        low, high = measure(pair[1]), measure(pair[2])
        if low.operator in ("≥", ">") and high.operator in ("≤", "<") and (found := _both(low, high)):
            return found
    if len(numbers) != 1:
        return Measure("several", sure=False)
    return _number(words, numbers[0])


def _range(match: re.Match[str]) -> Measure:
    low, high = (_decimal(match[name]) for name in ("low", "high"))
    unit = match["unit"] or match["unit1"]
    certain = low <= high and match["unit1"] in ("", unit)
    scale = SCALES.get(unit[:1], Decimal(1)) if unit != "百分点" else Decimal(1)
    unit = unit[1:] if scale != 1 else unit
    return Measure("range", "", low * scale, high * scale, unit, certain, scaled=scale != 1)


def _both(low: Measure, high: Measure) -> Measure | None:
    """A range that may be left on neither side."""
    if low.value is None or high.value is None or low.value > high.value or not (low.sure and high.sure):
        return None
    if low.unit not in ("", high.unit):
        return None
    return Measure("range", "", low.value, high.value, high.unit, both=True, subject=low.subject)


def _number(words: str, number: re.Match[str]) -> Measure:
    left, right = _LEFT.fullmatch(words[: number.start()]), _RIGHT.fullmatch(words[number.end() :])
    if left is None or right is None:
        return Measure("quality", sure=False)
    subject = _FILLER.sub("", left["subject"]).strip(",，:：、;(（")
    signs = [sign for sign in (left["op"], left["op2"]) if sign]
    bounds = [OPERATORS[sign] for sign in signs if OPERATORS[sign]]
    before: Operator = bounds[0] if bounds else ""
    after = AFTER.get(right["after"] or "", "")
    value = _decimal(number[0]) * SCALES.get(right["scale"] or "", Decimal(1))
    told_once = not (before and after) or (left["op"] == "控制在" and after == "≤")
    operator: Operator = before or after or ("≥" if right["more"] else "")
    unit = right["unit"]
    open_sense = "Q" in signs or _OPEN_SUBJECT.search(subject) or "百分" in unit.replace("百分点", "")
    known = not unit.isascii() or unit in ("", "%", "m2", "m", "km", "kg")
    return Measure(
        "percent" if unit == "%" else "number",
        operator,
        -value if left["sign"] else value,
        None,
        unit,
        told_once and known and not open_sense,
        about=bool(left["about"] or right["around"]),
        subject=subject,
        sense=SENSES.get(left["sense"] or "", ""),
        scaled=bool(right["scale"]),
    )


def _subjects_differ(one: str, other: str) -> bool:
    """Whether the words before two numbers name different things; «每月» and its like must be the same."""
    if one == other:
        return False
    if "每" in one + other or "均" in one + other:
        return True
    return bool(one and other) and one not in other and other not in one


def _nought_fits(target: Measure, actual: Measure) -> bool:
    """Whether a nought may be held against the other whatever its unit: none is none of anything, and
    «零事故» is missed by «1起», but says nothing to «100%», nor «未发生» to «≥95%»."""
    if target.value == actual.value:
        return True
    if target.value == 0:
        return all(unit_of(each.unit).counts or not each.unit for each in (target, actual))
    told = not any(character.isdigit() for character in actual.words)
    return told and target.operator in ("≤", "<")


def _decimal(digits: str) -> Decimal:
    return Decimal(digits.replace(",", ""))
