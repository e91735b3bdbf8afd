"""The flags: which submissions don't add up, what it is, and where to look."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

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
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which findings are asked for; an empty tuple asks for all. A rule is a code, a block or a glob."""

    rules: tuple[str, ...] = ()
    severities: tuple[str, ...] = ()

    def takes(self, finding: Finding) -> bool:
        return (
            finding.flagged
            and (not self.severities or finding.severity.value in self.severities)
            and (not self.rules or any(names(pattern, finding.rule) for pattern in self.rules))
        )


@dataclass(frozen=True, slots=True)
class Flagged:
    """A submission with those of its findings that were asked for, the gravest first."""

    stored: Stored
    findings: tuple[Finding, ...]

    @property
    def heading(self) -> str:
        """«云岭县水利局（110001）2024年度 第1版 编号3 有问题：错误2 核实1 提示0»."""
        report = self.stored.report
        code = f"（{report.department_code}）" if report.department_code else " "
        status = wording.STATUS[self.stored.judgement.status()]
        counts = wording.counted(one.severity.value for one in self.findings if one.flagged)
        return (
            f"{report.department}{code}{report.fiscal_year}年度 第{self.stored.revision}版 "
            f"编号{self.stored.submission_id} {status}：{counts}"
        )


def flagged(submissions: Iterable[Stored], wanted: Wanted) -> Iterator[Flagged]:
    """The submissions that have findings as asked for."""
    for stored in submissions:
        findings = [finding for finding in stored.judgement.findings if wanted.takes(finding)]
        if findings:
            findings.sort(key=lambda finding: GRAVITY[finding.severity.value])
            yield Flagged(stored, tuple(findings))


def objects(found: Iterable[Flagged]) -> list[Json]:
    """A flat JSON object a finding: whose it is, then the finding as in the record."""
    return [{**_whose(one.stored), **finding_record(finding)} for one in found for finding in one.findings]


def json_text(found: Iterable[Flagged]) -> str:
    return json.dumps(objects(found), ensure_ascii=False, indent=2) + "\n"


def csv_text(found: Iterable[Flagged], titles: dict[str, str]) -> str:
    """A line a finding with Chinese column heads, as Excel opens it.

    `titles` gives each rule's title by its code.
    """
    rows = []
    for one in found:
        for finding in one.findings:
            row = {**_whose(one.stored), **finding_record(finding)}
            row["status"] = wording.STATUS[row["status"]]
            row["severity"] = wording.SEVERITY[row["severity"]]
            row["verdict"] = wording.VERDICT[row["verdict"]]
            row["title"] = titles.get(finding.rule, "")
            row["places"] = "\n".join(place_lines(finding.places))
            rows.append([row[column] for column in _CSV_HEAD])
    return "".join(csv_lines(list(_CSV_HEAD.values()), rows))


def text_lines(one: Flagged, titles: dict[str, str]) -> Iterator[str]:
    """A submission's flags for a pipe or a file: every line whole, however long."""
    yield one.heading
    for finding in one.findings:
        title = titles.get(finding.rule, finding.rule)
        yield f"  [{wording.weight(finding)}] {title}（{finding.rule}）"
        yield from (f"      {line}" for line in finding.message.splitlines())
        if finding.hint:
            yield f"      {finding.hint}"
        yield from (f"      位置：{place}" for place in place_lines(finding.places))
    yield ""


def _whose(stored: Stored) -> Json:
    report = stored.report
    return {
        "submission_id": stored.submission_id,
        "department": report.department,
        "department_code": report.department_code,
        "fiscal_year": report.fiscal_year,
        "revision": stored.revision,
        "status": stored.judgement.status(),
    }
