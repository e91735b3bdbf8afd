"""The accounting identities of a report: which figures must make which.

Only what is exhaustive chooses between readings; «其中» and budgets may only speak against a choice. Where
a form's layout leaves open what makes a total (rows of no known item, details under a subtotal, points by
classes), there is no identity.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extract.quantity import Absent
from extract.report import NATURES, PERIODS, SOURCES
from readings.equation import Equation
from reconcile.expense import OF_WHICH, PROJECT_ROWS, SUBTOTALS
from reconcile.grid import in_fractions, is_extra, relative_classes, scaled_scores
from reconcile.labels import row_label
from reconcile.ledger import Ledger, Scope
from reconcile.points import EXECUTION

FULL = Decimal(100)
THREE_PUBLIC = ("three_public", "vehicles", "overseas", "reception")


def identities(ledger: Ledger) -> tuple[Equation, ...]:
    """Every identity both sides of which are printed."""
    found = (*_staffing(ledger), *_expenses(ledger), *_forms(ledger), *_told(ledger))
    return tuple(dict.fromkeys(one for one in found if _is_printed(ledger, one)))


def _is_printed(ledger: Ledger, equation: Equation) -> bool:
    totals = equation.constant is not None or any(_printed(ledger, path) for path in equation.totals)
    return totals and any(_printed(ledger, path) for path in equation.parts)


def _printed(ledger: Ledger, path: str) -> bool:
    """Whether there is such a cell or sentence."""
    figure = ledger.figure(path)
    return not (isinstance(figure, Absent) and figure.why == "missing")


def _sum(ledger: Ledger, parts: list[str], *totals: str) -> Equation:
    return Equation(
        "sum",
        tuple(path for path in parts if _printed(ledger, path)),
        tuple(path for path in totals if _printed(ledger, path)),
    )


def _staffing(ledger: Ledger) -> Iterator[Equation]:
    yield Equation("rate", ("staffing.on_duty", "staffing.authorized"), ("staffing.control_rate",))


def _expenses(ledger: Ledger) -> Iterator[Equation]:
    for period in PERIODS:

        def at(*items: str, period: str = period) -> list[str]:
            return [f"expenses.{item}.{period}" for item in items]

        halves = at("vehicle_purchase", "vehicle_running")
        vehicles = at("vehicles") if any(_printed(ledger, path) for path in at("vehicles")) else halves
        yield _sum(ledger, [*vehicles, *at("overseas", "reception")], *at("three_public"))
        yield _sum(ledger, halves, *at("vehicles"))
        yield _projects(ledger, period)
        parts = at("office", "utilities_travel", "meeting_training")
        yield Equation("limit", tuple(p for p in parts if _printed(ledger, p)), tuple(at("operating")))


def _projects(ledger: Ledger, period: str) -> Equation:
    """项目支出 and its rows; none where a row may be another's detail, or its total."""
    within, rows = False, []
    for key, row in ledger.expenses:
        label = row_label(row)
        if row.item in PROJECT_ROWS:
            if label.endswith(SUBTOTALS) or label.startswith(OF_WHICH):
                return Equation("sum", ())
            rows.append(f"expenses.{key}.{period}")
        elif row.item is None and within:
            return Equation("sum", ())
        within = row.item == "project" or row.item in PROJECT_ROWS
    return _sum(ledger, rows, f"expenses.project.{period}")


def _forms(ledger: Ledger) -> Iterator[Equation]:
    for scope in ledger.scopes():
        funding = f"{scope.prefix}funding."
        executed, budget = f"{funding}executed", f"{funding}annual_budget"
        yield _sum(ledger, [f"{funding}by_source.{name}" for name in SOURCES], executed, budget)
        yield _sum(ledger, [f"{funding}by_nature.{name}" for name in NATURES], executed, budget)
        yield Equation("rate", (executed, budget), (f"{funding}execution_rate",))
        yield from _points(ledger, scope)


def _points(ledger: Ledger, scope: Scope) -> Iterator[Equation]:
    rows = scope.indicators
    own = any(word in f"{row.level1}{row.level2}{row.level3}" for row in rows for word in EXECUTION)
    if own or any(map(is_extra, rows)) or relative_classes(rows) or in_fractions(rows):
        return
    for end in ("weight", "score"):
        paths = [f"{scope.prefix}indicators.{index}.{end}" for index in range(len(rows))]
        parts = tuple(p for p in (*paths, f"{scope.prefix}funding.{end}") if _printed(ledger, p))
        if end == "weight":
            yield Equation("sum", parts, (), FULL)
        elif scaled_scores(rows) is None:
            yield Equation("sum", parts, (f"{scope.prefix}total_score",))


def _told(ledger: Ledger) -> Iterator[Equation]:
    """Figures that two parts of the submission print."""
    basic, project = (f"funding.by_nature.{name}" for name in NATURES)
    yield _sum(ledger, [project], "expenses.project.final")
    same = {
        "authorized": ["staffing.authorized"],
        "on_duty": ["staffing.on_duty"],
        "basic_expenditure": [basic],
        "project_expenditure": [project if _printed(ledger, project) else "expenses.project.final"],
        "government_fund": ["funding.by_source.government_fund"],
        "total_expenditure": ["funding.executed", "funding.by_source.general_public_budget"],
        "total_score": ["total_score"],
    }
    for item in THREE_PUBLIC:
        same |= {f"{item}.{period}": [f"expenses.{item}.{period}"] for period in PERIODS[1:]}
    for code, places in same.items():
        for path in ledger.told.get(code, ()):
            yield _sum(ledger, [path], *places)
