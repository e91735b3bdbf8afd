"""A waiver holds while its finding's own figures stand as they stood, whatever else changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.paths import figures
from extract.quantity import Quantity, plain
from extract.report import NarrativeFigure, Report, Text
from reconcile.catalogue import judge
from reconcile.change import Names
from reconcile.finding import Finding, Judgement, Severity, Verdict, Waiver
from reconcile.waiving import Accepted, Change, basis_of, changes, matched
from tests.reconcile.consistent import consistent
from tests.reconcile.edits import changed

SLIPS = {
    "expenses.three_public.final": "9.99",
    "expenses.project_special#2.final": "77.00",
    "funding.by_nature.basic": "1.00",
    "indicators.0.score": "99",
    "narrative.wages": "1000.00",
    "staffing.control_rate": "50.00%",
}
SLIPPED = changed(consistent(), SLIPS)
FOUND = judge(SLIPPED)
FLAGGED = [finding for finding in FOUND.findings if finding.flagged]
PATHS = [path for path, figure in figures(SLIPPED) if isinstance(figure, Quantity) and "[" not in path]


def accepted(report: Report, finding: Finding, number: int = 1) -> Accepted:
    waiver = Waiver(number, "经批复调整", "综合科", datetime(2025, 7, 1, tzinfo=UTC))
    return Accepted(waiver, basis_of(Names(report), finding))


def held(report: Report, judgement: Judgement, *waivers: Accepted) -> list[Finding]:
    """The findings that have a waiver on them, stale or not."""
    return [one for one in matched(report, judgement, waivers).findings if one.waiver is not None]


def same(one: Finding, other: Finding) -> bool:
    return (one.rule, one.cites) == (other.rule, other.cites)


def test_there_is_something_to_accept() -> None:
    assert len({finding.rule for finding in FLAGGED}) >= 5
    assert len(PATHS) > 100


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(FLAGGED), st.sampled_from(PATHS))
def test_one_figure_changed(finding: Finding, path: str) -> None:
    """An operand makes it stale; any other figure leaves it as it was."""
    before = dict(figures(SLIPPED))[path]
    assert isinstance(before, Quantity)
    scale = Decimal(100) if before.kind == "rate" else Decimal(1)
    sign = "%" if before.kind == "rate" else ""
    now = changed(SLIPPED, {path: f"{plain(before.value * scale + 1)}{sign}"})
    judgement = judge(now)
    on = held(now, judgement, accepted(SLIPPED, finding))
    there = [one for one in judgement.findings if one.flagged and same(one, finding)]
    if path in finding.cites:
        assert [one.waived for one in on] == [False] * len(on)
        assert len(on) == 1 or not there
    else:
        assert [(one.waived, same(one, finding)) for one in on] == [(True, True)]


@pytest.mark.parametrize("finding", FLAGGED, ids=lambda finding: finding.rule)
def test_nothing_changed(finding: Finding) -> None:
    (one,) = held(SLIPPED, FOUND, accepted(SLIPPED, finding))
    assert one.waived
    assert replace(one, waiver=None) == finding


@pytest.mark.parametrize("finding", FLAGGED, ids=lambda finding: finding.rule)
def test_the_same_in_another_order_and_other_words_around_it(finding: Finding) -> None:
    """Rows are put in above, projects change places, and the narrative tells more."""
    more = NarrativeFigure("output.weight", SLIPPED.total_score, "另有一句。")
    now = replace(
        SLIPPED,
        expenses=(replace(SLIPPED.expenses[-1], item=None, label="新增的一行"), *SLIPPED.expenses),
        narrative=(more, *SLIPPED.narrative),
        construction=SLIPPED.construction[::-1],
        thrift_measures=Text("改写过。"),
    )
    there = [one for one in judge(now).findings if one.flagged and one.message == finding.message]
    assert [one.waived for one in held(now, Judgement(tuple(there), ()), accepted(SLIPPED, finding))] == [
        True
    ]


@pytest.mark.parametrize("finding", FLAGGED, ids=lambda finding: finding.rule)
def test_an_indicator_put_in_above_moves_only_sums(finding: Finding) -> None:
    first = replace(SLIPPED.indicators[-1], level3="新增的一项")
    now = replace(SLIPPED, indicators=(first, *SLIPPED.indicators))
    for one in judge(now).findings:
        if one.flagged and one.rule == finding.rule and one.message == finding.message:
            assert held(now, Judgement((one,), ()), accepted(SLIPPED, finding))[0].waived
    total = next(one for one in FLAGGED if one.rule == "indicator.score_sum")
    sums = [one for one in judge(now).findings if one.rule == total.rule]
    assert [one.waived for one in held(now, Judgement(tuple(sums), ()), accepted(SLIPPED, total))] == [False]


def error(message: str, *cites: str, expected: str | None = None, found: str | None = None) -> Finding:
    return Finding(
        "some.rule",
        Severity.ERROR,
        Verdict.BROKEN,
        message,
        None if expected is None else Decimal(expected),
        None if found is None else Decimal(found),
        cites=cites,
    )


def one_by_one(before: Finding, after: Finding) -> str:
    """What becomes of the waiver of one finding where another is found."""
    on = held(SLIPPED, Judgement((after,), ()), accepted(SLIPPED, before))
    return "gone" if not on else "valid" if on[0].waived else "stale"


@pytest.mark.parametrize(
    ("before", "after", "then"),
    [
        (error("模板里的“XX”没有改"), error("模板里的“XX”没有改"), "valid"),
        (error("与 30 句相同"), error("与 31 句相同"), "stale"),
        (error("与 甲局 相同"), error("与 乙局 相同"), "gone"),
        (error("2023 年度", "fiscal_year"), error("2022 年度", "fiscal_year"), "stale"),
        (error("上年 5", "total_score", expected="5"), error("上年 6", "total_score", expected="6"), "stale"),
        (
            error("写法一", "total_score", expected="5"),
            error("写法二", "total_score", expected="5.0"),
            "valid",
        ),
        (error("没有填写 甲", "total_score"), error("没有填写 甲、乙", "total_score"), "stale"),
        (
            error("三项", "total_score", "funding.score", "funding.weight", expected="1"),
            error("四项", "total_score", "funding.score", "funding.weight", "grade", expected="1"),
            "stale",
        ),
        (
            error("一项", "total_score", expected="1"),
            replace(error("一项", "total_score", expected="1"), rule="other.rule"),
            "gone",
        ),
        (error("一", "total_score", expected="1"), error("一", "funding.score", expected="1"), "gone"),
        (
            error("一", "total_score", expected="1"),
            replace(error("一", "total_score", expected="1"), verdict=Verdict.ROUNDING),
            "gone",
        ),
    ],
)
def test_what_makes_it_the_same(before: Finding, after: Finding, then: str) -> None:
    assert one_by_one(before, after) == then


def test_of_two_mentions_the_one_that_was_accepted_stays_accepted() -> None:
    (basic, *_) = [told for told in SLIPPED.narrative if told.code == "basic_expenditure"]
    assert isinstance(basic.value, Quantity)
    other = replace(basic.value, value=Decimal("700.00"), text="700.00")
    two = replace(SLIPPED, narrative=(basic, replace(basic, value=other)))
    second = error("第二处", "narrative.basic_expenditure#2", found="700")
    waiver = accepted(two, second)
    third = replace(two, narrative=(replace(basic, value=replace(other, value=Decimal(1))), *two.narrative))
    found = (
        error("新的一处", "narrative.basic_expenditure", found="1"),
        error("第二处", "narrative.basic_expenditure#3", found="700"),
    )
    assert [one.message for one in held(third, Judgement(found, ()), waiver)] == ["第二处"]


def test_of_two_equal_mentions_the_very_one_is_accepted_and_the_other_flagged() -> None:
    basic = next(told for told in SLIPPED.narrative if told.code == "basic_expenditure")
    two = replace(SLIPPED, narrative=(basic, basic))
    paths = ("narrative.basic_expenditure", "narrative.basic_expenditure#2")
    found = Judgement(tuple(error("一样", path, found="1") for path in paths), ())
    for finding in found.findings:
        assert [one.cites for one in held(two, found, accepted(two, finding))] == [finding.cites]
    both = [accepted(two, finding, number) for number, finding in enumerate(found.findings)]
    assert [one.waiver.number for one in held(two, found, *both) if one.waiver] == [0, 1]


def test_each_waiver_goes_to_its_own_finding_and_a_stale_one_to_one_at_most() -> None:
    first = error("一", "total_score", expected="1")
    again = error("一", "total_score", expected="2")
    waivers = (accepted(SLIPPED, first), accepted(SLIPPED, again, 2))
    on = held(SLIPPED, Judgement((again, first), ()), *waivers)
    assert [(one.waiver.number, one.waived) for one in on if one.waiver] == [(2, True), (1, True)]
    later = (error("一", "total_score", expected="3"), error("一", "total_score", expected="4"))
    on = held(SLIPPED, Judgement(later, ()), waivers[0])
    assert [one.waived for one in on] == [False]


def test_what_changed_is_told_by_the_figures_cited_and_else_by_what_they_come_to() -> None:
    three_public = next(one for one in FLAGGED if one.rule == "expense.three_public_sum")
    now = changed(SLIPPED, {"expenses.three_public.final": "8.88"})
    finding = next(one for one in judge(now).findings if one.rule == three_public.rule)
    before, after = basis_of(Names(SLIPPED), three_public), basis_of(Names(now), finding)
    assert changes(before, after) == (Change("三公经费（决算数）", "9.99", "8.88"),)
    names = Names(SLIPPED)
    one = basis_of(names, error("一", "total_score", expected="1"))
    two = basis_of(names, error("一", "total_score", expected="2"))
    assert changes(one, two) == (Change("应为", "1", "2"),)
    words = basis_of(names, error("与 30 句相同")), basis_of(names, error("与 31 句相同"))
    assert changes(*words) == (Change("", "与 30 句相同", "与 31 句相同"),)


def test_what_no_database_keeps_makes_no_difference() -> None:
    torn = replace(SLIPPED, thrift_measures=None, grade=Text("优\x00\ud800"))
    kept = replace(torn, grade=Text("优\ufffd\ufffd"))
    finding = error("等次", "grade", expected="1")
    assert basis_of(Names(torn), finding) == basis_of(Names(kept), finding)
