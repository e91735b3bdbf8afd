"""The finance bureau's own register of departments (部门名录): who they are, what its books say of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from extract.quantity import Quantity

BookFigure = Literal["authorized", "on_duty", "initial_budget", "annual_budget", "budget", "executed"]
"""What the bureau's books may give of a department. `budget` is a bare 预算数: of which stage is not said."""

BOOK_FIGURES: tuple[BookFigure, ...] = get_args(BookFigure)
BOOK_PEOPLE: tuple[BookFigure, ...] = ("authorized", "on_duty")
BOOK_UNITS = ("元", "千元", "万元", "亿元")
BOOK_WORDS: Mapping[BookFigure, str] = {
    "authorized": "编制数",
    "on_duty": "实有人数",
    "initial_budget": "年初预算数",
    "annual_budget": "全年预算数",
    "budget": "预算数",
    "executed": "决算数",
}
"""Which of them count people, the units that money may be given in, and their names for a clerk."""

OFFICE_ITSELF = re.compile(r"[(（]?(?:机关|本级)[)）]?$")
"""What makes a department's name that of its own office, without its units: «(本级)», «机关»."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A department of the register.

    `aliases` are former, short and merged names; `parent` is the code of the department in charge
    (主管部门), None for one that has none; `figures` are money in 万元 and counts of people, each with
    the register's file and row as its locus.
    """

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    parent: str | None = None
    must_submit: bool = True
    figures: Mapping[BookFigure, Quantity] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.aliases)


def department_key(name: str) -> str:
    """What makes a department's name the same name: NFKC, without white space."""
    return "".join(unicodedata.normalize("NFKC", name).split())


def by_name(entries: Iterable[Entry]) -> dict[str, Entry]:
    """Every name of a register with its entry. A department's own name goes before another's alias."""
    known = list(entries)
    claimed = {department_key(alias): entry for entry in known for alias in entry.aliases}
    return claimed | {department_key(entry.name): entry for entry in known}


def entry_named(register: Mapping[str, Entry], name: str) -> Entry | None:
    """The entry that bears a name, or bears it without «(本级)» or «机关» at its end."""
    key = department_key(name)
    return register.get(key) or register.get(OFFICE_ITSELF.sub("", key))


def is_one_department(one: tuple[str, str | None], other: tuple[str, str | None]) -> bool:
    """Whether two submissions are one department's by their own words, a name and a code each: two that
    were merged since share no code, and neither's name is a short form of the other's."""
    short, long = sorted((department_key(one[0]), department_key(other[0])), key=len)
    rest = iter(long)
    shortened = all(character in rest for character in short)
    return shortened or (one[1] is not None and one[1] == other[1])
