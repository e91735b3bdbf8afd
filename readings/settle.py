"""A report whose unsure figures are settled as far as the report's own sums go."""

from __future__ import annotations

from decimal import Decimal

from extract.paths import figures, with_figures
from extract.quantity import Quantity
from extract.report import Report
from readings.certify import proved
from readings.choose import Sheet, choices
from readings.identities import identities
from readings.rows import whole_forms
from reconcile.ledger import Ledger, open_ledger

ROUNDS = 4


def settled(report: Report) -> Report:
    """The report with unsure figures proved, or given another of their readings, where its sums leave no
    doubt. A report of digital text comes back as it is."""
    for _ in range(ROUNDS):
        if not any(figure.unsure for _, figure in figures(report)):
            return report
        ledger = open_ledger(report)
        sheet = Sheet(ledger.figures, identities(ledger), _slack(ledger))
        new = proved(sheet, whole_forms(ledger)) or choices(sheet)
        if not new:
            return report
        report = with_figures(report, new)
    return report


def _slack(ledger: Ledger) -> dict[str, Decimal]:
    """Half a unit of each figure's place, as its block is printed."""
    found: dict[str, Decimal] = {}
    for path, figure in ledger.figures.items():
        if isinstance(figure, Quantity):
            interval = ledger.term(path).interval
            found[path] = figure.step / 2 if interval is None else (interval.high - interval.low) / 2
    return found
