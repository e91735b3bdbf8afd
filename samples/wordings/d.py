"""Wording D: landscape, the form first as one big table whose levels are merged, funding by the general
national form (当年财政拨款, 上年结转资金), 总分 and 评价等级 as rows, then data table and report.
In Word the data table lies inside another table's cell.
"""

from __future__ import annotations

from decimal import Decimal

from samples.facts import Expense, Facts
from samples.invented import TELEPHONE
from samples.layout import Block, Look, PageBreak, Table, table
from samples.telling import Paper, Told, day, levels, lines, percent, plain, reviewers, row, shown, wan

LABELS = {
    "three_public": "“三公”经费",
    "overseas": "其中：因公出国（境）费",
    "vehicles": "公务用车购置及运行维护费",
    "vehicle_purchase": "其中：公务用车购置费",
    "vehicle_running": "公务用车运行维护费",
    "reception": "公务接待费",
    "project": "项目支出",
    "project_business": "其中：业务工作经费",
    "project_operations": "运行维护经费",
    "operating": "公用经费",
    "office": "其中：办公经费",
    "utilities_travel": "水费电费差旅费",
    "meeting_training": "会议费培训费",
    "procurement": "政府采购金额",
    "basic_adjustment": "基本支出预算调整",
}


def papers(facts: Facts, told: Told) -> list[Paper]:
    look = Look(landscape=True, rules="open_sides", repeat_header=True, cut_rows=True)
    blocks: list[Block] = []
    for part, write in (("form", _form), ("base", _base), ("narrative", _report)):
        if part not in facts.without:
            blocks += [PageBreak()] if blocks else []
            blocks += write(facts, told)
    return [Paper(f"{facts.department}绩效自评", blocks, look)]


def listed(facts: Facts) -> list[tuple[Expense, str]]:
    """The expense rows with their printed labels, in the order printed."""
    by_item = {item: [row for row in facts.expenses if row.item == item] for item in LABELS}
    rows = []
    for item, label in LABELS.items():
        rows += [(expense, label) for expense in by_item[item]]
        if item == "project_operations":
            rows += [(fund, fund.name) for fund in facts.expenses if fund.item == "project_special"]
    return rows


def _form(facts: Facts, told: Told) -> list[Block]:
    return [
        *lines(f"## 部门整体支出绩效自评表（{facts.year}年度）", f"填报日期：{day(facts)}"),
        _grid(facts),
        *lines("# 评价人员"),
        reviewers(facts, "姓名", "职务/职称", "单位", "签字"),
        *lines(f"评价组组长（签字）：{facts.people[1]}  {day(facts)}"),
        *lines(f"部门负责人（签章）：{facts.people[2]}  填报人：{facts.people[0]}  联系电话：{TELEPHONE}"),
    ]


def _grid(facts: Facts) -> Table:
    money = facts.funding
    carried = money.government_fund or Decimal(0)
    heads = ("年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分")
    rows = [
        row("部门名称", (facts.department, 5), "部门代码", (facts.department_code, 2)),
        row("部门资金\n（万元）", ("", 2), *heads),
        row(
            *("^", ("年度资金总额", 2), shown(money.initial_budget), shown(money.annual_budget)),
            *(shown(money.executed), plain(money.weight), percent(money.execution_rate), wan(money.score)),
        ),
        row("^", ("其中：当年财政拨款", 2), "", "", shown(money.general_public_budget), "—", "—", "—"),
        row("^", ("上年结转资金", 2), "", "", wan(carried), "—", "—", "—"),
        row("^", ("其他资金", 2), "", "", shown(money.other), "—", "—", "—"),
        row("年度\n总体\n目标", ("预期目标", 4), ("实际完成情况", 4)),
        row("^", (facts.expected, 4), (facts.actual, 4)),
        row(
            *("一级指标", "二级指标", ("三级指标", 2), "年度指标值", "实际完成值"),
            *("分值", "得分", "偏差原因分析及改进措施"),
        ),
    ]
    for level1, level2, one in levels(facts.indicators):
        points = (plain(one.weight), plain(one.score))
        rows.append(row(level1, level2, (one.level3, 2), one.target, one.actual, *points, one.deviation))
    weights = plain(money.weight + sum(one.weight for one in facts.indicators))
    rows.append(row(("总分（含预算执行率得分）", 6), weights, plain(facts.total_score), ""))
    rows.append(row(("评价等级", 6), (facts.grade, 3)))
    return table("\n".join(rows), widths=(9, 11, 12, 11, 11, 11, 8, 9, 18))


def _base(facts: Facts, told: Told) -> list[Block]:
    rate = "" if facts.control_rate is None else percent(facts.control_rate)
    building = facts.buildings[0]
    rows = [
        row(
            "财政供养人员",
            "编制数",
            (plain(facts.authorized), 2),
            ("实际在职人数", 1),
            plain(facts.on_duty),
            "控制率",
            rate,
        ),
        row(
            *("经费控制情况\n（单位：万元）", ("项  目", 3)),
            *(f"{facts.year - 1}年决算", f"{facts.year}年预算", (f"{facts.year}年决算", 2)),
        ),
    ]
    for expense, label in listed(facts):
        amounts = (shown(expense.prior_final), shown(expense.budget))
        rows.append(row("^", (label, 3), *amounts, (shown(expense.final), 2)))
    rows += [
        row(
            *(
                "楼堂馆所\n控制情况",
                "批复规模（㎡）",
                ("实际规模（㎡）", 2),
                "规模控制率",
                "预算投资（万元）",
            ),
            *("实际投资（万元）", "投资概算控制率"),
        ),
        row(
            *("^", plain(building.approved_area), (plain(building.actual_area), 2)),
            *(percent(building.area_control_rate), wan(building.budgeted_investment)),
            *(wan(building.actual_investment), percent(building.investment_control_rate)),
        ),
        row("厉行节约\n保障措施", (facts.thrift, 7)),
    ]
    return [
        *lines(f"## {facts.year}年度部门整体支出绩效评价基础数据表", f"填报单位：{facts.department}"),
        table("\n".join(rows), widths=(12, 11, 6, 6, 13, 13, 10, 10), wrap="nested"),
        *lines(f"填表人：{facts.people[0]}  单位负责人：{facts.people[1]}  填表日期：{day(facts)}"),
    ]


def _report(facts: Facts, told: Told) -> list[Block]:
    year = facts.year
    return lines(
        f"## {facts.titled or facts.department}关于{facts.narrative_year}年度部门整体支出绩效自评情况的报告",
        "# 一、部门概况",
        told.say("编制部门核定我单位编制{authorized}人，年末实有{on_duty}人。主要承担以下职责："),
        *(f"{index}.{duty}" for index, duty in enumerate(facts.duties, 1)),
        "# 二、预算执行情况",
        told.say(
            f"{year}年度支出总计{{total_expenditure}}万元。按支出性质划分，基本支出{{basic_expenditure}}万元，"
            "占{basic_expenditure/total_expenditure}；项目支出{project_expenditure}万元，"
            "占{project_expenditure/total_expenditure}。"
        ),
        told.say(
            "按经济分类，基本支出中工资福利支出{wages}万元，商品和服务支出{goods_services}万元，对个人和家庭的补助"
            "{transfers}万元，资本性支出{capital}万元，债务利息及费用支出{debt_interest}万元，其他支出{other_expenditure}万元。"
        ),
        told.say(
            "“三公”经费支出年初预算为{three_public.budget}万元，支出决算为{three_public.final}万元，"
            "完成预算的{three_public.final/three_public.budget}，比上年减少{three_public.final-three_public.prior}万元，"
            "{three_public.final~three_public.prior}。其中：因公出国（境）费预算为{overseas.budget}万元，支出决算为"
            "{overseas.final}万元；公务用车购置及运行维护费预算为{vehicles.budget}万元，支出决算为{vehicles.final}万元；"
            "公务接待费预算为{reception.budget}万元，支出决算为{reception.final}万元。"
        ),
        "# 三、绩效自评结论",
        told.say("我单位整体支出绩效综合得分{total_score}分，评价等级为“{grade}”。"),
        told.say(
            "从指标看，产出指标{output.weight}分、得{output.score}分，效益指标{benefit.weight}分、得{benefit.score}分，"
            "满意度指标{satisfaction.weight}分、得{satisfaction.score}分。"
        ),
        "# 四、有关建议",
        "建议进一步提前下达预算指标。",
        *facts.remarks,
    )
