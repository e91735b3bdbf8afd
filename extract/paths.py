"""The names of a report's figures: `funding.by_nature.basic` and its like.

`expenses.<item>.<period>` names the first row of an item, `expenses.<item>#2.<period>` the second;
a row of no known item is `expenses.[<index from 0>].<period>`. `narrative.<code>#2` is a second mention.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from extract.quantity import Figure
from extract.report import NATURES, PERIODS, SOURCES, Funding, Indicator, Report

FUNDING_FIGURES = ("initial_budget", "annual_budget", "executed", "weight", "execution_rate", "score")
CONSTRUCTION_FIGURES = (
    "approved_area",
    "actual_area",
    "area_control_rate",
    "budgeted_investment",
    "actual_investment",
    "investment_control_rate",
)


def figures(report: Report) -> Iterator[tuple[str, Figure]]:
    """Every figure of the report with its path, in the record's order; absent ones too."""
    for name in ("authorized", "on_duty", "control_rate"):
        yield f"staffing.{name}", getattr(report.staffing, name)
    for key, row in zip(expense_keys(report), report.expenses, strict=True):
        for period in PERIODS:
            yield f"expenses.{key}.{period}", getattr(row, period)
    for index, building in enumerate(report.construction):
        for name in CONSTRUCTION_FIGURES:
            yield f"construction.{index}.{name}", getattr(building, name)
    yield from _funding("", report.funding)
    yield from _indicators("", report.indicators)
    yield "total_score", report.total_score
    yield from _narrative(report)
    for index, project in enumerate(report.projects):
        prefix = f"projects.{index}."
        yield from _funding(prefix, project.funding)
        yield from _indicators(prefix, project.indicators)
        yield f"{prefix}total_score", project.total_score


def expense_keys(report: Report) -> list[str]:
    """The middle word of each expense row's paths, one a row, in the table's order."""
    seen: Counter[str] = Counter()
    keys = []
    for index, row in enumerate(report.expenses):
        if row.item is None:
            keys.append(f"[{index}]")
            continue
        seen[row.item] += 1
        keys.append(row.item if seen[row.item] == 1 else f"{row.item}#{seen[row.item]}")
    return keys


def narrative_keys(report: Report) -> list[str]:
    """The last word of each narrative figure's path: the code, or the code and which mention it is."""
    seen: Counter[str] = Counter()
    keys = []
    for figure in report.narrative:
        seen[figure.code] += 1
        keys.append(figure.code if seen[figure.code] == 1 else f"{figure.code}#{seen[figure.code]}")
    return keys


def _funding(prefix: str, funding: Funding) -> Iterator[tuple[str, Figure]]:
    for name in FUNDING_FIGURES:
        yield f"{prefix}funding.{name}", getattr(funding, name)
    for name in SOURCES:
        yield f"{prefix}funding.by_source.{name}", getattr(funding.by_source, name)
    for name in NATURES:
        yield f"{prefix}funding.by_nature.{name}", getattr(funding.by_nature, name)


def _indicators(prefix: str, indicators: tuple[Indicator, ...]) -> Iterator[tuple[str, Figure]]:
    for index, indicator in enumerate(indicators):
        yield f"{prefix}indicators.{index}.weight", indicator.weight
        yield f"{prefix}indicators.{index}.score", indicator.score


def _narrative(report: Report) -> Iterator[tuple[str, Figure]]:
    for key, figure in zip(narrative_keys(report), report.narrative, strict=True):
        yield f"narrative.{key}", figure.value
    for index, listed in enumerate(report.listed_sums):
        yield f"listed_sums.{index}.total", listed.total.value
        for place, part in enumerate(listed.parts):
            yield f"listed_sums.{index}.parts.{place}", part.value
    for index, share in enumerate(report.shares):
        yield f"shares.{index}.percent", share.percent
        yield f"shares.{index}.part", share.part.value
        yield f"shares.{index}.whole", share.whole.value
