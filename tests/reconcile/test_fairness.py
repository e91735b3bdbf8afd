"""What honest bookkeepers do and must not be accused of; each with the slip beside it that is still found."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from extract.document import Locus
from extract.quantity import Absent, Figure, Quantity
from extract.report import Indicator, ListedSum, Report, SignOff, Text
from reconcile.finding import Finding, Severity, Tally
from tests.reconcile.consistent import Printing, consistent, leaves
from tests.reconcile.edits import changed, printed
from tests.reconcile.examined import examined, judged


def _verdict(outcome: tuple[list[Finding], Tally]) -> str:
    """The worst of an outcome's verdicts."""
    found = {finding.verdict.value for finding in outcome[0]}
    return next((name for name in ("broken", "suspect", "rounding") if name in found), "fine")


@pytest.mark.parametrize(
    ("told", "verdict"),
    [
        ("745.6", "fine"),
        ("746", "rounding"),
        ("745.5", "broken"),
        ("744", "broken"),
        ("0", "broken"),
    ],
)
def test_an_amount_in_prose_may_be_rounded_further_than_its_neighbours(told: str, verdict: str) -> None:
    assert _verdict(examined({"narrative.total_expenditure": told}, "funding.narrative")) == verdict


@pytest.mark.parametrize(("told", "verdict"), [("319", "broken"), ("318", "fine"), ("318.3", "fine")])
def test_a_sentence_of_its_own_sets_its_own_places(told: str, verdict: str) -> None:
    assert _verdict(examined({"narrative.project_expenditure#2": told}, "funding.narrative")) == verdict


NONE = Absent("dash", "无")


def test_what_a_sentence_says_there_was_none_of_is_none() -> None:
    told = examined({"narrative.reception.final": NONE}, "expense.three_public_narrative")
    assert [(finding.message, finding.severity) for finding in told[0]] == [
        ("自评报告中公务接待费决算数写的是没有，基础数据表中公务接待（决算数）0.80 万元", Severity.WARNING)
    ]
    assert _verdict(examined({"narrative.overseas.final": NONE}, "expense.three_public_narrative")) == "fine"


def test_a_class_told_to_be_none_leaves_the_list_whole() -> None:
    short = {"narrative.transfers": "56.95"}
    blank = {"narrative.debt_interest": "—", **short}
    none: dict[str, str | Figure] = {"narrative.debt_interest": NONE, **short}
    assert _verdict(examined(blank, "narrative.economic_sum")) == "fine"
    assert _verdict(examined(none, "narrative.economic_sum")) == "broken"


def test_a_nought_in_prose_is_none_at_all() -> None:
    told = examined({"narrative.reception.final": "0"}, "expense.three_public_narrative")
    assert _verdict(told) == "broken"


@pytest.mark.parametrize(
    ("edits", "code", "verdict"),
    [
        ({"construction.0.area_control_rate": "95%"}, "construction.rates", "fine"),
        ({"funding.execution_rate": "98.1%"}, "funding.execution_rate", "fine"),
        ({"funding.execution_rate": "98%"}, "funding.execution_rate", "fine"),
        ({"funding.execution_rate": "98.10%"}, "funding.execution_rate", "rounding"),
        ({"funding.execution_rate": "98.12%"}, "funding.execution_rate", "broken"),
        ({"funding.score": "9.8"}, "funding.score", "rounding"),
        ({"funding.score": "10"}, "funding.score", "broken"),
        ({"total_score": "99.3"}, "indicator.score_sum", "rounding"),
        ({"total_score": "99"}, "indicator.score_sum", "rounding"),
        ({"total_score": "98.3"}, "indicator.score_sum", "broken"),
    ],
)
def test_rates_and_scores_may_be_rounded_or_cut(
    edits: dict[str, str | Figure], code: str, verdict: str
) -> None:
    assert _verdict(examined(edits, code)) == verdict


def test_full_marks_for_99_96_percent_are_right() -> None:
    edits = {"funding.executed": "759.70", "funding.execution_rate": "99.96%", "funding.score": "10"}
    assert _verdict(examined(edits, "funding.score")) in ("fine", "rounding")


def _in_yuan(path: str, text: str) -> Report:
    figure = printed(text, consistent().funding.executed)
    assert isinstance(figure, Quantity)
    return changed(
        consistent(), {path: replace(figure, value=figure.value / 10000, step=figure.step / 10000, unit="元")}
    )


@pytest.mark.parametrize(("yuan", "verdict"), [("3182350", "rounding"), ("3182200", "broken")])
def test_a_total_of_rounded_parts_may_lie_two_hundredths_from_the_table_in_yuan(
    yuan: str, verdict: str
) -> None:
    report = _in_yuan("funding.by_nature.project", yuan)
    assert _verdict(judged(report, "funding.project_expense")) == verdict


def test_two_exact_figures_that_differ_by_a_cent_still_differ() -> None:
    edits = {"funding.by_nature.project": "318.26"}
    assert _verdict(examined(edits, "funding.project_expense")) == "broken"


def test_a_total_of_two_places_among_parts_of_four_is_rounded_not_wrong() -> None:
    report = consistent(leaves(reception="1.1036 1.0036 0.8036"), Printing(places=4))
    two_places = printed("2.45", report.funding.executed)
    outcome = judged(changed(report, {"expenses.three_public.final": two_places}), "expense.three_public_sum")
    assert _verdict(outcome) == "fine"


def test_a_grand_total_with_money_carried_over_is_no_outcome() -> None:
    report = changed(consistent(), {"narrative.total_expenditure": "752.00"})
    told = [replace(f, text="支出总计句") if f.text == "总支出句" else f for f in report.narrative]
    assert _verdict(judged(report, "funding.narrative")) == "broken"
    assert _verdict(judged(replace(report, narrative=tuple(told)), "funding.narrative")) == "fine"


def test_a_third_kind_of_spending_in_the_sentence_makes_up_the_total() -> None:
    report = changed(consistent(), {"narrative.total_expenditure": "750.60"})
    figures = {f.code: f.value for f in reversed(report.narrative) if f.text == "总支出句"}
    amounts = [
        replace(report.listed_sums[1].total, label=label, value=value)
        for label, value in (
            ("决算支出", figures["total_expenditure"]),
            ("基本支出", figures["basic_expenditure"]),
            ("项目支出", figures["project_expenditure"]),
            ("经营支出", printed("5.00", figures["basic_expenditure"])),
        )
    ]
    listed = ListedSum(amounts[0], tuple(amounts[1:]), True, "总支出句")
    assert _verdict(judged(report, "narrative.total_sum")) == "broken"
    assert _verdict(judged(replace(report, listed_sums=(listed,)), "narrative.total_sum")) == "fine"


def _regrouped(level1: str, level2: str, *places: int) -> Report:
    """The consistent report with the rows at these places put under other levels."""
    report = consistent()
    rows = [
        replace(row, level1=level1, level2=level2) if place in places else row
        for place, row in enumerate(report.indicators)
    ]
    return replace(report, indicators=tuple(rows))


@pytest.mark.parametrize(
    ("level1", "level2", "place"),
    [
        ("效益指标", "服务对象满意度", 6),
        ("满意指标", "服务对象", 6),
        ("数量指标", "", 0),
        ("产出指标", "成本指标", 3),
        ("社会效果", "", 4),
    ],
)
def test_classes_may_be_cut_otherwise(level1: str, level2: str, place: int) -> None:
    report = _regrouped(level1, level2, place)
    for code in ("indicator.class_narrative", "indicator.classes"):
        assert _verdict(judged(report, code)) == "fine"


def test_output_without_its_cost_rows_may_be_told() -> None:
    report = changed(
        _regrouped("产出指标", "成本指标", 3),
        {"narrative.output.weight": "40", "narrative.output.score": "39.5"},
    )
    assert _verdict(judged(report, "indicator.class_narrative")) == "fine"


def test_satisfaction_may_be_told_within_benefit_but_not_twice() -> None:
    report = changed(consistent(), {"narrative.benefit.weight": "40", "narrative.benefit.score": "40"})
    without = tuple(f for f in report.narrative if not f.code.startswith("satisfaction"))
    assert _verdict(judged(report, "indicator.class_narrative")) == "broken"
    assert _verdict(judged(replace(report, narrative=without), "indicator.class_narrative")) == "fine"


def test_extra_marks_lie_beyond_the_hundred() -> None:
    report = consistent()
    row = replace(report.indicators[0], level1="加分项", level2="", level3="获上级表彰")
    report = changed(replace(report, indicators=(*report.indicators, row)), {"total_score": "102.31"})
    for code in ("indicator.weight_sum", "indicator.score_sum", "indicator.score_range"):
        assert _verdict(judged(report, code)) == "fine"


def test_thirds_of_a_class_need_not_add_up_to_the_last_hundredth() -> None:
    weights = {f"indicators.{place}.weight": text for place, text in enumerate(["16.67", "16.66", "6.66"])}
    assert _verdict(examined(weights, "indicator.weight_sum")) == "rounding"
    assert _verdict(examined({**weights, "indicators.0.weight": "18.67"}, "indicator.weight_sum")) == "broken"


def test_a_grade_fits_the_score_before_it_was_rounded() -> None:
    report = replace(consistent(), grade=Text("良"), projects=())
    verdicts = [_verdict(judged(changed(report, {"total_score": s}), "grade.band")) for s in ("90.00", "90")]
    assert verdicts == ["fine", "broken"]


def _row(target: str, actual: str, *, score: str = "5", deviation: str = "") -> Report:
    places = [Locus("自评表.docx", table=1, row=0, column=column) for column in (3, 4)]
    texts = (Text(target, places[0]), Text(actual, places[1]))
    weight, given = (Quantity(Decimal(text), Decimal(1), "score", "", text) for text in ("5", score))
    return Report(indicators=(Indicator("产出指标", "数量指标", "某项", *texts, weight, given, deviation),))


@pytest.mark.parametrize(
    ("target", "actual"),
    [
        ("≥95%", "95%以上"),
        ("≥95%", "100%"),
        ("=100%", "全部完成"),
        ("100%", "达标"),
        ("1项", "已完成"),
        ("不少于3次", "3次"),
        ("12月底前", "12月25日"),
        ("2024年12月31日前", "按时完成"),
        ("控制在5%以内", "3.2%"),
        ("≥500人", "520人次"),
        ("0起", "无"),
        ("无", "无"),
        ("≥1次", "2次"),
        ("完成率≥95%", "97%"),
        ("≤100万元", "86.5万元"),
        ("80%-90%", "85%"),
        ("有效提升", "有效提升"),
    ],
)
def test_what_was_done_as_planned_is_not_doubted(target: str, actual: str) -> None:
    report = _row(target, actual)
    for rule in ("target_missed", "unexplained", "overshot", "unmeasurable", "duplicate"):
        assert _verdict(judged(report, f"indicator.{rule}")) == "fine", rule


@pytest.mark.parametrize(("target", "actual"), [("≥95%", "96"), ("=100%", "100")])
def test_a_percent_sign_left_out_is_only_noticed(target: str, actual: str) -> None:
    findings, _ = judged(_row(target, actual), "indicator.unmeasurable")
    assert [finding.severity for finding in findings] == [Severity.NOTICE]


def test_marks_lost_for_a_reason_though_the_target_was_met() -> None:
    reason = "资料归档不及时，已整改"
    assert _verdict(judged(_row("≥4次", "4次", score="4"), "indicator.target_missed")) == "suspect"
    with_reason = _row("≥4次", "4次", score="4", deviation=reason)
    assert _verdict(judged(with_reason, "indicator.target_missed")) == "fine"


def test_a_cell_that_the_form_does_not_print_was_not_left_blank() -> None:
    report = consistent()
    rows = tuple(row for row in report.expenses if row.item != "operating")
    report = replace(report, expenses=rows, grade=None, department_code=None, report_date=None)
    findings, tally = judged(report, "completeness.cells")
    assert (findings, tally.exact, tally.unchecked) == ([], 1, 1)


def test_a_code_left_blank_on_the_cover_is_told() -> None:
    cover = SignOff("报告日期", True, Locus("自评表.docx", paragraph=3))
    report = replace(consistent(), department_code=None, sign_offs=(cover,))
    (finding,) = judged(report, "completeness.cells")[0]
    assert finding.message == "自评表中没有填写：预算编码"


@pytest.mark.parametrize(("told", "verdict"), [("319", "rounding"), ("320", "broken"), ("317", "broken")])
def test_an_amount_rounded_twice_is_rounded(told: str, verdict: str) -> None:
    """318.4986 by way of 318.5: half a unit and a little more."""
    edits = {"funding.by_nature.project": "318.4986", "narrative.project_expenditure#2": told}
    findings = [f for f in examined(edits, "funding.narrative")[0] if f.cites[0].endswith("#2")]
    assert [f.verdict.value for f in findings] == [verdict]


def test_a_score_of_one_place_may_have_been_rounded_twice() -> None:
    """99.45 % of 10 is 9.945, by way of 9.95 told as 10."""
    edits = {"funding.executed": "755.82", "funding.execution_rate": "99.45%", "funding.score": "10"}
    assert _verdict(examined(edits, "funding.score")) == "rounding"
    assert _verdict(examined({**edits, "funding.executed": "754.00"}, "funding.score")) == "rounding"
    lower = {**edits, "funding.executed": "754.00", "funding.execution_rate": "99.21%"}
    assert _verdict(examined(lower, "funding.score")) == "broken"
