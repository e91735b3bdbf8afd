"""Rules of what each indicator says of itself: target, actual value, score, reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from extract.measures.measure import (
    Measure,
    comparable,
    is_blank,
    is_inequality,
    no_reason,
    rescaled,
    same_words,
    unit_lacks,
    units_differ,
)
from extract.measures.units import is_percent, is_time, unit_of
from extract.measures.words import falls_short
from extract.quantity import plain
from reconcile.attained import least
from reconcile.finding import Severity, Verdict
from reconcile.ledger import Ledger
from reconcile.line import Line
from reconcile.message import shortened
from reconcile.rule import EXACT, UNCHECKED, Examination, rule

FEW = 3
"""By how much a count may pass its target and be no more than worth a note."""

TEN = 10
TENFOLD = (TEN, 100, 1000, 10000)
ONE_NOUGHT = "两数的数字相同，只差小数点或几个 0，可能有一个数写错了位"


@rule(
    "indicator.target_missed",
    Severity.WARNING,
    title="得分与完成情况",
    explain="实际完成值没有达到年度指标值的，不应得满分；达到了的，一般不应扣分。"
    "没有写“≥”“≤”的，成本、投诉一类按不超过理解，其他按不少于理解，拿不准的不判断。"
    "请核对该项的指标值、完成值和得分；评分办法另有规定的，请在偏差原因中写明。",
)
def target_missed(ledger: Ledger) -> Iterator[Examination]:
    for line in ledger.lines:
        if line.weight is None or line.score is None:
            continue
        if line.met is None:
            yield UNCHECKED
        elif not line.met and line.score >= line.weight > 0:
            yield _said(line, f"没有达到，却得满分 {plain(line.score)} 分", "score")
        elif line.met and line.score < line.weight and _lost_for_nothing(line, ledger.settings.overshoot):
            lost = f"已经达到，却只得 {plain(line.score)} 分（分值 {plain(line.weight)}）"
            yield _said(line, lost, "score", "weight")
        else:
            yield EXACT


@rule(
    "indicator.unexplained",
    Severity.WARNING,
    title="扣分没有说明",
    explain="得分低于分值的指标，应填写偏差原因分析及改进措施。空着或只写“无”的，看不出为什么扣分。"
    "表中没有偏差原因一栏的，不作判断。"
    "请补写原因和改进措施，或核对得分是否填错。",
)
def unexplained(ledger: Ledger) -> Iterator[Examination]:
    for line in ledger.lines:
        if line.weight is None or line.score is None:
            continue
        if line.score >= line.weight or not no_reason(line.row.deviation):
            yield EXACT
            continue
        if not line.row.explains:
            yield UNCHECKED
            continue
        message = (
            f"指标“{shortened(line.name)}”分值 {plain(line.weight)}，得分 {plain(line.score)}，"
            f"扣 {plain(line.weight - line.score)} 分，没有填写偏差原因"
        )
        cites = (f"{line.stem}score", f"{line.stem}weight")
        yield Examination(
            Verdict.BROKEN,
            line.preface + message,
            line.weight,
            line.score,
            line.weight - line.score,
            cites=cites,
        )


@rule(
    "indicator.overshot",
    Severity.WARNING,
    title="指标值偏低",
    explain="实际完成值达到年度指标值的 1.3 倍以上（倍数可以设置）而没有说明原因，"
    "多半是指标值定得过低，或完成值多写了一位；数目小、只超出几个的仅作提示。"
    "请核对两个数；确实超额完成的，请在偏差原因中说明。",
)
def overshot(ledger: Ledger) -> Iterator[Examination]:
    for line in ledger.lines:
        times = _times(line)
        if times is None:
            yield UNCHECKED
        elif times < ledger.settings.overshoot or _by_one(line) or not no_reason(line.row.deviation):
            yield EXACT
        else:
            said = _said(line, f"是指标值的 {plain(round(times, 1))} 倍，没有说明原因")
            if times in TENFOLD and (line.target.value or 0) >= TEN:
                said = replace(said, hint=ONE_NOUGHT)
            yield replace(said, severity=Severity.NOTICE) if _by_few(line) else said


@rule(
    "indicator.unmeasurable",
    Severity.WARNING,
    title="指标无法衡量",
    explain="每项有分值的指标都应有指标值和完成值，完成值应是一个数，单位应与指标值相同，否则无法判断是否完成。"
    "请补填空白的一栏，把“＞95”一类的范围改为实际数，并写上单位。",
)
def unmeasurable(ledger: Ledger) -> Iterator[Examination]:
    for line in ledger.lines:
        if line.weight is None or line.weight <= 0:
            continue
        target, actual = line.target, line.actual
        blank = [name for name, words in _texts(line) if is_blank(words)]
        if blank:
            yield _said(line, f"{'和'.join(blank)}空白，无法衡量", "weight")
        elif is_inequality(line.row.actual.value):
            note = "，也没有写单位" if unit_lacks(target, actual) else ""
            yield _said(line, "完成值只是一个范围，不是实际数" + note)
        elif unit_lacks(target, actual):
            said = _said(line, "一个有百分号，一个没有，请写明单位")
            yield replace(said, severity=Severity.NOTICE)
        elif units_differ(target, actual):
            yield _said(line, "两个单位不同，无法比较")
        elif actual.kind == "quality" and (line.met or falls_short(actual.words)):
            yield UNCHECKED
        elif target.sure and target.value is not None and actual.kind == "quality" and _wordy(line):
            yield _said(line, "指标值是数，完成值没有数，无法比较")
        elif comparable(target, actual):
            yield EXACT
        else:
            yield UNCHECKED


@rule(
    "indicator.duplicate",
    Severity.NOTICE,
    title="指标重复",
    explain="同一个三级指标以相同的指标值和完成值出现两次，等于一件事计两次分。"
    "请删去重复的一项，或换成能反映另一方面成效的指标，并重新分配分值。",
)
def duplicate(ledger: Ledger) -> Iterator[Examination]:
    same: dict[tuple[str, ...], list[Line]] = defaultdict(list)
    for line in ledger.lines:
        form = line.stem.partition("indicators.")[0]
        same[(form, same_words(line.row.level3), _figures(line.target), _figures(line.actual))].append(line)
    for (_, level3, target, actual), lines in same.items():
        if not level3 or not (target or actual):
            yield UNCHECKED
        elif len(lines) == 1:
            yield EXACT
        else:
            yield _repeated(lines)


def _said(line: Line, words: str, *figures: str) -> Examination:
    """A finding on target and actual value, in the words of the form."""
    target, actual = (shortened(text.value) or "空白" for text in (line.row.target, line.row.actual))
    message = f"{line.preface}指标“{shortened(line.name)}”指标值 {target}，完成值 {actual}：{words}"
    cites = tuple(f"{line.stem}{name}" for name in ("target", "actual", *figures))
    return Examination(Verdict.BROKEN, message, cites=cites, places=line.places())


def _texts(line: Line) -> tuple[tuple[str, str], ...]:
    return ("指标值", line.row.target.value), ("完成值", line.row.actual.value)


def _lost_for_nothing(line: Line, overshoot: Decimal) -> bool:
    """Whether marks were lost without any ground in sight: no reason, and neither words, which are
    scored by degrees, nor a target so far overshot that marks may be taken for it."""
    worded = {line.target.kind, line.actual.kind} & {"quality", "several", "blank"}
    times = _times(line)
    return no_reason(line.row.deviation) and not worded and (times is None or times < overshoot)


def _times(line: Line) -> Decimal | None:
    """How many times its target the actual value is, at least; None where more isn't better or the two
    can't be compared."""
    target, actual = line.target, line.actual
    factor, aim, value = rescaled(target, actual), target.value, least(actual)
    if factor is None or aim is None or value is None or aim <= 0:
        return None
    if line.bearing.way != "more" or target.operator in ("≤", "<") or target.sense != actual.sense != "":
        return None
    if target.high is not None or actual.high is not None or target.about or actual.about:
        return None
    if is_time(target.unit) and not target.operator:
        return None
    return value * factor / aim


def _apart(line: Line) -> Decimal:
    target, actual = line.target.value, line.actual.value
    assert target is not None
    assert actual is not None
    return actual * (rescaled(line.target, line.actual) or 1) - target


def _by_one(line: Line) -> bool:
    """Whether it is one more than planned: twice instead of once."""
    return not is_percent(line.target.unit) and _apart(line) <= 1


def _by_few(line: Line) -> bool:
    """Whether a small number was passed by little: a few times, or a point of growth."""
    if is_percent(line.target.unit):
        return _apart(line) <= 1
    unit = unit_of(line.target.unit)
    return (unit.counts or not unit.family) and _apart(line) <= FEW


def _wordy(line: Line) -> bool:
    return not any(character.isdigit() for character in line.row.actual.value)


def _figures(measured: Measure) -> str:
    """What tells two values apart: «≥50人» and «50人以上» are the same figure."""
    if not measured.sure or measured.value is None:
        return same_words(measured.words)
    parts = (measured.operator, plain(measured.value), measured.high, measured.unit, measured.subject)
    return " ".join(map(str, (*parts, measured.sense)))


def _repeated(lines: Sequence[Line]) -> Examination:
    first = lines[0]
    target, actual = (shortened(text.value) or "空白" for text in (first.row.target, first.row.actual))
    levels = "、".join(dict.fromkeys(line.row.level2 for line in lines if line.row.level2))
    among = f"（{levels}）" if levels else ""
    message = (
        f"{first.preface}指标“{shortened(first.name)}”出现 {len(lines)} 次{among}，"
        f"指标值 {target}、完成值 {actual} 都相同"
    )
    cites = tuple(f"{line.stem}{name}" for line in lines for name in ("target", "actual"))
    places = tuple(place for line in lines for place in line.places())
    return Examination(Verdict.BROKEN, message, cites=cites, places=places)
