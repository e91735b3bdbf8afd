"""The words a clerk reads for the program's codes, and places told so that a finger can find them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from extract.quantity import Absent, Figure, Quantity, decimal_text, plain
from reconcile.finding import Finding, Judgement, Waiver

SEVERITY = {"error": "错误", "warning": "核实", "notice": "提示"}
VERDICT = {
    "exact": "相符",
    "rounding": "四舍五入之差",
    "broken": "不符",
    "suspect": "待核实",
    "unchecked": "未能核对",
}
STATUS = {
    "clean": "无问题",
    "flagged": "有问题",
    "incomplete": "材料不全",
    "unchanged": "无变化",
    "failed": "未读取",
    "missing": "未报送",
}
PART = {
    "base": "基础数据表",
    "form": "整体支出绩效自评表",
    "narrative": "自评报告",
    "project": "项目支出绩效自评表",
}
STAGE = {"unpack": "解压压缩包", "unlock": "打开加密文件", "convert": "转换旧版文件"}
UNRECOGNISED = {"table": "表格", "row": "行", "figure": "数字", "leftover": "模板残留"}


def stage(name: str, files: int) -> str:
    """«转换旧版文件（12 个）…»."""
    return f"{STAGE[name]}（{files} 个）…"


def weight(finding: Finding) -> str:
    """What a clerk should make of a finding: «错误», «核实», «提示», «说明» for an accepted one, or «舍入»
    for a rounding difference."""
    if finding.waived:
        return "说明"
    return SEVERITY[finding.severity.value] if finding.flagged else "舍入"


def waived(finding: Finding) -> str:
    """Why a finding was accepted, by whom and when; empty for one that never was."""
    waiver = finding.waiver
    if waiver is None:
        return ""
    said = "曾说明，现已失效" if waiver.stale else "已说明"
    return f"{said}：{signed(waiver)}"


def signed(waiver: Waiver) -> str:
    """«上年口径不同（张主任，2025-07-01）», the day where the clerk is."""
    return f"{waiver.reason}（{waiver.by}，{waiver.at.astimezone():%Y-%m-%d}）"


def explained(judgement: Judgement | None) -> str:
    """«，已说明 2 处» where findings are accepted."""
    count = sum(one.waived for one in judgement.findings) if judgement else 0
    return f"，已说明 {count} 处" if count else ""


def shown(figure: Figure) -> str:
    """A figure for a clerk: rates in percent, blanks as what stands there instead; «1363.38？» where the
    reader was not sure."""
    return _shown(figure) + ("？" if figure.doubted else "")


def _shown(figure: Figure) -> str:
    match figure:
        case Quantity(kind="rate"):
            return f"{plain(figure.value * 100)}%"
        case Quantity():
            return decimal_text(figure)
        case Absent(why="unreadable"):
            return f"「{figure.text}」无法辨认"
        case Absent(why="dash"):
            return figure.text or "—"
        case Absent(why="blank"):
            return "（空）"
    return ""


def first_read(figure: Figure) -> str:
    """What was read first, where another reading was chosen since."""
    return figure.raw if isinstance(figure, Quantity) else ""


def counted(severities: Iterable[str]) -> str:
    """How many of each severity: «错误2 核实1 提示0»."""
    found = list(severities)
    return " ".join(f"{word}{found.count(code)}" for code, word in SEVERITY.items())


def compared(verdicts: Mapping[str, int]) -> str:
    """How many comparisons were made and how they ended: «核对 812 处：相符 790 处，…»."""
    ended = "，".join(f"{word} {verdicts[verdict]} 处" for verdict, word in VERDICT.items())
    return f"核对 {sum(verdicts.values())} 处：{ended}。"


def near(word: str, known: Iterable[str]) -> str:
    """«，是否指 甲、乙» where something known looks alike, else nothing."""
    alike = get_close_matches(word, list(known), n=5, cutoff=0.5)
    return f"，是否指 {'、'.join(alike)}" if alike else ""
