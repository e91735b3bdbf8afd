"""The bureau's register in the store: kept a year at a time, and asked whose a submission is.

The register that holds for a year is the year's own, else the one for every year, else the nearest
earlier year's, else the nearest later one's; the last two tell names and parents only. A department is
stored once, under the name that the newest register with its code gives it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import ColumnElement, column, or_, select, table
from sqlalchemy.sql import Select

from extract.bureau import (
    BOOK_FIGURES,
    BOOK_PEOPLE,
    OFFICE_ITSELF,
    BookFigure,
    Entry,
    by_name,
    department_key,
    entry_named,
)
from extract.document import Locus
from extract.quantity import Kind, Quantity
from extract.report import Report
from models.base import Base
from models.bureau import RegisterAlias, RegisterEntry, RegisterFigure
from models.exact import with_places
from models.store_read import Database
from models.trouble import trouble

_ENTRY, _ALIAS, _FIGURE = (t.__table__.c for t in (RegisterEntry, RegisterAlias, RegisterFigure))
_MISSING = table("v_missing", *map(column, ("fiscal_year", "department_code", "department", "parent_code")))

Year = int | None
"""The year of a register; None for one that holds for every year."""

Printed = tuple[str, str | None, int | None]
"""A department's name and code as a report gives them, and the report's year."""


@dataclass(frozen=True, slots=True)
class Owner:
    """The department under which a submission is stored."""

    name: str
    code: str | None


@dataclass(frozen=True, slots=True)
class Held:
    """What the register that holds for a report's year knows: `entry` its department, `register` every
    name, `units` the departments right under it; `booked` where its figures and duties hold too."""

    entry: Entry | None = None
    register: Mapping[str, Entry] = field(default_factory=dict)
    booked: bool = False
    units: tuple[Entry, ...] = ()

    @property
    def parent(self) -> Entry | None:
        """The department in charge of this one."""
        code = None if self.entry is None else self.entry.parent
        return next((one for one in self.register.values() if one.code == code), None)


@dataclass(frozen=True, slots=True)
class Unfiled:
    """A department that must submit and has not."""

    fiscal_year: int
    code: str
    name: str
    parent: str | None


def owner_of(db: Database, department: str, code: str | None, fiscal_year: int | None) -> Owner:
    """Whose a submission with this printed name and code is: the register's department by any of its
    names, else by its code, else the one of the printed name."""
    return registered(db, department, code, fiscal_year) or Owner(department_key(department), code)


def registered(db: Database, department: str, code: str | None, fiscal_year: int | None) -> Owner | None:
    """The register's department with this name or code; None for one it doesn't know."""
    printed = department_key(department)
    found = None
    for name in dict.fromkeys((printed, OFFICE_ITSELF.sub("", printed))):
        claim = or_(_ENTRY.name == name, _aliased(name))
        found = found or _nearest(db, select(RegisterEntry).where(claim), fiscal_year)
    if found is None and code:
        found = _nearest(db, select(RegisterEntry).where(_ENTRY.code == code), fiscal_year)
    if found is None:
        return None
    own_code, own_name = found
    newest = (
        select(_ENTRY.name)
        .where(_ENTRY.code == own_code, or_(_ENTRY.name == own_name, _aliased(own_name)))
        .order_by(_ENTRY.fiscal_year.desc().nulls_last())
        .limit(1)
    )
    with trouble():
        return Owner(db.execute(newest).scalar_one(), own_code)


def called(db: Database, printed: Iterable[Printed]) -> dict[Printed, str]:
    """The register's names for departments as they are printed; those it doesn't know are left out."""
    owners = {whose: registered(db, *whose) for whose in set(printed) if whose[0]}
    return {whose: owner.name for whose, owner in owners.items() if owner is not None}


def departments_called(db: Database, part: str) -> list[str]:
    """The names of departments that bear, or bore, a name with this part in it."""
    alias = select(_ALIAS.register_entry_id).where(_ALIAS.name.contains(part, autoescape=True))
    wanted = select(_ENTRY.name, _ENTRY.code, _ENTRY.fiscal_year).where(_ENTRY.id.in_(alias))
    with trouble():
        rows = db.execute(wanted).all()
    return list(dict.fromkeys(owner_of(db, row.name, row.code, row.fiscal_year).name for row in rows))


def held(db: Database, report: Report) -> Held:
    """What the register knows beside a report. Raises DatabaseTrouble."""
    year = report.fiscal_year
    years = _years(db)
    if year is None or not years:
        return Held()
    holding = min(years, key=lambda one: _distance(one, year))
    entries = _entries(db, holding)
    register = by_name(entries)
    codes = {entry.code: entry for entry in entries}
    entry = entry_named(register, report.department) or codes.get(report.department_code or "")
    booked = holding in (year, None)
    if entry is None:
        return Held(None, register, booked)
    units = [one for one in entries if one.parent == entry.code]
    books = _figures(db, holding, [one.code for one in (entry, *units)])
    entry, *units = (replace(one, figures=books.get(one.code, {})) for one in (entry, *units))
    return Held(entry, register, booked, tuple(units))


def read_register(db: Database, year: Year) -> tuple[Entry, ...]:
    """One year's register in the order of its codes; empty where there is none."""
    figures = _figures(db, year)
    return tuple(replace(entry, figures=figures.get(entry.code, {})) for entry in _entries(db, year))


def register_years(db: Database) -> list[Year]:
    """The years that have a register, None (every year) last."""
    return sorted(_years(db), key=lambda year: (year is None, year or 0))


def register_before(db: Database, year: Year) -> tuple[Entry, ...]:
    """The register that an import is compared with: the one it replaces, or the nearest other."""
    years = _years(db)
    if not years:
        return ()
    return read_register(db, year if year in years else min(years, key=lambda one: _distance(one, year)))


def carried_names(db: Database, year: Year) -> dict[str, list[str]]:
    """The former names that imports have kept of a year's codes."""
    wanted = _beside(RegisterAlias, year, _ALIAS.name).where(_ALIAS.carried)
    carried: dict[str, list[str]] = {}
    for row in db.execute(wanted.order_by(_ALIAS.id)):
        carried.setdefault(row.code, []).append(row.name)
    return carried


def unfiled(db: Database, fiscal_year: int | None = None) -> list[Unfiled]:
    """Who must submit and has not, by year and code."""
    wanted = select(_MISSING).order_by(_MISSING.c.fiscal_year, _MISSING.c.department_code)
    if fiscal_year is not None:
        wanted = wanted.where(_MISSING.c.fiscal_year == fiscal_year)
    with trouble():
        return [Unfiled(*row) for row in db.execute(wanted)]


def due(db: Database, fiscal_year: int) -> int:
    """How many departments must submit for a year; 0 where no register says so."""
    years = _years(db)
    year = fiscal_year if fiscal_year in years else None
    with trouble():
        return len(db.execute(select(_ENTRY.id).where(of_year(year), _ENTRY.must_submit)).all())


def _entries(db: Database, year: Year) -> list[Entry]:
    """One year's register without its figures."""
    aliases: dict[str, list[str]] = {}
    with trouble():
        rows = db.execute(select(*_ENTRY).where(of_year(year)).order_by(_ENTRY.code)).all()
        for code, name in db.execute(_beside(RegisterAlias, year, _ALIAS.name).order_by(_ALIAS.id)):
            aliases.setdefault(code, []).append(name)
    return [
        Entry(row.code, row.name, tuple(aliases.get(row.code, ())), row.parent_code, row.must_submit)
        for row in rows
    ]


def _figures(
    db: Database, year: Year, codes: Sequence[str] | None = None
) -> dict[str, dict[BookFigure, Quantity]]:
    """What one year's register books, by codes (of all, or of those given)."""
    wanted = _beside(RegisterFigure, year, *_FIGURE)
    if codes is not None:
        wanted = wanted.where(_ENTRY.code.in_(codes))
    figures: dict[str, dict[BookFigure, Quantity]] = {}
    with trouble():
        for row in db.execute(wanted):
            name = next(name for name in BOOK_FIGURES if name == row.name)
            figures.setdefault(row.code, {})[name] = _quantity(row)
    return figures


def _beside(table: type[Base], year: Year, *columns: ColumnElement[Any]) -> Select[Any]:
    """These columns of a table that hangs on the entries of a year, each row after its entry's code."""
    mine = table.__table__.c.register_entry_id == _ENTRY.id
    return select(_ENTRY.code, *columns).join_from(RegisterEntry, table, mine).where(of_year(year))


def _aliased(name: str) -> ColumnElement[bool]:
    return _ENTRY.id.in_(select(_ALIAS.register_entry_id).where(_ALIAS.name == name))


def of_year(year: Year) -> ColumnElement[bool]:
    """The entries of one year's register."""
    return _ENTRY.fiscal_year.is_(None) if year is None else _ENTRY.fiscal_year == year


def _years(db: Database) -> list[Year]:
    with trouble():
        return list(db.execute(select(_ENTRY.fiscal_year).distinct()).scalars())


def _distance(register: Year, year: int | None) -> tuple[int, int]:
    """How near a register is to a year: its own, every year's, an earlier one, a later one."""
    if register is None or year is None:
        return (1, 0)
    if register <= year:
        return (0 if register == year else 2, year - register)
    return (3, register - year)


def _nearest(db: Database, wanted: Select[Any], year: int | None) -> tuple[str, str] | None:
    """The code and name of the entry in the register nearest to a year."""
    with trouble():
        rows = db.execute(wanted.with_only_columns(_ENTRY.code, _ENTRY.name, _ENTRY.fiscal_year)).all()
    nearest = min(rows, key=lambda row: _distance(row.fiscal_year, year), default=None)
    return None if nearest is None else (nearest.code, nearest.name)


def _quantity(row: Any) -> Quantity:
    locus = Locus(row.source, row=None if row.row_no is None else row.row_no - 1)
    kind: Kind = "count" if row.name in BOOK_PEOPLE else "money"
    return Quantity(with_places(row.value, row.places), row.step, kind, row.unit, row.text, locus)
