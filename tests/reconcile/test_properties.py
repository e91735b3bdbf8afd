"""Any honest submission passes; any visible slip in it is found where it was made, and nowhere else."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.paths import figures
from extract.quantity import Quantity
from extract.report import Report
from reconcile.catalogue import judge
from reconcile.finding import Finding, Severity, Verdict
from tests.reconcile.consistent import LEAVES, SCORES, Printing, consistent
from tests.reconcile.edits import changed

TIED = (
    *(f"staffing.{name}" for name in ("authorized", "on_duty", "control_rate")),
    *(
        f"expenses.{item}.{period}"
        for item in (
            "three_public",
            "vehicles",
            "vehicle_running",
            "reception",
            "project",
            "project_special#2",
        )
        for period in ("budget", "final")
    ),
    *(f"construction.0.{name}" for name in ("approved_area", "actual_investment", "area_control_rate")),
    *(f"funding.{name}" for name in ("annual_budget", "executed", "execution_rate", "score")),
    "funding.by_source.general_public_budget",
    "funding.by_source.government_fund",
    "funding.by_nature.basic",
    "funding.by_nature.project",
    *(f"indicators.{index}.{end}" for index in (0, 4, 6) for end in ("weight", "score")),
    "total_score",
    *(
        f"narrative.{code}"
        for code in (
            "on_duty",
            "total_expenditure",
            "basic_expenditure",
            "basic_expenditure#2",
            "project_expenditure",
            "project_expenditure#2",
            "wages",
            "goods_services",
            "transfers",
            "three_public.budget",
            "reception.final",
            "vehicles.final",
            "government_fund",
            "total_score",
            "benefit.weight",
            "output.score",
        )
    ),
    "listed_sums.1.total",
    "projects.0.funding.executed",
    "projects.1.total_score",
)

TOLD_ONCE = re.compile(
    r"expenses\.(office|utilities_travel|meeting_training|procurement|basic_adjustment)\..*"
    r"|expenses\.operating\.prior_final|funding\.initial_budget"
)
"""Figures that nothing else in a submission repeats, adds up or limits closely."""


def _told_twice() -> list[str]:
    known = figures(consistent())
    return [path for path, figure in known if isinstance(figure, Quantity) and not TOLD_ONCE.fullmatch(path)]


yuan = st.integers(0, 90_000_000).map(lambda value: Decimal(value) / 10000)


def _told_periods(name: str) -> int:
    return len(LEAVES[name].split())


amounts = st.fixed_dictionaries(
    {name: st.tuples(*[yuan] * _told_periods(name)) for name in LEAVES}
    | {"wages": st.tuples(yuan.map(lambda value: value + 100))}
)
row_scores = st.tuples(
    *(
        st.integers(0, int(Decimal(best)) * 4).map(lambda quarter: str(Decimal(quarter) / 4))
        for best in SCORES
    )
)


def _honest(leaves: dict[str, tuple[Decimal, ...]]) -> dict[str, tuple[Decimal, ...]]:
    """Leaves that hang together: the first project is part of project spending, the fund of all."""
    final = {name: values[-1] for name, values in leaves.items()}
    project = sum((final[name] for name in ("business", "operations", "fund_one", "fund_two")), Decimal(0))
    return {
        **leaves,
        "first_project": (min(final["first_project"], project),),
        "government_fund": (min(final["government_fund"], final["wages"]),),
    }


def _errors(report: Report) -> list[Finding]:
    return [f for f in judge(report).findings if f.severity is Severity.ERROR]


printings = st.builds(
    Printing,
    places=st.sampled_from([2, 4, 1]),
    told=st.sampled_from([2, 1, 0]),
    yuan=st.booleans(),
    nought=st.sampled_from([None, "blank", "dash"]),
)


@settings(max_examples=100, deadline=None)
@given(amounts.map(_honest), row_scores, printings)
def test_an_honest_submission_has_no_error(
    leaves: dict[str, tuple[Decimal, ...]], scores: tuple[str, ...], how: Printing
) -> None:
    assert _errors(consistent(leaves, how, scores)) == []


@settings(max_examples=60, deadline=None)
@given(amounts.map(_honest), st.sampled_from(["元", "万元"]))
def test_totals_added_up_from_rounded_parts_are_no_error(
    leaves: dict[str, tuple[Decimal, ...]], unit: str
) -> None:
    """A narrative written from a table of rounded amounts, tables printed to the 元."""
    cent = Decimal("0.01")
    rounded = {
        name: tuple(value.quantize(cent, ROUND_HALF_UP) for value in values)
        for name, values in leaves.items()
    }
    how = Printing(places=0 if unit == "元" else 4, yuan=unit == "元")
    exact, told = consistent(leaves, how), consistent(rounded)
    codes = ("project_expenditure", "three_public.final", "three_public.budget")
    mixed = tuple(
        later if later.code in codes else first
        for first, later in zip(exact.narrative, told.narrative, strict=True)
    )
    rules = ("funding.narrative", "expense.three_public_narrative", "narrative.three_public_sum")
    assert [f for f in _errors(replace(exact, narrative=mixed)) if f.rule in rules] == []


@pytest.mark.parametrize("path", _told_twice())
def test_a_slip_is_found_where_it_was_made_and_nowhere_else(path: str) -> None:
    report = consistent()
    found = []
    for sign in (1, -1):
        findings = judge(changed(report, {path: _slipped(report, path, sign)})).findings
        found += [finding for finding in findings if finding.flagged]
    assert any(path in finding.cites for finding in found)
    assert [f for f in found if f.severity is Severity.ERROR and path not in f.cites] == []


@settings(max_examples=60, deadline=None)
@given(amounts.map(_honest), st.sampled_from(TIED), st.sampled_from([-1, 1]))
def test_a_slip_in_any_submission_is_blamed_on_no_other_figure(
    leaves: dict[str, tuple[Decimal, ...]], path: str, sign: int
) -> None:
    report = consistent(leaves)
    errors = _errors(changed(report, {path: _slipped(report, path, sign)}))
    assert [finding for finding in errors if path not in finding.cites] == []


@pytest.mark.parametrize("why", ["", "?", "—"])
@pytest.mark.parametrize("path", TIED)
def test_a_figure_that_is_not_there_accuses_nobody(path: str, why: str) -> None:
    errors = _errors(changed(consistent(), {path: why}))
    assert errors == []


def test_every_tied_path_is_a_figure_of_the_report() -> None:
    known = dict(figures(consistent()))
    assert [path for path in TIED if not isinstance(known.get(path), Quantity)] == []


def test_verdicts_of_an_honest_submission_are_exact_or_rounding() -> None:
    leaves = {name: tuple(Decimal(v) / 3 for v in text.split()) for name, text in LEAVES.items()}
    verdicts = {
        f.verdict for f in judge(consistent(_honest(leaves))).findings if f.severity is not Severity.WARNING
    }
    assert verdicts <= {Verdict.ROUNDING, Verdict.SUSPECT}


def _slipped(report: Report, path: str, sign: int = 1) -> str:
    """The figure of a path, visibly different: money by 38.71, rates by 7 points, scores by 3."""
    figure = dict(figures(report))[path]
    assert isinstance(figure, Quantity)
    match figure.kind:
        case "money":
            return f"{figure.value + sign * Decimal('38.71')}"
        case "rate":
            return f"{(figure.value + sign * Decimal('0.07')) * 100:.2f}%"
        case "score":
            return f"{figure.value - 3}"
        case "area":
            return f"{figure.value + sign * 137}"
    return f"{figure.value + sign * 2}"
