"""Faults that departments really make, each a named function from facts to facts.

Every fault adds the (rule, verdict) pairs that it must be flagged with, and the rules that may speak up
beside them.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from samples.facts import Facts
from samples.fault import Fault, amount, flagged
from samples.further_faults import FURTHER, UNSEEN_FURTHER
from samples.invent import ratio


def project_repeats_basic(facts: Facts) -> Facts:
    """The second mention of project spending is basic spending once more (only A and B say it twice)."""
    wrong = facts.saying(**{"project_expenditure#2": facts.said["basic_expenditure"]})
    return flagged(wrong, ("funding.narrative", "broken"), allowed=("narrative.total_sum",))


def total_off_by_ten_cents(facts: Facts) -> Facts:
    """Last year's 三公 total is 0.10 too low: less than its parts, even where one is blank."""
    row = facts.expense("three_public")
    wrong = facts.with_expense(replace(row, prior_final=amount(row.prior_final) - Decimal("0.10")))
    return flagged(wrong, ("expense.three_public_sum", "broken"), allowed=("expense.three_public_growth",))


def vehicles_do_not_add_up(facts: Facts) -> Facts:
    row = facts.expense("vehicle_running")
    wrong = facts.with_expense(replace(row, prior_final=amount(row.prior_final) + Decimal("0.50")))
    return flagged(wrong, ("expense.vehicles_sum", "broken"))


def honest_rounding(facts: Facts) -> Facts:
    """Amounts rounded one by one: the project rows fall one last place short of their total."""
    row = facts.expense("project_business")
    final = amount(row.final)
    short = final - Decimal(1).scaleb(int(final.as_tuple().exponent))
    return flagged(facts.with_expense(replace(row, final=short)), ("expense.project_sum", "rounding"))


def project_over_budget(facts: Facts) -> Facts:
    """Project spending was planned too low, in its total and in one row alike."""
    total, row = facts.expense("project"), facts.expense("project_business")
    cut = amount(total.budget) - amount(total.final) + amount(row.final) / 2
    cut = cut.quantize(amount(row.final))
    wrong = facts.with_expense(replace(total, budget=amount(total.budget) - cut))
    wrong = wrong.with_expense(replace(row, budget=amount(row.budget) - cut))
    return flagged(wrong, ("expense.over_budget", "suspect"))


def blank_cells(facts: Facts) -> Facts:
    """Control rate, one expense and the thrift measures were left empty."""
    meetings = replace(facts.expense("meeting_training"), final=None)
    wrong = replace(facts.with_expense(meetings), control_rate=None, thrift="")
    return flagged(wrong, ("completeness.cells", "suspect"))


def sign_off_blank(facts: Facts) -> Facts:
    """Nobody signed, nobody is named."""
    return flagged(replace(facts, people=("", "", "", "")), ("completeness.cells", "suspect"))


def over_establishment(facts: Facts) -> Facts:
    """Three people more than posts, honestly told everywhere."""
    people = facts.authorized + 3
    wrong = replace(facts, on_duty=people, control_rate=ratio(people, facts.authorized)).saying(
        on_duty=people
    )
    return flagged(wrong, ("staffing.over_establishment", "suspect"))


def staff_told_otherwise(facts: Facts) -> Facts:
    return flagged(facts.saying(on_duty=facts.on_duty - 2), ("staffing.narrative", "broken"))


def basic_short_in_form(facts: Facts) -> Facts:
    """The form's basic spending lacks 7.30."""
    funding = replace(facts.funding, basic=amount(facts.funding.basic) - Decimal("7.30"))
    findings = (("funding.nature_sum", "broken"), ("funding.narrative", "broken"))
    return flagged(replace(facts, funding=funding), *findings)


def rate_always_full(facts: Facts) -> Facts:
    """100 % and full marks are printed, though money was left over."""
    gained = facts.funding.weight - facts.funding.score
    funding = replace(facts.funding, execution_rate=Decimal(1), score=facts.funding.weight)
    total = facts.total_score + gained
    wrong = replace(facts, funding=funding, total_score=total).saying(total_score=total)
    return flagged(wrong, ("funding.execution_rate", "broken"), allowed=("funding.score",))


def adjusted_by_half(facts: Facts) -> Facts:
    """The first budget was a third below the final one."""
    annual = amount(facts.funding.annual_budget)
    initial = (annual * 2 / 3).quantize(annual)
    wrong = replace(facts, funding=replace(facts.funding, initial_budget=initial))
    return flagged(wrong, ("funding.adjustment", "suspect"))


def weights_110(facts: Facts) -> Facts:
    """The grid adds up to 100 by itself; with the 10 of the funding row it is 110."""
    first = next(index for index, row in enumerate(facts.indicators) if row.score == row.weight)
    row = facts.indicators[first]
    more = replace(row, weight=row.weight + 10, score=row.score + 10)
    wrong = facts.with_indicator(first, more).saying(
        output__weight=amount(facts.said["output.weight"]) + 10,
        output__score=amount(facts.said["output.score"]) + 10,
    )
    return flagged(wrong, ("indicator.weight_sum", "broken"), ("indicator.score_sum", "broken"))


def total_typed_wrong(facts: Facts) -> Facts:
    """The total score is half a point too high, in form and narrative."""
    total = facts.total_score + Decimal("0.5")
    wrong = replace(facts, total_score=total).saying(total_score=total)
    return flagged(wrong, ("indicator.score_sum", "broken"))


def score_over_weight(facts: Facts) -> Facts:
    """An indicator scores half a point more than it may, and the total follows."""
    index = _quality(facts)
    row = facts.indicators[index]
    more = Decimal("0.5")
    total = facts.total_score + more
    wrong = replace(facts.with_indicator(index, replace(row, score=row.score + more)), total_score=total)
    wrong = wrong.saying(total_score=total, output__score=amount(facts.said["output.score"]) + more)
    return flagged(wrong, ("indicator.score_range", "broken"))


def missed_yet_full_marks(facts: Facts) -> Facts:
    index = _quality(facts)
    missed = replace(facts.indicators[index], actual="88%")
    return flagged(facts.with_indicator(index, missed), ("indicator.target_missed", "suspect"))


def fifteen_times_over(facts: Facts) -> Facts:
    """One count was overshot by far, and nobody says why."""
    index = next(i for i, row in enumerate(facts.indicators) if row.score == row.weight)
    row = facts.indicators[index]
    number = "".join(filter(str.isdigit, row.target))
    unit = row.target.removeprefix(f"≥{number}")
    over = replace(row, actual=f"{int(number) * 15}{unit}")
    return flagged(facts.with_indicator(index, over), ("indicator.overshot", "suspect"))


def points_lost_unexplained(facts: Facts) -> Facts:
    index = next(i for i, row in enumerate(facts.indicators) if row.score < row.weight)
    silent = replace(facts.indicators[index], deviation="")
    return flagged(facts.with_indicator(index, silent), ("indicator.unexplained", "suspect"))


def same_indicator_twice(facts: Facts) -> Facts:
    """The lasting benefit is the social benefit once more."""
    social = next(row for row in facts.indicators if row.level2 == "社会效益指标")
    index = next(i for i, row in enumerate(facts.indicators) if row.level2 == "可持续影响指标")
    again = replace(facts.indicators[index], level3=social.level3, target=social.target, actual=social.actual)
    return flagged(facts.with_indicator(index, again), ("indicator.duplicate", "suspect"))


def grade_not_matching(facts: Facts) -> Facts:
    """The score is in one band, the grade says another."""
    other = "良" if facts.grade == "优" else "优"
    return flagged(replace(facts, grade=other).saying(grade=other), ("grade.band", "broken"))


def class_total_told_otherwise(facts: Facts) -> Facts:
    wrong = facts.saying(benefit__score=amount(facts.said["benefit.score"]) - 3)
    return flagged(wrong, ("indicator.class_narrative", "broken"))


def yuan_for_wan(facts: Facts) -> Facts:
    """The narrative gives the reception figure in 元 and writes 万元 after it."""
    wrong = facts.saying(reception__final=amount(facts.said["reception.final"]) * 10000)
    findings = (("expense.three_public_narrative", "broken"), ("narrative.three_public_sum", "broken"))
    return flagged(wrong, *findings, allowed=("identity.units", "narrative.listed_sum"))


def goods_digits_swapped(facts: Facts) -> Facts:
    """Two digits of 商品和服务支出 changed places in the narrative."""
    goods = amount(facts.said["goods_services"])
    printed = format(goods, "f")
    wrong = next(Decimal(swapped) for swapped in _swaps(printed) if swapped != printed)
    findings = (("narrative.economic_sum", "broken"), ("expense.operating_narrative", "suspect"))
    return flagged(facts.saying(goods_services=wrong), *findings, allowed=("narrative.listed_sum",))


def share_wrong(facts: Facts) -> Facts:
    """«占 P%» fits no figure (only B and D give shares)."""
    wrong = facts.saying(**{"basic_expenditure/total_expenditure": "6.66%"})
    return flagged(wrong, ("narrative.share", "suspect"))


def last_years_narrative(facts: Facts) -> Facts:
    """The narrative still carries the year before in its title."""
    return flagged(replace(facts, narrative_year=facts.year - 1), ("identity.year", "broken"))


def template_left(facts: Facts) -> Facts:
    remark = "其他需要说明的情况：XX单位于XX月完成XXX工作。（100字以内）"
    return flagged(replace(facts, remarks=(remark,)), ("identity.template", "suspect"))


def base_table_missing(facts: Facts) -> Facts:
    wrong = replace(facts, without=("base",))
    return flagged(wrong, ("completeness.parts", "broken"), allowed=("completeness.cells",))


def _quality(facts: Facts) -> int:
    """The indicator of accepted projects: at least 95 %, with full marks."""
    rows = enumerate(facts.indicators)
    return next(
        i for i, row in rows if row.level2 == "质量指标" and row.target == "≥95%" and row.score == row.weight
    )


def _swaps(printed: str) -> list[str]:
    """The number with each pair of neighbouring digits swapped, never the first."""
    pairs = [i for i in range(1, len(printed) - 1) if printed[i : i + 2].isdigit()]
    return [printed[:i] + printed[i + 1] + printed[i] + printed[i + 2 :] for i in pairs]


FAULTS: dict[str, Fault] = {
    fault.__name__: fault
    for fault in (
        *(project_repeats_basic, total_off_by_ten_cents, vehicles_do_not_add_up, honest_rounding),
        *(project_over_budget, blank_cells, sign_off_blank, over_establishment, staff_told_otherwise),
        *(basic_short_in_form, rate_always_full, adjusted_by_half, weights_110, total_typed_wrong),
        *(score_over_weight, missed_yet_full_marks, fifteen_times_over, points_lost_unexplained),
        *(same_indicator_twice, grade_not_matching, class_total_told_otherwise, yuan_for_wan),
        *(goods_digits_swapped, share_wrong, last_years_narrative, template_left, base_table_missing),
        *FURTHER,
    )
}

UNSEEN = frozenset(
    {("project_repeats_basic", wording) for wording in "cde"}
    | {("share_wrong", wording) for wording in "ace"}
    | {("basic_short_in_form", "d")}
    | UNSEEN_FURTHER
)
"""Faults that a wording doesn't show: it has no second mention, no share, no basic spending in its form."""
