"""Faults that no sample shows: for every rule that one submission can break and the others leave out."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from samples.facts import Claim, Expense, Facts
from samples.fault import Fault, amount, flagged
from samples.invent import CENT, grade, ratio

THREE_PUBLIC_TOTALS = ("three_public", "vehicles", "vehicle_running")


def control_rate_wrong(facts: Facts) -> Facts:
    wrong = replace(facts, control_rate=amount(facts.control_rate) - Decimal("0.05"))
    return flagged(wrong, ("staffing.control_rate", "broken"))


def project_listed_twice(facts: Facts) -> Facts:
    """Last year's first project is typed too high by 12.50: more than the total."""
    row = facts.expense("project_business")
    wrong = facts.with_expense(replace(row, prior_final=amount(row.prior_final) + Decimal("12.50")))
    return flagged(wrong, ("expense.project_sum", "broken"))


def parts_over_operating(facts: Facts) -> Facts:
    """Last year's meetings alone cost as much as all that runs the office."""
    row = facts.expense("meeting_training")
    wrong = facts.with_expense(replace(row, prior_final=facts.expense("operating").prior_final))
    return flagged(wrong, ("expense.operating_parts", "broken"))


def cars_over_budget(facts: Facts) -> Facts:
    """The cars were planned a little below what they cost, in every place alike."""
    row = facts.expense("vehicle_running")
    wrong = _lowered(facts, "budget", amount(row.budget) - amount(row.final) + Decimal("0.30"))
    return flagged(wrong, ("expense.three_public_over_budget", "suspect"))


def more_than_the_year_before(facts: Facts) -> Facts:
    total = facts.expense("three_public")
    wrong = _lowered(facts, "prior_final", amount(total.prior_final) - amount(total.final) + Decimal("0.20"))
    return flagged(wrong, ("expense.three_public_growth", "suspect"))


def building_rate_wrong(facts: Facts) -> Facts:
    building = facts.buildings[0]
    wrong = replace(building, area_control_rate=building.area_control_rate - Decimal("0.07"))
    return flagged(replace(facts, buildings=(wrong,)), ("construction.rates", "broken"))


def building_too_large(facts: Facts) -> Facts:
    """Built larger than approved, and rightly computed."""
    building = facts.buildings[0]
    actual = building.approved_area + 60
    wrong = replace(building, actual_area=actual, area_control_rate=ratio(actual, building.approved_area))
    return flagged(replace(facts, buildings=(wrong,)), ("construction.rates", "suspect"))


def source_too_high(facts: Facts) -> Facts:
    more = amount(facts.funding.general_public_budget) + Decimal("9.40")
    wrong = replace(facts, funding=replace(facts.funding, general_public_budget=more))
    return flagged(wrong, ("funding.source_sum", "broken"))


def execution_marks_wrong(facts: Facts) -> Facts:
    """A point less for spending than the rate gives; the total follows."""
    return flagged(_scored(facts, facts.funding.score - 1), ("funding.score", "broken"))


def more_than_budgeted(facts: Facts) -> Facts:
    money = facts.funding
    annual = amount(money.executed) - Decimal("5.00")
    rate = ratio(amount(money.executed), annual)
    spent = replace(facts, funding=replace(money, annual_budget=annual, execution_rate=rate))
    spent = spent.saying(annual_budget=annual)
    return flagged(_scored(spent, money.weight), ("funding.over_execution", "suspect"))


def natures_moved(facts: Facts) -> Facts:
    """The form calls 20.00 of project spending basic: its own sum is right, table and text say otherwise."""
    money, moved = facts.funding, Decimal("20.00")
    funding = replace(money, basic=amount(money.basic) + moved, project=amount(money.project) - moved)
    findings = (("funding.project_expense", "broken"), ("funding.narrative", "broken"))
    return flagged(replace(facts, funding=funding), *findings)


def total_told_otherwise(facts: Facts) -> Facts:
    wrong = facts.saying(total_expenditure=amount(facts.said["total_expenditure"]) - Decimal("15.00"))
    findings = (("narrative.total_sum", "broken"), ("funding.narrative", "broken"))
    return flagged(wrong, *findings, allowed=("narrative.share",))


def parts_above_their_total(facts: Facts) -> Facts:
    remark = "全年培训支出12.00万元，其中：业务培训8.00万元，党务培训6.00万元。"
    return flagged(replace(facts, remarks=(remark,)), ("narrative.listed_sum", "broken"))


def nobody_asked(facts: Facts) -> Facts:
    """Satisfaction was left out of the grid; its points went to the benefit."""
    index = next(i for i, row in enumerate(facts.indicators) if row.level1 == "满意度指标")
    row = facts.indicators[index]
    renamed = replace(row, level1="效益指标", level2="社会效益指标", level3="服务便利程度")
    wrong = facts.with_indicator(index, renamed)
    return flagged(wrong, ("indicator.classes", "suspect"), allowed=("indicator.class_narrative",))


def actual_left_blank(facts: Facts) -> Facts:
    index = next(i for i, row in enumerate(facts.indicators) if row.level2 == "质量指标")
    wrong = facts.with_indicator(index, replace(facts.indicators[index], actual=""))
    return flagged(wrong, ("indicator.unmeasurable", "suspect"), allowed=("completeness.cells",))


def score_told_otherwise(facts: Facts) -> Facts:
    wrong = facts.saying(total_score=facts.total_score - Decimal("1.5"))
    return flagged(wrong, ("score.narrative", "broken"))


def another_departments_title(facts: Facts) -> Facts:
    """The narrative still has the title of the department whose text was copied."""
    return flagged(replace(facts, titled="长庚市粮食和物资储备局"), ("identity.department", "broken"))


def project_told_in_yuan(facts: Facts) -> Facts:
    """Project spending is told ten thousand times too large: 元 where 万元 is written."""
    wrong = facts.saying(project_expenditure=amount(facts.said["project_expenditure"]) * 10000)
    findings = (("identity.units", "suspect"), ("funding.narrative", "broken"))
    return flagged(wrong, *findings, allowed=("narrative.total_sum", "narrative.share"))


def project_form_missing(facts: Facts) -> Facts:
    return flagged(replace(facts, projects=facts.projects[:-1]), ("project.sum", "suspect"))


def _lowered(facts: Facts, period: str, less: Decimal) -> Facts:
    """三公, cars and their running, all lower by so much in this period; the narrative follows."""
    for item in THREE_PUBLIC_TOTALS:
        facts = facts.with_expense(_less(facts.expense(item), period, less))
    told = {f"{item}.{'prior' if period == 'prior_final' else period}" for item in THREE_PUBLIC_TOTALS[:2]}
    said: dict[str, Claim] = {
        code: amount(claim) - less for code, claim in facts.said.items() if code in told
    }
    return replace(facts, said=facts.said | said)


def _less(row: Expense, period: str, less: Decimal) -> Expense:
    match period:
        case "budget":
            return replace(row, budget=amount(row.budget) - less)
        case _:
            return replace(row, prior_final=amount(row.prior_final) - less)


def _scored(facts: Facts, score: Decimal) -> Facts:
    """Other points for spending, with the total and the grade that follow."""
    total = facts.total_score - facts.funding.score + score
    scored = replace(facts, funding=replace(facts.funding, score=score.quantize(CENT)), total_score=total)
    return replace(scored, grade=grade(total)).saying(total_score=total, grade=grade(total))


FURTHER: tuple[Fault, ...] = (
    *(control_rate_wrong, project_listed_twice, parts_over_operating, cars_over_budget),
    *(more_than_the_year_before, building_rate_wrong, building_too_large, source_too_high),
    *(execution_marks_wrong, more_than_budgeted, natures_moved, total_told_otherwise),
    *(parts_above_their_total, nobody_asked, actual_left_blank, score_told_otherwise),
    *(another_departments_title, project_told_in_yuan, project_form_missing),
)
UNSEEN_FURTHER = frozenset(
    {("project_form_missing", wording) for wording in "abcd"}
    | {("natures_moved", "d"), ("project_told_in_yuan", "d"), ("another_departments_title", "b")}
    | {("source_too_high", "e")}
)
"""No forms for projects; no natures in the form; a narrative in a file of its own becomes a submission;
a blank source may hold what lacks in the year's budget."""
