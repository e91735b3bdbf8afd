"""Rules of finished buildings: 楼堂馆所控制情况."""

from __future__ import annotations

from collections.abc import Iterator

from reconcile.finding import Severity, Verdict
from reconcile.interval import ONE, at_most, exactly
from reconcile.ledger import Ledger, Term
from reconcile.message import style_of
from reconcile.rule import EXACT, Examination, rule
from reconcile.tie import Examined, tie_at_most, tie_rate, with_severity

_MEASURES = (
    ("actual_area", "approved_area", "area_control_rate"),
    ("actual_investment", "budgeted_investment", "investment_control_rate"),
)


@rule(
    "construction.rates",
    Severity.ERROR,
    title="楼堂馆所控制率",
    explain="规模控制率应等于实际规模除以批复规模，投资概算控制率应等于实际投资除以预算投资；"
    "两个比率都不应超过 100%。"
    "比率算错的请重新计算；确实超规模、超概算的，请说明原因和批准文件。",
)
def rates(ledger: Ledger) -> Iterator[Examination]:
    for index in range(len(ledger.report.construction)):
        for names in _MEASURES:
            actual, approved, rate = ledger.terms(f"construction.{index}.{name}" for name in names)
            yield from tie_rate(actual, approved, rate)
            yield from with_severity(_within(actual, approved, rate), Severity.WARNING)


def _within(actual: Term, approved: Term, rate: Term) -> Examined:
    """Actual against approved; by the printed rate alone where the amounts aren't there."""
    if rate.interval is None or actual.interval is not None or approved.interval is not None:
        return tie_at_most(actual, approved)
    if at_most(rate.interval, exactly(ONE)) is not Verdict.BROKEN:
        return (EXACT,)
    value = rate.interval.value
    message = f"{style_of([rate]).named(rate)}，超过 100%"
    return (Examination(Verdict.BROKEN, message, ONE, value, value - ONE, cites=(rate.path,)),)
