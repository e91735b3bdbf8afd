"""The Chinese names of figures, as the forms print them, by path."""

from __future__ import annotations

from extract.report import ExpenseRow, Report

PERIOD_LABELS = {"prior_final": "上年决算数", "budget": "预算数", "final": "决算数"}

ITEM_LABELS = {
    "three_public": "三公经费",
    "vehicles": "公务用车购置和维护经费",
    "vehicle_purchase": "公车购置",
    "vehicle_running": "公车运行维护",
    "overseas": "出国经费",
    "reception": "公务接待",
    "project": "项目支出",
    "project_business": "业务工作经费",
    "project_operations": "运行维护经费",
    "project_special": "本级专项资金",
    "operating": "公用经费",
    "office": "办公经费",
    "utilities_travel": "水费、电费、差旅费",
    "meeting_training": "会议费、培训费",
    "procurement": "政府采购金额",
    "basic_adjustment": "部门基本支出预算调整",
}

STAFFING_LABELS = {"authorized": "编制数", "on_duty": "实际在职人数", "control_rate": "控制率"}

CONSTRUCTION_LABELS = {
    "approved_area": "批复规模",
    "actual_area": "实际规模",
    "area_control_rate": "规模控制率",
    "budgeted_investment": "预算投资",
    "actual_investment": "实际投资",
    "investment_control_rate": "投资概算控制率",
}

FUNDING_LABELS = {
    "initial_budget": "年度资金总额（年初预算数）",
    "annual_budget": "年度资金总额（全年预算数）",
    "executed": "年度资金总额（全年执行数）",
    "weight": "预算执行分值",
    "execution_rate": "执行率",
    "score": "预算执行得分",
    "by_source.general_public_budget": "一般公共预算",
    "by_source.government_fund": "政府性基金拨款",
    "by_source.special_account": "纳入专户管理的非税收入拨款",
    "by_source.other": "其他资金",
    "by_source.carried_over": "上年结转资金",
    "by_source.unit_funds": "单位资金",
    "by_nature.basic": "基本支出",
    "by_nature.project": "项目支出",
}

NARRATIVE_LABELS = {
    "authorized": "编制人数",
    "on_duty": "实有人数",
    "total_expenditure": "决算支出",
    "basic_expenditure": "基本支出",
    "project_expenditure": "项目支出",
    "wages": "工资福利支出",
    "goods_services": "商品和服务支出",
    "transfers": "对个人和家庭的补助",
    "debt_interest": "债务利息及费用支出",
    "capital": "资本性支出",
    "other_expenditure": "其他支出",
    "three_public": "三公经费",
    "reception": "公务接待费",
    "overseas": "因公出国（境）费",
    "vehicles": "公务用车购置及运行费",
    "government_fund": "政府性基金预算支出",
    "state_capital": "国有资本经营预算支出",
    "social_insurance": "社会保险基金预算支出",
    "total_score": "自评得分",
    "grade": "评价等次",
    "output": "产出",
    "benefit": "效益",
    "satisfaction": "满意度",
}

_NARRATIVE_ENDS = {"budget": "预算数", "final": "决算数", "weight": "总分值", "score": "得分"}
_INDICATOR_ENDS = {"weight": "分值", "score": "得分"}


def label_of(path: str, report: Report) -> str:
    """The figure's name in Chinese: `expenses.project.final` is «项目支出（决算数）»."""
    words = path.split(".")
    match words:
        case ["projects", _, *rest]:
            return label_of(".".join(rest), report)
        case ["staffing", name]:
            return STAFFING_LABELS[name]
        case ["expenses", key, period]:
            return f"{_row_label(key, report)}（{PERIOD_LABELS[period]}）"
        case ["construction", _, name]:
            return CONSTRUCTION_LABELS[name]
        case ["funding", *rest]:
            return FUNDING_LABELS[".".join(rest)]
        case ["indicators", index, name]:
            return f"第 {int(index) + 1} 项指标{_INDICATOR_ENDS[name]}"
        case ["total_score"]:
            return "综合得分"
        case ["grade"]:
            return "评价等次"
        case ["narrative", *rest]:
            return _narrative_label(rest)
    return _listed_label(words, report)


def row_label(row: ExpenseRow) -> str:
    """An expense row's name: the field's own without numbering, or for a project row the one given."""
    if row.item is not None and not row.item.startswith("project_"):
        return ITEM_LABELS.get(row.item, row.label)
    own, known = "".join(row.label.split()).strip("：:"), ITEM_LABELS.get(row.item or "", "未命名的一行")
    before, found, _ = own.partition(known)
    numbering = len(before) <= 4 and before[-1:] in ("", "、", ".", "．", "）", ")", "：", "中")
    return known if not own or (found and numbering) else own


def _row_label(key: str, report: Report) -> str:
    item, _, place = key.partition("#")
    if item in ITEM_LABELS and not item.startswith("project_"):
        return ITEM_LABELS[item]
    if key.startswith("["):
        return row_label(report.expenses[int(key[1:-1])])
    rows = [row for row in report.expenses if row.item == item][int(place or 1) - 1 :]
    return row_label(rows[0]) if rows else ITEM_LABELS.get(item, key)


def _narrative_label(words: list[str]) -> str:
    code = words[0].partition("#")[0]
    end = words[1].partition("#")[0] if len(words) > 1 else ""
    return NARRATIVE_LABELS.get(code, code) + _NARRATIVE_ENDS.get(end, "")


def _listed_label(words: list[str], report: Report) -> str:
    match words:
        case ["listed_sums", index, "total"]:
            return report.listed_sums[int(index)].total.label
        case ["listed_sums", index, "parts", place]:
            return report.listed_sums[int(index)].parts[int(place)].label
        case ["shares", _, "percent"]:
            return "百分比"
        case ["shares", index, "part"]:
            return report.shares[int(index)].part.label
        case ["shares", index, "whole"]:
            return report.shares[int(index)].whole.label
    return ".".join(words)
