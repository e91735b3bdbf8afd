"""Wording B: three files, at a province: 权重 for 分值, 等级 for 等次, numbering by （一）, percentages
under a head that says %, and the funding's figures under their names rather than beside them.
"""

from __future__ import annotations

from samples.facts import Expense, Facts
from samples.invented import TELEPHONE
from samples.layout import Block, Line, Look, table
from samples.telling import Paper, Told, day, levels, lines, percent, plain, reviewers, row, shown, wan

LABELS = {
    "three_public": "（一）“三公”经费",
    "vehicles": "1.公务用车购置及运行维护费",
    "vehicle_purchase": "（1）公务用车购置费",
    "vehicle_running": "（2）公务用车运行维护费",
    "overseas": "2.因公出国（境）费",
    "reception": "3.公务接待费",
    "project": "（二）项目支出 | 合计",
    "project_business": "^ | 业务工作经费",
    "project_operations": "^ | 运行维护经费",
    "operating": "（三）公用经费 | 小计",
    "office": "^ | 其中：办公经费",
    "utilities_travel": "^ | 水费、电费、差旅费",
    "meeting_training": "^ | 会议费、培训费",
    "procurement": "（四）政府采购金额",
    "basic_adjustment": "（五）基本支出预算调整",
}


def papers(facts: Facts, told: Told) -> list[Paper]:
    look = Look(rules="rectangles", repeat_header=True)
    parts = {
        "narrative": Paper("附件1 部门整体支出绩效自评报告", _report(facts, told), look),
        "base": Paper("附件2 部门整体支出绩效评价基础数据表", _base(facts), look),
        "form": Paper("附件3 部门整体支出绩效自评表", _form(facts), look),
    }
    return [paper for part, paper in parts.items() if part not in facts.without]


def listed(facts: Facts) -> list[tuple[Expense, str]]:
    """The expense rows with their printed labels, in the order printed."""
    return [(expense, expense.name or LABELS[expense.item]) for expense in facts.expenses]


def _base(facts: Facts) -> list[Block]:
    rate = "" if facts.control_rate is None else percent(facts.control_rate).rstrip("%")
    rows = [
        row(("一、财政供养人员情况", 2), "编制数（名）", "实有在职人数（名）", "控制率（%）"),
        row("^", "<", plain(facts.authorized), plain(facts.on_duty), rate),
        row(
            ("二、经费控制情况\n（单位：万元）", 2),
            *(f"{facts.year - 1}年度决算数", f"{facts.year}年度预算数", f"{facts.year}年度决算数"),
        ),
    ]
    for expense, label in listed(facts):
        named = f"^ | 省级专项：{label}" if expense.name else label if "|" in label else f"{label} | <"
        amounts = (shown(amount) for amount in (expense.prior_final, expense.budget, expense.final))
        rows.append(f"{named} | {row(*amounts)}")
    rows.append(row(("三、厉行节约保障措施", 2), (facts.thrift, 3)))
    return [
        *lines("附件2", "## 省级部门整体支出绩效评价基础数据表", f"填报单位（盖章）：{facts.department}"),
        table("\n".join(rows), widths=(14, 22, 16, 16, 16), header=0),
        *lines("四、楼堂馆所控制情况"),
        _buildings(facts),
        Line(f"填表人：{facts.people[0]}    联系电话：{TELEPHONE}    填报日期：{day(facts)}"),
        Line(f"单位负责人（签字）：{facts.people[1]}"),
    ]


def _buildings(facts: Facts) -> Block:
    heads = (
        "批复规模（㎡）",
        "实际规模（㎡）",
        "规模控制率",
        "预算投资（万元）",
        "实际投资（万元）",
        "投资概算控制率",
    )
    rows = [row(*heads)]
    for one in facts.buildings:
        rows.append(
            row(
                *(plain(one.approved_area), plain(one.actual_area), percent(one.area_control_rate)),
                *(
                    wan(one.budgeted_investment),
                    wan(one.actual_investment),
                    percent(one.investment_control_rate),
                ),
            )
        )
    return table("\n".join(rows))


def _form(facts: Facts) -> list[Block]:
    money = facts.funding
    rows = [
        row(("部门（单位）名称", 2), (facts.department, 3), "预算编码", (facts.department_code, 2)),
        row(
            *("资金情况\n（万元）", ("年初预算数", 2), "全年预算数（A）", "全年执行数（B）"),
            *("权重", "执行率（B/A）", "得分"),
        ),
        row(
            *("^", (shown(money.initial_budget), 2), shown(money.annual_budget), shown(money.executed)),
            *(plain(money.weight), percent(money.execution_rate), wan(money.score)),
        ),
        row(
            "^",
            "按收入性质分",
            ("一般公共预算", 2),
            "政府性基金拨款",
            ("纳入专户管理的非税收入拨款", 2),
            "其他资金",
        ),
        row(
            *("^", "^", (shown(money.general_public_budget), 2), shown(money.government_fund)),
            *((shown(money.special_account), 2), shown(money.other)),
        ),
        row("^", "按支出性质分", ("基本支出", 3), ("项目支出", 3)),
        row("^", "^", (shown(money.basic), 3), (shown(money.project), 3)),
        row("年度总体\n目标", ("年初设定目标", 4), ("年度总体目标完成情况", 3)),
        row("^", (facts.expected, 4), (facts.actual, 3)),
    ]
    return [
        *lines("附件3", f"## {facts.year}年度省级部门整体支出绩效自评表", f"评价日期：{day(facts)}"),
        table("\n".join(rows), widths=(9, 12, 9, 13, 13, 7, 11, 12)),
        Line("绩效指标完成情况", "heading"),
        _indicators(facts),
        Line("评价人员", "heading"),
        reviewers(facts, "姓名", "职务", "单位", "签字"),
        Line(f"评价组组长（签字）：{facts.people[1]}    {day(facts)}"),
        Line(f"部门（单位）负责人（签章）：{facts.people[2]}    {day(facts)}"),
        Line(f"填报人：{facts.people[0]}    联系电话：{TELEPHONE}"),
    ]


def _indicators(facts: Facts) -> Block:
    rows = [
        row(
            "一级指标",
            "二级指标",
            "三级指标",
            "年度指标值",
            "实际完成值",
            "权重",
            "得分",
            "未完成原因分析及改进措施",
        )
    ]
    for level1, level2, one in levels(facts.indicators):
        points = (plain(one.weight), plain(one.score))
        rows.append(row(level1, level2, one.level3, one.target, one.actual, *points, one.deviation))
    rows.append(row(("自评得分", 5), (plain(facts.total_score), 3)))
    rows.append(row(("等级", 5), (facts.grade, 3)))
    return table("\n".join(rows), widths=(9, 10, 17, 11, 11, 7, 7, 16), header=1)


def _report(facts: Facts, told: Told) -> list[Block]:
    year = facts.year
    return [
        *lines(
            *(
                "附件1",
                f"## {facts.titled or facts.department}",
                f"## {facts.narrative_year}年度部门整体支出绩效自评报告",
            ),
            "# 一、基本情况",
            "（一）主要职能",
            *(f"{index}.{duty}" for index, duty in enumerate(facts.duties, 1)),
            "（二）人员情况",
            told.say("我单位核定编制{authorized}名，年末实有在职人员{on_duty}名。"),
            "# 二、支出总体情况",
            told.say(
                "本年支出合计{total_expenditure}万元，其中：基本支出{basic_expenditure}万元，"
                "占{basic_expenditure/total_expenditure}；项目支出{project_expenditure}万元，"
                "占{project_expenditure/total_expenditure}。"
            ),
            "（一）基本支出情况",
            told.say(
                "基本支出{basic_expenditure#2}万元，包括：工资福利支出{wages}万元，商品和服务支出{goods_services}万元，"
                "对个人和家庭的补助{transfers}万元，资本性支出{capital}万元。无债务利息及费用支出和其他支出。"
            ),
            "（二）项目支出情况",
            told.say(f"{year}年度项目支出{{project_expenditure#2}}万元，为完成特定工作任务发生。"),
            "（三）“三公”经费情况",
            told.say(
                "“三公”经费全年预算{three_public.budget}万元，实际支出{three_public.final}万元，"
                "较上年{three_public.final~three_public.prior}。"
            ),
            told.say(
                "分项看：因公出国（境）费预算{overseas.budget}万元，支出{overseas.final}万元；"
                "公务用车购置及运行维护费预算{vehicles.budget}万元，支出{vehicles.final}万元；"
                "公务接待费预算{reception.budget}万元，支出{reception.final}万元。"
            ),
            told.say("（四）政府性基金预算支出{government_fund}万元。"),
            "# 三、自评结论",
            told.say(
                f"根据评分标准，{year}年度我单位整体支出绩效自评得分{{total_score}}分，等级为“{{grade}}”。"
            ),
            told.say(
                "其中，产出指标权重{output.weight}分，得{output.score}分；效益指标权重{benefit.weight}分，"
                "得{benefit.score}分；满意度指标权重{satisfaction.weight}分，得{satisfaction.score}分。"
            ),
            "# 四、改进措施",
            "加强预算执行动态监控，按月通报进度。",
            *facts.remarks,
        )
    ]
