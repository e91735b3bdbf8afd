"""Accepted findings: which one is meant, and what has become of each since."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from models import store, store_waivers
from models.store import Stored
from models.store_read import Database
from models.store_waivers import Kept
from outputs import chosen, wording
from outputs.ending import Misuse
from outputs.flags import Numbered, numbered
from outputs.record import Json
from outputs.show import Section
from outputs.spreadsheet import csv_lines
from outputs.wording import near, signed
from reconcile.change import Names
from reconcile.finding import Judgement, Verdict
from reconcile.waiving import Change, basis_of, changes

STATES = {"valid": "有效", "stale": "已失效", "gone": "问题已不存在", "withdrawn": "已撤回"}
_CSV_HEAD = {
    "submission_id": "编号",
    "department": "部门",
    "department_code": "预算编码",
    "fiscal_year": "年度",
    "revision": "版次",
    "number": "序号",
    "rule": "规则代码",
    "title": "规则",
    "message": "问题",
    "state": "状态",
    "changes": "数字变动",
    "reason": "说明",
    "by": "说明人",
    "at": "说明时间",
    "withdrawn_by": "撤回人",
    "withdrawn_at": "撤回时间",
    "waiver": "说明编号",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A waiver with the last revision of its department and year; `changes` where it is stale."""

    kept: Kept
    stored: Stored
    changes: tuple[Change, ...]

    @property
    def state(self) -> str:
        """A code of `STATES`."""
        if self.kept.withdrawn_at is not None:
            return "withdrawn"
        if self.kept.finding is None:
            return "gone"
        return "stale" if self.kept.accepted.waiver.stale else "valid"


def to_waive(stored: Stored, which: str, known: Iterable[str]) -> Numbered:
    """The finding meant by its number or its rule's code; Misuse for one that can't be accepted."""
    meant = [one for one in _meant(stored, which, known) if one.finding.verdict is not Verdict.ROUNDING]
    if not meant:
        raise Misuse(f"{_named(stored)}的「{which}」只是四舍五入之差，不算问题，不需要说明")
    flagged = [one for one in meant if one.finding.flagged]
    if not flagged:
        waived = "；".join(f"第 {one.number} 个问题{wording.waived(one.finding)}" for one in meant)
        raise Misuse(f"{_named(stored)}：{waived}。要改写说明，请先用 --withdraw 撤回")
    return _only(stored, which, flagged)


def to_withdraw(
    db: Database, stored: Stored, which: str | None, number: int | None, known: Iterable[str]
) -> Kept:
    """The waiver that is meant, by its own number or its finding's; Misuse for a finding that was not
    accepted, a waiver of another report, one that was taken back already."""
    if which is not None:
        waived = [one for one in _meant(stored, which, known) if one.finding.waiver is not None]
        if not waived:
            raise Misuse(f"{_named(stored)}的「{which}」没有说明过，不需要撤回")
        waiver = _only(stored, which, waived).finding.waiver
        number = None if waiver is None else waiver.number
    for kept in store_waivers.kept(db, [stored.submission_id]):
        if kept.accepted.waiver.number == number:
            if kept.withdrawn_at is not None:
                raise Misuse(f"编号为 {number} 的说明已经撤回")
            return kept
    raise Misuse(f"{_named(stored)}没有编号为 {number} 的说明。编号见 gouji waivers")


def newest(db: Database, which: str, year: int | None) -> Stored:
    """The submission of this id or department, held for the rest of the transaction; Misuse for one that
    is not stored or was superseded."""
    chosen_id = chosen.one(db, which, year).submission_id
    last = store_waivers.hold(db, chosen_id)
    stored = store.load(db, last)
    assert stored is not None
    if last != chosen_id:
        raise Misuse(f"编号{chosen_id} 是旧版，这一年度最新的是{_named(stored)}。请说明最新一版的问题")
    return stored


def done(stored: Stored, meant: Numbered, titles: Mapping[str, str], now: Judgement) -> str:
    """What was accepted, and how many findings are left in the judgement as it is now."""
    finding = now.findings[meant.number - 1]
    title = titles.get(finding.rule, finding.rule)
    what = f"{meant.number}. {title}（{finding.rule}）\n{finding.message}\n{wording.waived(finding)}"
    return f"{_named(stored)} {what}\n{_left(now)}"


def withdrawn(stored: Stored, kept: Kept, titles: Mapping[str, str], now: Judgement) -> str:
    """What was taken back, and how many findings are left in the judgement as it is now."""
    rule = kept.accepted.basis.rule
    number = "" if kept.finding is None else f"{kept.finding + 1}. "
    what = f"{number}{titles.get(rule, rule)}（{rule}）\n{kept.message}\n已撤回说明"
    return f"{_named(stored)} {what}\n{_left(now)}"


def lines(db: Database, ids: Sequence[int]) -> Iterator[Line]:
    """Every waiver for the departments and years of these submissions, the last revisions of each."""
    loaded: dict[int, Stored] = {}
    for kept in store_waivers.kept(db, ids):
        stale = kept.finding is not None and kept.accepted.waiver.stale
        stored = loaded.get(kept.submission_id) or store.load(db, kept.submission_id)
        if stored is None:
            continue
        loaded = {kept.submission_id: stored}
        yield Line(kept, stored, _changes(kept, stored) if stale else ())


def sections(found: Iterable[Line], titles: Mapping[str, str]) -> Iterator[Section]:
    """A section a department and year."""
    by_submission: dict[int, list[Line]] = {}
    for line in found:
        by_submission.setdefault(line.stored.submission_id, []).append(line)
    for some in by_submission.values():
        yield Section(
            f"{_named(some[0].stored)}：说明 {len(some)} 处",
            lines=tuple(words for line in some for words in _words(line, titles)),
        )


def objects(found: Iterable[Line]) -> list[Json]:
    return [_object(line) for line in found]


def json_text(found: Iterable[Line]) -> str:
    return json.dumps(objects(found), ensure_ascii=False, indent=2) + "\n"


def csv_text(found: Iterable[Line], titles: Mapping[str, str]) -> str:
    rows = []
    for line in found:
        row = _object(line)
        row["state"] = STATES[line.state]
        row["changes"] = _moved(line)
        row["title"] = titles.get(row["rule"], "")
        rows.append([row[column] for column in _CSV_HEAD])
    return "".join(csv_lines(list(_CSV_HEAD.values()), rows))


def _meant(stored: Stored, which: str, known: Iterable[str]) -> list[Numbered]:
    found = numbered(stored)
    if which.isdecimal():
        meant = [one for one in found if one.number == int(which)]
        if not meant:
            there = f"现有 1–{len(found)}" if found else "现在没有任何问题"
            gone = f"没有第 {which} 个问题（{there}），可能已经改正"
            raise Misuse(f"{_named(stored)}{gone}。请用 gouji flags 核对序号")
        return meant
    meant = [one for one in found if one.finding.rule == which]
    if not meant and which in known:
        raise Misuse(f"{_named(stored)}现在没有「{which}」的问题，可能已经改正。请用 gouji flags 核对")
    if not meant:
        raise Misuse(f"「{which}」不是问题的序号，也不是规则代码{near(which, known)}。请用 gouji flags 核对")
    return meant


def _only(stored: Stored, which: str, meant: Sequence[Numbered]) -> Numbered:
    if len(meant) > 1:
        listed = "".join(f"\n  {one.number}. {one.finding.message.splitlines()[0]}" for one in meant)
        raise Misuse(f"{_named(stored)}有 {len(meant)} 个「{which}」的问题，请写序号：{listed}")
    return meant[0]


def _left(now: Judgement) -> str:
    return f"这份报告还有 {sum(one.flagged for one in now.findings)} 处需要核实{wording.explained(now)}。"


def _named(stored: Stored) -> str:
    report = stored.report
    place = f"第{stored.revision}版 编号{stored.submission_id}"
    return f"{report.department} {report.fiscal_year}年度 {place}"


def _changes(kept: Kept, stored: Stored) -> tuple[Change, ...]:
    assert kept.finding is not None
    finding = stored.judgement.findings[kept.finding]
    return changes(kept.accepted.basis, basis_of(Names(stored.report), finding))


def _moved(line: Line) -> str:
    """«三公经费（决算数）原为 0.41，现为 0.96；…»."""
    return "；".join(
        f"{change.label}原为 {change.before}，现为 {change.after}".lstrip() for change in line.changes
    )


def _words(line: Line, titles: Mapping[str, str]) -> Iterator[str]:
    rule = line.kept.accepted.basis.rule
    number = "" if line.kept.finding is None else f"{line.kept.finding + 1}. "
    yield f"[{STATES[line.state]}] {number}{titles.get(rule, rule)}（{rule}）"
    yield from line.kept.message.splitlines()
    if line.changes:
        yield f"数字有变动：{_moved(line)}"
    waiver = line.kept.accepted.waiver
    yield f"说明（编号 {waiver.number}）：{signed(waiver)}"
    if line.kept.withdrawn_at is not None:
        who = f"{line.kept.withdrawn_by}，" if line.kept.withdrawn_by else ""
        yield f"撤回：{who}{line.kept.withdrawn_at.astimezone():%Y-%m-%d}"


def _object(line: Line) -> Json:
    report, kept = line.stored.report, line.kept
    waiver, withdrawn = kept.accepted.waiver, kept.withdrawn_at
    return {
        "submission_id": line.stored.submission_id,
        "department": report.department,
        "department_code": report.department_code,
        "fiscal_year": report.fiscal_year,
        "revision": line.stored.revision,
        "number": None if kept.finding is None else kept.finding + 1,
        "rule": kept.accepted.basis.rule,
        "message": kept.message,
        "state": line.state,
        "changes": [
            {"figure": change.label, "before": change.before, "after": change.after}
            for change in line.changes
        ],
        "reason": waiver.reason,
        "by": waiver.by,
        "at": waiver.at.isoformat(timespec="seconds"),
        "withdrawn_by": kept.withdrawn_by,
        "withdrawn_at": withdrawn.isoformat(timespec="seconds") if withdrawn else None,
        "waiver": waiver.number,
    }
