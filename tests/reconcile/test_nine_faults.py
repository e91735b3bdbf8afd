"""The faults that a real submission showed, in an invented one: each is found, by its own rule."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract.document import Locus
from extract.report import Report, SignOff, Text
from reconcile.catalogue import judge
from reconcile.finding import Finding
from tests.reconcile.consistent import consistent
from tests.reconcile.edits import changed


def _faulty() -> Report:
    """The consistent report with all the faults at once."""
    blank = [f"expenses.{item}" for item in ("procurement", "basic_adjustment")]
    report = changed(
        consistent(),
        {
            "indicators.0.weight": "25",
            "indicators.0.score": "25",
            "narrative.total_expenditure": "738.10",
            "narrative.project_expenditure#2": "427.35",
            "narrative.goods_services": "231.72",
            "narrative.wages": "131.68",
            "narrative.benefit.weight": "40",
            "narrative.benefit.score": "40",
            "expenses.project.budget": "230.75",
            "expenses.project_special#2.budget": "0",
            "expenses.project_special.budget": "10.25",
            "funding.initial_budget": "335.20",
            **{f"{row}.{period}": "" for row in blank for period in ("prior_final", "budget", "final")},
        },
    )
    first, *_, eco, users = report.indicators
    trained = replace(first, target=Text("≥1000人次"), actual=Text("15000人次"))
    satisfied = replace(users, target=Text("≥95%"), actual=Text("＞95"))
    again = replace(report.indicators[4], level2=eco.level2, weight=eco.weight, score=eco.score)
    return replace(
        report,
        indicators=(trained, *report.indicators[1:5], again, satisfied),
        construction=(),
        thrift_measures=Text(""),
        sign_offs=(SignOff("单位负责人签字", False, Locus("自评表.docx", paragraph=30)),),
    )


@pytest.fixture(scope="module")
def findings() -> tuple[Finding, ...]:
    return judge(_faulty()).findings


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("indicator.weight_sum", "7 项指标分值合计 100 + 预算执行分值 10 = 110，应为 100，差 10 分"),
        ("narrative.total_sum", "基本支出 427.35 + 项目支出 318.25 = 745.60，决算支出 738.10，差 7.50 万元"),
        ("funding.narrative", "自评报告中项目支出 427.35 万元，自评表中项目支出 318.25 万元，差 109.10 万元"),
        (
            "expense.operating_narrative",
            "自评报告中商品和服务支出 231.72 万元，基础数据表中公用经费（决算数）83.40 万元，差 148.32 万元",
        ),
        ("indicator.class_narrative", "自评报告中效益总分值 40 分，自评表中效益指标合计 30 分，差 10 分"),
        (
            "indicator.overshot",
            "指标“检查渔船”指标值 ≥1000人次，完成值 15000人次：是指标值的 15 倍，没有说明原因",
        ),
        (
            "indicator.unmeasurable",
            "指标“渔民满意度”指标值 ≥95%，完成值 ＞95：完成值只是一个范围，不是实际数，也没有写单位",
        ),
        (
            "indicator.duplicate",
            "指标“带动转产渔民”出现 2 次（社会效益指标、生态效益指标），指标值 ≥20户、完成值 22户 都相同",
        ),
        (
            "expense.over_budget",
            "项目支出（决算数）318.25 万元，超过项目支出（预算数）230.75 万元，多 87.50 万元",
        ),
        (
            "funding.adjustment",
            "年度资金总额（全年预算数）760.00 万元，年度资金总额（年初预算数）335.20 万元，"
            "调增 424.80 万元（127%）",
        ),
        (
            "completeness.cells",
            "基础数据表中没有填写：政府采购金额、部门基本支出预算调整、楼堂馆所控制情况、厉行节约保障措施",
        ),
        ("completeness.cells", "自评表中没有填写：签字盖章、日期 1 处"),
    ],
)
def test_a_fault_is_found_by_its_rule(findings: tuple[Finding, ...], rule: str, words: str) -> None:
    assert words in [finding.message for finding in findings if finding.rule == rule]


def test_nothing_else_is_found_than_follows_from_the_faults(findings: tuple[Finding, ...]) -> None:
    """The points over 100 show in the scores and the class of output, too; nothing more."""
    told = {finding.rule for finding in findings}
    assert told == {
        "indicator.weight_sum",
        "indicator.score_sum",
        "indicator.class_narrative",
        "narrative.total_sum",
        "funding.narrative",
        "expense.operating_narrative",
        "expense.over_budget",
        "funding.adjustment",
        "indicator.overshot",
        "indicator.unmeasurable",
        "indicator.duplicate",
        "completeness.cells",
    }
    assert len([finding for finding in findings if finding.rule == "funding.narrative"]) == 1
