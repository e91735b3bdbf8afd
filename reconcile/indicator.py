"""Rules of the indicator grid's points: weights, scores, and their classes in the narrative."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from extract.report import Indicator
from reconcile.finding import Severity, Verdict
from reconcile.grid import FULL, is_extra, relative_classes, scaled_scores
from reconcile.interval import agree
from reconcile.labels import NARRATIVE_LABELS
from reconcile.ledger import Ledger, Scope, Term
from reconcile.message import remark, style_of
from reconcile.points import EXECUTION, scores_make_total, weights_make_100
from reconcile.rule import EXACT, UNCHECKED, Examination, rule
from reconcile.tie import Examined, add_up, best, prefaced, tie_at_most

CLASSES = {"output": "产出", "benefit": "效益", "satisfaction": "满意度"}
COST = "成本"
SATISFIED = "满意"
OTHER_NAMES = {
    "产出": ("产出", "数量", "质量", "时效", COST),
    "效益": ("效益", "效果", "影响"),
    "满意度": (SATISFIED,),
}
"""What the levels of a grid may say where they don't name the class."""


@rule(
    "indicator.weight_sum",
    Severity.ERROR,
    title="分值合计",
    explain="全部指标的分值加上预算执行的分值（一般为 10 分）应等于 100 分。"
    "不等于 100 说明有指标的分值填错、漏填，或指标本身已分满 100 而没有给预算执行留分。"
    "各类指标分别按 100 计权重的，逐类核对；加分、扣分项不计入。请重新分配分值后改正。",
)
def weight_sum(ledger: Ledger) -> Iterator[Examination]:
    for scope in ledger.scopes():
        yield from _in(scope, weights_make_100(ledger, scope))


@rule(
    "indicator.score_sum",
    Severity.ERROR,
    title="得分合计",
    explain="全部指标的得分加上预算执行的得分，应等于综合得分。不一致说明某项得分或综合得分填错。"
    "请逐项核对得分，重新相加后改正综合得分或填错的一项。",
)
def score_sum(ledger: Ledger) -> Iterator[Examination]:
    for scope in ledger.scopes():
        if scope.indicators:
            yield from _in(scope, scores_make_total(ledger, scope))


@rule(
    "indicator.score_range",
    Severity.ERROR,
    title="得分范围",
    explain="每项得分应在 0 分和该项分值之间，综合得分应在 0 分和 100 分之间。超出说明得分或分值填错。"
    "请核对该项的评分办法后改正。",
)
def score_range(ledger: Ledger) -> Iterator[Examination]:
    for scope in ledger.scopes():
        beyond = scaled_scores(scope.indicators) is not None
        for stem, name, extra in _scored(scope):
            score, weight = ledger.term(f"{stem}score"), ledger.term(f"{stem}weight")
            examined = _in_range(score, weight)
            if _is_told(examined):
                named = _in_range(score.called(f"{name}得分"), weight.called(f"{name}分值"))
                examined = (UNCHECKED,) if extra or beyond else named
            yield from _in(scope, examined)
        examined = _total_range(ledger.term(f"{scope.prefix}total_score"))
        extras = any(is_extra(row) for row in scope.indicators)
        yield from _in(scope, (UNCHECKED,) if _is_told(examined) and extras else examined)


@rule(
    "indicator.class_narrative",
    Severity.ERROR,
    title="各类指标分与报告一致",
    explain="自评报告中写的产出、效益、满意度总分值和得分，应等于自评表中该类指标之和（成本指标可计入产出，也可不计）。"
    "不一致说明报告沿用了旧的分值或表中分值改过。请以自评表为准，改正报告中的数。",
)
def class_narrative(ledger: Ledger) -> Iterator[Examination]:
    if relative_classes(ledger.report.indicators):
        yield UNCHECKED
        return
    apart = any(f"satisfaction.{end}" in ledger.told for end in ("weight", "score"))
    for code, rows in _class_readings(ledger.report.indicators, told_apart=apart).items():
        for end in ("weight", "score"):
            readings = [ledger.terms(f"indicators.{index}.{end}" for index in row) for row in rows]
            for mention in ledger.told_or_missing(f"{code}.{end}"):
                nearest = sorted(readings, key=lambda rows: _distance(rows, mention))
                yield from best(_class_total(mention, reading, code) for reading in nearest)


@rule(
    "indicator.classes",
    Severity.WARNING,
    title="指标类别齐全",
    explain="绩效指标应同时有产出、效益、满意度三类。缺一类说明指标没有设全，或一级指标的名称填写不规范。"
    "请补设缺少的一类指标；不适用的，请在报告中说明理由。",
)
def classes(ledger: Ledger) -> Iterator[Examination]:
    for scope in ledger.scopes():
        if not scope.indicators:
            continue
        levels = " ".join(f"{row.level1} {row.level2}" for row in scope.indicators)
        lacking = [name for name, words in OTHER_NAMES.items() if not any(word in levels for word in words)]
        if not lacking:
            yield EXACT
            continue
        if _classed_otherwise(scope.indicators, lacking):
            yield UNCHECKED
            continue
        places = [row.locus for row in scope.indicators[:1] if row.locus is not None]
        message = f"绩效指标中没有{'、'.join(lacking)}类指标"
        yield from _in(scope, (Examination(Verdict.BROKEN, message, places=tuple(places)),))


def _classed_otherwise(rows: Sequence[Indicator], lacking: Sequence[str]) -> bool:
    """Whether a class that no level names may be there all the same: no level is named at all, the form
    goes by other classes (履职效能, 过程), or an indicator itself is of satisfaction."""
    known = (*(word for words in OTHER_NAMES.values() for word in words), *EXECUTION, "预算", "资金")
    level1 = {row.level1 for row in rows if row.level1 and not is_extra(row)}
    if not level1 or not all(any(word in name for word in known) for name in level1):
        return True
    return lacking == ["满意度"] and any(SATISFIED in row.level3 for row in rows)


def _in(scope: Scope, examined: Examined) -> Examined:
    return prefaced(f"项目“{scope.name}”：", examined) if scope.prefix else examined


def _scored(scope: Scope) -> Iterator[tuple[str, str, bool]]:
    """The stem of each scored line's paths, its name, and whether its marks are extra."""
    yield f"{scope.prefix}funding.", "预算执行", False
    for index, row in enumerate(scope.indicators):
        yield f"{scope.prefix}indicators.{index}.", f"“{row.level3 or row.level2}”", is_extra(row)


def _is_told(examined: Examined) -> bool:
    return any(examination.message for examination in examined)


def _in_range(score: Term, weight: Term) -> Examined:
    return _negative(score) or tie_at_most(score, weight)


def _negative(score: Term) -> Examined:
    if score.interval is None or score.interval.value >= 0:
        return ()
    value = score.interval.value
    message = f"{style_of([score]).spoken(score)}，得分不应小于 0"
    return (Examination(Verdict.BROKEN, message, Decimal(0), value, -value, cites=(score.path,)),)


def _total_range(total: Term) -> Examined:
    if total.interval is None:
        return (UNCHECKED,) if total.unreadable else ()
    value = total.interval.value
    if value <= FULL:
        return _negative(total) or (EXACT,)
    style = style_of([total])
    message = f"{style.spoken(total)}，超过满分 100 分，多 {style.apart(value - FULL)}"
    return (Examination(Verdict.BROKEN, message, FULL, value, value - FULL, cites=(total.path,)),)


def _class_readings(rows: Sequence[Indicator], *, told_apart: bool) -> dict[str, list[list[int]]]:
    """The rows that each class may consist of: output with cost or without, benefit without satisfaction
    or, unless the narrative tells that apart, with it."""
    found = [_class_of(row) for row in rows]
    output, cost, benefit, satisfied = (
        [index for index, name in enumerate(found) if name == word]
        for word in ("产出", COST, "效益", "满意度")
    )
    without_cost = [index for index in output if COST not in rows[index].level2]
    benefit_alone = [index for index in benefit if SATISFIED not in rows[index].level2]
    among_benefit = [index for index in benefit if SATISFIED in rows[index].level2]
    readings = {
        "output": [output, [*output, *cost], without_cost],
        "benefit": [benefit, benefit_alone] if told_apart else [benefit, [*benefit, *satisfied]],
        "satisfaction": [satisfied or among_benefit],
    }
    return {code: [r for i, r in enumerate(rs) if r not in rs[:i]] for code, rs in readings.items()}


def _class_of(row: Indicator) -> str:
    words = (*CLASSES.values(), COST)
    named = next((word for word in words if word in row.level1), "")
    if named or COST in row.level2:
        return named or COST
    levels = f"{row.level1}{row.level2}"
    return next((name for name, others in OTHER_NAMES.items() if any(word in levels for word in others)), "")


def _distance(rows: Sequence[Term], mention: Term) -> Decimal:
    return abs(add_up(rows).value - mention.interval.value) if mention.interval is not None else Decimal(0)


def _class_total(mention: Term, rows: Sequence[Term], code: str) -> Examined:
    """A class's points in the narrative against the grid's rows of that class."""
    if mention.interval is None:
        return (UNCHECKED,) if rows or mention.unreadable else ()
    known = [row for row in rows if row.interval is not None]
    if not known or any(row.unreadable for row in rows):
        return (UNCHECKED,)
    added = add_up(known)
    verdict = agree(added, mention.interval)
    if verdict is Verdict.EXACT:
        return (EXACT,)
    if verdict is Verdict.BROKEN and len(known) < len(rows) and added.value < mention.interval.value:
        return (UNCHECKED,)
    style = style_of([mention, *known])
    apart = abs(mention.interval.value - added.value)
    message = (
        f"{style.spoken(mention)}，"
        f"自评表中{NARRATIVE_LABELS[code]}指标合计 {style.number(added.value)} {style.unit}，"
        f"差 {style.apart(apart)}{remark(verdict)}"
    )
    cites = (mention.path, *(row.path for row in known))
    examination = Examination(verdict, message, added.value, mention.interval.value, apart, cites)
    return (replace(examination, equation=True),)
