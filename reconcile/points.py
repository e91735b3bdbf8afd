"""The grid's points and those of 预算执行 against what they must make: 100, or the total score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from extract.quantity import Figure, Quantity, plain
from extract.report import Indicator
from reconcile.finding import Severity, Verdict
from reconcile.grid import FULL, ONE, Class, in_fractions, is_extra, relative_classes, scaled_scores
from reconcile.hints.points import points_hint
from reconcile.interval import Interval, agree, around, exactly
from reconcile.ledger import Ledger, Scope, Term
from reconcile.message import remark, style_of
from reconcile.rule import EXACT, UNCHECKED, Examination
from reconcile.tie import Examined, add_up

EXECUTION = ("预算执行", "执行率", "预算完成率", "支出进度", "资金使用率")


def weights_make_100(ledger: Ledger, scope: Scope) -> Examined:
    """All weights against 100; where each class has its own 100, class by class."""
    if not any(isinstance(row.weight, Quantity) for row in scope.indicators):
        return (UNCHECKED,) if scope.indicators else ()
    classes = relative_classes(scope.indicators)
    if classes:
        return tuple(_class_weight(scope, each) for each in classes)
    if in_fractions(scope.indicators):
        return _fractions_make_1(ledger, scope)
    return _points(ledger, scope, "weight", exactly(FULL))


def _fractions_make_1(ledger: Ledger, scope: Scope) -> Examined:
    """Weights as parts of 1, 预算执行 among them, beside them as a part, or beside them in points."""
    execution = _value(ledger.term(f"{scope.prefix}funding.weight").figure)
    if execution is None or execution < ONE:
        return _points(ledger, scope, "weight", exactly(ONE))
    parts = sum((w for row in scope.indicators if (w := _value(row.weight)) is not None), Decimal(0))
    return (EXACT,) if ONE in (parts, parts + execution / FULL) else (UNCHECKED,)


def scores_make_total(ledger: Ledger, scope: Scope) -> Examined:
    """All scores against the total score, plain or scaled by the weights."""
    total = ledger.term(f"{scope.prefix}total_score")
    examined = _points(ledger, scope, "score", total.interval, total)
    if not any(examination.verdict is Verdict.BROKEN for examination in examined):
        return examined
    if relative_classes(scope.indicators):
        return (UNCHECKED,)
    scaled = scaled_scores(scope.indicators)
    if scaled is None or total.interval is None:
        return examined
    execution = ledger.term(f"{scope.prefix}funding.score").interval
    wholes = [exactly(scaled)] + ([exactly(scaled) + execution] if execution else [])
    fits = any(agree(whole, total.interval) is not Verdict.BROKEN for whole in wholes)
    return (EXACT,) if fits else (UNCHECKED,)


def _class_weight(scope: Scope, each: Class) -> Examination:
    if each.weight == FULL:
        return EXACT
    apart = abs(each.weight - FULL)
    message = (
        f"各级指标的权重分别按 100 计，“{each.name}”的 {len(each.rows)} 项权重合计 {plain(each.weight)}，"
        f"应为 100，差 {plain(apart)}"
    )
    cites = tuple(f"{scope.prefix}indicators.{index}.weight" for index in each.rows)
    return Examination(
        Verdict.BROKEN, message, FULL, each.weight, apart, cites=cites, severity=Severity.WARNING
    )


def _points(
    ledger: Ledger, scope: Scope, end: str, wanted: Interval | None, total: Term | None = None
) -> Examined:
    """The grid's points and those of 预算执行 against what they must make, which may be a printed total.

    A grid that holds 预算执行 as an indicator of the same weight need not count it twice; one that holds
    it with another weight may or may not. Rows of extra marks stand beside the 100, and may be capped.
    """
    rows = ledger.terms(f"{scope.prefix}indicators.{index}.{end}" for index in range(len(scope.indicators)))
    execution = ledger.term(f"{scope.prefix}funding.{end}")
    if any(term.unreadable for term in (*rows, execution)) or (total is not None and total.unreadable):
        return (UNCHECKED,)
    known = [row for row in rows if row.interval is not None]
    if wanted is None:
        return (UNCHECKED,) if known else ()
    if not known:
        return (UNCHECKED,)
    grid = add_up(known)
    whole = [*known, execution] if execution.interval is not None else known
    added = add_up(whole)
    verdict = agree(added, wanted)
    if verdict is Verdict.EXACT:
        return (EXACT,)
    if agree(grid, wanted) is Verdict.EXACT and (held := _execution_rows(scope, end)):
        return (EXACT,) if _value(execution.figure) in held else (UNCHECKED,)
    if verdict is Verdict.BROKEN and len(whole) <= len(rows) and added.value < wanted.value:
        return (UNCHECKED,)
    if verdict is Verdict.BROKEN and (extra := _extra(scope, rows)):
        capped = total is not None and added.value > FULL and agree(exactly(FULL), wanted) is Verdict.EXACT
        return (EXACT,) if capped or _fits_beside(added, add_up(extra), wanted) else (UNCHECKED,)
    if verdict is Verdict.BROKEN and total is not None and _rounded_further(added, total.figure):
        verdict = Verdict.ROUNDING
    terms = [*whole, total] if total is not None else whole
    style = style_of(terms)
    words = _point_words(end, len(known))
    said = f"{words} {style.number(grid.value)}"
    if execution.interval is not None:
        said = f"{said} + {style.named(execution)} = {style.number(added.value)}"
    wants = f"应为 {style.number(wanted.value)}" if total is None else style.named(total)
    apart = abs(added.value - wanted.value)
    message = f"{said}，{wants}，差 {style.apart(apart)}{remark(verdict)}"
    cites = tuple(term.path for term in terms)
    expected, found = (wanted, added) if total is None else (added, wanted)
    hint = points_hint(ledger, known, execution, total, wanted.value)
    examination = Examination(verdict, message, expected.value, found.value, apart, cites, hint=hint)
    return (replace(examination, equation=True),)


def _point_words(end: str, count: int) -> str:
    return f"{count} 项指标{'分值' if end == 'weight' else '得分'}合计"


def _execution_rows(scope: Scope, end: str) -> list[Decimal]:
    """The points of the grid's own rows of 预算执行."""
    rows = [row for row in scope.indicators if any(word in _names(row) for word in EXECUTION)]
    figures = [row.weight if end == "weight" else row.score for row in rows]
    return [figure.value for figure in figures if isinstance(figure, Quantity)]


def _names(row: Indicator) -> str:
    return f"{row.level1}{row.level2}{row.level3}"


def _extra(scope: Scope, rows: Sequence[Term]) -> list[Term]:
    return [term for row, term in zip(scope.indicators, rows, strict=True) if is_extra(row)]


def _fits_beside(added: Interval, extra: Interval, wanted: Interval) -> bool:
    """Whether the points fit without the extra marks, or with them taken away."""
    without = added - extra
    return any(agree(option, wanted) is Verdict.EXACT for option in (without, without - extra))


def _rounded_further(added: Interval, total: Figure) -> bool:
    """Whether the total was rounded to fewer places than its parts: 99.4 of 99.38."""
    return isinstance(total, Quantity) and agree(added, around(total.value, total.step)) is not Verdict.BROKEN


def _value(figure: Figure) -> Decimal | None:
    return figure.value if isinstance(figure, Quantity) else None
