"""Rules of what an indicator says of itself: target, actual value, score, reason."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from extract.document import Locus
from extract.quantity import MISSING, Quantity
from extract.report import Indicator, Report, Text
from reconcile.catalogue import judge
from reconcile.finding import Finding, Tally, Verdict
from reconcile.settings import Settings
from tests.reconcile.examined import judged, rule_of


def _points(text: str) -> Quantity:
    return Quantity(Decimal(text), Decimal(1), "score", "", text)


def _row(
    target: str,
    actual: str,
    *,
    score: str = "5",
    name: str = "开展巡查",
    level1: str = "产出指标",
    deviation: str = "",
    row: int = 0,
) -> Indicator:
    places = [Locus("自评表.docx", table=1, row=row, column=column) for column in (3, 4)]
    texts = (Text(target, places[0]), Text(actual, places[1]))
    return Indicator(level1, "数量指标", name, *texts, _points("5"), _points(score), deviation)


def _found(code: str, *rows: Indicator) -> tuple[list[Finding], Tally]:
    return judged(Report(indicators=rows), code)


def _verdict(code: str, row: Indicator) -> str:
    _, tally = _found(code, row)
    named = ("exact", "rounding", "suspect", "suspect", "unchecked")
    return next((name for name in named if getattr(tally, name)), "none")


@pytest.mark.parametrize(
    ("target", "actual", "score", "verdict"),
    [
        ("≥4次", "4次", "5", "exact"),
        ("≥4次", "3次", "5", "suspect"),
        ("≥4次", "3次", "4", "exact"),
        ("≥4次", "4次", "4", "suspect"),
        ("4次", "4场", "5", "exact"),
        ("4次", "3次", "5", "suspect"),
        ("4次", "6次", "5", "exact"),
        ("≥90%", "89.5%", "5", "suspect"),
        ("≥90%", "95", "5", "unchecked"),
        ("90%-95%", "93%", "5", "exact"),
        ("90%-95%", "89%", "5", "suspect"),
        ("90%-95%", "98%", "5", "unchecked"),
        ("≤5万元", "4.8万元", "5", "exact"),
        ("≤5万元", "52000元", "5", "suspect"),
        ("控制在5万元以内", "4.8万元", "5", "exact"),
        ("≥1万人次", "9800人次", "5", "suspect"),
        ("4月1日之前", "5月1日", "5", "suspect"),
        ("4月1日之前", "按计划下达", "5", "unchecked"),
        ("有效提升", "有效提升", "5", "exact"),
        ("有效提升", "有效提升", "4", "exact"),
        ("有效提升", "稳步推进", "5", "unchecked"),
        ("≥1000人次", "15000余人次", "5", "exact"),
        ("≥1000人次", "900余人次", "5", "unchecked"),
        ("≥95%", "＞95%", "5", "exact"),
    ],
)
def test_full_marks_need_the_target_met(target: str, actual: str, score: str, verdict: str) -> None:
    assert _verdict("indicator.target_missed", _row(target, actual, score=score)) == verdict


@pytest.mark.parametrize(("actual", "verdict"), [("480万元", "exact"), ("520万元", "suspect")])
def test_a_bare_target_of_cost_is_a_limit(actual: str, verdict: str) -> None:
    row = _row("500万元", actual, level1="成本指标")
    assert _verdict("indicator.target_missed", row) == verdict


def test_a_missed_target_is_told_with_both_values_and_places() -> None:
    (finding,) = _found("indicator.target_missed", _row("≥4次", "3次"))[0]
    assert finding.message == "指标“开展巡查”指标值 ≥4次，完成值 3次：没有达到，却得满分 5 分"
    assert finding.cites == ("indicators.0.target", "indicators.0.actual", "indicators.0.score")
    assert [place.column for place in finding.places] == [3, 4]


def test_marks_lost_though_met_are_suspect() -> None:
    (finding,) = _found("indicator.target_missed", _row("≥4次", "5次", score="4"))[0]
    assert finding.message == "指标“开展巡查”指标值 ≥4次，完成值 5次：已经达到，却只得 4 分（分值 5）"


@pytest.mark.parametrize(
    ("deviation", "verdict"),
    [("", "suspect"), ("无", "suspect"), ("—", "suspect"), ("人手不足，下年补充", "exact")],
)
def test_lost_marks_need_a_reason(deviation: str, verdict: str) -> None:
    row = _row("≥4次", "3次", score="3", deviation=deviation)
    assert _verdict("indicator.unexplained", row) == verdict


def test_lost_marks_need_no_reason_where_the_form_has_no_column_for_one() -> None:
    row = replace(_row("≥4次", "3次", score="3"), explains=False)
    assert _verdict("indicator.unexplained", row) == "unchecked"


def test_lost_marks_are_told_in_figures() -> None:
    (finding,) = _found("indicator.unexplained", _row("≥4次", "3次", score="3"))[0]
    assert finding.message == "指标“开展巡查”分值 5，得分 3，扣 2 分，没有填写偏差原因"
    assert finding.difference == 2


def test_scores_that_are_absent_leave_nothing_to_explain() -> None:
    row = replace(_row("≥4次", "3次"), score=MISSING)
    assert _verdict("indicator.unexplained", row) == "none"


@pytest.mark.parametrize(
    ("target", "actual", "verdict"),
    [
        ("≥1000人次", "15000人次", "suspect"),
        ("≥1000人次", "1299人次", "exact"),
        ("≥1000人次", "1300人次", "suspect"),
        ("≥1000人次", "1.5万人次", "suspect"),
        ("≥1000人次", "15000余人次", "suspect"),
        ("≥90%", "100%", "exact"),
        ("≥20%", "30%", "suspect"),
        ("≤20人", "5人", "unchecked"),
        ("≤20人", "50人", "unchecked"),
        ("0起", "3起", "unchecked"),
        ("4月1日之前", "4月1日之前", "unchecked"),
        ("有效提升", "有效提升", "unchecked"),
    ],
)
def test_a_target_far_overshot_was_set_too_low(target: str, actual: str, verdict: str) -> None:
    assert _verdict("indicator.overshot", _row(target, actual)) == verdict


def test_an_overshot_target_is_told_with_its_multiple() -> None:
    (finding,) = _found("indicator.overshot", _row("≥1000人次", "15000人次", name="船员培训"))[0]
    assert (
        finding.message == "指标“船员培训”指标值 ≥1000人次，完成值 15000人次：是指标值的 15 倍，没有说明原因"
    )


@pytest.mark.parametrize("name", ["群众投诉次数", "安全事故起数", "单位能耗"])
def test_what_should_be_small_is_never_overshot(name: str) -> None:
    assert _verdict("indicator.overshot", _row("10次", "20次", name=name)) == "unchecked"


@pytest.mark.parametrize(
    ("target", "actual", "severity"),
    [("2次", "4次", "notice"), ("2次", "8次", "warning"), ("增长1%", "增长2%", "notice")],
)
def test_a_small_number_passed_by_little_is_a_notice(target: str, actual: str, severity: str) -> None:
    (finding,) = _found("indicator.overshot", _row(target, actual))[0]
    assert finding.severity == severity


def test_marks_taken_for_an_overshot_target_are_not_lost_for_nothing() -> None:
    row = _row("≥100人", "200人", score="4")
    assert _verdict("indicator.target_missed", row) == "exact"


def test_a_reason_given_excuses_an_overshot_target() -> None:
    row = _row("≥1000人次", "15000人次", deviation="上级新增培训任务")
    assert _verdict("indicator.overshot", row) == "exact"


def test_the_multiple_is_a_setting() -> None:
    report = Report(indicators=(_row("≥100人", "150人"),))
    strict, lax = (
        judge(report, [rule_of("indicator.overshot")], Settings(overshoot=Decimal(times)))
        for times in ("1.5", "2")
    )
    assert (len(strict.findings), len(lax.findings)) == (1, 0)


@pytest.mark.parametrize(
    ("target", "actual", "verdict", "words"),
    [
        ("≥95%", "＞95", "suspect", "完成值只是一个范围，不是实际数，也没有写单位"),
        ("≥95%", "≥95%", "suspect", "完成值只是一个范围，不是实际数"),
        ("≥95%", "96", "suspect", "一个有百分号，一个没有，请写明单位"),
        ("≥95%", "12万元", "suspect", "两个单位不同，无法比较"),
        ("≥4次", "已完成", "suspect", "指标值是数，完成值没有数，无法比较"),
        ("", "4次", "suspect", "指标值空白，无法衡量"),
        ("≥4次", "", "suspect", "完成值空白，无法衡量"),
        ("", "", "suspect", "指标值和完成值空白，无法衡量"),
        ("≥4次", "4", "exact", ""),
        ("≥95%", "96%", "exact", ""),
        ("有效提升", "有效提升", "unchecked", ""),
        ("4月1日之前", "3月", "unchecked", ""),
        ("≥4次/4次", "4次", "unchecked", ""),
    ],
)
def test_what_cannot_be_measured(target: str, actual: str, verdict: str, words: str) -> None:
    findings, tally = _found("indicator.unmeasurable", _row(target, actual))
    assert getattr(tally, verdict) == tally.examined == 1
    assert [finding.message.partition("：")[2] for finding in findings] == ([words] if words else [])


def test_the_same_indicator_with_the_same_figures_twice() -> None:
    twice = (_row("≥50人", "50人", name="带动转产"), _row("≥50 人", "50人", name="带动 转产", row=7))
    findings, tally = _found("indicator.duplicate", twice[0], _row("≥4次", "4次"), twice[1])
    assert (tally.suspect, tally.exact) == (1, 1)
    assert findings[0].message == "指标“带动转产”出现 2 次（数量指标），指标值 ≥50人、完成值 50人 都相同"
    assert {place.row for place in findings[0].places} == {0, 7}


def test_the_same_name_with_other_figures_is_another_indicator() -> None:
    findings, _ = _found("indicator.duplicate", _row("≥4次", "4次"), _row("≥6次", "7次"))
    assert findings == []


def test_an_indicator_without_any_value_is_no_duplicate() -> None:
    findings, tally = _found("indicator.duplicate", _row("", ""), _row("", ""))
    assert (findings, tally.unchecked) == ([], 1)


def test_every_finding_on_words_is_two_lines_at_most() -> None:
    long = "组织沿江各镇街开展禁渔期联合执法巡查、夜间蹲守和渔具清理整治专项行动" * 3
    for finding in judge(Report(indicators=(_row(long, "", name=long),))).findings:
        assert finding.message.count("\n") <= 1
        assert len(finding.message) <= 160
        assert finding.verdict in (Verdict.BROKEN, Verdict.SUSPECT)
