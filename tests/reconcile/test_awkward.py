"""Honest submissions that look like faults: each is the plain one (`plain_submission.txt`) with a few words
told otherwise, as other places' forms and other bookkeepers have them. Nobody is accused; what a rule may
rightly ask about is named beside the case.
"""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from extract.forms.read import read_report
from extract.forms.vocabulary import load
from extract.report import Report
from extract.submission import Assumed, assemble
from reconcile.catalogue import judge
from tests.notation import document

PLAIN = (Path(__file__).parent / "plain_submission.txt").read_text(encoding="utf-8")
WORDS = load(None)
AMOUNTS = re.compile(r"^(.+?) \| (\d+\.\d\d) \| < \| (\d+\.\d\d) \| < \| (\d+\.\d\d) \| <$", re.MULTILINE)

FUND = "石窟保护专项 | 50.00 | < | 50.00 | < | 50.00 | <"
FUNDS = "石窟保护专项 | 30.00 | < | 30.00 | < | 30.00 | <\n碑刻拓印专项 | 20.00 | < | 20.00 | < | 20.00 | <"
HEADING = "3、本级专项资金（一个专项一行） |  | < |  | < |  | <"
BUSINESS = "1、业务工作经费 | 60.00 | < | 65.00 | < | 62.00 | <"
UPKEEP = "2、运行维护经费 | 30.00 | < | 35.00 | < | 33.00 | <"
MONEY = "480.00 | 500.00 | 490.00 | 10 | 98.00% | 9.80"
SPENT = "2024年决算支出490.00万元，其中：基本支出345.00万元，项目支出145.00万元"
FUND_HEADING = "# 三、政府性"
OUTPUT = "产出指标总分值50分，评价得分50分"
VISITORS = "参观人次 | ≥20000人次 | 21000人次 | 15 | 15 | "
PASSED = "修缮验收合格率 | ≥95% | 97%"
OTHER = "^ | 其他资金： | < | 0.00"
GENERAL = "一般公共预算： | < | 490.00"
TOTAL = "绩效自评综合得分 | < | < | 99.8分 | < | < | < | < | <"

Case = tuple[str, ...]
"""Words and what stands in their place, in turn."""

TABLES: dict[str, Case] = {
    "plain": (),
    "a subtotal under all projects": (FUND, f"{FUND}\n小计 | 140.00 | < | 150.00 | < | 145.00 | <"),
    "the funds' subtotal before them": (
        HEADING,
        "3、本级专项资金小计 | 50.00 | < | 50.00 | < | 50.00 | <",
        FUND,
        FUNDS,
    ),
    "the funds' subtotal after them": (FUND, f"{FUNDS}\n专项资金小计 | 50.00 | < | 50.00 | < | 50.00 | <"),
    "the funds in one row": (f"{HEADING}\n{FUND}", "3、本级专项资金合计 | 50.00 | < | 50.00 | < | 50.00 | <"),
    "the funds' heading adds them up": (
        HEADING,
        "3、本级专项资金（一个专项一行） | 50.00 | < | 50.00 | < | 50.00 | <",
    ),
    "a part of a project below it": (
        BUSINESS,
        f"其中：中央资金 | 20.00 | < | 20.00 | < | 20.00 | <\n{BUSINESS}",
    ),
    "a project's own details below it": (
        UPKEEP,
        "（1）巡查项目 | 40.00 | < | 40.00 | < | 40.00 | <\n"
        f"（2）宣传项目 | 20.00 | < | 25.00 | < | 22.00 | <\n{UPKEEP}",
    ),
    "no rows of projects": (f"{BUSINESS}\n{UPKEEP}\n{HEADING}\n{FUND}\n", ""),
    "the total once more below": (
        "公用经费：",
        "项目支出合计 | 140.00 | < | 150.00 | < | 145.00 | <\n公用经费：",
    ),
    "staff costs beside the projects": (
        "公用经费：",
        "人员经费： | 300.00 | < | 305.00 | < | 305.00 | <\n公用经费：",
    ),
    "no travel abroad at all": (
        "2、出国经费 | 0.00 | < | 0.00 | < | 0.00 | <\n",
        "",
        "因公出国（境）费用0.00万元、",
        "",
    ),
    "nobody on duty": ("18 | < | 90.00%", "0 | < | 0.00%", "实有在职人员18人", "实有在职人员0人"),
    "no posts": (
        "^ | 20 | < | 18 | < | 90.00%",
        "^ | 0 | < | 0 | < | —",
        "编制人数20人，实有在职人员18人",
        "编制人数0人，实有在职人员0人",
    ),
    "a rate as a fraction": ("90.00%", "0.9"),
    "a rate without its sign": ("90.00%", "90"),
    "a department named without its county": ("填报单位：青禾县", "填报单位：县"),
}

FORMS: dict[str, Case] = {
    "money added in the year": (MONEY, "400.00 | 490.00 | 490.00 | 10 | 100% | 10", "99.8", "100"),
    "a rate cut off": (MONEY, "480.00 | 503.00 | 490.00 | 10 | 97.41% | 9.74", "99.8", "99.74"),
    "a rate as a fraction": ("98.00% | 9.80", "0.98 | 9.8"),
    "money carried over in a row of its own": (
        OTHER,
        "^ | 上年结转资金： | < | 30.00",
        GENERAL,
        "一般公共预算： | < | 460.00",
    ),
    "other money than the budget's": (
        OTHER,
        "^ | 其他资金： | < | 90.00",
        GENERAL,
        "一般公共预算： | < | 400.00",
    ),
    "the year's budget split": (
        GENERAL,
        "一般公共预算： | < | 500.00",
        "基本支出： | < | 345.00",
        "基本支出： | < | 350.00",
        "项目支出： | < | 145.00",
        "项目支出： | < | 150.00",
    ),
    "the first budget split": (
        GENERAL,
        "一般公共预算： | < | 480.00",
        "基本支出： | < | 345.00",
        "基本支出： | < | 340.00",
        "项目支出： | < | 145.00",
        "项目支出： | < | 140.00",
    ),
    "slashes for nothing": ("政府性基金拨款： | < | 0.00", "政府性基金拨款： | < | /"),
    "half marks lost for a reason": (
        "42处 | 15 | 15 | ",
        "36处 | 15 | 13.5 | 汛期道路中断，下年补查",
        "99.8",
        "98.3",
        OUTPUT,
        "产出指标总分值50分，评价得分48.5分",
    ),
    "cost as a class of its own": (
        "^ | ^ | 成本指标 | 预算控制率",
        "^ | 成本指标 | 经济成本指标 | 预算控制率",
        OUTPUT,
        "产出指标总分值40分，评价得分40分",
    ),
    "twenty points for spending": (
        MONEY,
        "480.00 | 500.00 | 490.00 | 20 | 98.00% | 19.60",
        "42处 | 15 | 15",
        "42处 | 10 | 10",
        "97% | 15 | 15",
        "97% | 10 | 10",
        "99.8",
        "99.6",
        OUTPUT,
        "产出指标总分值40分，评价得分40分",
    ),
    "no points for spending": (
        MONEY,
        "480.00 | 500.00 | 490.00 |  | 98.00% | ",
        "42处 | 15 | 15",
        "42处 | 25 | 25",
        "99.8",
        "100",
        OUTPUT,
        "产出指标总分值60分，评价得分60分",
    ),
    "spending among the indicators too": (
        "^ | 产出指标 |",
        "^ | 预算执行 | 预算执行率 | 预算执行率 | 100% | 98% | 10 | 9.8 | 尾款未付\n^ | 产出指标 |",
    ),
    "a row of totals": (TOTAL, "总分 | < | < | < | < | < | 100 | 99.8 | "),
    "a subtotal of a class": (
        "^ | 效益指标 | 社会",
        "^ | 小计 | < | < | < | < | 50 | 50 | \n^ | 效益指标 | 社会",
    ),
    "a sum of the grid": (TOTAL, f"^ | 合计 | < | < | < | < | 90 | 90 | \n{TOTAL}"),
    "a sum of the form": (TOTAL, f"^ | 合计 | < | < | < | < | 100 | 99.8 | \n{TOTAL}"),
    "extra marks not claimed": (TOTAL, f"^ | 加分项 | 获奖 | 省级表彰 | 1次 | 1次 | 0 | 0 | \n{TOTAL}"),
    "satisfaction among the benefits": (
        "^ | 满意度指标 | 服务对象满意度指标",
        "^ | ^ | 满意度指标",
        "效益指标总分值30分，评价得分30分。\n满意度指标总分值10分，评价得分10分",
        "效益指标总分值40分，评价得分40分",
    ),
    "an accident allowed, none happened": (PASSED, "安全事故发生数 | ≤2起 | 0起"),
    "none wanted, none happened": (PASSED, "安全事故 | 0 | 0"),
    "quality in words": (PASSED, "修缮质量 | 符合规范 | 符合规范"),
    "a date before the limit": ("及时率 | 100% | 100%", "时间 | 2024年12月底前 | 2024年12月20日"),
    "far more, with the reason": (VISITORS, "参观人次 | ≥20000人次 | 32000人次 | 15 | 15 | 免费开放"),
    "tens of thousands told out": (VISITORS, "参观人次 | ≥2万人次 | 21000人次 | 15 | 15 | "),
    "the grade in two characters": ("| 优 |", "| 优秀 |"),
}

SENTENCES: dict[str, Case] = {
    "in 元": (SPENT, "2024年决算支出4900000元，其中：基本支出3450000元，项目支出1450000元"),
    "about": (SPENT, "2024年决算支出约490万元，其中：基本支出约345万元，项目支出约145万元"),
    "the year before first": (
        SPENT,
        f"2023年决算支出470.00万元，其中基本支出330.00万元，项目支出140.00万元。{SPENT}",
    ),
    "the budgets first": (
        SPENT,
        "2024年年初预算480.00万元，其中基本支出340.00万元，项目支出140.00万元；"
        f"年中追加20.00万元，全年预算500.00万元。{SPENT}",
    ),
    "the year after at the end": (
        "# 四、绩效",
        "2025年计划安排预算510.00万元，其中基本支出350.00万元，项目支出160.00万元。\n# 四、绩效",
    ),
    "with what was left over": (
        SPENT,
        f"2024年收入总计502.00万元，支出总计502.00万元（含年末结转12.00万元）。{SPENT}",
    ),
    "another project's year": (
        "2024年本部门项目支出145.00",
        "2023年本部门项目支出140.00万元，2024年本部门项目支出145.00",
    ),
    "a change": (
        "项目支出145.00万元，用于",
        "项目支出145.00万元，较上年140.00万元增加5.00万元，增长3.57%，用于",
    ),
    "some of the projects": ("用于文物保护", "主要包括石窟保护专项50.00万元、业务工作经费62.00万元等"),
    "money passed on": ("用于文物保护", "其中拨付青禾县博物馆30.00万元、青禾县图书馆5.00万元"),
    "staff and running costs": (
        "345.00万元，其中：工资",
        "345.00万元，其中人员经费302.00万元，公用经费43.00万元。按经济分类：工资",
    ),
    "a share of 三公": ("公务接待费0.90万元、因公", "公务接待费0.90万元（占28.13%）、因公"),
    "the cars' halves": (
        "运行费2.30万元",
        "运行费2.30万元（其中公务用车购置费0.00万元、公务用车运行维护费2.30万元）",
    ),
    "guests and cars counted": (
        FUND_HEADING,
        f"国内公务接待15批次、120人次，共计0.90万元。公务用车保有量2辆。\n{FUND_HEADING}",
    ),
    "what was bought": (
        FUND_HEADING,
        "政府采购支出总额21.00万元，其中：授予中小企业合同金额18.00万元，占85.71%，"
        f"其中：授予小微企业合同金额15.00万元。\n{FUND_HEADING}",
    ),
    "what came in": (
        FUND_HEADING,
        "全年收入合计502.00万元，其中：财政拨款收入490.00万元，占97.61%；"
        f"其他收入12.00万元，占2.39%。\n{FUND_HEADING}",
    ),
    "what is owned": (
        FUND_HEADING,
        f"年末资产总额1200.00万元，其中：流动资产300.00万元，固定资产850.00万元，无形资产50.00万元。\n{FUND_HEADING}",
    ),
    "no fund": ("全年政府性基金预算支出0.00万元", "我所无政府性基金预算支出"),
    "posts of two kinds": (
        "编制人数20人，实有在职人员18人",
        "行政编制8名，事业编制12名，实有在职人员18人，其中行政7人，事业11人",
    ),
    "people without a post": ("实有在职人员18人", "实有在职人员18人，退休人员7人，临聘人员4人"),
    "full marks in words": ("评价得分50分", "得满分"),
    "a department merged in": (
        "# 一、部门概况\n",
        "# 一、部门概况\n根据机构改革方案，原青禾县文物保护中心并入我所。\n",
    ),
}
CASES = {
    f"{where}: {name}": case
    for where, cases in (("tables", TABLES), ("forms", FORMS), ("sentences", SENTENCES))
    for name, case in cases.items()
}


@pytest.mark.parametrize("name", CASES)
def test_the_awkward_are_not_accused(name: str) -> None:
    assert _flagged(_told(*CASES[name])) == _allowed(name)


def test_a_table_without_the_year_before() -> None:
    text = AMOUNTS.sub(r"\1 | \3 | < | < | \4 | < | <", PLAIN)
    text = text.replace(
        "2023年决算数 | < | 2024年预算数 | < | 2024年决算数 | <",
        "2024年预算数 | < | < | 2024年决算数 | < | <",
    )
    assert _flagged(text) == []


@pytest.mark.parametrize("nothing", ["0", "0.00", "—", "/"])
def test_a_new_department_had_nothing_the_year_before(nothing: str) -> None:
    assert _flagged(AMOUNTS.sub(rf"\1 | {nothing} | < | \3 | < | \4 | <", PLAIN)) == []


def test_a_table_in_yuan_and_fen() -> None:
    def yuan(row: re.Match[str]) -> str:
        return " | ".join([row[1], *(f"{Decimal(row[place]) * 10000:,.2f} | <" for place in (2, 3, 4))])

    assert _flagged(AMOUNTS.sub(yuan, PLAIN).replace("经费控制情况（万元）", "经费控制情况（元）")) == []


def test_a_row_that_nobody_knows_may_hold_what_the_projects_lack() -> None:
    unknown = "上级转移支付安排 | 0.00 | < | 0.00 | < | 10.00 | <\n公用经费："
    text = _told("| 150.00 | < | 145.00", "| 150.00 | < | 155.00", "公用经费：", unknown)
    assert "expense.project_sum" not in [rule for rule, _ in _found(text)]


def _allowed(name: str) -> list[str]:
    return ["funding.adjustment"] if name == "forms: money added in the year" else []


def _told(*pairs: str) -> str:
    text = PLAIN
    for old, new in zip(pairs[::2], pairs[1::2], strict=True):
        assert old in text, old
        text = text.replace(old, new)
    return text


def _flagged(text: str) -> list[str]:
    return [rule for rule, _ in _found(text)]


def _found(text: str) -> list[tuple[str, str]]:
    (report,) = assemble([read_report(document(text), WORDS)], Assumed())
    assert isinstance(report, Report)
    return [(finding.rule, finding.message) for finding in judge(report).findings if finding.flagged]
