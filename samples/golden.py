"""What gouji must make of a sample: its record, known from the facts and never from running gouji.

Money is in 万元 with the places printed, rates are fractions, null is a cell left empty, `"*"` a figure on
which the form's own words leave room for two readings. `expected_findings` are all that must be flagged;
findings of the `allowed_findings` rules may stand beside them, and so may any that is only rounding.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from samples.facts import Building, Expense, Facts, Funding, Indicator, Project
from samples.telling import Paper, Told, plain, wan, yuan
from samples.wordings import WORDINGS

EITHER = "*"
SOURCES = ("general_public_budget", "government_fund", "special_account", "other")


def papers(facts: Facts) -> tuple[list[Paper], Told]:
    """The submission's files, and its narrative as told in them."""
    told = Told(facts, yuan if facts.wording == "c" else wan)
    return WORDINGS[facts.wording].papers(facts, told), told


def golden(facts: Facts) -> dict[str, Any]:
    """The record that reading the facts' files must give."""
    _, told = papers(facts)
    has = {part: part not in facts.without for part in ("base", "form", "narrative")}
    rows = WORDINGS[facts.wording].listed(facts) if has["base"] else []
    return {
        "department": facts.department,
        "department_code": facts.department_code if has["form"] else None,
        "fiscal_year": facts.year,
        "status": _status(facts),
        "report_date": facts.report_date.isoformat() if has["form"] else None,
        "staffing": _staffing(facts)
        if has["base"]
        else dict.fromkeys(("authorized", "on_duty", "control_rate")),
        "expenses": [_expense(row, label) for row, label in rows],
        "construction": [_building(building) for building in facts.buildings] if has["base"] else [],
        "thrift_measures": facts.thrift if has["base"] else None,
        "funding": _funding(facts.funding, facts.wording),
        "goals": {"expected": facts.expected, "actual": facts.actual},
        "indicators": [_indicator(row) for row in facts.indicators],
        "total_score": plain(facts.total_score),
        "grade": facts.grade,
        "narrative": {
            code: {"value": claim if isinstance(claim, str) else told.plainly(code, claim)}
            for code, claim in told.figures.items()
        },
        "projects": [_project(project) for project in facts.projects],
        "expected_findings": [list(pair) for pair in facts.findings],
        "allowed_findings": list(facts.allowed),
    }


def _status(facts: Facts) -> str:
    flagged = [rule for rule, verdict in facts.findings if verdict != "rounding"]
    return "incomplete" if "completeness.parts" in flagged else "flagged" if flagged else "clean"


def _money(value: Decimal | None) -> str | None:
    return None if value is None else format(value, "f")


def _staffing(facts: Facts) -> dict[str, str | None]:
    rate = facts.control_rate
    return {
        "authorized": plain(facts.authorized),
        "on_duty": plain(facts.on_duty),
        "control_rate": None if rate is None else plain(rate),
    }


def _expense(row: Expense, label: str) -> dict[str, str | None]:
    amounts = {"prior_final": row.prior_final, "budget": row.budget, "final": row.final}
    return {
        "item": row.item,
        "label": label.removeprefix("^ | ").replace(" | ", ""),
        **{period: _money(amount) for period, amount in amounts.items()},
    }


def _building(building: Building) -> dict[str, str]:
    return {
        "approved_area": plain(building.approved_area),
        "actual_area": plain(building.actual_area),
        "area_control_rate": plain(building.area_control_rate),
        "budgeted_investment": wan(building.budgeted_investment),
        "actual_investment": wan(building.actual_investment),
        "investment_control_rate": plain(building.investment_control_rate),
    }


def _funding(money: Funding, wording: str) -> dict[str, Any]:
    """The funding block. The general national form (D) has no four sources and no two natures: its
    当年财政拨款 and 其他资金 may be read as sources or not."""
    record: dict[str, Any] = {
        "initial_budget": _money(money.initial_budget),
        "annual_budget": _money(money.annual_budget),
        "executed": _money(money.executed),
        "weight": plain(money.weight),
        "execution_rate": plain(money.execution_rate),
        "score": plain(money.score),
    }
    if wording == "d":
        sources: dict[str, Any] = dict.fromkeys(SOURCES)
        record["by_source"] = sources | {"general_public_budget": EITHER, "other": EITHER}
        record["by_nature"] = {"basic": None, "project": None}
        return record
    record["by_source"] = {source: _money(getattr(money, source)) for source in SOURCES}
    record["by_nature"] = {"basic": _money(money.basic), "project": _money(money.project)}
    return record


def _indicator(row: Indicator) -> dict[str, str]:
    return {
        "level1": row.level1,
        "level2": row.level2,
        "level3": row.level3,
        "target": row.target,
        "actual": row.actual,
        "weight": plain(row.weight),
        "score": plain(row.score),
        "deviation": row.deviation,
    }


def _project(project: Project) -> dict[str, Any]:
    return {
        "funding": _funding(project.funding, "project"),
        "goals": {"expected": project.expected, "actual": project.actual},
        "indicators": [_indicator(row) for row in project.indicators],
        "total_score": plain(project.total_score),
        "grade": project.grade,
    }
