"""Random scans of random true reports: nothing that is wrong is ever called sure in silence.

A report's leaves are random, so its figures repeat each other only where the forms do. Some figures are
misread (with the truth among their other readings, or without), some doubted for nothing, some hidden;
some departments made a slip of their own. What the regimes come to, in shares of the unsure figures of
each, stands beside them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random

import pytest

from extract.paths import figures, with_figures
from extract.quantity import Absent, Figure, Quantity
from extract.report import Report
from readings.settle import settled
from tests.readings.misread import UNSURE, as_read, digits_of, doubted, misread, quantities, slipped
from tests.reconcile.consistent import Printing, consistent, leaves

READ = ("staffing.", "expenses.", "funding.", "indicators.", "total_score", "projects.")
COLUMN = ("three_public", "vehicles", "vehicle_purchase", "vehicle_running", "overseas", "reception")
REPORTS = 60


@dataclass(frozen=True, slots=True)
class Regime:
    """Shares of figures: misread, doubted though right, hidden; of misread ones with the truth among their
    readings; of reports with a slip of the department's own, with rows shifted."""

    wrong: float
    doubted: float
    hidden: float = 0.0
    truth: float = 0.8
    slip: float = 0.0
    shift: float = 0.0


REGIMES = {
    "a good scan": Regime(0.02, 0.03),
    "a bad photograph": Regime(0.08, 0.15, truth=0.7),
    "the truth was never read": Regime(0.04, 0.05, truth=0.0),
    "departments' own slips": Regime(0.03, 0.06, slip=1.0),
    "rows shifted": Regime(0.01, 0.10, shift=1.0),
    "seals over cells": Regime(0.02, 0.03, hidden=0.05),
    "a page to review whole": Regime(0.03, 0.97),
}


def printed(random: Random) -> Report:
    """A true report of random amounts."""
    chosen = {
        name: tuple(
            Decimal(random.randrange(1, 50000)) / 100 if value or random.random() < 0.3 else value
            for value in values
        )
        for name, values in leaves().items()
    }
    return consistent(chosen, Printing(yuan=random.random() < 0.2))


def with_slip(random: Random, report: Report) -> Report:
    known = quantities(report, *READ)
    path = random.choice(sorted(known))
    return with_figures(
        report, {path: as_read(known[path], slipped(random, digits_of(known[path])), (), 1.0)}
    )


def scanned(random: Random, report: Report, regime: Regime) -> Report:
    new: dict[str, Figure] = {}
    for path, figure in quantities(report, *READ).items():
        chance = random.random()
        if chance < regime.wrong:
            new[path] = misread(random, figure, random.random() < regime.truth)
        elif chance < regime.wrong + regime.doubted:
            new[path] = doubted(random, figure)
        elif chance < regime.wrong + regime.doubted + regime.hidden:
            seen = (digits_of(figure),) if random.random() < 0.5 else ()
            new[path] = Absent("blank", "", figure.locus, 0.0, seen, figure.kind, figure.unit)
    if random.random() < regime.shift:
        new |= shifted(random, dict(figures(report)) | new)
    return with_figures(report, new)


def shifted(random: Random, known: dict[str, Figure]) -> dict[str, Figure]:
    """A run of rows of 三公经费 moved up by one, as when a row is lost: right figures in wrong rows."""
    period = random.choice(("prior_final", "budget", "final"))
    paths = [f"expenses.{item}.{period}" for item in COLUMN]
    first = random.randrange(len(paths) - 1)
    last = random.randrange(first + 1, len(paths))
    rows = [known[path] for path in paths]
    moved = [*rows[:first], *rows[first + 1 : last + 1], rows[first], *rows[last + 1 :]]
    return {path: replace(row, sure=UNSURE) for path, row in zip(paths, moved, strict=True)}


def outcomes(regime: Regime, seed: int) -> Counter[str]:
    """What became of the figures that the scan's reader was not sure of."""
    random = Random(seed)
    report = printed(random)
    if random.random() < regime.slip:
        report = with_slip(random, report)
    scan = scanned(random, report, regime)
    truth, found = dict(figures(report)), dict(figures(settled(scan)))
    count: Counter[str] = Counter()
    for path, before in figures(scan):
        now, true = found[path], truth[path]
        right = isinstance(now, Quantity) and isinstance(true, Quantity) and now.value == true.value
        if not before.unsure:
            assert now == before
            continue
        how = "told" if isinstance(now, Quantity) and now.raw else "marked" if now.unsure else "sure"
        count[f"{how} {'right' if right else 'wrong'}"] += 1
    return count


@pytest.mark.parametrize("name", REGIMES)
def test_nothing_wrong_is_called_sure_in_silence(name: str) -> None:
    count = sum((outcomes(REGIMES[name], seed) for seed in range(REPORTS)), Counter[str]())
    unsure = sum(count.values())
    assert unsure > 150
    assert count["sure wrong"] == 0
    assert count["told wrong"] <= unsure / 200
    settled_share = (count["sure right"] + count["told right"]) / unsure
    assert settled_share > {"the truth was never read": 0.05}.get(name, 0.1)
