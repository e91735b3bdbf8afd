"""Money rules where the case is not plain: what may be right is not accused, one fault is told once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract.quantity import MISSING, Quantity
from extract.report import ExpenseRow, Report
from reconcile.finding import Severity, Verdict
from tests.reconcile.consistent import consistent
from tests.reconcile.edits import changed, printed
from tests.reconcile.examined import examined, judged

WARNING, NOTICE = Severity.WARNING, Severity.NOTICE


def test_an_amount_over_the_limit_of_a_building_is_a_warning_beside_the_rate() -> None:
    findings, _ = examined({"construction.0.actual_investment": "330.00"}, "construction.rates")
    assert [(finding.severity, finding.message) for finding in findings] == [
        (
            Severity.ERROR,
            "实际投资 330.00 ÷ 预算投资 300.00 = 110.00%，投资概算控制率 95.00%，差 15.00 个百分点",
        ),
        (WARNING, "实际投资 330.00 万元，超过预算投资 300.00 万元，多 30.00 万元"),
    ]


def test_a_rate_over_100_percent_counts_without_its_amounts() -> None:
    edits = {"actual_area": "", "approved_area": "", "area_control_rate": "105.00%"}
    findings, _ = examined({f"construction.0.{n}": text for n, text in edits.items()}, "construction.rates")
    assert [finding.message for finding in findings] == ["规模控制率 105.00%，超过 100%"]


def test_parts_between_the_budget_and_the_executed_amount_with_a_blank_prove_nothing() -> None:
    edits = {"funding.by_source.other": "", "funding.by_source.general_public_budget": "730.00"}
    findings, tally = examined(edits, "funding.source_sum")
    assert (findings, tally.unchecked) == ([], 1)


def test_a_form_that_splits_the_budget_is_not_held_against_the_outcome() -> None:
    edits = {"funding.annual_budget": "760.00", "funding.by_nature.project": "332.65"}
    lone = {**edits, "funding.by_nature.basic": "427.35", "narrative.basic_expenditure": "426.00"}
    split = changed(consistent(), {**lone, "narrative.basic_expenditure#2": "426.00"})
    findings, tally = judged(split, "funding.project_expense")
    assert (findings, tally.unchecked) == ([], 1)


def _with_rows(report: Report, *rows: ExpenseRow) -> Report:
    """The report with these rows put after the project rows."""
    place = next(i for i, row in enumerate(report.expenses) if row.item == "operating")
    return replace(report, expenses=(*report.expenses[:place], *rows, *report.expenses[place:]))


def test_a_heading_of_its_own_details_is_counted_once() -> None:
    like = consistent().funding.executed
    before, budget, final = (printed(text, like) for text in ("60", "100", "100"))
    head = ExpenseRow("project_special", "专项资金", before, budget, final)
    report = consistent()
    place = next(i for i, row in enumerate(report.expenses) if row.item == "project_special")
    report = replace(report, expenses=(*report.expenses[:place], head, *report.expenses[place:]))
    findings, tally = judged(report, "expense.project_sum")
    assert (findings, tally.exact) == ([], 3)


def test_an_unknown_row_among_the_projects_may_hold_what_lacks() -> None:
    report = changed(consistent(), {"expenses.project.final": "338.25"})
    assert [f.verdict for f in judged(report, "expense.project_sum")[0]] == [Verdict.BROKEN]
    unknown = ExpenseRow(None, "其他一行", MISSING, MISSING, printed("20.00", report.funding.executed))
    findings, tally = judged(_with_rows(report, unknown), "expense.project_sum")
    assert (findings, tally.unchecked) == ([], 1)


def test_a_sum_within_rounding_is_a_notice() -> None:
    findings, tally = examined({"expenses.three_public.final": "2.46"}, "expense.three_public_sum")
    assert [(finding.verdict, finding.severity, finding.message) for finding in findings] == [
        (
            Verdict.ROUNDING,
            NOTICE,
            "公务用车购置和维护经费 1.65 + 出国经费 0.00 + 公务接待 0.80 = 2.45，"
            "三公经费（决算数）2.46，差 0.01 万元，在四舍五入的范围内",
        )
    ]
    assert (tally.rounding, tally.broken) == (1, 0)


def test_amounts_in_yuan_are_told_in_yuan() -> None:
    report = consistent()
    parts = {"funding.by_nature.basic": "4273500", "funding.by_nature.project": "3182500"}
    edits: dict[str, str] = {**parts, "funding.executed": "7529000", "funding.annual_budget": "7600000"}
    for path, text in edits.items():
        figure = printed(text, report.funding.executed)
        assert isinstance(figure, Quantity)
        in_yuan = replace(figure, value=figure.value / 10000, step=figure.step / 10000, unit="元")
        report = changed(report, {path: in_yuan})
    findings, _ = judged(report, "funding.nature_sum")
    assert [finding.message for finding in findings] == [
        "基本支出 4273500 + 项目支出 3182500 = 7456000，年度资金总额（全年执行数）7529000，差 73000 元"
    ]


def test_the_same_sentence_twice_is_two_sums_not_one_of_double_parts() -> None:
    report = consistent()
    report = replace(report, narrative=(*report.narrative[:5], *report.narrative[2:5], *report.narrative[5:]))
    findings, tally = judged(report, "narrative.total_sum")
    assert (findings, tally.exact) == ([], 2)


def test_a_sentence_summed_by_its_own_rule_is_not_told_twice() -> None:
    report = consistent()
    total = replace(report.listed_sums[1], text="总支出句")
    total = replace(total, total=replace(total.total, value=report.mentions("total_expenditure")[0].value))
    findings, tally = judged(replace(report, listed_sums=(total,)), "narrative.listed_sum")
    assert (findings, tally.examined) == ([], 0)


def _retold(report: Report, sentences: dict[str, str]) -> Report:
    """The narrative with its sentences (named by the first words of the invented ones) worded anew."""
    told = [replace(figure, text=sentences.get(figure.text, figure.text)) for figure in report.narrative]
    return replace(report, narrative=tuple(told))


def _without_mention(report: Report, place: int) -> Report:
    return replace(report, narrative=(*report.narrative[:place], *report.narrative[place + 1 :]))


@pytest.mark.parametrize(
    ("sentence", "broken"), [("基本支出中：工资福利支出……", 1), ("按经济分类，工资福利支出……", 0)]
)
def test_classes_told_in_a_later_sentence_count_if_it_names_basic_spending(
    sentence: str, broken: int
) -> None:
    report = changed(consistent(), {"narrative.wages": "290.00"})
    place = [figure.code for figure in report.narrative].index("wages") - 1
    report = _retold(_without_mention(report, place), {"基本支出句": sentence})
    tally = judged(report, "narrative.economic_sum")[1]
    assert (tally.broken, tally.examined) == (broken, broken)


def test_natures_told_in_the_next_sentence_of_the_paragraph_make_the_total() -> None:
    report = changed(consistent(), {"narrative.total_expenditure": "754.60"})
    first = next(figure for figure in report.narrative if figure.code == "total_expenditure")
    told = [replace(f, text="支出总计句") if f is first else f for f in report.narrative]
    (finding,) = judged(replace(report, narrative=tuple(told)), "narrative.total_sum")[0]
    assert finding.message.endswith("= 745.60，决算支出 754.60，差 9.00 万元")


def test_the_heading_of_the_funds_is_no_blank_fund() -> None:
    """«本级专项资金（一个专项一行）» above the funds' own rows holds nothing that could lack."""
    blank = printed("", consistent().funding.executed)
    heading = ExpenseRow("project_special", "3、本级专项资金（一个专项一行）", blank, blank, blank)
    report = changed(consistent(), {"expenses.project_special#2.final": "30.00"})
    place = next(i for i, row in enumerate(report.expenses) if row.item == "project_special")
    report = replace(report, expenses=(*report.expenses[:place], heading, *report.expenses[place:]))
    (finding,) = judged(report, "expense.project_sum")[0]
    assert "expenses.project_special#3.final" in finding.cites
    assert finding.message.endswith("项目支出（决算数）318.25，差 10.00 万元")


def test_forms_for_some_of_the_projects_are_only_noticed() -> None:
    severities = [
        finding.severity
        for executed in ("70.00", "130.00")
        for finding in examined({"projects.1.funding.executed": executed}, "project.sum")[0]
    ]
    assert severities == [NOTICE, WARNING]
