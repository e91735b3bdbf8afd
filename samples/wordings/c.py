"""Wording C: everything in 元 with thousands separators, the unit said once above each table; staffing
in rows, this year's columns before last year's; in Word every table is a content control.
"""

from __future__ import annotations

from samples.facts import Expense, Facts
from samples.invented import TELEPHONE
from samples.layout import Block, Look, PageBreak, Table, table
from samples.telling import Paper, Told, day, levels, lines, percent, plain, reviewers, row, shown, yuan

LABELS = {
    "three_public": "一、三公经费合计",
    "overseas": "1.因公出国（境）费",
    "vehicles": "2.公务用车购置及运行维护费",
    "vehicle_purchase": "其中：公务用车购置费",
    "vehicle_running": "公务用车运行维护费",
    "reception": "3.公务接待费",
    "operating": "二、公用经费",
    "office": "其中：办公费",
    "utilities_travel": "水费、电费、差旅费",
    "meeting_training": "会议费、培训费",
    "project": "三、项目支出",
    "project_business": "1.业务工作经费",
    "project_operations": "2.运行维护经费",
    "procurement": "四、政府采购金额",
    "basic_adjustment": "五、部门基本支出预算调整",
}
ORDER = tuple(LABELS)


def papers(facts: Facts, told: Told) -> list[Paper]:
    blocks: list[Block] = []
    for part, write in (("narrative", _report), ("base", _base), ("form", _form)):
        if part not in facts.without:
            blocks += [PageBreak()] if blocks else []
            blocks += write(facts, told)
    return [
        Paper(
            f"{facts.year}年部门整体支出绩效自评（{facts.department}）", blocks, Look(rules="boxes", size=10)
        )
    ]


def listed(facts: Facts) -> list[tuple[Expense, str]]:
    """The expense rows with their printed labels, in the order printed."""
    rows = []
    for item in ORDER:
        rows += [(row, LABELS[item]) for row in facts.expenses if row.item == item]
        if item == "project_operations":
            funds = [row for row in facts.expenses if row.item == "project_special"]
            rows += [(fund, f"{number}.{fund.name}") for number, fund in enumerate(funds, 3)]
    return rows


def _base(facts: Facts, told: Told) -> list[Block]:
    return [
        *lines("附件2", "## 部门整体支出绩效评价基础数据表", f"单位名称：{facts.department}", "# 人员情况"),
        _staffing(facts),
        *lines("# 经费控制情况", "> 单位：元"),
        _expenses(facts),
        *lines("# 楼堂馆所控制情况"),
        _buildings(facts),
        *lines("# 厉行节约保障措施"),
        table(row("厉行节约保障措施", facts.thrift), widths=(12, 50), wrap="control"),
        *lines(f"填表人：{facts.people[0]}  联系电话：{TELEPHONE}  填表日期：{day(facts)}"),
        *lines(f"单位负责人签字：{facts.people[1]}"),
    ]


def _staffing(facts: Facts) -> Table:
    rate = "" if facts.control_rate is None else percent(facts.control_rate)
    rows = [
        row("财政供养人员情况", "编制数（人）", plain(facts.authorized)),
        row("^", "在职人员数（人）", plain(facts.on_duty)),
        row("^", "控制率（在职人员数/编制数）", rate),
    ]
    return table("\n".join(rows), widths=(18, 24, 18), wrap="control")


def _expenses(facts: Facts) -> Table:
    rows = [row("项目", f"{facts.year}年预算数", f"{facts.year}年决算数", f"{facts.year - 1}年决算数")]
    for expense, label in listed(facts):
        amounts = (expense.budget, expense.final, expense.prior_final)
        rows.append(row(label, *(shown(amount, yuan) for amount in amounts)))
    return table("\n".join(rows), widths=(26, 16, 16, 16), header=1, wrap="control")


def _buildings(facts: Facts) -> Table:
    heads = (
        "批复规模（㎡）",
        "实际规模（㎡）",
        "规模控制率",
        "预算投资（元）",
        "实际投资（元）",
        "投资概算控制率",
    )
    rows = [row(*heads)]
    for one in facts.buildings:
        areas = (plain(one.approved_area), plain(one.actual_area), percent(one.area_control_rate))
        paid = (
            yuan(one.budgeted_investment),
            yuan(one.actual_investment),
            percent(one.investment_control_rate),
        )
        rows.append(row(*areas, *paid))
    return table("\n".join(rows), wrap="control")


def _form(facts: Facts, told: Told) -> list[Block]:
    money = facts.funding
    rows = [
        row("部门名称", (facts.department, 6)),
        row("部门编码", (facts.department_code, 6)),
        row("预算执行情况", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"),
        row(
            *("年度资金总额", shown(money.initial_budget, yuan), shown(money.annual_budget, yuan)),
            *(
                shown(money.executed, yuan),
                plain(money.weight),
                percent(money.execution_rate),
                plain(money.score),
            ),
        ),
        row("按收入性质分", ("一般公共预算", 3), (shown(money.general_public_budget, yuan), 3)),
        row("^", ("政府性基金预算", 3), (shown(money.government_fund, yuan), 3)),
        row("^", ("财政专户管理资金", 3), (shown(money.special_account, yuan), 3)),
        row("^", ("其他资金", 3), (shown(money.other, yuan), 3)),
        row("按支出性质分", ("基本支出", 3), (shown(money.basic, yuan), 3)),
        row("^", ("项目支出", 3), (shown(money.project, yuan), 3)),
        row("年度总体目标", ("预期目标", 3), ("实际完成情况", 3)),
        row("^", (facts.expected, 3), (facts.actual, 3)),
    ]
    return [
        *lines(
            "附件3", f"## {facts.year}年度部门整体支出绩效自评表", f"报告日期：{day(facts)}", "> 单位：元"
        ),
        table("\n".join(rows), widths=(14, 15, 15, 15, 7, 9, 8), wrap="control"),
        *lines("# 绩效指标"),
        _indicators(facts),
        *lines("# 评价人员"),
        reviewers(facts, "姓名", "职务/职称", "工作单位", "签名"),
        *lines(f"评价组组长（签字）：{facts.people[1]}  {day(facts)}"),
        *lines(f"部门负责人（签章）：{facts.people[2]}  {day(facts)}"),
    ]


def _indicators(facts: Facts) -> Table:
    rows = [row("一级指标", "二级指标", "三级指标", "指标值", "完成值", "分值", "得分", "偏差原因及改进措施")]
    for level1, level2, one in levels(facts.indicators):
        points = (plain(one.weight), plain(one.score))
        rows.append(row(level1, level2, one.level3, one.target, one.actual, *points, one.deviation))
    weights = plain(facts.funding.weight + sum(one.weight for one in facts.indicators))
    rows.append(row(("总分", 5), weights, plain(facts.total_score), ""))
    rows.append(row(("评价等次", 5), (facts.grade, 3)))
    return table("\n".join(rows), widths=(9, 10, 18, 11, 11, 7, 7, 16), header=1, wrap="control")


def _report(facts: Facts, told: Told) -> list[Block]:
    year = facts.year
    return lines(
        "附件1",
        f"## {facts.titled or facts.department}{facts.narrative_year}年部门整体支出绩效自评报告",
        "# 一、单位基本情况",
        *(f"（{number}）{duty}" for number, duty in zip("一二三", facts.duties, strict=True)),
        told.say(f"{year}年，本单位编制数{{authorized}}个，年末在职人员{{on_duty}}人。"),
        "# 二、资金使用情况",
        told.say(
            "全年支出{total_expenditure}元，其中：基本支出{basic_expenditure}元，项目支出{project_expenditure}元。"
            "基本支出中：工资福利支出{wages}元，商品和服务支出{goods_services}元，"
            "对个人和家庭的补助{transfers}元，债务利息及费用支出{debt_interest}元，资本性支出{capital}元，"
            "其他支出{other_expenditure}元。"
        ),
        told.say(
            "“三公”经费预算{three_public.budget}元，决算{three_public.final}元。其中：因公出国（境）费预算"
            "{overseas.budget}元、决算{overseas.final}元；公务用车购置及运行维护费预算{vehicles.budget}元、"
            "决算{vehicles.final}元；公务接待费预算{reception.budget}元、决算{reception.final}元。"
        ),
        told.say("政府性基金预算支出{government_fund}元；国有资本经营预算支出{state_capital}元。"),
        "# 三、绩效目标完成情况",
        told.say(
            "产出指标共{output.weight}分，自评{output.score}分；效益指标共{benefit.weight}分，"
            "自评{benefit.score}分；满意度指标共{satisfaction.weight}分，自评{satisfaction.score}分。"
        ),
        told.say("综上，本单位整体支出绩效自评得分为{total_score}分，评价等次为{grade}。"),
        "# 四、存在问题",
        "预算编制精细化程度有待提高。",
        *facts.remarks,
    )
