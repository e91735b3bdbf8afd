"""A second opinion on a golden: plain sums over its strings, written without looking at gouji's rules."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

Record = dict[str, Any]
PERIODS = ("prior_final", "budget", "final")
CLASSES = ("wages", "goods_services", "transfers", "debt_interest", "capital", "other_expenditure")
ITEMS = ("three_public", "vehicles", "overseas", "reception")
CENT = Decimal("0.005")


def number(text: str | None) -> Decimal:
    """The figure, a blank one as nothing."""
    return Decimal(text or 0)


def broken(golden: Record) -> set[str]:
    """The rules whose equations the golden's own figures break, beyond honest rounding."""
    said = {code: claim["value"] for code, claim in golden["narrative"].items()}
    found = _expenses(golden, said) if golden["expenses"] else set()
    return found | _funding(golden, said) | _scores(golden, said) | _narrative(said)


def row(golden: Record, item: str) -> Record:
    return next(one for one in golden["expenses"] if one["item"] == item)


def total(golden: Record, period: str, *items: str) -> Decimal:
    return sum((number(one[period]) for one in golden["expenses"] if one["item"] in items), Decimal(0))


def _expenses(golden: Record, said: dict[str, str]) -> set[str]:
    found = set()
    projects = ("project_business", "project_operations", "project_special")
    rows = sum(one["item"] in projects for one in golden["expenses"])
    for period in PERIODS:
        if number(row(golden, "three_public")[period]) != total(
            golden, period, "vehicles", "overseas", "reception"
        ):
            found.add("expense.three_public_sum")
        if number(row(golden, "vehicles")[period]) != total(
            golden, period, "vehicle_purchase", "vehicle_running"
        ):
            found.add("expense.vehicles_sum")
        off = abs(number(row(golden, "project")[period]) - total(golden, period, *projects))
        if off > CENT * (rows + 1):
            found.add("expense.project_sum")
        if total(golden, period, "office", "utilities_travel", "meeting_training") > number(
            row(golden, "operating")[period]
        ):
            found.add("expense.operating_parts")
    if any(number(row(golden, item)["final"]) > number(row(golden, item)["budget"]) for item in ITEMS):
        found.add("expense.three_public_over_budget")
    public = row(golden, "three_public")
    if number(public["final"]) > number(public["prior_final"]):
        found.add("expense.three_public_growth")
    stated = golden["funding"]["by_nature"]["project"]
    if stated and number(stated) != number(row(golden, "project")["final"]):
        found.add("funding.project_expense")
    for item in ("project", "operating"):
        if number(row(golden, item)["final"]) > number(row(golden, item)["budget"]):
            found.add("expense.over_budget")
    for code, value in said.items():
        item, _, period = code.partition(".")
        if item in ITEMS and number(value) != number(row(golden, item)[period]):
            found.add("expense.three_public_narrative")
    if number(said["goods_services"]) != number(row(golden, "operating")["final"]):
        found.add("expense.operating_narrative")
    return found | _staffing(golden["staffing"], said)


def _staffing(staffing: dict[str, str | None], said: dict[str, str]) -> set[str]:
    found = set()
    authorized, on_duty = number(staffing["authorized"]), number(staffing["on_duty"])
    rate = staffing["control_rate"]
    if rate is not None and abs(Decimal(rate) - on_duty / authorized) > Decimal("0.00005"):
        found.add("staffing.control_rate")
    if on_duty > authorized:
        found.add("staffing.over_establishment")
    if (authorized, on_duty) != (number(said["authorized"]), number(said["on_duty"])):
        found.add("staffing.narrative")
    return found


def _funding(golden: Record, said: dict[str, str]) -> set[str]:
    money = golden["funding"]
    executed, annual, initial = (
        number(money[key]) for key in ("executed", "annual_budget", "initial_budget")
    )
    natures, sources = money["by_nature"].values(), money["by_source"].values()
    found = set()
    if all(natures) and sum(map(number, natures)) != executed:
        found.add("funding.nature_sum")
    if "*" not in sources and sum(map(number, sources)) != executed:
        found.add("funding.source_sum")
    rate, weight = number(money["execution_rate"]), number(money["weight"])
    if abs(rate - executed / annual) > Decimal("0.00005"):
        found.add("funding.execution_rate")
    if abs(number(money["score"]) - min(rate * weight, weight)) > CENT:
        found.add("funding.score")
    if executed > annual:
        found.add("funding.over_execution")
    if abs(annual - initial) > initial / 5:
        found.add("funding.adjustment")
    pairs = {
        "basic_expenditure": "basic",
        "project_expenditure": "project",
        "project_expenditure#2": "project",
    }
    for code, nature in pairs.items():
        stated = money["by_nature"][nature]
        if code in said and stated and number(said[code]) != number(stated):
            found.add("funding.narrative")
    if abs(number(said["total_expenditure"]) - executed) > Decimal("0.5"):
        found.add("funding.narrative")
    return found


def _scores(golden: Record, said: dict[str, str]) -> set[str]:
    rows, money = golden["indicators"], golden["funding"]
    weights = sum(number(one["weight"]) for one in rows) + number(money["weight"])
    scores = sum(number(one["score"]) for one in rows) + number(money["score"])
    found = set()
    if weights != 100:
        found.add("indicator.weight_sum")
    if scores != number(golden["total_score"]):
        found.add("indicator.score_sum")
    if any(not 0 <= number(one["score"]) <= number(one["weight"]) for one in rows):
        found.add("indicator.score_range")
    for code, level1 in (("output", "产出指标"), ("benefit", "效益指标"), ("satisfaction", "满意度指标")):
        for figure in ("weight", "score"):
            grid = sum(number(one[figure]) for one in rows if one["level1"] == level1)
            if number(said[f"{code}.{figure}"]) != grid:
                found.add("indicator.class_narrative")
    bands = {"优": (90, 101), "良": (80, 90), "中": (60, 80), "差": (0, 60)}
    low, high = bands[golden["grade"]]
    if not low <= number(golden["total_score"]) < high:
        found.add("grade.band")
    if (number(said["total_score"]), said["grade"]) != (number(golden["total_score"]), golden["grade"]):
        found.add("score.narrative")
    return found


def _narrative(said: dict[str, str]) -> set[str]:
    found = set()
    parts = number(said["basic_expenditure"]) + number(said["project_expenditure"])
    if abs(number(said["total_expenditure"]) - parts) > Decimal("0.5"):
        found.add("narrative.total_sum")
    if sum(number(said.get(code)) for code in CLASSES) != number(said["basic_expenditure"]):
        found.add("narrative.economic_sum")
    for period in ("budget", "final"):
        items = sum(number(said.get(f"{item}.{period}")) for item in ITEMS[1:])
        if items != number(said[f"three_public.{period}"]):
            found.add("narrative.three_public_sum")
    return found
