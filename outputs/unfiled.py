"""Who must submit and has not, by the bureau's register: for its own command, among the flags, in sums."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import groupby

from extract.bureau import department_key
from models.store_read import Database
from models.store_register import Unfiled, departments_called, due, unfiled
from outputs.record import Json, finding_record
from outputs.show import Section
from outputs.spreadsheet import csv_lines
from reconcile.finding import Finding, Severity, Verdict

RULE = "register.missing"
_HEAD = {
    "fiscal_year": "年度",
    "department_code": "预算编码",
    "department": "部门",
    "parent_code": "主管部门编码",
}


def chosen(db: Database, department: str | None, year: int | None) -> list[Unfiled]:
    """Who has not submitted, of the departments with this code or with this in one of their names."""
    found = unfiled(db, year)
    if department is None or not found:
        return found
    part = department_key(department)
    called = departments_called(db, part)
    return [one for one in found if one.code == part or part in one.name or one.name in called]


def due_lines(db: Database, years: Iterable[int]) -> Iterator[str]:
    """«2024 年度应报 12 个部门，已报 10，未报 2» for each year of which a register tells."""
    for year in sorted(set(years)):
        if count := due(db, year):
            lacking = len(unfiled(db, year))
            yield f"{year} 年度应报 {count} 个部门，已报 {count - lacking}，未报 {lacking}"


def sections(found: Iterable[Unfiled]) -> Iterator[Section]:
    """A table a year of who has not submitted."""
    for year, group in groupby(found, key=lambda one: one.fiscal_year):
        rows = tuple((one.code, one.name, one.parent or "") for one in group)
        yield Section(f"{year} 年度尚未报送的部门（{len(rows)} 个）", ("编码", "名称", "主管部门编码"), rows)


def objects(found: Iterable[Unfiled]) -> list[Json]:
    """A flat JSON object a department, shaped as a flag without a submission."""
    return [
        {
            "submission_id": None,
            "department": one.name,
            "department_code": one.code,
            "fiscal_year": one.fiscal_year,
            "revision": None,
            "status": "missing",
            "number": None,
            **finding_record(Finding(RULE, Severity.WARNING, Verdict.SUSPECT, _message(one))),
        }
        for one in found
    ]


def json_text(found: Iterable[Unfiled]) -> str:
    words = [
        {
            "fiscal_year": o.fiscal_year,
            "department_code": o.code,
            "department": o.name,
            "parent_code": o.parent,
        }
        for o in found
    ]
    return json.dumps(words, ensure_ascii=False, indent=2) + "\n"


def csv_text(found: Iterable[Unfiled]) -> str:
    rows = [(one.fiscal_year, one.code, one.name, one.parent or "") for one in found]
    return "".join(csv_lines(list(_HEAD.values()), rows))


def _message(one: Unfiled) -> str:
    return f"{one.name}（{one.code}）应报送 {one.fiscal_year} 年度自评材料，尚未报送"
