"""Rules of points: weights, scores, totals, grades, and their mentions in the narrative."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract.quantity import MISSING
from extract.report import Indicator, Report, Text
from reconcile.finding import Severity, Verdict
from tests.reconcile.consistent import consistent
from tests.reconcile.edits import changed
from tests.reconcile.examined import Case, Edits, assert_found, assert_unchecked, examined, judged

FOUND = [
    Case(
        "indicator.weight_sum",
        {"indicators.0.weight": "25"},
        "7 项指标分值合计 100 + 预算执行分值 10 = 110，应为 100，差 10 分",
        difference="10",
        hint="可能没有给预算执行留分值",
    ),
    Case(
        "indicator.weight_sum",
        {"indicators.6.weight": "5"},
        "7 项指标分值合计 85 + 预算执行分值 10 = 95，应为 100，差 5 分",
    ),
    Case(
        "indicator.score_sum",
        {"total_score": "98.31"},
        "7 项指标得分合计 89.5 + 预算执行得分 9.81 = 99.31，综合得分 98.31，差 1 分",
        difference="1.00",
    ),
    Case(
        "indicator.score_range",
        {"indicators.2.score": "12"},
        "“休渔检查完成时间”得分 12 分，超过“休渔检查完成时间”分值 10 分，多 2 分",
    ),
    Case(
        "indicator.score_range", {"indicators.2.score": "-2"}, "“休渔检查完成时间”得分 -2 分，得分不应小于 0"
    ),
    Case(
        "indicator.score_range", {"total_score": "109.31"}, "综合得分 109.31 分，超过满分 100 分，多 9.31 分"
    ),
    Case(
        "indicator.score_range",
        {"funding.score": "10.5"},
        "预算执行得分 10.5 分，超过预算执行分值 10 分，多 0.5 分",
    ),
    Case(
        "indicator.class_narrative",
        {"narrative.benefit.weight": "40"},
        "自评报告中效益总分值 40 分，自评表中效益指标合计 30 分，差 10 分",
    ),
    Case(
        "indicator.class_narrative",
        {"narrative.output.score": "45"},
        "自评报告中产出得分 45 分，自评表中产出指标合计 49.5 分，差 4.5 分",
    ),
    Case(
        "score.narrative",
        {"narrative.total_score": "98.00"},
        "自评报告中自评得分 98.00 分，自评表中综合得分 99.31 分，差 1.31 分",
    ),
    Case("grade.band", {"total_score": "89.31"}, "综合得分 89.31 分，等次应为“良”，填写的是“优”"),
]

UNCHECKED: list[tuple[str, Edits]] = [
    ("indicator.weight_sum", {"indicators.3.weight": ""}),
    ("indicator.weight_sum", {"indicators.3.weight": "?"}),
    ("indicator.weight_sum", {"funding.weight": ""}),
    ("indicator.score_sum", {"total_score": ""}),
    ("indicator.score_sum", {"funding.score": ""}),
    ("indicator.score_range", {"indicators.0.weight": ""}),
    ("indicator.score_range", {"total_score": "?"}),
    ("indicator.class_narrative", {"narrative.benefit.weight": "?"}),
    ("indicator.class_narrative", {"indicators.4.weight": ""}),
    ("score.narrative", {"total_score": ""}),
    ("grade.band", {"total_score": "?"}),
]

FITTING: list[tuple[str, Edits]] = [
    ("indicator.weight_sum", {"funding.weight": "", "indicators.0.weight": "25"}),
    ("indicator.class_narrative", {"narrative.output.weight": "40", "narrative.output.score": "39.5"}),
    ("score.narrative", {"narrative.total_score": "99.3"}),
]


@pytest.mark.parametrize("case", FOUND, ids=str)
def test_a_rule_says_what_does_not_tie(case: Case) -> None:
    assert_found(case)


@pytest.mark.parametrize(("code", "edits"), UNCHECKED)
def test_a_rule_without_its_operands_is_unchecked(code: str, edits: Edits) -> None:
    assert_unchecked(code, edits)


@pytest.mark.parametrize(("code", "edits"), FITTING)
def test_a_rule_accepts_what_can_be_right(code: str, edits: Edits) -> None:
    findings, tally = examined(edits, code)
    assert findings == []
    assert tally.exact > 0


def test_a_grid_that_holds_budget_execution_itself_need_not_count_it_twice() -> None:
    report = consistent()
    row = replace(report.indicators[0], level3="预算执行率", weight=report.funding.weight)
    report = replace(report, indicators=(*report.indicators, row))
    assert judged(report, "indicator.weight_sum")[0] == []


def test_grid_weights_over_100_are_wrong_without_budget_execution_too() -> None:
    findings, _ = examined({"funding.weight": "", "indicators.0.weight": "35"}, "indicator.weight_sum")
    assert [finding.message for finding in findings] == ["7 项指标分值合计 110，应为 100，差 10 分"]


def test_whole_points_are_exact_however_many_there_are() -> None:
    report = consistent(scores=("15", "15", "10", "10", "15", "15", "8"))
    whole = {"funding.score": "10", "funding.execution_rate": "100%", "total_score": "97"}
    findings, _ = judged(changed(report, whole), "indicator.score_sum")
    assert [finding.verdict for finding in findings] == [Verdict.BROKEN]


def test_a_project_form_is_named_in_its_findings() -> None:
    findings, _ = examined({"projects.1.total_score": "95"}, "indicator.score_sum")
    assert [finding.message for finding in findings] == [
        "项目“渔港维护”：3 项指标得分合计 90 + 预算执行得分 10 = 100，综合得分 95，差 5 分"
    ]
    assert "projects.1.total_score" in findings[0].cites


def _graded(report: Report, word: str) -> Report:
    grade = report.grade
    assert grade is not None
    return replace(report, grade=replace(grade, value=word))


def _told_grade(report: Report, word: str) -> Report:
    told = [replace(figure, word=word) if figure.code == "grade" else figure for figure in report.narrative]
    return replace(report, narrative=tuple(told))


@pytest.mark.parametrize(
    ("score", "word", "verdict"),
    [
        ("90", "优秀", "exact"),
        ("89.99", "良好", "exact"),
        ("80", "中", "broken"),
        ("60", "中等", "exact"),
        ("59.9", "不合格", "exact"),
        ("59.9", "中", "broken"),
        ("75", "合格", "unchecked"),
        ("95", "", "unchecked"),
        ("105", "优", "unchecked"),
    ],
)
def test_grades_and_their_bands(score: str, word: str, verdict: str) -> None:
    report = replace(_graded(consistent(), word), projects=())
    _, tally = judged(changed(report, {"total_score": score}), "grade.band")
    assert (getattr(tally, verdict), tally.examined) == (1, 1)


@pytest.mark.parametrize(
    ("told", "verdict"), [("优", "exact"), ("优秀", "exact"), ("合格", "unchecked"), ("", "unchecked")]
)
def test_grades_told_in_words_that_mean_the_same(told: str, verdict: str) -> None:
    _, tally = judged(_told_grade(consistent(), told), "score.narrative")
    assert (getattr(tally, verdict), tally.broken) == (2 if verdict == "exact" else 1, 0)


def test_another_grade_in_the_narrative_is_an_error_with_both_places() -> None:
    findings, _ = judged(_told_grade(consistent(), "良"), "score.narrative")
    (finding,) = findings
    assert finding.message == "自评报告中评价等次为“良”，自评表中评价等次为“优”"
    assert finding.cites == ("narrative.grade", "grade")
    assert [place.source for place in finding.places] == ["自评报告.docx", "自评表.docx"]


def _without(report: Report, word: str) -> Report:
    return replace(report, indicators=tuple(row for row in report.indicators if word not in row.level1))


def test_a_class_of_indicators_that_lacks_is_named() -> None:
    findings, _ = judged(_without(consistent(), "满意度"), "indicator.classes")
    assert [(finding.message, finding.severity) for finding in findings] == [
        ("绩效指标中没有满意度类指标", Severity.WARNING)
    ]


def test_classes_may_be_printed_without_the_word_indicator_or_on_level_2() -> None:
    levels = (("产出", ""), ("效益", ""), ("效益", "服务对象满意度"))
    rows = tuple(Indicator(*level, "某项", Text("1"), Text("1"), MISSING, MISSING) for level in levels)
    findings, tally = judged(replace(consistent(), indicators=rows, projects=()), "indicator.classes")
    assert (findings, tally.exact) == ([], 1)


def test_a_grid_without_any_level_1_says_nothing_of_classes() -> None:
    rows = tuple(replace(row, level1="", level2="") for row in consistent().indicators)
    _, tally = judged(replace(consistent(), indicators=rows, projects=()), "indicator.classes")
    assert tally.unchecked == 1
