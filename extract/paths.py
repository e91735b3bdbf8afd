"""The names of a report's figures: `funding.by_nature.basic` and its like.

`expenses.<item>.<period>` names the first row of an item, `expenses.<item>#2.<period>` the second;
a row of no known item is `expenses.[<index from 0>].<period>`. `narrative.<code>#2` is a second mention.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from extract.quantity import Figure
from extract.report import NATURES, PERIODS, SOURCES, Funding, Indicator, Report

T = TypeVar("T")
STAFFING_FIGURES = ("authorized", "on_duty", "control_rate")
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
    for name in STAFFING_FIGURES:
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


def with_figures(report: Report, new: Mapping[str, Figure]) -> Report:
    """The report with these figures in the place of those at their paths; a path that it doesn't have
    changes nothing."""
    if not new:
        return report
    expenses = zip(expense_keys(report), report.expenses, strict=True)
    narrative = zip(narrative_keys(report), report.narrative, strict=True)
    return replace(
        report,
        staffing=_with(report.staffing, "staffing.", STAFFING_FIGURES, new),
        expenses=tuple(_with(row, f"expenses.{key}.", PERIODS, new) for key, row in expenses),
        construction=_each(report.construction, "construction.", CONSTRUCTION_FIGURES, new),
        funding=_with_funding(report.funding, "", new),
        indicators=_each(report.indicators, "indicators.", ("weight", "score"), new),
        total_score=new.get("total_score", report.total_score),
        narrative=tuple(replace(one, value=new.get(f"narrative.{key}", one.value)) for key, one in narrative),
        listed_sums=tuple(
            replace(
                listed,
                total=_with(listed.total, f"listed_sums.{i}.", ("total",), new, "value"),
                parts=tuple(
                    _with(part, f"listed_sums.{i}.parts.", (str(place),), new, "value")
                    for place, part in enumerate(listed.parts)
                ),
            )
            for i, listed in enumerate(report.listed_sums)
        ),
        shares=tuple(
            replace(
                _with(share, f"shares.{i}.", ("percent",), new),
                part=_with(share.part, f"shares.{i}.", ("part",), new, "value"),
                whole=_with(share.whole, f"shares.{i}.", ("whole",), new, "value"),
            )
            for i, share in enumerate(report.shares)
        ),
        projects=tuple(
            replace(
                project,
                funding=_with_funding(project.funding, f"projects.{i}.", new),
                indicators=_each(project.indicators, f"projects.{i}.indicators.", ("weight", "score"), new),
                total_score=new.get(f"projects.{i}.total_score", project.total_score),
            )
            for i, project in enumerate(report.projects)
        ),
    )


def _with(block: T, prefix: str, names: Iterable[str], new: Mapping[str, Figure], field: str = "") -> T:
    """A block with its figures replaced; `field` is what they are called in it, if not by their names."""
    changed: dict[str, Any] = {field or n: new[prefix + n] for n in names if prefix + n in new}
    return replace(block, **changed) if changed else block  # type: ignore[type-var]  # dataclasses all


def _each(blocks: Sequence[T], prefix: str, names: Sequence[str], new: Mapping[str, Figure]) -> tuple[T, ...]:
    return tuple(_with(block, f"{prefix}{i}.", names, new) for i, block in enumerate(blocks))


def _with_funding(funding: Funding, prefix: str, new: Mapping[str, Figure]) -> Funding:
    return replace(
        _with(funding, f"{prefix}funding.", FUNDING_FIGURES, new),
        by_source=_with(funding.by_source, f"{prefix}funding.by_source.", SOURCES, new),
        by_nature=_with(funding.by_nature, f"{prefix}funding.by_nature.", NATURES, new),
    )
