"""What changed between two reports: rows by name, figures by value, findings by what they cite."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from extract.paths import figures
from extract.quantity import Quantity
from extract.report import Report, Text
from reconcile.change import Difference, Names, TextChange, difference, turnover
from reconcile.finding import Finding, Severity, Verdict
from tests.reconcile.consistent import Printing, consistent
from tests.reconcile.edits import changed
from tests.reports import full_report, reports

NOTHING = Difference((), (), (), ())
PATHS = [path for path, figure in figures(consistent()) if isinstance(figure, Quantity)]


def shuffled(report: Report) -> Report:
    """The same rows in another order, where order is not what tells them apart."""
    return replace(
        report,
        expenses=report.expenses[::-1],
        indicators=report.indicators[::-1],
        construction=report.construction[::-1],
        projects=report.projects[::-1],
        listed_sums=report.listed_sums[::-1],
        shares=report.shares[::-1],
    )


@settings(max_examples=30)
@given(reports())
def test_a_report_differs_from_itself_in_nothing(report: Report) -> None:
    assert difference(report, report) == NOTHING


@settings(max_examples=30)
@given(reports())
def test_every_figure_has_a_name_of_its_own(report: Report) -> None:
    assert len(Names(report).figures) == len(list(figures(report)))


def test_other_order_other_places_and_another_unit_are_no_change() -> None:
    assert difference(consistent(), shuffled(consistent())) == NOTHING
    in_yuan = consistent(printing=Printing(places=0, yuan=True))
    assert difference(consistent(), in_yuan) == NOTHING


@settings(max_examples=60)
@given(st.sampled_from(PATHS))
def test_one_figure_changed_is_one_figure_named_wherever_its_row_stands(path: str) -> None:
    old = dict(figures(consistent()))[path]
    assert isinstance(old, Quantity)
    new = replace(old, value=old.value + 7)
    edited = changed(consistent(), {path: new})
    (change,) = difference(consistent(), shuffled(edited)).figures
    assert (change.before, change.old) == (path, old)
    assert isinstance(change.new, Quantity)
    assert change.new.value == new.value
    assert dict(figures(shuffled(edited)))[change.after] == change.new


def test_rows_that_came_and_went_are_told_once() -> None:
    report = consistent()
    fewer = replace(report, projects=report.projects[1:], indicators=report.indicators[:-1])
    found = difference(report, fewer)
    assert (found.figures, found.texts, found.added) == ((), (), ())
    gone = [row.label for row in found.removed]
    assert gone[0] == "增殖放流"
    assert gone[-1] == "渔民满意度"
    assert difference(fewer, report).added == found.removed


def test_a_second_row_of_one_name_is_the_second() -> None:
    first, *rest = consistent().indicators
    other = replace(first, score=rest[0].score)
    twice = replace(consistent(), indicators=(first, other, *rest))
    (added,) = difference(consistent(), twice).added
    assert added.stem == "indicators.1"


def test_words_are_compared_without_white_space_and_with_their_points() -> None:
    report = full_report()
    first, *rest = report.indicators
    for target, changes in (("≥2 座", 0), ("≥２座", 0), ("≥.2座", 1)):
        edited = replace(report, indicators=(replace(first, target=Text(target)), *rest))
        assert len(difference(report, edited).texts) == changes
    graded = replace(report, grade=None, thrift_measures=Text("压减会议。"))
    assert difference(report, graded).texts == (
        TextChange("thrift_measures", "thrift_measures", "压减会议，公务用车集中管理。", "压减会议。"),
        TextChange("grade", "grade", "优", ""),
    )


def finding(rule: str, message: str = "", *cites: str, verdict: Verdict = Verdict.BROKEN) -> Finding:
    return Finding(rule, Severity.ERROR, verdict, message, difference=Decimal(len(message)), cites=cites)


def test_a_finding_is_the_same_by_its_rule_and_rows_whatever_its_numbers() -> None:
    before, after = consistent(), shuffled(consistent())
    last = len(before.indicators) - 1
    old = finding("indicator.score_range", "得分 12 超过分值 10", "indicators.0.score")
    moved = finding("indicator.score_range", "得分 13 超过分值 10", f"indicators.{last}.score")
    other = finding("indicator.score_range", "得分 12 超过分值 10", "indicators.0.score")
    assert turnover(before, [old], after, [moved]).remaining == (moved,)
    gone = turnover(before, [old], after, [other])
    assert (gone.cleared, gone.remaining, gone.new) == ((old,), (), (other,))
    assert turnover(before, [old], before, [finding("indicator.unexplained", "", "indicators.0.score")]).new


def test_findings_that_cite_nothing_are_the_same_by_their_words() -> None:
    report = consistent()
    old, new = finding("identity.template", "第3页还有 XX"), finding("identity.template", "第12页还有 XX")
    assert turnover(report, [old], report, [new]).remaining == (new,)
    assert turnover(report, [old, old], report, [new]).cleared == (old,)
    other = finding("identity.template", "第3页还有 ***")
    assert turnover(report, [old], report, [other]).new == (other,)


def test_rounding_is_no_finding_to_be_settled() -> None:
    rounded = finding("expense.project_sum", "差 0.01", verdict=Verdict.ROUNDING)
    assert turnover(consistent(), [rounded], consistent(), []).cleared == ()
