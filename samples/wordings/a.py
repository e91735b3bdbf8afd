"""Wording A: one file holds base data table, form with cover, and report, as some counties print them.

Rows and columns stand as in the field's usual form; each fund has its own row under a heading row.
"""

from __future__ import annotations

from samples.facts import Expense, Facts
from samples.invented import TELEPHONE
from samples.layout import Block, Line, Look, PageBreak, Table, table
from samples.telling import Paper, Told, day, levels, lines, percent, plain, reviewers, row, shown, wan

LABELS = {
    "three_public": "三公经费",
    "vehicles": "1、公务用车购置和维护经费",
    "vehicle_purchase": "其中：公车购置",
    "vehicle_running": "公车运行维护",
    "overseas": "2、出国经费",
    "reception": "3、公务接待",
    "project": "项目支出：",
    "project_business": "1、业务工作经费",
    "project_operations": "2、运行维护经费",
    "operating": "公用经费：",
    "office": "其中：办公经费",
    "utilities_travel": "水费、电费、差旅费",
    "meeting_training": "会议费、培训费",
    "procurement": "政府采购金额",
    "basic_adjustment": "部门基本支出预算调整",
}
SPECIALS = "3、本级专项资金（一个专项一行）"


def papers(facts: Facts, told: Told) -> list[Paper]:
    blocks: list[Block] = []
    for part, write in (("base", _base), ("form", _form), ("narrative", _report)):
        if part not in facts.without:
            blocks += [PageBreak()] if blocks else []
            blocks += write(facts, told)
    return [Paper(f"{facts.department}{facts.year}年度部门整体支出绩效自评材料", blocks, Look())]


def listed(facts: Facts) -> list[tuple[Expense, str]]:
    """The expense rows with their printed labels, in the order printed."""
    rows: list[tuple[Expense, str]] = []
    for expense in facts.expenses:
        first = expense.item == "project_special" and not any(r.item == "project_special" for r, _ in rows)
        if first:
            rows.append((Expense("project_special", None, None, None), SPECIALS))
        rows.append((expense, expense.name or LABELS[expense.item]))
    return rows


def _base(facts: Facts, told: Told) -> list[Block]:
    building = facts.buildings[0]
    rate = "" if facts.control_rate is None else percent(facts.control_rate)
    people = f"{facts.year}年实际在职人数"
    rows = [
        row("财政供养人员情况", ("编制数", 2), (people, 2), ("控制率", 2)),
        row("^", (plain(facts.authorized), 2), (plain(facts.on_duty), 2), (rate, 2)),
        row(
            "经费控制情况（万元）",
            (f"{facts.year - 1}年决算数", 2),
            (f"{facts.year}年预算数", 2),
            (f"{facts.year}年决算数", 2),
        ),
    ]
    for expense, label in listed(facts):
        amounts = (shown(amount) for amount in (expense.prior_final, expense.budget, expense.final))
        rows.append(row(label, *((amount, 2) for amount in amounts)))
    rows += [
        row(
            f"楼堂馆所控制情况\n（{facts.year}年完工项目）",
            *("批复规模\n（㎡）", "实际规模\n（㎡）", "规模控制率"),
            *("预算投资\n（万元）", "实际投资\n（万元）", "投资概算控制率"),
        ),
        row(
            "^",
            *(
                plain(building.approved_area),
                plain(building.actual_area),
                percent(building.area_control_rate),
            ),
            *(wan(building.budgeted_investment), wan(building.actual_investment)),
            percent(building.investment_control_rate),
        ),
        row("厉行节约保障措施", (facts.thrift, 6)),
    ]
    return [
        Line("附件2"),
        Line("部门整体支出绩效评价基础数据表", "title"),
        Line(f"填报单位：{facts.department}"),
        table("\n".join(rows), widths=(22, 9, 9, 9, 9, 9, 9)),
        Line("注：公用经费为基本支出中的商品和服务支出，项目支出含全部项目。"),
        Line(_signed(facts)),
    ]


def _signed(facts: Facts) -> str:
    filled, head = facts.people[:2]
    return f"填表人：{filled}  填报日期：{day(facts)}  联系电话：{TELEPHONE}  单位负责人签字：{head}"


def _form(facts: Facts, told: Told) -> list[Block]:
    return [
        Line("附件3"),
        Line(f"{facts.place}{facts.year}年度部门整体支出", "title"),
        Line("绩效自评表", "title"),
        Line(""),
        Line(f"部门（单位）名称：{facts.department}"),
        Line(f"预 算 编 码：{facts.department_code}"),
        Line("评价方式：部门（单位）绩效自评"),
        Line(f"报告日期：{day(facts)}"),
        PageBreak(),
        Line("整体支出绩效自评表", "title"),
        _grid(facts),
        Line("评价人员", "heading"),
        reviewers(facts, "姓  名", "职务/职称", "单  位", "签  字"),
        Line(f"评价组组长（签字）：{facts.people[1]}        {day(facts)}"),
        Line(f"部门（单位）意见：同意。部门（单位）负责人（签章）：{facts.people[2]}        {day(facts)}"),
        Line(f"填报人（签名）：{facts.people[0]}        联系电话：{TELEPHONE}"),
    ]


def _grid(facts: Facts) -> Table:
    money = facts.funding
    rows = [
        row(("预算部门名称", 2), (facts.department, 7)),
        row(
            "年度预算申请\n（万元）",
            ("", 2),
            "年初预算数",
            "全年预算数",
            "全年执行数",
            "分值",
            "执行率",
            "得分",
        ),
        row(
            *("^", ("年度资金总额：", 2), shown(money.initial_budget), shown(money.annual_budget)),
            *(shown(money.executed), plain(money.weight), percent(money.execution_rate), wan(money.score)),
        ),
        row("^", ("按收入性质分：", 4), ("按支出性质分：", 4)),
        *_natures(facts),
        row("年度总体目标", ("预期目标", 4), ("实际完成情况", 4)),
        row("^", (facts.expected, 4), (facts.actual, 4)),
        row(
            *("绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值"),
            *("分值", "得分", "偏差原因分析及改进措施"),
        ),
    ]
    for level1, level2, one in levels(facts.indicators):
        rows.append(
            row(
                *("^", level1, level2, one.level3, one.target, one.actual),
                *(plain(one.weight), plain(one.score), one.deviation),
            )
        )
    rows += [
        row("^", "^", "社会成本指标", *[""] * 6) if facts.indicators[-1].level1 == "成本指标" else "",
        row(("绩效自评综合得分", 3), (f"{plain(facts.total_score)}分", 6)),
        row(("评价等次", 3), (facts.grade, 6)),
    ]
    return table("\n".join(filter(None, rows)), widths=(7, 8, 9, 14, 11, 11, 7, 9, 14))


def _natures(facts: Facts) -> list[str]:
    money = facts.funding
    return [
        row(
            "^",
            ("一般公共预算：", 2),
            (shown(money.general_public_budget), 2),
            ("其中：基本支出：", 2),
            (shown(money.basic), 2),
        ),
        row("^", ("政府性基金拨款：", 2), (shown(money.government_fund), 2), ("", 2), ("", 2)),
        row(
            "^",
            ("纳入专户管理的非税收入拨款：", 2),
            (shown(money.special_account), 2),
            ("项目支出：", 2),
            (shown(money.project), 2),
        ),
        row("^", ("其他资金：", 2), (shown(money.other), 2), ("", 2), ("", 2)),
    ]


def _report(facts: Facts, told: Told) -> list[Block]:
    year = facts.year
    return lines(
        f"## {facts.titled or facts.department}",
        f"## {facts.narrative_year}年度部门整体支出绩效自评报告",
        "# 一、部门（单位）概况",
        told.say(f"{year}年末编制人数{{authorized}}人，实有在职人员{{on_duty}}人。"),
        "主要职责：",
        *(f"{index}、{duty}" for index, duty in enumerate(facts.duties, 1)),
        "# 二、部门整体支出情况",
        told.say(
            f"{year}年决算支出{{total_expenditure}}万元，其中：基本支出{{basic_expenditure}}万元，"
            "项目支出{project_expenditure}万元。"
        ),
        "# （一）基本支出",
        told.say(
            "全年基本支出{basic_expenditure#2}万元，其中：工资福利支出{wages}万元、商品和服务支出{goods_services}万元、"
            "对个人和家庭的补助{transfers}万元、债务利息及费用支出{debt_interest}万元、资本性支出{capital}万元、"
            "其他支出{other_expenditure}万元。"
        ),
        "# （二）项目支出",
        told.say(f"{year}年本部门项目支出{{project_expenditure#2}}万元，主要用于完成本年度重点工作任务。"),
        "# （三）“三公”经费",
        told.say(
            "年初批复“三公”经费预算数为{three_public.budget}万元，其中：公务接待费{reception.budget}万元、"
            "因公出国（境）费用{overseas.budget}万元、公务用车购置及运行费{vehicles.budget}万元。"
            "全年决算“三公”经费{three_public.final}万元，其中：公务接待费{reception.final}万元、"
            "因公出国（境）费用{overseas.final}万元、公务用车购置及运行费{vehicles.final}万元。"
        ),
        "# 三、政府性基金预算支出情况",
        told.say("全年政府性基金预算支出{government_fund}万元。"),
        "# 四、国有资本经营预算支出情况",
        told.say("国有资本经营预算支出{state_capital}万元。"),
        "# 五、社会保险基金预算支出情况",
        told.say("社会保险基金预算支出{social_insurance}万元。"),
        "# 六、绩效评价结论",
        told.say("经自评，部门整体支出绩效评价结论为“{grade}”，自评得分为{total_score}分。"),
        told.say("产出指标总分值{output.weight}分，评价得分{output.score}分。"),
        told.say("效益指标总分值{benefit.weight}分，评价得分{benefit.score}分。"),
        told.say("满意度指标总分值{satisfaction.weight}分，评价得分{satisfaction.score}分。"),
        "# 七、存在的问题和改进措施",
        "个别工作进度偏慢，下一步将加强过程调度。",
        *facts.remarks,
    )
