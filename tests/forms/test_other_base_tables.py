"""The base data table's heads, units and rows as other provinces print them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.forms.reading import read, values, why

EXPENSES = {
    "two budgets and two finals": """
经费（万元） | 2023年预算数 | 2023年决算数 | 2024年预算数 | 2024年决算数
三公经费 | 3.10 | 3.00 | 3.20 | 2.50
""",
    "years over budget and final": """
经费（万元） | 2023年度 | < | 2024年度 | <
^ | 预算数 | 决算数 | 预算数 | 决算数
三公经费 | 3.10 | 3.00 | 3.20 | 2.50
""",
    "next year's budget, and the year before last": """
经费（万元） | 2022年决算数 | 2023年决算数 | 2024年预算数 | 2024年决算数 | 2025年预算数
三公经费 | 9.00 | 3.00 | 3.20 | 2.50 | 8.00
""",
    "two digits for the year": """
经费（万元） | 23年决算数 | 24年预算数 | 24年决算数
三公经费 | 3.00 | 3.20 | 2.50
""",
    "a number before and a unit after the label": """
序号 | 指标 | 计量单位 | 2023年决算数 | 2024年预算数 | 2024年决算数
1 | 在职人数 | 人 | 20 | 20 | 21
2 | 三公经费 | 元 | 30000 | 32000 | 25000
""",
    "items in two sets of columns": """
项目 | 2023年决算 | 2024年预算 | 2024年决算 | 项目 | 2023年决算 | 2024年预算 | 2024年决算
公用经费 | 9 | 9 | 9 | 三公经费 | 3.00 | 3.20 | 2.50
""",
    "quarters and changes beside": """
经费（万元） | 2023年决算数 | 2024年预算数 | 2024年一季度决算数 | 2024年决算数 | 决算占预算%
三公经费 | 3.00 | 3.20 | 1.00 | 2.50 | 78%
""",
    "units in a row of their own": """
经费控制情况 | 2023年决算数 | 2024年预算数 | 2024年决算数
（单位） | 万元 | 万元 | 元
三公经费 | 3.00 | 3.20 | 25000
""",
    "the unit in a note below": """
经费控制情况 | 2023年决算数 | 2024年预算数 | 2024年决算数
三公经费 | 30000 | 32000 | 25000
备注：以上金额单位均为元。 | < | < | <
""",
    "the item at the head of its rows": """
二、三公经费（万元） | 2023年决算数 | 2024年预算数 | 2024年决算数
合计 | 3.00 | 3.20 | 2.50
1.公务接待费 | 3.00 | 3.20 | 2.50
""",
    "项目名称 over the items": """
项目名称 | 2023年度决算（元） | 2024年度预算（元） | 2024年度决算（元）
“三公”经费支出 | 30,000 | 32,000 | 25,000
""",
}


@pytest.mark.parametrize("wording", EXPENSES)
def test_expenses(wording: str) -> None:
    report = read(EXPENSES[wording])
    found = values(report, "expenses.three_public.")
    assert {period: Decimal(value) for period, value in found.items()} == {
        "prior_final": 3,
        "budget": Decimal("3.2"),
        "final": Decimal("2.5"),
    }
    assert report.fiscal_year == 2024
    assert not report.projects


def test_rows_after_the_projects_are_no_projects() -> None:
    report = read("""
经费（万元） | 2023年决算数 | 2024年预算数 | 2024年决算数
（一）项目支出 | 100 | 120 | 90
1.业务工作专项（一个项目一行） | | |
2.水库除险 | 60 | 70 | 60
…… | | |
机关运行经费 | 50 | 60 | 55
（二）信息化支出 | 5 | 5 | 5
""")
    assert [(row.item, row.label) for row in report.expenses] == [
        ("project", "（一）项目支出"),
        ("project_business", "1.业务工作专项（一个项目一行）"),
        ("project_business", "2.水库除险"),
        (None, "机关运行经费"),
        (None, "（二）信息化支出"),
    ]


STAFFING = {
    "years across": """
人员情况 | 2023年 | 2024年
编制数（人） | 34 | 35
实际在职人数（人） | 32 | 33
""",
    "kinds across, their total last": """
人员类别 | 行政 | 事业 | 合计
编制数 | 20 | 15 | 35
在职人数 | 19 | 14 | 33
""",
    "a unit between label and figure": """
指标 | 单位 | 数量
编制数 | 人 | 35
在职人数 | 人 | 33
""",
    "kinds before their total": """
人员情况 | 行政编制 | 事业编制 | 编制数合计 | 在职人数 | 离退休人数
^ | 20 | 15 | 35 | 33 | 12
""",
}


@pytest.mark.parametrize("wording", STAFFING)
def test_staffing(wording: str) -> None:
    assert values(read(STAFFING[wording]), "staffing.") == {"authorized": "35", "on_duty": "33"}


def test_staffing_in_columns_that_nothing_tells_apart_is_unreadable() -> None:
    report = read("人员类别 | 行政 | 事业\n编制数 | 20 | 15\n在职人数 | 19 | 14")
    assert values(report, "staffing.") == {}
    assert why(report.staffing.authorized) == "unreadable"


@pytest.mark.parametrize(
    ("head", "printed", "rate"),
    [
        ("控制率（%）", "95.56", "0.9556"),
        ("控制率（%）", "5", "0.05"),
        ("控制率", "0.9556", "0.9556"),
        ("控制率（%）", "0.9556", None),
        ("控制率", "5", None),
    ],
)
def test_a_rate_that_can_be_either_is_unreadable(head: str, printed: str, rate: str | None) -> None:
    report = read(f"编制数 | 在职人数 | {head}\n45 | 43 | {printed}")
    assert values(report, "staffing.control_rate") == ({} if rate is None else {"": rate})
    assert why(report.staffing.control_rate) == ("unreadable" if rate is None else "")
