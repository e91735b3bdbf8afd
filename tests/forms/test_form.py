"""The self-evaluation form in the field's many wordings and layouts: funding, goals, indicators, scores."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from extract.document import Grid
from extract.forms.read import read_report
from extract.forms.vocabulary import standard
from tests.forms.reading import read, values, why
from tests.notation import document

PAIRS = """
# 整体支出绩效自评表
预算部门名称 | 云岭县林业局 | < | < | < | < | < | <
年度预算申请（万元） | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
^ | 年度资金总额： | 500.00 | 640.50 | 620.10 | 10 | 96.81% | 9.68
^ | 按收入性质分： | < | < | 按支出性质分： | < | < | <
^ | 一般公共预算： | 600.10 | < | 其中：基本支出： | 400.10 | < | <
^ | 政府性基金拨款： | 20.00 | < | 项目支出： | 220.00 | < | <
^ | 纳入专户管理的非税收入拨款： | | < | | | < | <
^ | 其他资金 | | < | | | < | <
"""

COLUMNS = """
# 2024年度部门整体支出绩效自评表
单位：万元
部门（单位）名称 | 云岭县林业局 | < | < | < | < | < | <
资金情况 | | 年初预算数 | 全年预算数（A） | 全年执行数（B） | 分值 | 执行率（B/A） | 得分
^ | 年度资金总额 | 500.00 | 640.50 | 620.10 | 10 | 96.81% | 9.68
^ | 其中：一般公共预算拨款 | 480.00 | 620.50 | 600.10 | — | — | —
^ | 政府性基金预算拨款 | 20.00 | 20.00 | 20.00 | — | — | —
^ | 其他资金 | | | | — | — | —
"""

SICHUAN = """
预算执行情况（元） | 年初预算 | 调整后预算数 | 预算执行数 | 预算执行率 | 权重 | 得分
总额 | 5,000,000.00 | 6,405,000.00 | 6,201,000.00 | 96.81% | 10 | 9.68
其中：财政资金 | 4,800,000.00 | 6,205,000.00 | 6,001,000.00 | / | / | /
财政专户管理资金 | | | | / | / | /
单位资金 | 200,000.00 | 200,000.00 | 200,000.00 | / | / | /
"""


@pytest.mark.parametrize("wording", [PAIRS, COLUMNS, SICHUAN])
def test_funding_total(wording: str) -> None:
    found = {
        path: Decimal(value) for path, value in values(read(wording), "funding.").items() if "." not in path
    }
    assert found == {
        "initial_budget": Decimal(500),
        "annual_budget": Decimal("640.5"),
        "executed": Decimal("620.1"),
        "weight": 10,
        "execution_rate": Decimal("0.9681"),
        "score": Decimal("9.68"),
    }


def test_funding_parts_in_pairs() -> None:
    found = values(read(PAIRS), "funding.by_")
    assert found == {
        "source.general_public_budget": "600.10",
        "source.government_fund": "20.00",
        "nature.basic": "400.10",
        "nature.project": "220.00",
    }
    assert why(read(PAIRS).funding.by_source.other) == "blank"


INLINE = """
年度预算申请（万元） | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
^ | 年度资金总额： | 500.00 | 640.50 | 620.10 | 10 | 96.81% | 9.68
^ | 按收入性质分： | < | < | 按支出性质分： | < | < | <
^ | 其中：一般公共预算：600.10 | < | < | 其中：基本支出：400.10 | < | < | <
^ | 政府性基金拨款：20.00 | < | < | 项目支出：220.00 | < | < | <
^ | 其他资金： | < | < | | < | < | <
"""

ACROSS = """
资金情况（万元） | 年初预算数 | 全年预算数 | 全年执行数 | 权重 | 执行率
^ | 500.00 | 640.50 | 620.10 | 10 | 96.81%
^ | 按收入性质分 | 一般公共预算 | 政府性基金拨款 | 其他资金 |
^ | ^ | 600.10 | 20.00 | |
^ | 按支出性质分 | 基本支出 | 项目支出 | |
^ | ^ | 400.10 | 220.00 | |
"""


@pytest.mark.parametrize("wording", [INLINE, ACROSS])
def test_funding_parts_in_their_labels_cells_or_below_them(wording: str) -> None:
    assert values(read(wording), "funding.by_") == {
        "source.general_public_budget": "600.10",
        "source.government_fund": "20.00",
        "nature.basic": "400.10",
        "nature.project": "220.00",
    }


def test_an_unreadable_total_is_not_replaced_by_a_source() -> None:
    report = read(ACROSS.replace("620.10", "620.\u23ce1 0"))
    assert why(report.funding.executed) == "unreadable"
    assert values(report, "funding.")["annual_budget"] == "640.50"


def test_a_cell_under_two_heads_is_neithers() -> None:
    report = read("""
资金情况（万元） | 年初预算数 | 全年预算数 | 全年执行数
年度资金总额 | 500.00 | 640.50 | <
""")
    assert values(report, "funding.") == {"initial_budget": "500.00"}


def test_funding_parts_in_columns_are_those_executed() -> None:
    found = values(read(COLUMNS), "funding.by_source.")
    assert found == {"general_public_budget": "600.10", "government_fund": "20.00"}
    found = values(read(SICHUAN), "funding.by_source.")
    assert {name: Decimal(value) for name, value in found.items()} == {
        "general_public_budget": Decimal("600.1"),
        "unit_funds": Decimal(20),
    }


GRID = """
# 整体支出绩效自评表
年度总体目标 | 预期目标 | < | < | 实际完成情况 | < | < | <
^ | 管好林地，防住火情。 | < | < | 全部完成。 | < | < | <
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施
产出指标（50分） | 数量指标 | 造林面积 | ≥300亩 | 320亩 | 25 | 25 |
^ | 质量指标 | 成活率 | ≥90% | 88% | 25 | 24.5 | 天旱
效益指标 | 社会效益指标 | | | | | |
^ | 生态效益指标 | 覆盖率 | ≥60% | 61% | 30 | 30 |
满意度指标 | 服务对象满意度指标 | 群众满意度 | ≥95% | 96% | 10 | 10 |
总分 | < | < | < | < | 90 | 89.5 |
评价等次 | 良 | < | < | < | < | < | <
"""


def test_goals_and_indicators() -> None:
    report = read(GRID)
    assert report.goals.expected is not None
    assert report.goals.expected.value == "管好林地，防住火情。"
    assert report.goals.actual is not None
    assert report.goals.actual.value == "全部完成。"
    rows = [
        (i.level1, i.level2, i.level3, i.target.value, i.actual.value, i.deviation) for i in report.indicators
    ]
    assert rows == [
        ("产出指标", "数量指标", "造林面积", "≥300亩", "320亩", ""),
        ("产出指标", "质量指标", "成活率", "≥90%", "88%", "天旱"),
        ("效益指标", "生态效益指标", "覆盖率", "≥60%", "61%", ""),
        ("满意度指标", "服务对象满意度指标", "群众满意度", "≥95%", "96%", ""),
    ]
    assert values(report, "total_score") == {"": "89.5"}
    assert report.grade is not None
    assert report.grade.value == "良"


def test_levels_that_are_blank_instead_of_merged_are_carried_down() -> None:
    report = read("""
序号 | 一级指标 | 二级指标 | 三级指标 | 指标值 | 完成值 | 权重 | 自评得分
1 | 产出指标 | 数量指标 | 造林 | 300亩 | 320亩 | 20 | 20
2 | | | 抚育 | 100亩 | 90亩 | 20 | 18
3 | | 时效指标 | 完成时间 | 12月底前 | 12月 | 10 | 10
4 | 效益指标 | | 覆盖率 | 60% | 61% | 40 | 40
合计 | < | < | < | < | < | 90 | 88
""")
    assert [(i.level1, i.level2) for i in report.indicators] == [
        ("产出指标", "数量指标"),
        ("产出指标", "数量指标"),
        ("产出指标", "时效指标"),
        ("效益指标", ""),
    ]
    assert values(report, "total_score") == {"": "88"}


def test_a_grid_that_goes_on_in_the_next_table_without_a_head() -> None:
    report = read("""
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因
产出指标 | 数量指标 | 造林面积 | ≥300亩 | 320亩 | 50 | 50 |

（续表）

 | 质量指标 | 成活率 | ≥90% | 90% | 40 | 40 |
自评总分 | < | < | < | < | < | 90 |
""")
    assert [(i.level1, i.level2, i.level3) for i in report.indicators] == [
        ("产出指标", "数量指标", "造林面积"),
        ("产出指标", "质量指标", "成活率"),
    ]
    assert values(report, "total_score") == {"": "90"}


def test_a_grid_that_repeats_its_head_in_the_next_table() -> None:
    head = "一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因"
    report = read(f"""
{head}
产出指标 | 数量指标 | 造林面积 | ≥300亩 | 320亩 | 50 | 50 |

{head}
效益指标 | 生态效益 | 覆盖率 | ≥60% | 61% | 40 | 40 |
综合得分 | 90分 | < | < | 评价等级 | 优秀 | < | <
""")
    assert [i.level3 for i in report.indicators] == ["造林面积", "覆盖率"]
    assert values(report, "total_score") == {"": "90"}
    assert report.grade is not None
    assert report.grade.value == "优秀"


def test_a_total_row_without_a_score_gives_no_score() -> None:
    report = read("""
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
产出指标 | 数量指标 | 造林面积 | ≥300亩 | 320亩 | 100 | 95
总分 | < | < | < | < | 100 |
""")
    assert values(report, "total_score") == {}
    assert why(report.total_score) == "blank"


@pytest.mark.parametrize(
    ("printed", "grade"),
    [
        ("评价等次 | 优", "优"),
        ("自评等级 | □优 ☑良 □中 □差", "良"),
        ("等级 | 良好", "良好"),
        ("评价等级 | 优（ ）良（√）中（ ）差（ ）", "良"),
        ("评价等次：中 | ", "中"),
    ],
)
def test_grades(printed: str, grade: str) -> None:
    report = read(f"""
一级指标 | 二级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 得分
产出指标 | 数量指标 | 造林面积 | 300亩 | 320亩 | 100 | 85
绩效自评综合得分 | 85分 | < | < | < | < | <
{printed} | < | < | < | < | <
""")
    assert report.grade is not None
    assert report.grade.value == grade
    assert values(report, "total_score") == {"": "85"}


def test_a_project_form_beside_the_whole_form() -> None:
    report = read(
        COLUMNS
        + """

# 项目支出绩效自评表
项目名称 | 古树保护 | < | < | < | < | < | <
项目资金（万元） | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
^ | 年度资金总额 | 20.00 | 20.00 | 19.00 | 10 | 95% | 9.5
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因
产出指标 | 数量指标 | 挂牌 | 30株 | 30株 | 90 | 90 |
总分 | < | < | < | < | 100 | 99.5 |
"""
    )
    assert [project.name for project in report.projects] == ["古树保护"]
    assert values(report, "projects.0.")["funding.executed"] == "19.00"
    assert values(report, "projects.0.")["total_score"] == "99.5"
    assert values(report, "funding.")["executed"] == "620.10"
    assert report.indicators == ()


def test_the_cover() -> None:
    report = read("""
云岭县2024年度部门整体支出

绩效自评报告

部门（单位）名称：云岭县林业局

预 算 编 码： 310007

报告日期：2025年4月18日

编制数 | 在职人数 | 控制率
31 | 29 | 93.55%
""")
    assert (report.department, report.department_code, report.fiscal_year) == ("云岭县林业局", "310007", 2024)
    assert report.report_date is not None
    assert report.report_date.isoformat() == "2025-04-18"


def test_a_join_that_the_reader_doubts_is_said() -> None:
    shown = document(COLUMNS)
    doubted = tuple(replace(b, doubtful_joins=(3,)) if isinstance(b, Grid) else b for b in shown.blocks)
    report = read_report(replace(shown, blocks=doubted), standard())
    assert [warning for warning in report.warnings if "表1第4行" in warning]


@pytest.mark.parametrize(("reasons", "explains"), [(" | 偏差原因分析及改进措施", True), ("", False)])
def test_a_grid_says_whether_it_has_a_column_for_reasons(reasons: str, explains: bool) -> None:
    blank = " | " if reasons else ""
    report = read(f"""
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分{reasons}
产出指标 | 数量指标 | 造林面积 | ≥300亩 | 280亩 | 50 | 46{blank}
""")
    assert [(i.deviation, i.explains) for i in report.indicators] == [("", explains)]
