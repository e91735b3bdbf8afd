"""Two stored submissions side by side: what was changed, and which findings that settled."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from extract.quantity import Absent, Figure, decimal_text
from extract.report import Report
from models.store import Stored
from outputs import wording
from outputs.discreet import discreet
from outputs.flags import GRAVITY, whose
from outputs.places import place_lines
from outputs.record import Json, finding_record
from outputs.show import Section
from reconcile.change import Difference, FigureChange, Row, TextChange, Turnover, difference, turnover
from reconcile.finding import Finding
from reconcile.labels import label_of

_INDICATOR = re.compile(r"(?:projects\.(\d+)\.)?indicators\.(\d+)\.(\w+)$")
_COLUMNS = {
    "weight": "分值",
    "score": "得分",
    "target": "年度指标值",
    "actual": "实际完成值",
    "deviation": "偏差原因",
}
_TEXTS = {
    "thrift_measures": "厉行节约保障措施",
    "goals.expected": "预期目标",
    "goals.actual": "实际完成情况",
    "grade": "评价等次",
}
_BLOCKS = {
    "expenses": "经费控制情况",
    "construction": "楼堂馆所",
    "projects": "项目自评表",
    "indicators": "绩效指标",
    "narrative": "自评报告",
    "listed_sums": "自评报告",
    "shares": "自评报告",
}


@dataclass(frozen=True, slots=True)
class Compared:
    """Two submissions, the earlier one first, and what lies between them."""

    before: Stored
    after: Stored
    changed: Difference
    findings: Turnover


def compare(earlier: Stored, later: Stored) -> Compared:
    """What changed from one to the other."""
    found = turnover(earlier.report, earlier.judgement.findings, later.report, later.judgement.findings)
    return Compared(earlier, later, difference(earlier.report, later.report), found)


def sections(compared: Compared, titles: Mapping[str, str]) -> Iterator[Section]:
    """What a clerk reads, block by block."""
    old, new = compared.before, compared.after
    yield Section(f"{_heading(old)} → {_heading(new)}", lines=tuple(_remarks(compared)))
    numbers = [
        (
            name_of(one.after, new.report),
            wording.shown(one.old) or "（未见）",
            wording.shown(one.new) or "（未见）",
            _place(one),
        )
        for one in compared.changed.figures
    ]
    yield _table("改动的数字", ("项目", "原为", "现为", "位置"), numbers)
    words = [
        (name_of(one.after, new.report), discreet(one.old) or "（空）", discreet(one.new) or "（空）")
        for one in compared.changed.texts
    ]
    yield _table("改动的文字", ("项目", "原为", "现为"), words)
    rows = [("增加", *_row(row)) for row in compared.changed.added]
    rows += [("删去", *_row(row)) for row in compared.changed.removed]
    yield _table("增减的行", ("", "表", "行"), rows)
    found = compared.findings
    yield _findings("已解决的问题", found.cleared, titles, compared)
    yield _findings("仍存在的问题", found.remaining, titles)
    yield _findings("新出现的问题", found.new, titles)


def json_text(compared: Compared) -> str:
    """The same for a program; figures are plain decimals, null where there is none."""
    changed, found = compared.changed, compared.findings
    report = compared.after.report
    told = {
        "before": whose(compared.before),
        "after": whose(compared.after),
        "figures": [
            {
                **_which(one, report),
                "old": _decimal(one.old),
                "new": _decimal(one.new),
                "place": _place(one) or None,
            }
            for one in changed.figures
        ],
        "texts": [
            {**_which(one, report), "old": discreet(one.old) or None, "new": discreet(one.new) or None}
            for one in changed.texts
        ],
        "added": [{"path": row.stem, "name": row.label} for row in changed.added],
        "removed": [{"path": row.stem, "name": row.label} for row in changed.removed],
        "findings": {
            "cleared": [finding_record(finding) for finding in found.cleared],
            "remaining": [finding_record(finding) for finding in found.remaining],
            "new": [finding_record(finding) for finding in found.new],
        },
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _which(change: FigureChange | TextChange, report: Report) -> Json:
    return {"path": change.after, "path_before": change.before, "name": name_of(change.after, report)}


def name_of(path: str, report: Report) -> str:
    """A figure's or a text's name for a clerk: what it is called where, not in which place it stands."""
    indicator = _INDICATOR.fullmatch(path)
    if indicator is not None:
        form, index, column = indicator.groups()
        rows = report.indicators if form is None else report.projects[int(form)].indicators
        row = rows[int(index)]
        return f"{_of_project(form, report)}指标“{row.level3 or row.level2}”{_COLUMNS[column]}"
    first, _, rest = path.partition(".")
    if first == "projects":
        form, _, inside = rest.partition(".")
        return _of_project(form, report) + name_of(inside, report)
    if path in _TEXTS:
        return _TEXTS[path]
    prose = "自评报告中" if first in ("narrative", "listed_sums", "shares") else ""
    return prose + label_of(path, report)


def _of_project(form: str | None, report: Report) -> str:
    return "" if form is None else f"项目“{report.projects[int(form)].name}”"


def _heading(stored: Stored) -> str:
    report = stored.report
    return f"{report.department}{report.fiscal_year}年度 第{stored.revision}版 编号{stored.submission_id}"


def _remarks(compared: Compared) -> Iterator[str]:
    old, new = compared.before.report, compared.after.report
    if old.department != new.department:
        yield "两份报告属于不同的部门，按名称相同的行比较。"
    if old.fiscal_year != new.fiscal_year:
        yield "两份报告属于不同的年度，按名称相同的行比较。"
    found = compared.findings
    yield (
        f"改动数字 {len(compared.changed.figures)} 处、文字 {len(compared.changed.texts)} 处；"
        f"问题已解决 {len(found.cleared)} 个，仍存在 {len(found.remaining)} 个，新出现 {len(found.new)} 个。"
    )


def _table(title: str, head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Section:
    return Section(title, head, tuple(rows)) if rows else Section(title, lines=("（没有）",))


def _findings(
    title: str, findings: Iterable[Finding], titles: Mapping[str, str], compared: Compared | None = None
) -> Section:
    rows = [
        (
            wording.weight(finding),
            titles.get(finding.rule, finding.rule),
            _told(finding, "" if compared is None else _doubt(finding, compared)),
            "\n".join(place_lines(finding.places)),
        )
        for finding in sorted(findings, key=lambda finding: GRAVITY[finding.severity.value])
    ]
    return _table(title, ("程度", "规则", "问题", "位置"), rows)


def _told(finding: Finding, doubt: str) -> str:
    """The finding's message, and why it was accepted where it was."""
    return "\n".join(filter(None, (finding.message + doubt, wording.waived(finding))))


def _doubt(finding: Finding, compared: Compared) -> str:
    """What must be said of a finding that is gone though nothing may have been put right."""
    then, now = (
        {tally.rule: tally for tally in stored.judgement.tallies}.get(finding.rule)
        for stored in (compared.before, compared.after)
    )
    if now is None:
        return "（这条规则现在没有使用）"
    gone = then is not None and now.unchecked > then.unchecked
    return "（现在可能是未能核对）" if gone or not now.examined else ""


def _row(row: Row) -> tuple[str, str]:
    block = row.stem.partition(".")[0]
    return _BLOCKS[block], row.label


def _place(change: FigureChange) -> str:
    """Where the figure stands now, or stood where it stands nowhere now."""
    locus = change.new.locus or change.old.locus
    return "" if locus is None else "\n".join(place_lines([locus]))


def _decimal(figure: Figure) -> str | None:
    return None if isinstance(figure, Absent) else decimal_text(figure)
