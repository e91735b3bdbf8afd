"""Why an equation may be broken: cheap guesses that fit, said as guesses. No figure is ever changed."""

from __future__ import annotations

from decimal import Decimal

from extract.quantity import Quantity
from reconcile.finding import Verdict
from reconcile.ledger import Ledger
from reconcile.rule import Examination

PRINTED_DIGITS, TELLING_DIGITS = 3, 2
"""A figure printed with fewer digits, or rounder than that, fits too much by chance to mean anything."""

_FACTORS = (Decimal(10000), Decimal(100), Decimal(10))


def hint_for(ledger: Ledger, examination: Examination) -> str:
    """A guess for a broken equation of amounts, or nothing."""
    if not examination.equation or examination.verdict is not Verdict.BROKEN:
        return examination.hint
    if examination.expected is None or examination.found is None or not _of_money(ledger, examination):
        return ""
    return examination.hint or _unit_slip(examination) or _same_figure(ledger, examination)


def _of_money(ledger: Ledger, examination: Examination) -> bool:
    cited = [ledger.figure(path) for path in examination.cites]
    return bool(cited) and all(isinstance(f, Quantity) and f.kind == "money" for f in cited)


def _unit_slip(examination: Examination) -> str:
    assert examination.expected is not None
    assert examination.found is not None
    small, large = sorted((abs(examination.expected), abs(examination.found)))
    if not small:
        return ""
    factor = next((factor for factor in _FACTORS if small * factor == large), None)
    if factor is None:
        return ""
    return (
        "两数相差一万倍，可能把元和万元弄混了" if factor == 10000 else f"两数相差 {factor} 倍，可能小数点错位"
    )


def _same_figure(ledger: Ledger, examination: Examination) -> str:
    """The difference, or the figure found, is another figure of this report."""
    assert examination.difference is not None
    assert examination.found is not None
    if other := _named(ledger, examination.difference, examination):
        return f"差额与“{other}”相同，可能漏算或重复计算了这一项"
    if len(examination.cites) == 2 and (other := _named(ledger, examination.found, examination)):
        return f"与“{other}”的数相同，可能填错了项目"
    return ""


def _named(ledger: Ledger, value: Decimal, examination: Examination) -> str:
    digits, telling = (len(number.as_tuple().digits) for number in (value, value.normalize()))
    if digits < PRINTED_DIGITS or telling < TELLING_DIGITS:
        return ""
    cited = {_name(ledger, path) for path in examination.cites}
    for path, figure in ledger.figures.items():
        if not isinstance(figure, Quantity) or figure.kind != "money" or figure.value != value:
            continue
        if path not in examination.cites and (name := _name(ledger, path)) not in cited:
            return name
    return ""


def _name(ledger: Ledger, path: str) -> str:
    """A figure's name without period or column: the same thing told twice is no explanation."""
    return ledger.term(path).label.partition("（")[0]
