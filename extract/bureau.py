"""The finance bureau's own register of departments (部门名录): who they are, what its books say of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from extract.quantity import Quantity

BookFigure = Literal["authorized", "on_duty", "initial_budget", "annual_budget", "budget", "executed"]
"""What the bureau's books may give of a department. `budget` is a bare 预算数: of which stage is not said."""

BOOK_FIGURES: tuple[BookFigure, ...] = get_args(BookFigure)


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
