"""Which stored submissions a command is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from extract.bureau import department_key
from models import store
from models.store import Stored
from models.store_around import before
from models.store_read import Database
from outputs.ending import Misuse
from outputs.wording import near

_MOST_NAMED = 10
_LONGEST_ID = 9
"""In digits; what is longer is a code."""


def ids(
    db: Database, department: str | None, year: int | None, latest_only: bool, known: bool = False
) -> list[int]:
    """Submissions by department (code, name or part of one) and year; Misuse for one that isn't stored,
    unless it is `known` otherwise."""
    found = store.find(db, department, year, latest_only)
    if not (found or known) and department is not None and not store.find(db, department):
        raise Misuse(f"没有部门「{department}」的报告{near(department, store.departments(db))}")
    return found


def submissions(db: Database, chosen: Sequence[int]) -> Iterator[Stored]:
    """Load one after another; one that is gone meanwhile is passed over."""
    return (stored for one in chosen if (stored := store.load(db, one)) is not None)


def judged(db: Database, chosen: Sequence[int]) -> Iterator[Stored]:
    """As `submissions`, with no more of each report than whose it is."""
    return (stored for one in chosen if (stored := store.load_judged(db, one)) is not None)


def one(db: Database, which: str, year: int | None) -> Stored:
    """The submission of this id, or a department's newest; Misuse where there is none or more than one."""
    stored = _by_id(db, which) if year is None else None
    if stored is not None:
        return stored
    found = list(judged(db, ids(db, which, year, latest_only=True)))
    if not found:
        raise Misuse(f"「{which}」没有 {year} 年度的报告")
    whose = store.departments_of(db, (stored.submission_id for stored in found))
    departments = set(whose.values())
    if len(departments) > 1:
        departments = _called_exactly(which, found, whose)
    if len(departments) > 1:
        named = "、".join(sorted(departments)[:_MOST_NAMED])
        raise Misuse(f"「{which}」合于 {len(departments)} 个部门：{named}。请写全名或编号")
    found = [stored for stored in found if whose[stored.submission_id] in departments]
    newest = max(found, key=lambda stored: (stored.report.fiscal_year or 0, stored.submission_id))
    return next(submissions(db, [newest.submission_id]))


def _called_exactly(which: str, found: Sequence[Stored], whose: Mapping[int, str]) -> set[str]:
    """The departments that bear this very name, else those that filed under it; all where none does."""
    key = department_key(which)
    names = set(whose.values())
    filed = {
        whose[stored.submission_id] for stored in found if department_key(stored.report.department) == key
    }
    return names & {key} or filed or names


def pair(db: Database, first: str, second: str | None, year: int | None) -> tuple[Stored, Stored]:
    """The submissions of two ids, or a department's last two revisions of a year (an id's own and the one
    before it); Misuse where there are no two."""
    if second is not None:
        if year is not None:
            raise Misuse("写了两个编号就不用 --year")
        return _numbered(db, first), _numbered(db, second)
    after = one(db, first, year)
    earlier = before(db, after.submission_id)
    if earlier is None:
        whose = f"{after.report.department}{after.report.fiscal_year}年度"
        raise Misuse(f"{whose}的报告（编号 {after.submission_id}）之前没有别的版本，没有可比较的")
    return earlier, after


def _numbered(db: Database, which: str) -> Stored:
    stored = _by_id(db, which)
    if stored is None:
        raise Misuse(f"没有编号为「{which}」的报告。编号见 gouji flags 或 gouji show 部门")
    return stored


def _by_id(db: Database, which: str) -> Stored | None:
    return store.load(db, int(which)) if which.isdecimal() and len(which) <= _LONGEST_ID else None
