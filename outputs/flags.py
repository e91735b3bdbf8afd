"""The flags: which submissions don't add up, what it is, and where to look."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from models.store import Stored
from outputs import wording
from outputs.places import place_lines
from outputs.record import Json, finding_record
from outputs.spreadsheet import csv_lines
from reconcile.finding import Finding
from reconcile.rule import names

GRAVITY = {severity: place for place, severity in enumerate(wording.SEVERITY)}
_CSV_HEAD = {
    "submission_id": "编号",
    "department": "部门",
    "department_code": "预算编码",
    "fiscal_year": "年度",
    "revision": "版次",
    "status": "状态",
    "severity": "程度",
    "rule": "规则代码",
    "title": "规则",
    "verdict": "结论",
    "message": "问题",
    "expected": "应为",
    "found": "实为",
    "difference": "相差",
    "places": "位置",
    "hint": "可能的原因",
    "number": "序号",
    "waiver": "说明",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which findings are asked for; an empty tuple asks for all. A rule is a code, a block or a glob.
    Accepted findings only where `waived` asks for them too."""

    rules: tuple[str, ...] = ()
    severities: tuple[str, ...] = ()
    waived: bool = False

    def takes(self, finding: Finding) -> bool:
        listed = finding.flagged or (self.waived and finding.waived)
        return listed and self.asks(finding.rule, finding.severity.value)

    def asks(self, rule: str, severity: str) -> bool:
        return (not self.severities or severity in self.severities) and (
            not self.rules or any(names(pattern, rule) for pattern in self.rules)
        )


@dataclass(frozen=True, slots=True)
class Numbered:
    """A finding and its number in the submission's judgement, by which `gouji waive` knows it."""

    number: int
    finding: Finding


@dataclass(frozen=True, slots=True)
class Flagged:
    """A submission with those of its findings that were asked for, the gravest first."""

    stored: Stored
    findings: tuple[Numbered, ...]

    @property
    def heading(self) -> str:
        """«云岭县水利局（110001）2024年度 第1版 编号3 有问题：错误2 核实1 提示0，已说明 1 处»."""
        report = self.stored.report
        code = f"（{report.department_code}）" if report.department_code else " "
        status = wording.STATUS[self.stored.judgement.status()]
        flagged = (one.finding for one in self.findings if one.finding.flagged)
        counts = wording.counted(finding.severity.value for finding in flagged)
        return (
            f"{report.department}{code}{report.fiscal_year}年度 第{self.stored.revision}版 "
            f"编号{self.stored.submission_id} {status}：{counts}{wording.explained(self.stored.judgement)}"
        )


def flagged(submissions: Iterable[Stored], wanted: Wanted) -> Iterator[Flagged]:
    """The submissions that have findings as asked for."""
    for stored in submissions:
        findings = [one for one in numbered(stored) if wanted.takes(one.finding)]
        if findings:
            yield Flagged(stored, tuple(findings))


def nothing(submissions: Iterable[Stored], wanted: Wanted) -> str:
    """What to say where nothing is flagged."""
    taken = replace(wanted, waived=True)
    waived = sum(taken.takes(finding) for stored in submissions for finding in stored.judgement.findings)
    more = f"已说明 {waived} 处，加上 --waived 可以查看。" if waived else ""
    return f"没有需要核实的问题。{more}"


def numbered(stored: Stored) -> list[Numbered]:
    """All findings of a submission with their numbers: those to act on first, the gravest of them first,
    then accepted ones, rounding differences last."""
    found = [Numbered(number, finding) for number, finding in enumerate(stored.judgement.findings, 1)]
    return sorted(
        found,
        key=lambda one: (
            not one.finding.flagged,
            not one.finding.waived,
            GRAVITY[one.finding.severity.value],
        ),
    )


def objects(found: Iterable[Flagged]) -> list[Json]:
    """A flat JSON object a finding: whose it is, its number, then the finding as in the record."""
    return [
        {**whose(one.stored), "number": each.number, **finding_record(each.finding)}
        for one in found
        for each in one.findings
    ]


def json_text(found: Iterable[Flagged], more: Sequence[Json] = ()) -> str:
    """The objects as a JSON list, with `more` that have no submission at its end."""
    return json.dumps([*objects(found), *more], ensure_ascii=False, indent=2) + "\n"


def csv_text(found: Iterable[Flagged], titles: dict[str, str], more: Sequence[Json] = ()) -> str:
    """A line a finding with Chinese column heads, as Excel opens it.

    `titles` gives each rule's title by its code; `more` are objects that have no submission.
    """
    rows = []
    for one in found:
        for each in one.findings:
            row = {**whose(one.stored), "number": each.number, **finding_record(each.finding)}
            row["places"] = "\n".join(place_lines(each.finding.places))
            row["waiver"] = wording.waived(each.finding)
            rows.append(_csv_row(row, titles))
    rows += [_csv_row({"number": None, "waiver": None, **row, "places": ""}, titles) for row in more]
    return "".join(csv_lines(list(_CSV_HEAD.values()), rows))


def _csv_row(row: Json, titles: dict[str, str]) -> list[object]:
    words = {
        "status": wording.STATUS[row["status"]],
        "severity": wording.SEVERITY[row["severity"]],
        "verdict": wording.VERDICT[row["verdict"]],
        "title": titles.get(row["rule"], ""),
    }
    return [{**row, **words}[column] for column in _CSV_HEAD]


def text_lines(one: Flagged, titles: dict[str, str]) -> Iterator[str]:
    """A submission's flags for a pipe or a file: every line whole, however long."""
    yield one.heading
    for each in one.findings:
        finding = each.finding
        title = titles.get(finding.rule, finding.rule)
        yield f"  [{wording.weight(finding)}] {each.number}. {title}（{finding.rule}）"
        yield from (f"      {line}" for line in finding.message.splitlines())
        if finding.hint:
            yield f"      {finding.hint}"
        if finding.waiver is not None:
            yield f"      {wording.waived(finding)}"
        yield from (f"      位置：{place}" for place in place_lines(finding.places))
    yield ""


def whose(stored: Stored) -> Json:
    """Which submission it is, its status too."""
    report = stored.report
    return {
        "submission_id": stored.submission_id,
        "department": report.department,
        "department_code": report.department_code,
        "fiscal_year": report.fiscal_year,
        "revision": stored.revision,
        "status": stored.judgement.status(),
    }
