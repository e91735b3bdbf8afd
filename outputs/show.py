"""One submission on a page: what was read, how it was judged, and what was not understood."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from extract.paths import CONSTRUCTION_FIGURES, FUNDING_FIGURES, figures, narrative_keys
from extract.quantity import MISSING, is_repaired
from extract.report import (
    NATURES,
    PERIODS,
    SOURCES,
    ExpenseRow,
    Funding,
    Indicator,
    ProjectForm,
    Report,
    Unrecognised,
)
from models.store import Stored
from outputs import wording
from outputs.discreet import discreet, discreet_table
from outputs.flags import Flagged, numbered
from outputs.wording import shown
from reconcile.finding import Judgement
from reconcile.labels import (
    CONSTRUCTION_LABELS,
    FUNDING_LABELS,
    PERIOD_LABELS,
    STAFFING_LABELS,
    label_of,
    row_label,
)


@dataclass(frozen=True, slots=True)
class Section:
    """A titled table (`head` may be empty), or running text in `lines`, or both."""

    title: str
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    lines: tuple[str, ...] = ()


def what_was_read(report: Report) -> Iterator[Section]:
    """The submission's blocks in the forms' order."""
    yield _sources(report)
    yield _staffing(report)
    yield _expenses(report)
    if report.construction:
        yield _construction(report)
    yield Section(
        "厉行节约保障措施", lines=_words(report.thrift_measures.value if report.thrift_measures else "")
    )
    yield _funding("年度预算申请（万元）", report.funding)
    yield _goals(report)
    yield _indicators("绩效指标", report.indicators)
    yield Section("综合评价", ("综合得分", "评价等次"), (_verdict(report),))
    yield _narrative(report)
    for project in report.projects:
        yield from _project(project)


def how_it_was_judged(stored: Stored, titles: dict[str, str]) -> Iterator[Section]:
    """What was not surely read or not understood, and how often rules were examined; `titles` are the
    rules' by code."""
    yield from _not_sure(stored.report)
    yield from _not_understood(stored.report)
    yield _examined(stored.judgement, titles)


def everything_found(stored: Stored) -> Flagged:
    """All findings of a submission, also accepted ones and rounding differences."""
    return Flagged(stored, tuple(numbered(stored)))


def _sources(report: Report) -> Section:
    parts = [
        f"{wording.PART[part.name]}：{part.title or '（无标题）'}（{part.source}）" for part in report.parts
    ]
    rows = tuple(
        (source.name, source.reader, "" if source.pages is None else str(source.pages), source.sha256[:12])
        for source in report.sources
    )
    noted = [f"{source.name}：{source.note}" for source in report.sources if source.note]
    return Section("文件", ("文件", "读法", "页数", "哈希"), rows, (*noted, *parts))


def _staffing(report: Report) -> Section:
    figures = tuple(shown(getattr(report.staffing, name)) for name in STAFFING_LABELS)
    return Section("财政供养人员", tuple(STAFFING_LABELS.values()), (figures,))


def _expenses(report: Report) -> Section:
    rows = tuple(
        (_row_name(row), *(shown(getattr(row, name)) for name in PERIODS)) for row in report.expenses
    )
    return Section("经费控制情况（万元）", ("项目", *PERIOD_LABELS.values()), rows)


def _row_name(row: ExpenseRow) -> str:
    """The label as printed, and what is meant where that alone doesn't tell: «小计（公用经费）»."""
    if row.item is None:
        return f"{row.label}（未识别的行）"
    meant = row_label(row)
    alike = len(set(meant) & set(row.label)) * 2 >= len(set(meant))
    return row.label if alike else f"{row.label}（{meant}）"


def _construction(report: Report) -> Section:
    rows = tuple(
        (building.label, *(shown(getattr(building, name)) for name in CONSTRUCTION_FIGURES))
        for building in report.construction
    )
    return Section("楼堂馆所控制情况（㎡、万元）", ("项目", *CONSTRUCTION_LABELS.values()), rows)


def _funding(title: str, funding: Funding) -> Section:
    rows = [(FUNDING_LABELS[name], shown(getattr(funding, name))) for name in FUNDING_FIGURES]
    for block, names, how in (("by_source", SOURCES, "按收入性质"), ("by_nature", NATURES, "按支出性质")):
        within = getattr(funding, block)
        rows += [
            (f"{how}：{FUNDING_LABELS[f'{block}.{name}']}", shown(getattr(within, name)))
            for name in names
            if getattr(within, name) != MISSING
        ]
    return Section(title, ("项目", "数"), tuple(rows))


def _goals(report: Report) -> Section:
    expected, actual = report.goals.expected, report.goals.actual
    return Section(
        "年度总体目标",
        ("预期目标", "实际完成情况"),
        ((expected.value if expected else "", actual.value if actual else ""),),
    )


def _indicators(title: str, indicators: Iterable[Indicator]) -> Section:
    """Levels 1 and 2 only where they change, as the merged cells of the form show them."""
    head = (
        "一级指标",
        "二级指标",
        "三级指标",
        "年度指标值",
        "实际完成值",
        "分值",
        "得分",
        "偏差原因及改进措施",
    )
    rows = []
    last = ("", "")
    for one in indicators:
        level1 = "" if one.level1 == last[0] else one.level1
        level2 = "" if (one.level1, one.level2) == last else one.level2
        figures = (one.target.value, one.actual.value, shown(one.weight), shown(one.score))
        rows.append((level1, level2, one.level3, *figures, one.deviation))
        last = (one.level1, one.level2)
    return Section(title, head, tuple(rows))


def _verdict(report: Report | ProjectForm) -> tuple[str, str]:
    return shown(report.total_score), report.grade.value if report.grade else ""


def _narrative(report: Report) -> Section:
    """Each figure; a sentence that gives several stands beside the first of them."""
    rows: list[tuple[str, ...]] = []
    last = ""
    for key, one in zip(narrative_keys(report), report.narrative, strict=True):
        sentence = "" if one.text == last else discreet(one.text)
        rows.append((label_of(f"narrative.{key}", report), one.word or shown(one.value), sentence))
        last = one.text
    return Section("自评报告中的数字", ("项目", "数", "原句"), tuple(rows))


def _project(project: ProjectForm) -> Iterator[Section]:
    name = f"项目「{project.name}」"
    yield _funding(f"{name}资金（万元）", project.funding)
    yield _indicators(f"{name}绩效指标", project.indicators)
    yield Section(f"{name}评价", ("综合得分", "评价等次"), (_verdict(project),))


def _not_sure(report: Report) -> Iterator[Section]:
    """Every figure marked «？», and those that another reading was taken for."""
    rows = tuple(
        (
            label_of(path, report),
            shown(figure),
            wording.first_read(figure),
            "、".join(figure.readings),
            figure.locus.printed() if figure.locus else "",
        )
        for path, figure in figures(report)
        if figure.doubted or is_repaired(figure)
    )
    if rows:
        head = ("项目", "采用的数", "第一次识别", "其他读法", "位置")
        yield Section("识别没有把握的数（标“？”的请对照原件）", head, rows)


def _not_understood(report: Report) -> Iterator[Section]:
    if report.unrecognised:
        rows = tuple(
            (wording.UNRECOGNISED[one.what], _listed(one), one.locus.printed() if one.locus else "")
            for one in report.unrecognised
        )
        yield Section("未识别的内容（已保留，未参与核对）", ("种类", "内容", "位置"), rows)
    if report.conflicts:
        rows = tuple(
            (label_of(one.path, report), shown(one.first), shown(one.second)) for one in report.conflicts
        )
        yield Section("前后两份不一致的数", ("项目", "第一份", "第二份"), rows)
    if report.warnings:
        yield Section("读取时的提醒", lines=report.warnings)


def _listed(one: Unrecognised) -> str:
    return discreet_table(one.text) if one.what == "table" else discreet(one.text)


def _examined(judgement: Judgement, titles: dict[str, str]) -> Section:
    """How often rules were examined and how that ended; what could not be checked is named."""
    tallies = judgement.tallies
    examined = [tally for tally in tallies if tally.examined]
    counts = "，".join(
        f"{word} {sum(getattr(tally, verdict) for tally in examined)} 处"
        for verdict, word in wording.VERDICT.items()
    )
    lines = [
        f"共 {len(tallies)} 条规则，核对了 {len(examined)} 条，"
        f"本报告没有可核对内容的 {len(tallies) - len(examined)} 条。",
        f"核对结果：{counts}。",
    ]
    unchecked = [titles.get(tally.rule, tally.rule) for tally in examined if tally.unchecked]
    if unchecked:
        lines.append(f"因缺数或数字无法辨认而未能核对：{'、'.join(unchecked)}。")
    lines += f"设置：{judgement.settings or '缺省'}".splitlines()
    return Section("核对情况", lines=tuple(lines))


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.splitlines()) or ("（空）",)
