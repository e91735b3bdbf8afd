"""Hints, kind by kind: said where it explains the difference exactly, not where it nearly does."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract.quantity import Quantity
from extract.report import Conflict, Report
from reconcile.catalogue import judge
from reconcile.surroundings import Surroundings
from tests.reconcile.consistent import consistent
from tests.reconcile.edits import changed, printed
from tests.reconcile.examined import Edits, examined, judged, rule_of

PROJECTS = "120.25 + 98.00 + 60.00 + 40.00 = 318.25 就对上了"
CLASSES = "280.00 + 83.40 + 60.95 + 3.00 = 427.35 就对上了"


def hints(code: str, edits: Edits) -> list[str]:
    return [finding.hint for finding in examined(edits, code)[0]]


def test_operands_of_a_sum_each_miswritten_in_its_own_way() -> None:
    told = {
        (
            "expense.project_sum",
            "expenses.project_operations.final",
            "9800",
        ): "“运行维护经费”的小数点错位：改为 98.00",
        (
            "expense.project_sum",
            "expenses.project_business.final",
            "1202500",
        ): "“业务工作经费”的元和万元弄混了：改为 120.25",
        (
            "expense.project_sum",
            "expenses.project_business.final",
            "-120.25",
        ): "“业务工作经费”的正负号写反了：改为 120.25",
        (
            "expense.project_sum",
            "expenses.project_business.final",
            "1200.25",
        ): "“业务工作经费”多写了一位数字：改为 120.25",
        (
            "expense.project_sum",
            "expenses.project_business.final",
            "12.25",
        ): "“业务工作经费”漏写了一位数字：改为 120.25",
    }
    for (code, path, text), words in told.items():
        assert hints(code, {path: text}) == [f"可能{words} 万元，{PROJECTS}"]
    swapped = "可能“对个人和家庭的补助”有两位数字颠倒了：改为 60.95 万元，"
    assert hints("narrative.economic_sum", {"narrative.transfers": "69.05"}) == [swapped + CLASSES]


@pytest.mark.parametrize(
    "edits",
    [
        {"expenses.project_operations.final": "9801"},
        {"expenses.project_business.final": "1212500"},
        {"expenses.project_business.final": "-120.52"},
        {"expenses.project_business.final": "1200.52"},
        {"expenses.project_business.final": "137.68"},
    ],
)
def test_a_sum_that_a_slip_nearly_mends_gets_no_hint(edits: Edits) -> None:
    assert hints("expense.project_sum", edits) == [""]


def test_two_slips_are_not_guessed_at() -> None:
    edits = {"expenses.project.final": "216.25", "expenses.project_special#2.final": "42.50"}
    assert hints("expense.project_sum", edits) == [""]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        (
            "8.20",
            "可能“三公经费”（改为 3.20）、“公务用车购置和维护经费”（改为 7.10）或“公务接待”（改为 6.10）"
            "写错了一位数字，改一处就对上了",
        ),
        ("3.70", ""),
        ("3.24", ""),
        ("8.30", ""),
    ],
)
def test_one_other_digit_is_told_where_few_figures_could_hold_it(text: str, hint: str) -> None:
    assert hints("expense.three_public_sum", {"expenses.three_public.prior_final": text}) == [hint]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("199.00", "可能多算了“业务工作经费”，或合计中漏加了它：99.00 + 60.00 + 40.00 = 199.00 就对上了"),
        ("199.02", ""),
        ("442.00", "合计中可能重复计算了“业务工作经费”"),
        ("442.02", ""),
    ],
)
def test_a_part_left_out_or_counted_twice(text: str, hint: str) -> None:
    assert hints("expense.project_sum", {"expenses.project.budget": text}) == [hint]


def test_a_subtotal_or_the_total_among_its_parts() -> None:
    listed = consistent().listed_sums[1]
    goods, services = listed.parts
    subtotal = replace(goods, label="小计", value=listed.total.value)
    inner = replace(listed.total, value=printed("20.20", listed.total.value))
    more = replace(goods, label="工程", value=printed("6.00", goods.value))
    for total, parts, hint in (
        (listed.total, (goods, services, subtotal), "“小计”与合计相同，可能把合计也当作一项加进去了"),
        (
            inner,
            (goods, services, subtotal, more),
            "“小计”是其他几项之和，可能重复计算了：8.20 + 6.00 + 6.00 = 20.20 就对上了",
        ),
    ):
        report = replace(consistent(), listed_sums=(replace(listed, total=total, parts=parts),))
        assert [finding.hint for finding in judged(report, "narrative.listed_sum")[0]] == [hint]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("738.10", "差额与“政府性基金拨款”相同，可能漏算或重复计算了这一项：738.10 + 7.50 = 745.60"),
        (
            "738.11",
            "自评表中“年度资金总额”是 745.60 万元，可能“决算支出”写错了：427.35 + 318.25 = 745.60 就对上了",
        ),
    ],
)
def test_the_difference_is_another_figure_or_the_total_stands_elsewhere(text: str, hint: str) -> None:
    assert hints("narrative.total_sum", {"narrative.total_expenditure": text}) == [hint]


def test_what_stands_in_a_figures_place_is_named_where_another_part_has_the_right_one() -> None:
    three = {"expenses.three_public.final": "3.20"}
    project = {"narrative.project_expenditure": "427.35"}
    assert hints("expense.three_public_sum", three) == [
        "自评报告中“三公经费决算数”是 2.45 万元，可能“三公经费”填成了上年决算数：1.65 + 0.80 = 2.45 就对上了"
    ]
    assert hints("narrative.total_sum", project) == [
        "自评表中“项目支出”是 318.25 万元，可能“项目支出”填成了“基本支出”的数："
        "427.35 + 318.25 = 745.60 就对上了"
    ]


@pytest.mark.parametrize(
    ("code", "path", "text", "hint"),
    [
        ("funding.project_expense", "funding.by_nature.project", "318.52", "可能其中一处有两位数字颠倒了"),
        ("funding.project_expense", "funding.by_nature.project", "319.52", ""),
        ("funding.project_expense", "funding.by_nature.project", "31825", "两数相差 100 倍，可能小数点错位"),
        ("funding.project_expense", "funding.by_nature.project", "31826", ""),
        ("funding.narrative", "narrative.government_fund", "75000", "两数相差一万倍，可能把元和万元弄混了"),
        (
            "funding.narrative",
            "narrative.government_fund",
            "-7.50",
            "两数正负相反，可能其中一处的正负号写反了",
        ),
        (
            "funding.narrative",
            "narrative.project_expenditure",
            "427.35",
            "与“基本支出”的数相同，可能填错了项目",
        ),
        ("funding.narrative", "narrative.project_expenditure", "427.36", ""),
        (
            "expense.three_public_narrative",
            "narrative.reception.final",
            "1.10",
            "“公务接待费决算数”与同一项的上年决算数相同，可能填成了上年决算数",
        ),
        ("expense.three_public_narrative", "narrative.reception.final", "1.12", ""),
        ("staffing.narrative", "narrative.on_duty", "72", "可能其中一处有两位数字颠倒了"),
        ("staffing.narrative", "narrative.on_duty", "71", ""),
        ("staffing.narrative", "narrative.on_duty", "30", "可能把编制数和实际在职人数写反了"),
        ("score.narrative", "narrative.total_score", "93.91", "可能其中一处有两位数字颠倒了"),
        ("score.narrative", "narrative.total_score", "96.92", ""),
    ],
)
def test_two_places_that_differ(code: str, path: str, text: str, hint: str) -> None:
    assert hints(code, {path: text}) == [hint]


@pytest.mark.parametrize(
    ("code", "edits", "hint"),
    [
        ("staffing.control_rate", {"staffing.control_rate": "111.11%"}, "可能把分子和分母写反了"),
        ("staffing.control_rate", {"staffing.control_rate": "111.21%"}, ""),
        (
            "staffing.control_rate",
            {"staffing.control_rate": "0.90%"},
            "两数相差一百倍，可能把小数和百分数弄混了",
        ),
        ("staffing.control_rate", {"staffing.control_rate": "0.92%"}, ""),
        ("construction.rates", {"construction.0.area_control_rate": "105.26%"}, "可能把分子和分母写反了"),
        ("construction.rates", {"construction.0.area_control_rate": "97.00%"}, ""),
        ("funding.execution_rate", {"funding.execution_rate": "106.51%"}, "可能误用了年初预算数作分母"),
        (
            "funding.execution_rate",
            {"funding.execution_rate": "89.11%"},
            "可能“执行率”有两位数字颠倒了，应为 98.11%",
        ),
        ("funding.execution_rate", {"funding.execution_rate": "96.42%"}, ""),
        ("funding.score", {"funding.score": "10"}, "可能直接填了满分，没有乘执行率"),
        ("funding.score", {"funding.score": "9.55"}, ""),
        ("narrative.share", {"shares.0.percent": "75.32%"}, "可能“百分比”有两位数字颠倒了，应为 57.32%"),
        ("narrative.share", {"shares.1.percent": "-32.44%"}, "可能“百分比”有两位数字颠倒了，应为 23.44%"),
    ],
)
def test_a_rate_or_a_score_computed_wrongly(code: str, edits: Edits, hint: str) -> None:
    assert hints(code, edits) == [hint]


@pytest.mark.parametrize(
    ("total", "hint"),
    [
        ("89.5", "可能综合得分中没有加上预算执行得分：89.5 + 9.81 = 99.31"),
        ("100", "综合得分等于分值合计 100，可能没有减去扣掉的 0.69 分"),
        ("99.81", "“水域检查覆盖率得分”扣了 0.5 分，可能综合得分没有减去"),
        ("93.91", "可能“综合得分”有两位数字颠倒了：改为 99.31 分就对上了"),
        ("97.80", ""),
    ],
)
def test_points_that_do_not_add_up(total: str, hint: str) -> None:
    assert hints("indicator.score_sum", {"total_score": total}) == [hint]


def test_one_reason_for_weights_and_scores_beyond_the_hundred() -> None:
    edits = {"indicators.0.weight": "25", "indicators.0.score": "25"}
    assert hints("indicator.weight_sum", edits) == ["可能没有给预算执行留分值"]
    assert hints("indicator.score_sum", edits) == ["分值合计 110，也正好多 10 分，可能是同一个原因"]
    assert hints("indicator.weight_sum", {"indicators.0.weight": "51"}) == [
        "可能“检查渔船分值”有两位数字颠倒了：改为 15 分就对上了"
    ]


def test_last_years_figure_left_in_this_years_report() -> None:
    own = {"narrative.project_expenditure": "301.44", "funding.by_nature.project": "301.44"}
    before = Surroundings(prior=changed(consistent(), own))
    for text, hint in (("301.44", "“项目支出”与上年材料中的数相同，可能沿用了上年的数"), ("301.45", "")):
        report = changed(consistent(), {"narrative.project_expenditure": text})
        judgement = judge(report, [rule_of("funding.narrative")], around=before)
        assert [finding.hint for finding in judgement.findings] == [hint]


def test_two_versions_of_one_part_that_differ_by_a_slip() -> None:
    report = consistent()
    first = report.funding.executed
    for text, hint in (("754.60", "可能其中一处有两位数字颠倒了"), ("757.61", "")):
        clash = Conflict("funding.executed", first, printed(text, first))
        (finding,) = judged(replace(report, conflicts=(clash,)), "completeness.conflict")[0]
        assert finding.hint == hint


def _scanned(report: Report, path: str, text: str) -> Report:
    """The report with one figure as a machine read it from a scan."""
    figure = printed(text, consistent().funding.executed)
    assert isinstance(figure, Quantity)
    return changed(report, {path: replace(figure, sure=0.9)})


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("126.25", f"“业务工作经费（决算数）”可能是识别错误，请核对原件：看作 120.25 万元，{PROJECTS}"),
        ("120.85", f"“业务工作经费（决算数）”可能是识别错误，请核对原件：看作 120.25 万元，{PROJECTS}"),
        ("12025", f"“业务工作经费（决算数）”可能是识别错误，请核对原件：看作 120.25 万元，{PROJECTS}"),
        ("131.27", ""),
    ],
)
def test_a_character_misread_in_a_scan_is_not_the_departments_fault(text: str, hint: str) -> None:
    report = _scanned(consistent(), "expenses.project_business.final", text)
    (finding,) = judged(report, "expense.project_sum")[0]
    assert finding.hint == hint


def test_a_limit_is_no_equation_and_gets_no_hint() -> None:
    edits = {"expenses.project.budget": "120.25", "expenses.project.final": "98.00"}
    over = {"expenses.project.final": "427.35"}
    for limits in (edits, over):
        findings, _ = examined(limits, "expense.over_budget")
        assert [finding.hint for finding in findings if finding.hint] == []


def test_the_only_part_of_project_spending_is_no_explanation_of_its_total() -> None:
    report = changed(consistent(), {"narrative.project_expenditure": "318.20"})
    rows = [row for row in report.expenses if not (row.item or "").startswith("project_")]
    lone = next(row for row in report.expenses if row.item == "project_business")
    figure = next(row for row in rows if row.item == "project")
    lone = replace(lone, final=report.mentions("project_expenditure")[0].value)
    report = replace(report, expenses=(*rows[:7], replace(figure, item="project_special"), lone), projects=())
    (finding,) = judged(report, "funding.narrative")[0]
    assert finding.hint == ""


def test_a_hint_says_that_it_is_a_guess() -> None:
    slips = {
        "narrative.project_expenditure#2": "427.35",
        "narrative.government_fund": "75000",
        "expenses.three_public.final": "24.50",
        "expenses.project_business.final": "102.25",
        "indicators.0.weight": "25",
    }
    told = [finding.hint for finding in judge(changed(consistent(), slips)).findings if finding.hint]
    assert len(told) >= 5
    assert [hint for hint in told if "可能" not in hint] == []


@pytest.mark.parametrize(("actual", "hinted"), [("1200艘次", True), ("1280艘次", False), ("2400艘次", False)])
def test_ten_times_the_target_may_be_a_nought_too_many(actual: str, hinted: bool) -> None:
    report = consistent()
    row = report.indicators[0]
    row = replace(row, actual=replace(row.actual, value=actual))
    report = replace(report, indicators=(row, *report.indicators[1:]))
    (finding,) = judged(report, "indicator.overshot")[0]
    assert ("写错了位" in finding.hint) is hinted
