"""The bureau's register imported: in the place of its year's own, every submission under its department.

The names that a code had before stay known; models/store_register.py tells what a register is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import Connection, Engine, delete, insert

from extract.bureau import Entry
from extract.quantity import Quantity
from models.bureau import RegisterAlias, RegisterEntry, RegisterFigure
from models.database import writing
from models.regroup import regroup
from models.store_register import Year, carried_names, of_year, owner_of, register_before

_Kept = tuple[Entry, list[str]]
"""An entry, and the former names of its code."""


@dataclass(frozen=True, slots=True)
class Change:
    """How an import changed one year's register: against the one it replaced, or the nearest other.
    `renamed` gives the old name with the new entry."""

    total: int
    new: tuple[Entry, ...]
    gone: tuple[Entry, ...]
    renamed: tuple[tuple[str, Entry], ...]


def import_registers(engine: Engine, registers: Mapping[Year, Sequence[Entry]]) -> dict[Year, Change]:
    """Put these registers in the place of their years' own, and every submission under its department,
    in one transaction. A renamed code keeps its old name as an alias. Raises DatabaseTrouble."""
    changes = {}
    with writing(engine) as db:
        for year, entries in sorted(registers.items(), key=lambda item: item[0] or 0):
            kept, changes[year] = _compared(register_before(db, year), entries, carried_names(db, year))
            db.execute(delete(RegisterEntry).where(of_year(year)))
            for entry, former in kept:
                _insert(db, year, entry, former)
        regroup(db, partial(_whose, db))
    return changes


def _whose(db: Connection, printed: str, code: str | None, fiscal_year: int) -> tuple[str, str | None]:
    owner = owner_of(db, printed, code, fiscal_year)
    return owner.name, owner.code


def _compared(
    before: Sequence[Entry], entries: Sequence[Entry], carried: Mapping[str, Sequence[str]]
) -> tuple[list[_Kept], Change]:
    """The entries with the names that their codes had before, and what is new, gone and renamed."""
    known = {entry.code: entry for entry in before}
    taken = {name for entry in entries for name in entry.names}
    kept, renamed = [], []
    for entry in entries:
        old = known.get(entry.code)
        names = list(carried.get(entry.code, ()))
        if old is not None and old.name != entry.name:
            renamed.append((old.name, entry))
            names.append(old.name)
        kept.append((entry, [name for name in dict.fromkeys(names) if name not in taken]))
        taken.update(names)
    codes = {entry.code for entry in entries}
    new = tuple(entry for entry in entries if entry.code not in known)
    gone = tuple(entry for entry in before if entry.code not in codes)
    return kept, Change(len(entries), new, gone, tuple(renamed))


def _insert(db: Connection, year: Year, entry: Entry, former: Sequence[str]) -> None:
    row = {"fiscal_year": year, "code": entry.code, "name": entry.name}
    row |= {"parent_code": entry.parent, "must_submit": entry.must_submit}
    number = db.execute(insert(RegisterEntry).values(**row).returning(RegisterEntry.id)).scalar_one()
    named = [(name, False) for name in entry.aliases] + [(name, True) for name in former]
    for name, carried in named:
        db.execute(insert(RegisterAlias).values(register_entry_id=number, name=name, carried=carried))
    for name, figure in entry.figures.items():
        db.execute(insert(RegisterFigure).values(register_entry_id=number, name=name, **_written(figure)))


def _written(figure: Quantity) -> dict[str, Any]:
    exponent = figure.value.as_tuple().exponent
    locus = figure.locus
    return {
        "value": figure.value,
        "places": -exponent if isinstance(exponent, int) else 0,
        "step": figure.step,
        "unit": figure.unit,
        "text": figure.text,
        "source": "" if locus is None else locus.source,
        "row_no": None if locus is None or locus.row is None else locus.row + 1,
    }
