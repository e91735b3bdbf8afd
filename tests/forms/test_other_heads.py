"""The form's heads and rows as other provinces print them: which column is which, and what is no head."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.forms.reading import read, values, why

FUNDING = {
    "the block's name at the side sounds like a head": """
年度预算资金（万元） | | 年初预算数 | 全年预算数 | 全年执行数 | 执行率
^ | 年度资金总额 | 80.00 | 95.00 | 93.10 | 98%
^ | 其中：财政拨款 | 80.00 | 95.00 | 90.00 | 98%
""",
    "the labels' own column sounds like a head": """
预算执行情况（10分） | 年度预算数（万元） | 年初预算 | 调整后预算数 | 预算执行数 | 预算执行率
^ | 总额 | 80.00 | 95.00 | 93.10 | 98.00%
^ | 其中:财政资金 | 80.00 | 95.00 | 90.00 | 98.00%
""",
    "last year's money beside": """
资金（万元） | 2023年全年执行数 | 2024年年初预算数 | 2024年全年预算数 | 2024年全年执行数 | 执行率
年度资金总额 | 70.00 | 80.00 | 95.00 | 93.10 | 98%
一般公共预算 | 70.00 | 80.00 | 95.00 | 90.00 | 98%
""",
    "groups named before the first of their rows": """
预算执行（万元） | 年初预算数 | 全年预算数 | 全年执行数 | 执行率
部门预算总额 | 80.00 | 95.00 | 93.10 | 98%
1.资金来源：（1）财政性资金 | 80.00 | 95.00 | 90.00 | 98%
""",
    "periods down and amounts beside them": """
资金来源（万元） | 合计 | 一般公共预算 | 其他资金
年初预算数 | 80.00 | 80.00 | 0
全年预算数 | 95.00 | 92.00 | 3
全年执行数 | 93.10 | 90.00 | 3.10
执行率 | 98% | 97.83% | 103.33%
""",
}


@pytest.mark.parametrize("wording", FUNDING)
def test_funding(wording: str) -> None:
    found = values(read(FUNDING[wording]), "funding.")
    amounts = ("initial_budget", "annual_budget", "executed", "execution_rate")
    assert [Decimal(found[name]) for name in amounts] == [80, 95, Decimal("93.1"), Decimal("0.98")]
    assert found["by_source.general_public_budget"] == "90.00"


INDICATORS = {
    "points after every level": """
一级指标 | 分值 | 二级指标 | 分值 | 三级指标 | 分值 | 年度指标值 | 实际完成值 | 得分
产出指标 | 60 | 数量指标 | 40 | 植树 | 20 | ≥300株 | 320株 | 19
""",
    "names and points under each level": """
一级指标 | < | 二级指标 | < | 三级指标 | < | 年度指标值 | 实际完成值 | 得分
名称 | 权重 | 名称 | 权重 | 名称 | 权重 | ^ | ^ | ^
产出指标 | 60 | 数量指标 | 40 | 植树 | 20 | ≥300株 | 320株 | 19
""",
    "points before the values": """
序号 | 一级指标 | 二级指标 | 三级指标 | 指标分值 | 自评得分 | 年初目标值 | 年末完成值
1 | 产出指标（60分） | 数量指标 | 植树 | 20分 | 19分 | ≥300株 | 320株
""",
    "a sign, a number and a unit": """
一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位 | 完成值 | 权重 | 得分
产出指标 | 数量指标 | 植树 | ≥ | 300 | 株 | 320 | 20 | 19
""",
    "numbers and units under one head": """
一级指标 | 二级指标 | 三级指标 | 年度指标值 | < | 全年完成值 | < | 分值 | 得分
^ | ^ | ^ | 数值 | 单位 | 数值 | 单位 | ^ | ^
产出指标 | 数量指标 | 植树 | ≥300 | 株 | 320 | 株 | 20 | 19
""",
    "a side label that sounds like a head, points in the name": """
年度绩效指标 | 一级指标 | 二级指标 | 三级指标 | 年初目标值（A） | 实际完成值（B） | 得分
^ | 产出指标 | 数量指标 | 植树（20分） | ≥300株 | 320株 | 19
""",
    "last year's value beside": """
一级指标 | 二级指标 | 三级指标 | 2023年实际值 | 2024年目标值 | 2024年实际值 | 分值 | 得分
产出指标 | 数量指标 | 植树 | 280株 | ≥300株 | 320株 | 20 | 19
""",
    "kinds before the levels": """
指标类型 | 一级指标 | 二级指标 | 三级指标 | 目标值 | 完成情况 | 标准分 | 评价得分
个性指标 | 产出指标 | 数量指标 | 植树 | ≥300株 | 320株 | 20 | 19
""",
}


@pytest.mark.parametrize("wording", INDICATORS)
def test_indicators(wording: str) -> None:
    report = read(INDICATORS[wording])
    (row,) = report.indicators
    assert (row.level1, row.level2, row.level3) == ("产出指标", "数量指标", "植树")
    assert (row.target.value, row.actual.value) == ("≥300株", "320株")
    assert values(report, "indicators.0.") == {"weight": "20", "score": "19"}


def test_rows_that_are_no_indicators() -> None:
    report = read("""
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
产出指标 | 数量指标 | 植树 | ≥300株 | 320株 | 50 | 50
^ | ^ | 指标2： | | | |
^ | ^ | …… | | | |
小计 | < | < | < | < | 50 | 50
效益指标 | 生态效益 | 覆盖率 | ≥60% | 61% | 40 | 40
^ | 经济效益 | 无 | 无 | 无 | |
得分合计 | < | < | < | < | 90 | 90
""")
    assert [row.level3 for row in report.indicators] == ["植树", "覆盖率"]
    assert values(report, "total_score") == {"": "90"}


def test_cells_merged_over_several_indicators_and_over_values_of_one() -> None:
    report = read("""
一级指标 | 二级指标 | 三级指标 | 四级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
产出指标 | 数量指标 | 工程 | 水库 | 3座 | 3座 | 50 | 48
^ | ^ | ^ | 河道 | 5公里 | 5公里 | ^ | ^
^ | ^ | 培训 | < | 30人 | 32人 | 20 | 20
^ | ^ | ^ | < | 3场 | 3场 | 10 | 9
效益指标 | 社会效益 | 受益 | < | 2万人 | 2万人 | 20 | 20
^ | ^ | ^ | < | 3个乡镇 | 3个乡镇 | ^ | ^
""")
    assert [(row.level3, row.target.value, row.weight.text) for row in report.indicators] == [
        ("工程水库", "3座", "50"),
        ("工程河道", "5公里", ""),
        ("培训", "30人", "20"),
        ("培训", "3场", "10"),
        ("受益", "2万人；3个乡镇", "20"),
    ]


def test_classes_in_rows_of_their_own() -> None:
    report = read("""
二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 权重（%） | 实得分
一、产出指标（60分） | < | < | < | < | <
数量指标 | 植树 | 300株 | 320株 | 60% | 60
二、效益指标（40分） | < | < | < | < | <
社会效益 | 覆盖率 | 60% | 61% | 40% | 39.5
综合得分（满分100分） | < | < | < | < | 99.5
""")
    assert [row.level1 for row in report.indicators] == ["产出指标", "效益指标"]
    assert values(report, "indicators.1.") == {"weight": "40", "score": "39.5"}
    assert values(report, "total_score") == {"": "99.5"}


def test_remarks_under_the_grid_are_no_indicators() -> None:
    report = read("""
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
产出指标 | 数量指标 | 植树 | ≥300株 | 280株 | 100 | 97
其他需要说明的问题 | < | < | 无 | < | < | <
联系人：某某 | < | < | 联系电话： | < | < | <
""")
    assert [row.level3 for row in report.indicators] == ["植树"]


def test_level_three_over_two_columns() -> None:
    report = read("""
一级指标 | 二级指标 | 三级指标 | < | 年度指标值 | 实际完成值 | 分值 | 得分
产出指标 | 数量指标 | 培训 | 人数 | ≥30人 | 32人 | 20 | 20
^ | ^ | ^ | 场次 | ≥3场 | 3场 | 20 | 20
^ | ^ | 植树 | < | ≥300株 | 320株 | 10 | 10
""")
    assert [row.level3 for row in report.indicators] == ["培训人数", "培训场次", "植树"]


def test_a_table_of_basic_and_project_spending_is_no_expense_table() -> None:
    report = read("""
资金（万元） | 预算数 | 执行数 | 执行率
总计 | 100.00 | 95.00 | 95.00%
基本支出 | 60.00 | 58.00 | 96.67%
项目支出 | 40.00 | 37.00 | 92.50%
""")
    assert report.expenses == ()
    assert values(report, "funding.by_nature.") == {"basic": "58.00", "project": "37.00"}


def test_a_list_of_projects_money_is_not_the_departments() -> None:
    report = read("""
序号 | 项目名称 | 年初预算数 | 全年预算数 | 全年执行数 | 执行率 | 自评得分 | 自评等次
1 | 水库除险 | 200 | 200 | 190 | 95% | 99.5 | 优
合计 | < | 200 | 200 | 190 | 95% | |
""")
    assert values(report, "") == {}
    assert [found.what for found in report.unrecognised] == ["table"]


PAIRS = {
    "beside their labels": """
部门名称 | 云岭县林业局 | 预算年度 | 2024
年初预算数（元） | 5000000 | 全年预算数（元） | 6405000
全年执行数（元） | 6201000 | 预算执行率 | 96.81%
其中：基本支出（元） | 4001000 | 项目支出（元） | 2200000
""",
    "in their labels' cells": """
预算情况（2024年度） | 年初预算：500万元 | 全年预算：640.50万元 | 全年执行：620.10万元 | 执行率：96.81%
支出构成 | 基本支出：400.10万元 | 项目支出：220.00万元 | < | <
""",
    "under heads, sources and natures with columns of their own": """
预算（万元） | 年初预算数 | 全年预算数 | 全年执行数 | 支出性质 | 全年预算数 | 全年执行数 | 执行率
合计 | 500 | 640.5 | 620.10 | 合计 | 640.5 | 620.10 | 96.81%
一般公共预算 | 480 | 620 | 600.10 | 基本支出 | 410 | 400.10 | 97.59%
政府性基金 | 20 | 20.5 | 20.00 | 项目支出 | 230.5 | 220.00 | 95.44%
""",
}


@pytest.mark.parametrize("wording", PAIRS)
def test_funding_in_pairs(wording: str) -> None:
    found = values(read(PAIRS[wording]), "funding.")
    amounts = ("initial_budget", "annual_budget", "executed", "execution_rate")
    expected = [500, Decimal("640.5"), Decimal("620.1"), Decimal("0.9681")]
    assert [Decimal(found[name]) for name in amounts] == expected
    assert Decimal(found["by_nature.basic"]) == Decimal("400.1")
    assert Decimal(found["by_nature.project"]) == 220


def test_what_was_spent_and_not_what_came_in_is_the_total() -> None:
    report = read("""
预算收支（万元） | 预算数（调整后） | 决算数 | 预算执行率
收入 | 171 | 172 | 100.58%
支出 | 171 | 170 | 99.42%
其中：基本支出 | 100 | 100 | 100%
项目支出 | 71 | | 
""")
    assert values(report, "funding.")["executed"] == "170"
    assert why(report.funding.by_nature.project) == "blank"


def test_a_table_of_sources_and_natures_is_no_expense_table() -> None:
    report = read("""
项目（万元） | < | 年初预算数 | 调整后预算数 | 决算数 | 执行率
部门支出总额 | < | 166 | 171 | 170 | 99.42%
其中 | 基本支出 | 100 | 105 | 110 | 104.76%
^ | 项目支出 | 66 | 66 | 60 | 90.91%
按来源 | 一般公共预算拨款 | 160 | 165 | 164 | 99.39%
^ | 政府性基金预算拨款 | 6 | 6 | 6 | 100%
""")
    assert report.expenses == ()
    assert values(report, "funding.by_source.") == {"general_public_budget": "164", "government_fund": "6"}


def test_the_year_alone_under_a_title() -> None:
    report = read("""
# 部门整体支出绩效自评表

（2024年度）

部门名称 | 云岭县林业局 | < | <
年度预算申请（万元） | 年初预算数 | 全年预算数 | 全年执行数
年度资金总额 | 500.00 | 640.50 | 620.10
""")
    assert (report.department, report.fiscal_year) == ("云岭县林业局", 2024)
