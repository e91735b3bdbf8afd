"""Rules of staffing, expenses, buildings, funding and the narrative's sums, one figure changed at a time."""

from __future__ import annotations

import pytest

from reconcile.finding import Severity
from tests.reconcile.examined import Case, Edits, assert_found, assert_unchecked, examined

WARNING, NOTICE = Severity.WARNING, Severity.NOTICE

FOUND = [
    Case(
        "staffing.control_rate",
        {"staffing.control_rate": "96.00%"},
        "实际在职人数 27 ÷ 编制数 30 = 90.00%，控制率 96.00%，差 6.00 个百分点",
        difference="0.06",
    ),
    Case(
        "staffing.control_rate",
        {"staffing.control_rate": "111.11%"},
        "实际在职人数 27 ÷ 编制数 30 = 90.00%，控制率 111.11%，差 21.11 个百分点",
        hint="可能把分子和分母写反了",
    ),
    Case(
        "staffing.over_establishment",
        {"staffing.on_duty": "33"},
        "实际在职人数 33 人，超过编制数 30 人，多 3 人",
        severity=WARNING,
    ),
    Case(
        "staffing.narrative",
        {"narrative.on_duty": "28"},
        "自评报告中实有人数 28 人，基础数据表中实际在职人数 27 人，差 1 人",
        difference="1",
    ),
    Case(
        "expense.three_public_sum",
        {"expenses.three_public.final": "2.95"},
        "公务用车购置和维护经费 1.65 + 出国经费 0.00 + 公务接待 0.80 = 2.45，"
        "三公经费（决算数）2.95，差 0.50 万元",
        difference="0.50",
        hint="自评报告中“三公经费决算数”是 2.45 万元，可能“三公经费”写错了一位数字："
        "1.65 + 0.80 = 2.45 就对上了",
    ),
    Case(
        "expense.vehicles_sum",
        {"expenses.vehicle_running.budget": "2.08"},
        "公车购置 0.00 + 公车运行维护 2.08 = 2.08，公务用车购置和维护经费（预算数）2.00，差 0.08 万元",
    ),
    Case(
        "expense.project_sum",
        {"expenses.project_special#2.final": "14.00"},
        "业务工作经费 120.25 + 运行维护经费 98.00 + 增殖放流专项 60.00 + 渔港维护专项 14.00 = 292.25，"
        "项目支出（决算数）318.25，差 26.00 万元",
    ),
    Case(
        "expense.operating_parts",
        {"expenses.office.final": "213.00"},
        "办公经费 213.00 + 水费、电费、差旅费 10.80 + 会议费、培训费 2.90 = 226.70，"
        "超过公用经费（决算数）83.40，多 143.30 万元",
    ),
    Case(
        "expense.three_public_over_budget",
        {"expenses.reception.final": "1.30"},
        "公务接待（决算数）1.30 万元，超过公务接待（预算数）1.00 万元，多 0.30 万元",
        severity=WARNING,
    ),
    Case(
        "expense.three_public_growth",
        {"expenses.three_public.prior_final": "2.00"},
        "三公经费（决算数）2.45 万元，超过三公经费（上年决算数）2.00 万元，多 0.45 万元",
        severity=NOTICE,
    ),
    Case(
        "expense.over_budget",
        {"expenses.project.budget": "230.75"},
        "项目支出（决算数）318.25 万元，超过项目支出（预算数）230.75 万元，多 87.50 万元",
        severity=WARNING,
    ),
    Case(
        "expense.three_public_narrative",
        {"narrative.reception.final": "0.90"},
        "自评报告中公务接待费决算数 0.90 万元，基础数据表中公务接待（决算数）0.80 万元，差 0.10 万元",
    ),
    Case(
        "expense.operating_narrative",
        {"narrative.goods_services": "231.72"},
        "自评报告中商品和服务支出 231.72 万元，基础数据表中公用经费（决算数）83.40 万元，差 148.32 万元",
        severity=WARNING,
    ),
    Case(
        "construction.rates",
        {"construction.0.area_control_rate": "97.00%"},
        "实际规模 1140 ÷ 批复规模 1200 = 95.00%，规模控制率 97.00%，差 2.00 个百分点",
    ),
    Case(
        "funding.source_sum",
        {"funding.by_source.other": "3.30"},
        "一般公共预算 738.10 + 政府性基金拨款 7.50 + 纳入专户管理的非税收入拨款 0.00"
        " + 其他资金 3.30 = 748.90，"
        "年度资金总额（全年执行数）745.60，差 3.30 万元",
        difference="3.30",
        hint="可能多算了“其他资金”，或合计中漏加了它：738.10 + 7.50 = 745.60 就对上了",
    ),
    Case(
        "funding.nature_sum",
        {"funding.executed": "752.90", "funding.annual_budget": "760.05"},
        "基本支出 427.35 + 项目支出 318.25 = 745.60，年度资金总额（全年执行数）752.90，差 7.30 万元",
        difference="7.30",
        hint="自评报告中“决算支出”是 745.60 万元，可能“年度资金总额”写错了："
        "427.35 + 318.25 = 745.60 就对上了",
    ),
    Case(
        "funding.execution_rate",
        {"funding.execution_rate": "100.00%"},
        "年度资金总额（全年执行数）745.60 ÷ 年度资金总额（全年预算数）760.00 = 98.11%，"
        "执行率 100.00%，差 1.89 个百分点",
    ),
    Case(
        "funding.execution_rate",
        {"funding.execution_rate": "106.51%"},
        "年度资金总额（全年执行数）745.60 ÷ 年度资金总额（全年预算数）760.00 = 98.11%，"
        "执行率 106.51%，差 8.40 个百分点",
        hint="可能误用了年初预算数作分母",
    ),
    Case(
        "funding.score",
        {"funding.score": "9.18"},
        "预算执行分值 10 × 执行率 = 9.81，预算执行得分 9.18，差 0.63 分",
        hint="可能“预算执行得分”有两位数字颠倒了，应为 9.81",
    ),
    Case(
        "funding.over_execution",
        {"funding.annual_budget": "740.00"},
        "年度资金总额（全年执行数）745.60 万元，超过年度资金总额（全年预算数）740.00 万元，多 5.60 万元",
        severity=WARNING,
    ),
    Case(
        "funding.adjustment",
        {"funding.initial_budget": "475.00"},
        "年度资金总额（全年预算数）760.00 万元，年度资金总额（年初预算数）475.00 万元，"
        "调增 285.00 万元（60%）",
        severity=NOTICE,
    ),
    Case(
        "funding.project_expense",
        {"funding.by_nature.project": "318.52"},
        "自评表中项目支出 318.52 万元，基础数据表中项目支出（决算数）318.25 万元，差 0.27 万元",
        hint="可能其中一处有两位数字颠倒了",
    ),
    Case(
        "funding.narrative",
        {"narrative.project_expenditure#2": "427.35"},
        "自评报告中项目支出 427.35 万元，自评表中项目支出 318.25 万元，差 109.10 万元",
        hint="与“基本支出”的数相同，可能填错了项目",
    ),
    Case(
        "funding.narrative",
        {"narrative.total_expenditure": "738.01"},
        "自评报告中决算支出 738.01 万元，自评表中一般公共预算 738.10 万元，差 0.09 万元",
    ),
    Case(
        "funding.narrative",
        {"narrative.government_fund": "75000"},
        "自评报告中政府性基金预算支出 75000 万元，自评表中政府性基金拨款 7.50 万元，差 74992.50 万元",
        hint="两数相差一万倍，可能把元和万元弄混了",
    ),
    Case(
        "narrative.total_sum",
        {"narrative.total_expenditure": "738.10"},
        "基本支出 427.35 + 项目支出 318.25 = 745.60，决算支出 738.10，差 7.50 万元",
        difference="7.50",
        hint="差额与“政府性基金拨款”相同，可能漏算或重复计算了这一项：738.10 + 7.50 = 745.60",
    ),
    Case(
        "narrative.economic_sum",
        {"narrative.transfers": "66.95"},
        "工资福利支出 280.00 + 商品和服务支出 83.40 + 对个人和家庭的补助 66.95 + 债务利息及费用支出 0.00"
        " + 资本性支出 3.00 + 其他支出 0.00 = 433.35，基本支出 427.35，差 6.00 万元",
        hint="可能“对个人和家庭的补助”写错了一位数字：改为 60.95 万元，"
        "280.00 + 83.40 + 60.95 + 3.00 = 427.35 就对上了",
    ),
    Case(
        "narrative.three_public_sum",
        {"narrative.three_public.budget": "3.50"},
        "公务接待费预算数 1.00 + 因公出国（境）费预算数 0.00 + 公务用车购置及运行费预算数 2.00 = 3.00，"
        "三公经费预算数 3.50，差 0.50 万元",
    ),
    Case(
        "narrative.listed_sum",
        {"listed_sums.0.parts.0": "9.50"},
        "船员培训 9.50 + 执法培训 4.00 = 13.50，超过培训经费 12.00，多 1.50 万元",
    ),
    Case(
        "narrative.listed_sum",
        {"listed_sums.1.parts.1": "5.00"},
        "货物 8.20 + 服务 5.00 = 13.20，采购金额 14.20，差 1.00 万元",
        severity=NOTICE,
    ),
    Case(
        "narrative.listed_sum",
        {"listed_sums.1.total": "13.20"},
        "货物 8.20 + 服务 6.00 = 14.20，采购金额 13.20，差 1.00 万元",
    ),
    Case(
        "narrative.share",
        {"shares.0.percent": "51.56%"},
        "基本支出 427.35 ÷ 决算支出 745.60 = 57.32%，报告写占 51.56%，差 5.76 个百分点",
        severity=WARNING,
    ),
    Case(
        "narrative.share",
        {"shares.1.percent": "23.44%"},
        "上年油料费 32.00 万元到油料费 24.50 万元，应下降 23.44%，报告写增长 23.44%，差 46.88 个百分点",
        severity=WARNING,
        hint="可能把增长和下降写反了",
    ),
    Case(
        "project.sum",
        {"projects.1.funding.executed": "70.00"},
        "增殖放流 218.25 + 渔港维护 70.00 = 288.25，项目支出（决算数）318.25，差 30.00 万元",
        severity=NOTICE,
        hint="可能“增殖放流”写错了一位数字：改为 248.25 万元，248.25 + 70.00 = 318.25 就对上了",
    ),
]

UNCHECKED: list[tuple[str, Edits]] = [
    ("staffing.control_rate", {"staffing.authorized": ""}),
    ("staffing.control_rate", {"staffing.authorized": "0"}),
    ("staffing.over_establishment", {"staffing.on_duty": "?"}),
    ("staffing.narrative", {"staffing.on_duty": ""}),
    ("expense.three_public_sum", {"expenses.three_public.final": ""}),
    ("expense.three_public_sum", {"expenses.reception.final": ""}),
    ("expense.vehicles_sum", {"expenses.vehicle_running.final": "—"}),
    ("expense.project_sum", {"expenses.project_business.budget": "?"}),
    ("expense.operating_parts", {"expenses.operating.final": ""}),
    ("expense.operating_parts", {"expenses.office.final": "?"}),
    ("expense.three_public_over_budget", {"expenses.reception.budget": ""}),
    ("expense.three_public_growth", {"expenses.three_public.prior_final": ""}),
    ("expense.over_budget", {"expenses.operating.budget": ""}),
    ("expense.three_public_narrative", {"expenses.reception.budget": ""}),
    ("expense.operating_narrative", {"expenses.operating.final": ""}),
    ("construction.rates", {"construction.0.area_control_rate": ""}),
    ("funding.source_sum", {"funding.by_source.general_public_budget": ""}),
    ("funding.nature_sum", {"funding.by_nature.project": "?"}),
    ("funding.execution_rate", {"funding.execution_rate": ""}),
    ("funding.score", {"funding.score": ""}),
    ("funding.over_execution", {"funding.annual_budget": ""}),
    ("funding.adjustment", {"funding.initial_budget": ""}),
    ("funding.project_expense", {"expenses.project.final": ""}),
    ("funding.narrative", {"narrative.government_fund": "?"}),
    ("narrative.total_sum", {"narrative.basic_expenditure": "?"}),
    ("narrative.economic_sum", {"narrative.wages": "—"}),
    ("narrative.three_public_sum", {"narrative.three_public.final": "?"}),
    ("narrative.listed_sum", {"listed_sums.1.total": "?"}),
    ("narrative.share", {"shares.0.whole": "?"}),
    ("project.sum", {"projects.0.funding.executed": ""}),
]

FITTING: list[tuple[str, Edits]] = [
    ("expense.three_public_sum", {"expenses.overseas.final": ""}),
    ("expense.three_public_sum", {"expenses.vehicles.final": ""}),
    ("expense.three_public_sum", {"expenses.three_public.final": "2.450"}),
    ("expense.operating_parts", {"expenses.meeting_training.final": ""}),
    ("funding.source_sum", {"funding.by_source.special_account": "", "funding.by_source.other": "—"}),
    ("funding.nature_sum", {"funding.executed": "752.90", "funding.annual_budget": "745.60"}),
    ("funding.score", {"funding.execution_rate": "95.00%", "funding.score": "9.50"}),
    ("funding.score", {"funding.annual_budget": "740.00", "funding.score": "10"}),
    ("funding.narrative", {"narrative.total_expenditure": "738.10"}),
    ("funding.adjustment", {"funding.initial_budget": "640.00"}),
    ("narrative.economic_sum", {"narrative.debt_interest": "—"}),
]


@pytest.mark.parametrize("case", FOUND, ids=str)
def test_a_rule_says_what_does_not_tie(case: Case) -> None:
    assert_found(case)


@pytest.mark.parametrize(("code", "edits"), UNCHECKED)
def test_a_rule_without_its_operands_is_unchecked(code: str, edits: Edits) -> None:
    assert_unchecked(code, edits)


@pytest.mark.parametrize(("code", "edits"), FITTING)
def test_a_rule_accepts_what_can_be_right(code: str, edits: Edits) -> None:
    findings, tally = examined(edits, code)
    assert findings == []
    assert tally.exact > 0
