"""Rules of what was left of a template and of two units for one figure."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from extract.document import Locus
from extract.quantity import Quantity
from extract.report import Report, Unrecognised
from reconcile.finding import Severity, Verdict
from tests.reconcile.consistent import consistent
from tests.reconcile.edits import changed, printed
from tests.reconcile.examined import examined, judged


def _left(*texts: str) -> Report:
    left = [
        Unrecognised("leftover", text, Locus("自评报告.docx", paragraph=place))
        for place, text in enumerate(texts)
    ]
    return replace(consistent(), unrecognised=tuple(left))


def test_each_leftover_of_the_template_is_told_with_all_its_places() -> None:
    findings, tally = judged(_left("下降（增长）", "XX", "下降（增长）"), "identity.template")
    assert [(finding.message, len(finding.places)) for finding in findings] == [
        ("模板里的“下降（增长）”没有改成本单位的内容，共 2 处", 2),
        ("模板里的“XX”没有改成本单位的内容", 1),
    ]
    assert {(finding.severity, finding.verdict) for finding in findings} == {
        (Severity.WARNING, Verdict.SUSPECT)
    }
    assert tally.suspect == 2


def test_more_leftovers_than_five_are_told_together() -> None:
    findings, _ = judged(_left(*(f"指标{place}XX" for place in range(9))), "identity.template")
    assert len(findings) == 6
    assert findings[-1].message == "另有 4 处模板里的内容没有改，如“指标5XX”"
    assert [place.paragraph for place in findings[-1].places] == [5, 6, 7, 8]


def test_other_things_that_were_not_recognised_are_no_leftovers() -> None:
    report = replace(consistent(), unrecognised=(Unrecognised("row", "职工食堂"),))
    findings, tally = judged(report, "identity.template")
    assert (findings, tally.exact) == ([], 1)


def test_without_a_narrative_nobody_knows_what_was_left() -> None:
    parts = tuple(part for part in consistent().parts if part.name != "narrative")
    findings, tally = judged(replace(consistent(), parts=parts), "identity.template")
    assert (findings, tally.unchecked) == ([], 1)


def _in_yuan(path: str, text: str) -> Report:
    figure = printed(text, consistent().funding.executed)
    assert isinstance(figure, Quantity)
    yuan = replace(figure, value=figure.value / 10000, step=figure.step / 10000, unit="元")
    return changed(consistent(), {path: yuan})


@pytest.mark.parametrize(
    ("path", "text", "message"),
    [
        (
            "narrative.total_expenditure",
            "745.60",
            "自评报告中决算支出 745.60 元，自评表中年度资金总额（全年执行数）745.60 万元，"
            "正好相差一万倍，可能有一处的单位（元、万元）写错",
        ),
        (
            "expenses.project.final",
            "318.25",
            "基础数据表中项目支出（决算数）318.25 元，自评表中项目支出 318.25 万元，"
            "正好相差一万倍，可能有一处的单位（元、万元）写错",
        ),
    ],
)
def test_yuan_where_ten_thousands_must_be(path: str, text: str, message: str) -> None:
    (finding,) = judged(_in_yuan(path, text), "identity.units")[0]
    assert (finding.message, finding.severity) == (message, Severity.WARNING)
    assert path in finding.cites


@pytest.mark.parametrize("text", ["7456000", "7456000.00", "745.61", "0"])
def test_another_unit_or_another_figure_is_no_slip_of_the_unit(text: str) -> None:
    assert judged(_in_yuan("narrative.total_expenditure", text), "identity.units")[0] == []


def test_two_mentions_without_a_table_are_held_against_each_other() -> None:
    edits = {"funding.by_nature.basic": "", "narrative.basic_expenditure": "4273500"}
    (finding,) = examined(edits, "identity.units")[0]
    assert set(finding.cites) == {"narrative.basic_expenditure", "narrative.basic_expenditure#2"}


def test_a_figure_told_once_is_unchecked() -> None:
    before = judged(consistent(), "identity.units")[1]
    findings, tally = examined({"narrative.government_fund": ""}, "identity.units")
    assert (findings, tally.unchecked, tally.exact) == ([], before.unchecked + 1, before.exact - 1)
    assert before.exact >= Decimal(8)
