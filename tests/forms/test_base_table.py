"""The base data table in the field's many wordings and layouts."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.forms.reading import read, values, why

STAFFING = {
    "columns": """
# 部门整体支出绩效评价基础数据表
财政供养人员情况 | 编制数 | 2024年实际在职人数 | 控制率
^ | 31 | 29 | 93.55%
""",
    "columns with units": """
编制数（人） | 实有在职人数（人） | 人员控制率（%）
31 | 29 | 93.55
""",
    "pairs": """
人员编制 | 31 | 实有人数 | 29 | 控制率 | 93.55%
""",
    "rows": """
项目 | 数量
核定编制数 | 31人
年末在职人数 | 29人
离退休人数 | 12人
在职人员控制率 | 93.55%
""",
    "rows and a note": """
财政供养人员情况 | 编制人数 | 31 | 备注
^ | 在职人员数 | 29 |
^ | 控制率 | 93.55% |
""",
    "kinds and their total": """
类别 | 编制数 | 在职人数 | 控制率
行政 | 20 | 19 | 95.00%
事业 | 11 | 10 | 90.91%
合计 | 31 | 29 | 93.55%
""",
    "pairs beside the block's name": """
财政供养人员 | 编制数 | 31 | 实际在职人数 | 29 | 控制率 | 93.55%
""",
    "in one cell with their labels": """
编制数：31人 | 实际在职人数：29人 | 控制率：93.55%
""",
    "the total first": """
类别 | 编制数 | 在职人数 | 控制率
合计 | 31 | 29 | 93.55%
行政 | 20 | 19 | 95.00%
""",
}


@pytest.mark.parametrize("wording", STAFFING)
def test_staffing(wording: str) -> None:
    expected = {"authorized": "31", "on_duty": "29", "control_rate": "0.9355"}
    assert values(read(STAFFING[wording]), "staffing.") == expected


def test_staffing_of_several_rows_without_a_total_is_not_added_up() -> None:
    report = read("类别 | 编制数 | 在职人数\n行政 | 20 | 19\n事业 | 11 | 10")
    assert values(report, "staffing.") == {}
    assert why(report.staffing.authorized) == "unreadable"


EXPENSES = {
    "years in the heads": """
经费控制情况（万元） | 2023年决算数 | 2024年预算数 | 2024年决算数
三公经费 | 1.20 | 2.00 | 1.50
3、公务接待 | 1.20 | 2.00 | 1.50
""",
    "two rows of heads": """
项目 | 2023年 | 2024年 | <
^ | 决算数 | 预算数 | 决算数
“三公”经费 | 1.20 | 2.00 | 1.50
公务接待费 | 1.20 | 2.00 | 1.50
""",
    "this year first": """
单位：万元
经费项目 | 2024年度预算数 | 2024年度决算数 | 2023年度决算数
（一）“三公”经费合计 | 2.00 | 1.50 | 1.20
其中：公务接待费 | 2.00 | 1.50 | 1.20
""",
    "last year and this year": """
经费控制情况（万元） | 上年决算数 | 本年预算数 | 本年决算数
三公经费 | 1.20 | 2.00 | 1.50
公务接待费 | 1.20 | 2.00 | 1.50
""",
    "in yuan with separators": """
单位：元
经费控制情况 | 2023年决算数 | 2024年预算数 | 2024年决算数
三公经费 | 12,000.00 | 20,000.00 | 15,000.00
公务接待费 | 12，000.00 | ２０，０００.００ | 15 000.00
""",
    "a unit in each head": """
经费控制情况 | 2023年决算数（元） | 2024年预算数（万元） | 2024年决算数（元）
三公经费 | 12000 | 2.00 | 15000
公务接待费 | 12000 | 2.00 | 15000
""",
    "kinds in a merged column": """
经费控制情况（万元） | < | 2023年决算数 | 2024年预算数 | 2024年决算数
三公经费 | 合计 | 1.20 | 2.00 | 1.50
^ | 公务接待费 | 1.20 | 2.00 | 1.50
""",
    "executed for final": """
科目 | 2023年执行数（万元） | 2024年预算数（万元） | 2024年执行数（万元）
三公经费支出 | 1.20 | 2.00 | 1.50
国内公务接待费 | 1.20 | 2.00 | 1.50
""",
    "items across and periods down": """
单位：万元
年度 | 三公经费 | 公务接待费
2023年决算数 | 1.20 | 1.20
2024年预算数 | 2.00 | 2.00
2024年决算数 | 1.50 | 1.50
""",
    "a column too many": """
项目（万元） | 2023年决算数 | 2024年年初预算数 | 2024年调整预算数 | 2024年决算数 | 增减率
三公经费 | 1.20 | 2.00 | 1.90 | 1.50 | 25%
公务接待费 | 1.20 | 2.00 | 1.90 | 1.50 | 25%
""",
}


@pytest.mark.parametrize("wording", EXPENSES)
def test_expense_periods(wording: str) -> None:
    found = values(read(EXPENSES[wording]), "expenses.")
    expected = {"prior_final": "1.20", "budget": "2.00", "final": "1.50"}
    for item in ("three_public", "reception"):
        assert {p: Decimal(found[f"{item}.{p}"]) for p in expected} == {
            p: Decimal(v) for p, v in expected.items()
        }


def test_the_unit_of_a_table_holds_for_the_next_until_a_title_comes() -> None:
    grid = "经费 | 2023年决算数 | 2024年预算数 | 2024年决算数\n三公经费 | 10000 | 10000 | 10000"
    funding = "| 年初预算数 | 全年预算数 | 全年执行数\n年度资金总额 | 10000 | 10000 | 10000"
    report = read(f"单位：元\n{grid}\n\n{funding}")
    assert values(report, "funding.")["executed"] == "1.0000"
    report = read(f"单位：元\n{grid}\n\n# 整体支出绩效自评表\n{funding}")
    assert values(report, "funding.")["executed"] == "10000"
    assert any("没有注明金额单位" in warning for warning in report.warnings)


def test_specials_by_their_own_names_and_unknown_rows() -> None:
    report = read("""
经费控制情况（万元） | 2023年决算数 | 2024年预算数 | 2024年决算数
项目支出： | 60 | 70 | 80
1、业务工作经费 | 10 | 10 | 10
2、运行维护经费 | | |
3、省级专项资金（一个专项一行） | | |
乡村公路养护补助 | 30 | 40 | 50
古树名木保护 | 20 | 20 | 20
公用经费： | 5 | 6 | 7
其中：办公经费 | 1 | 2 | 3
手续费 | 1 | 1 | 1
政府采购金额 | — | 无 |
部门基本支出预算调整 | 0 | 0 | 0.5
厉行节约保障措施 | 一律双面打印 | < | <
""")
    assert [row.item for row in report.expenses] == [
        "project",
        "project_business",
        "project_operations",
        "project_special",
        "project_special",
        "project_special",
        "operating",
        "office",
        None,
        "procurement",
        "basic_adjustment",
    ]
    assert values(report, "expenses.project_special#2.") == {
        "prior_final": "30",
        "budget": "40",
        "final": "50",
    }
    assert why(report.expenses[9].budget) == "dash"
    assert report.thrift_measures is not None
    assert report.thrift_measures.value == "一律双面打印"


def test_construction() -> None:
    report = read("""
楼堂馆所 | 批复规模（㎡） | 实际规模（㎡） | 规模控制率 | 预算投资（万元） | 实际投资（万元） | 投资控制率
^ | 1200 | 1180.5 | 98.38% | 560.00 | 571.20 | 102%
厉行节约保障措施 | 无 | < | < | < | < | <
""")
    assert values(report, "construction.0.") == {
        "approved_area": "1200",
        "actual_area": "1180.5",
        "area_control_rate": "0.9838",
        "budgeted_investment": "560.00",
        "actual_investment": "571.20",
        "investment_control_rate": "1.02",
    }


@pytest.mark.parametrize("said", ["无 | 无 | 无 | 无", "本年无完工项目 | < | < | <"])
def test_no_building_is_said_and_not_left_blank(said: str) -> None:
    report = read(f"""
楼堂馆所 | 批复规模（㎡） | 实际规模（㎡） | 预算投资（万元） | 实际投资（万元）
^ | {said}
厉行节约保障措施 | 无 | < | < | <
""")
    (building,) = report.construction
    assert why(building.actual_area) == "dash"
    assert values(report, "construction.") == {}


def test_a_blank_among_pairs_is_blank_and_takes_nothing_from_below() -> None:
    report = read("""
财政供养人员 | 编制数 | 38 | 实际在职人数 | 41 | 控制率 |
经费控制情况（万元） | 项目 | < | 2023年决算 | 2024年预算 | 2024年决算 | <
^ | 三公经费 | < | 1.20 | 2.00 | 1.50 | <
""")
    assert values(report, "staffing.") == {"authorized": "38", "on_duty": "41"}
    assert why(report.staffing.control_rate) == "blank"


def test_a_blank_table_is_blank_and_not_zero() -> None:
    report = read("编制数 | 在职人数 | 控制率\n | | ")
    assert why(report.staffing.authorized) == "blank"
