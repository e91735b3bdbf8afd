"""Rules of the project forms against the submission's own spending."""

from __future__ import annotations

from collections.abc import Iterator

from extract.quantity import Quantity
from reconcile.finding import Severity
from reconcile.ledger import Ledger, Term
from reconcile.message import shortened
from reconcile.rule import Examination, rule
from reconcile.tie import add_up, tie_sum, with_severity


@rule(
    "project.sum",
    Severity.WARNING,
    title="项目自评表合计",
    explain="各项目支出绩效自评表的全年执行数之和，应等于部门的项目支出决算数。"
    "不相等说明有的项目没有交自评表、重复交了，或金额填错。请对照项目清单核对；合计小于项目支出、且只要求部分项目自评的，可不处理。",
)
def total(ledger: Ledger) -> Iterator[Examination]:
    forms = ledger.report.projects
    if not forms:
        return
    parts = [
        ledger.term(f"projects.{index}.funding.executed", shortened(form.name) or f"项目 {index + 1}")
        for index, form in enumerate(forms)
    ]
    spending = _spending(ledger)
    examined = tie_sum(parts, spending)
    short = spending.interval is not None and add_up(parts).value < spending.interval.value
    yield from with_severity(examined, Severity.NOTICE) if short else examined


def _spending(ledger: Ledger) -> Term:
    table = ledger.term("expenses.project.final")
    if isinstance(table.figure, Quantity):
        return table
    return ledger.term("funding.by_nature.project", "自评表中项目支出")
