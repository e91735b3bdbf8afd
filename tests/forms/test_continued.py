"""Tables cut in two by hand, the head repeated over the second half."""

from __future__ import annotations

import pytest

from tests.forms.reading import read, values

LINES = ("续表", "（续上表）", "附件2（续）", "续表1")


@pytest.mark.parametrize("line", [*LINES, "单位：万元"])
def test_an_expense_table_goes_on_under_its_own_head(line: str) -> None:
    report = read(f"""
# 2024年度部门整体支出绩效评价基础数据表

经费控制情况（万元） | 2023年决算数 | 2024年预算数 | 2024年决算数
三公经费 | 1.20 | 2.00 | 1.10
项目支出 | 40.00 | 50.00 | 45.00

{line}

经费控制情况（万元） | 2023年决算数 | 2024年预算数 | 2024年决算数
1、业务工作经费 | 40.00 | 50.00 | 45.00
公用经费 | 9.00 | 9.50 | 9.20
""")
    assert [row.item for row in report.expenses] == [
        "three_public",
        "project",
        "project_business",
        "operating",
    ]
    assert values(report, "expenses.operating.")["final"] == "9.20"
    assert not report.conflicts


@pytest.mark.parametrize("line", LINES)
def test_funds_by_their_own_names_still_belong_to_the_special_funds(line: str) -> None:
    report = read(f"""
# 2024年度部门整体支出绩效评价基础数据表

经费控制情况（万元） | 2023年决算数 | 2024年预算数 | 2024年决算数
项目支出 | 40.00 | 50.00 | 45.00
3、本级专项资金（一个专项一行） | | |

{line}

经费控制情况（万元） | 2023年决算数 | 2024年预算数 | 2024年决算数
河道清淤 | 40.00 | 50.00 | 45.00
""")
    assert [(row.item, row.label) for row in report.expenses][-1] == ("project_special", "河道清淤")
