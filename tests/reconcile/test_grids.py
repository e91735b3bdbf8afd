"""Grids that hand out their points in other ways than 90 + 10: judged fairly, and still judged."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from extract.quantity import Absent, Figure, Quantity
from extract.report import Funding, Indicator, NarrativeFigure, ProjectForm, Report, Text
from reconcile.catalogue import judge
from reconcile.finding import Finding, Severity, Tally
from reconcile.grid import in_fractions, is_extra, relative_classes, scaled_scores
from tests.reconcile.examined import judged, tally_of

USUAL = """
产出指标 数量指标 巡查次数 20 20
产出指标 质量指标 合格率 15 15
产出指标 时效指标 完成时间 15 15
效益指标 社会效益 覆盖率 30 30
满意度指标 满意度 群众满意度 10 9
"""
RELATIVE = """
产出指标 数量指标 巡查次数 60 60
产出指标 质量指标 合格率 40 40
效益指标 社会效益 覆盖率 70 70
效益指标 生态效益 绿化率 30 30
满意度指标 满意度 群众满意度 100 100
"""
WITHIN_LEVEL_2 = """
产出指标 数量指标 巡查次数 50 12
产出指标 数量指标 培训人次 50 12
产出指标 质量指标 合格率 100 26
效益指标 社会效益 覆盖率 100 30
满意度指标 满意度 群众满意度 100 10
"""
OF_100_EACH = """
产出指标 数量指标 巡查次数 20 90
产出指标 质量指标 合格率 20 100
产出指标 时效指标 完成时间 20 95
效益指标 社会效益 覆盖率 30 80
满意度指标 满意度 群众满意度 10 90
"""
FRACTIONS = """
产出指标 数量指标 巡查次数 0.2 20
产出指标 质量指标 合格率 0.15 15
产出指标 时效指标 完成时间 0.15 15
效益指标 社会效益 覆盖率 0.3 30
满意度指标 满意度 群众满意度 0.1 10
"""
BONUS = USUAL + "加分项 荣誉 获上级表彰 5 2\n"
PENALTY = USUAL + "扣分项 违纪 违纪扣分 5 -2\n"


def _figure(text: str) -> Figure:
    if text == "—":
        return Absent("blank")
    places = len(text.partition(".")[2])
    return Quantity(Decimal(text), Decimal(1).scaleb(-places), "score", "", text)


def _rows(text: str) -> tuple[Indicator, ...]:
    rows = []
    for line in text.split("\n"):
        if line:
            level1, level2, level3, weight, score = line.split()
            rows.append(
                Indicator(
                    level1, level2, level3, Text("≥4次"), Text("4次"), _figure(weight), _figure(score), "说明"
                )
            )
    return tuple(rows)


def _form(text: str, execution: str = "10 10", total: str = "99") -> Report:
    weight, score = (_figure(points) for points in execution.split())
    funding = Funding(weight=weight, score=score)
    return Report(indicators=_rows(text), funding=funding, total_score=_figure(total))


def _verdicts(code: str, report: Report) -> tuple[list[Finding], Tally]:
    return judged(report, f"indicator.{code}")


@pytest.mark.parametrize(
    ("form", "verdict"),
    [
        (_form(USUAL), "exact"),
        (_form(USUAL, "— —"), "unchecked"),
        (_form(USUAL.replace("20 20", "30 30")), "broken"),
        (_form(USUAL.replace("20 20", "30 30"), "— —"), "exact"),
        (_form(USUAL.replace("10 9", "— 9")), "unchecked"),
        (_form(USUAL + "预算执行 预算执行 预算执行率 10 10\n"), "exact"),
        (_form(USUAL.replace("20 20", "25 25") + "产出指标 时效指标 预算执行率 5 5\n"), "unchecked"),
        (_form(BONUS), "exact"),
        (_form(PENALTY), "exact"),
        (_form(USUAL.replace("20 20", "22 22") + "加分项 荣誉 获上级表彰 5 2\n"), "unchecked"),
        (_form(USUAL.replace("20 20", "22 22") + "产出指标 数量指标 增加分类垃圾桶 5 5\n"), "broken"),
        (_form(FRACTIONS), "exact"),
        (_form(FRACTIONS, "0.1 10"), "exact"),
        (_form(FRACTIONS.replace("0.3 ", "0.4 "), "0.1 10"), "broken"),
        (_form(FRACTIONS.replace("0.3 ", "0.35 ")), "unchecked"),
        (_form(OF_100_EACH, "— —"), "exact"),
    ],
)
def test_weights_make_100_in_more_ways_than_one(form: Report, verdict: str) -> None:
    _, tally = _verdicts("weight_sum", form)
    assert (getattr(tally, verdict), tally.examined) == (1, 1)


@pytest.mark.parametrize("text", [RELATIVE, WITHIN_LEVEL_2])
def test_weights_of_each_class_s_own_100_are_not_added_up(text: str) -> None:
    findings, tally = _verdicts("weight_sum", _form(text))
    assert findings == []
    assert tally.exact == len(relative_classes(_rows(text))) >= 3


def test_one_class_that_misses_its_own_100_is_named() -> None:
    (finding,) = _verdicts("weight_sum", _form(RELATIVE.replace("30 30", "20 20")))[0]
    assert finding.message == "各级指标的权重分别按 100 计，“效益指标”的 2 项权重合计 90，应为 100，差 10"
    assert finding.severity is Severity.WARNING
    assert finding.cites == ("indicators.2.weight", "indicators.3.weight")


def test_a_usual_grid_is_none_of_the_others() -> None:
    rows = _rows(USUAL)
    assert relative_classes(rows) == ()
    assert scaled_scores(rows) is None
    assert not in_fractions(rows)


@pytest.mark.parametrize(
    ("form", "verdict"),
    [
        (_form(USUAL, total="99"), "exact"),
        (_form(USUAL, total="98"), "broken"),
        (_form(USUAL, total="—"), "unchecked"),
        (_form(BONUS, total="101"), "exact"),
        (_form(BONUS, total="100"), "exact"),
        (_form(BONUS, total="99"), "exact"),
        (_form(BONUS, total="95"), "unchecked"),
        (_form(PENALTY, total="97"), "exact"),
        (_form(PENALTY.replace("-2", "2"), total="97"), "exact"),
        (_form(OF_100_EACH, "— —", "90"), "exact"),
        (_form(OF_100_EACH, "— —", "80"), "unchecked"),
        (_form(WITHIN_LEVEL_2, total="100"), "exact"),
        (_form(WITHIN_LEVEL_2, total="92"), "unchecked"),
    ],
)
def test_scores_make_the_total_in_more_ways_than_one(form: Report, verdict: str) -> None:
    _, tally = _verdicts("score_sum", form)
    assert (getattr(tally, verdict), tally.examined) == (1, 1)


@pytest.mark.parametrize(
    ("form", "broken"),
    [
        (_form(USUAL), 0),
        (_form(USUAL.replace("10 9", "10 12"), total="102"), 2),
        (_form(BONUS, total="101"), 0),
        (_form(PENALTY, total="97"), 0),
        (_form(OF_100_EACH, "— —", "90"), 0),
        (_form(FRACTIONS), 0),
    ],
)
def test_scores_lie_between_nought_and_their_weight_where_that_is_meant(form: Report, broken: int) -> None:
    assert _verdicts("score_range", form)[1].broken == broken


@pytest.mark.parametrize("text", [OF_100_EACH, WITHIN_LEVEL_2, FRACTIONS])
def test_scores_on_another_scale_say_nothing_of_a_single_row(text: str) -> None:
    report = _form(text)
    rows = tuple(replace(row, actual=Text("3次"), deviation="") for row in report.indicators)
    judgement = judge(replace(report, indicators=rows))
    for rule in ("indicator.target_missed", "indicator.unexplained"):
        assert tally_of(judgement, rule).suspect == 0


def test_extra_marks_that_were_not_earned_are_not_lost() -> None:
    *rows, bonus = _form(BONUS, total="101").indicators
    blank = replace(bonus, target=Text(""), actual=Text(""), deviation="")
    judgement = judge(Report(indicators=(*rows, blank)))
    for rule in ("indicator.target_missed", "indicator.unexplained", "indicator.unmeasurable"):
        assert tally_of(judgement, rule).suspect == 0


@pytest.mark.parametrize(
    ("name", "extra"),
    [
        ("加分项", True),
        ("附加分", True),
        ("扣分", True),
        ("违纪扣分项", True),
        ("一票否决事项", True),
        ("增加分类垃圾桶数量", False),
        ("削减分散式锅炉", False),
        ("扣分率", False),
    ],
)
def test_rows_of_extra_marks_are_told_from_names_alike(name: str, extra: bool) -> None:
    assert is_extra(Indicator("产出指标", "数量指标", name, Text("1"), Text("1"))) is extra


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (USUAL, "exact"),
        ("产出指标 数量指标 巡查次数 50 50\n效益指标 社会效益 覆盖率 40 40\n", "suspect"),
        ("产出指标 数量指标 巡查次数 50 50\n效益指标 社会效益 群众满意度 40 40\n", "unchecked"),
        ("履职效能 履职 巡查次数 50 50\n管理效率 管理 制度健全 40 40\n", "unchecked"),
    ],
)
def test_classes_are_missed_only_where_the_form_goes_by_them(text: str, verdict: str) -> None:
    _, tally = _verdicts("classes", _form(text))
    assert (getattr(tally, verdict), tally.examined) == (1, 1)


def test_a_class_in_the_narrative_is_not_held_against_its_own_100() -> None:
    told = NarrativeFigure("output.weight", _figure("50"), "产出指标总分值50分")
    assert _verdicts("class_narrative", replace(_form(RELATIVE), narrative=(told,)))[1].broken == 0
    assert _verdicts("class_narrative", replace(_form(USUAL), narrative=(told,)))[1].broken == 0
    other = replace(told, value=_figure("60"))
    assert _verdicts("class_narrative", replace(_form(USUAL), narrative=(other,)))[1].broken == 1


def test_each_project_form_is_judged_by_its_own_grid() -> None:
    report = _form(USUAL)
    ten = Funding(weight=_figure("10"), score=_figure("10"))
    forms = tuple(
        ProjectForm(name, ten, indicators=_rows(text), total_score=_figure("99"))
        for name, text in (("", USUAL), ("", RELATIVE), ("护岸", USUAL.replace("30 30", "35 35")))
    )
    findings, tally = _verdicts("weight_sum", replace(report, projects=forms))
    assert [finding.message for finding in findings] == [
        "项目“护岸”：5 项指标分值合计 95 + 预算执行分值 10 = 105，应为 100，差 5 分"
    ]
    assert tally.exact == 5
    duplicates = _verdicts("duplicate", replace(report, projects=forms))[0]
    assert duplicates == []
