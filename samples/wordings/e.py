"""Wording E: full-width digits, brackets for negatives, «——» and «无» for nothing, the narrative in 亿元
and 万元 mixed, and a form for every project; in Word the staffing table floats in a text box.
"""

from __future__ import annotations

from samples.facts import Expense, Facts, Indicator, Project
from samples.invented import TELEPHONE
from samples.layout import Block, Look, PageBreak, Table, table
from samples.telling import Paper, Told, day, levels, lines, percent, plain, reviewers, row, shown, wide

LABELS = {
    "three_public": "１．三公经费",
    "vehicles": "（１）公务用车购置及运行费",
    "vehicle_purchase": "其中：公车购置费",
    "vehicle_running": "公车运行维护费",
    "overseas": "（２）因公出国（境）费用",
    "reception": "（３）公务接待费",
    "project": "２．项目支出",
    "project_business": "（１）业务工作经费",
    "project_operations": "（２）运行维护经费",
    "operating": "３．公用经费",
    "office": "其中：办公经费",
    "utilities_travel": "水费、电费、差旅费",
    "meeting_training": "会议费、培训费",
    "procurement": "４．政府采购金额",
    "basic_adjustment": "５．部门基本支出预算调整",
}
NOTHING = {"vehicle_purchase": "——", "overseas": "无"}


def papers(facts: Facts, told: Told) -> list[Paper]:
    blocks: list[Block] = []
    for part, write in (("narrative", _report), ("form", _form), ("base", _base)):
        if part not in facts.without:
            blocks += [PageBreak()] if blocks else []
            blocks += write(facts, told)
    for project in facts.projects:
        blocks += [PageBreak(), *_project(facts, project)]
    return [Paper(f"{facts.department}{facts.year}年绩效自评报告及附表", blocks, Look(rules="double"))]


def listed(facts: Facts) -> list[tuple[Expense, str]]:
    """The expense rows with their printed labels, in the order printed."""
    return [(expense, expense.name or LABELS[expense.item]) for expense in facts.expenses]


def _base(facts: Facts, told: Told) -> list[Block]:
    rate = "" if facts.control_rate is None else percent(facts.control_rate)
    staffing = [
        row("财政供养人员情况", "编制人数", f"{facts.year}年末实有人数", "控制率"),
        row("^", plain(facts.authorized), plain(facts.on_duty), rate),
    ]
    rows = [
        row(
            "经费控制情况（万元）",
            f"{facts.year - 1}年决算数",
            f"{facts.year}年预算数",
            f"{facts.year}年决算数",
        )
    ]
    for expense, label in listed(facts):
        amounts = (expense.prior_final, expense.budget, expense.final)
        rows.append(row(label, *(shown(amount, wide, NOTHING.get(expense.item, "")) for amount in amounts)))
    building = facts.buildings[0]
    rates = (percent(building.area_control_rate), percent(building.investment_control_rate))
    sizes = (plain(building.approved_area), plain(building.actual_area), rates[0])
    paid = (wide(building.budgeted_investment), wide(building.actual_investment), rates[1])
    built = [
        row(
            "楼堂馆所控制情况",
            *(
                "批复规模（㎡）",
                "实际规模（㎡）",
                "规模控制率",
                "预算投资（万元）",
                "实际投资（万元）",
                "投资概算控制率",
            ),
        ),
        row("^", *sizes, *paid),
    ]
    return [
        *lines("附表2", "## 部门整体支出绩效评价基础数据表", f"填报单位：{facts.department}"),
        table("\n".join(staffing), wrap="text_box"),
        table("\n".join(rows), widths=(26, 14, 14, 14)),
        table("\n".join(built), widths=(12, 10, 10, 10, 11, 11, 11)),
        table(row("厉行节约保障措施", facts.thrift), widths=(14, 54), wrap="row_control"),
        *lines(f"填表人：{facts.people[0]}  联系电话：{TELEPHONE}  填报日期：{day(facts)}"),
        *lines(f"单位负责人签字：{facts.people[1]}"),
    ]


def _form(facts: Facts, told: Told) -> list[Block]:
    money = facts.funding
    rows = [
        row("预算部门名称", (facts.department, 4), "预算编码", facts.department_code),
        row("年度预算申请\n（万元）", *("年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分")),
        row(
            *("^", shown(money.initial_budget, wide), shown(money.annual_budget, wide)),
            *(
                shown(money.executed, wide),
                plain(money.weight),
                percent(money.execution_rate),
                plain(money.score),
            ),
        ),
        row("按收入性质分", ("一般公共预算", 2), (shown(money.general_public_budget, wide), 4)),
        row("^", ("政府性基金拨款", 2), (shown(money.government_fund, wide), 4)),
        row("^", ("纳入专户管理的非税收入拨款", 2), (shown(money.special_account, wide, "——"), 4)),
        row("^", ("其他资金", 2), (shown(money.other, wide, "无"), 4)),
        row("按支出性质分", ("基本支出", 2), (shown(money.basic, wide), 4)),
        row("^", ("项目支出", 2), (shown(money.project, wide), 4)),
        row("年度总体目标", ("预期目标", 3), ("实际完成情况", 3)),
        row("^", (facts.expected, 3), (facts.actual, 3)),
    ]
    score = [row("绩效自评综合得分", f"{plain(facts.total_score)}分"), row("评价等次", facts.grade)]
    return [
        *lines("附表1", f"## {facts.year}年度部门整体支出绩效自评表", f"报告日期：{day(facts)}"),
        table("\n".join(rows), widths=(13, 15, 15, 15, 6, 8, 7), wrap="cell_control"),
        _indicators(facts.indicators),
        table("\n".join(score)),
        *lines("# 评价人员"),
        reviewers(facts, "姓　名", "职务／职称", "单　位", "签　字"),
        *lines(f"评价组组长（签字）：{facts.people[1]}  {day(facts)}"),
        *lines(f"部门（单位）负责人（签章）：{facts.people[2]}  {day(facts)}"),
    ]


def _indicators(indicators: tuple[Indicator, ...]) -> Table:
    rows = [
        row(
            "一级指标",
            "二级指标",
            "三级指标",
            "年度指标值",
            "实际完成值",
            "分值",
            "得分",
            "偏差原因分析及改进措施",
        )
    ]
    for level1, level2, one in levels(indicators):
        points = (plain(one.weight), plain(one.score))
        rows.append(row(level1, level2, one.level3, one.target, one.actual, *points, one.deviation))
    return table("\n".join(rows), widths=(9, 10, 17, 11, 11, 7, 7, 16), header=1)


def _project(facts: Facts, project: Project) -> list[Block]:
    money = project.funding
    rows = [
        row("项目名称", (project.name, 6)),
        row("主管部门", (facts.department, 3), "实施单位", (facts.department, 2)),
        row("项目资金\n（万元）", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"),
        row(
            *("年度资金总额", shown(money.initial_budget, wide), shown(money.annual_budget, wide)),
            *(
                shown(money.executed, wide),
                plain(money.weight),
                percent(money.execution_rate),
                plain(money.score),
            ),
        ),
        row("年度总体目标", ("预期目标", 3), ("实际完成情况", 3)),
        row("^", (project.expected, 3), (project.actual, 3)),
    ]
    score = [row("总分", f"{plain(project.total_score)}分"), row("评价等次", project.grade)]
    return [
        *lines("附表3", "## 项目支出绩效自评表", f"（{facts.year}年度）"),
        table("\n".join(rows), widths=(13, 15, 15, 15, 6, 8, 7)),
        _indicators(project.indicators),
        table("\n".join(score)),
    ]


def _report(facts: Facts, told: Told) -> list[Block]:
    year = facts.year
    return lines(
        f"## {facts.titled or facts.department}",
        f"## {facts.narrative_year}年度整体支出绩效自评报告",
        "# 一、部门基本情况",
        told.say("全系统核定编制{authorized}名，年末在职在编实有{on_duty}名。"),
        *(f"{mark}{duty}" for mark, duty in zip(("一是", "二是", "三是"), facts.duties, strict=True)),
        "# 二、预算执行及管理情况",
        told.say(
            f"{year}年全年支出决算{{total_expenditure:yi}}亿元，其中基本支出、项目支出分别为{{basic_expenditure}}万元、"
            "{project_expenditure}万元。"
        ),
        told.say(
            "基本支出用于人员和日常运转：工资福利支出{wages}万元，商品和服务支出{goods_services}万元，"
            "对个人和家庭的补助{transfers}万元，资本性支出{capital}万元，未发生债务利息及费用支出和其他支出。"
        ),
        told.say(
            "“三公”经费预算总额{three_public.budget}万元，决算总额{three_public.final}万元，比上年"
            "{three_public.final~three_public.prior}。公务用车购置及运行费、公务接待费预算分别为{vehicles.budget}万元、"
            "{reception.budget}万元，决算分别为{vehicles.final}万元、{reception.final}万元；全年无因公出国（境）费用支出。"
        ),
        told.say(
            "政府性基金预算支出{government_fund}万元。本年度无国有资本经营预算支出和社会保险基金预算支出。"
        ),
        "# 三、自评结果",
        told.say("经综合评定，部门整体支出绩效自评得{total_score}分，评定等次为{grade}。"),
        told.say(
            "产出、效益、满意度三类指标分值分别为{output.weight}分、{benefit.weight}分、{satisfaction.weight}分，"
            "得分分别为{output.score}分、{benefit.score}分、{satisfaction.score}分。"
        ),
        "# 四、下一步打算",
        "进一步完善绩效指标体系，强化结果应用。",
        *facts.remarks,
    )
