"""One of a figure's readings, where the sums it stands in leave no other.

A choice is taken if it makes an identity exact that was broken (or open, for want of a figure that can be
read), makes no other worse, and is the only one that does. Two figures at once are changed only where two
identities speak for each of them; more are not tried.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations, product
from math import prod

from extract.forms.numbers import figure
from extract.quantity import Absent, Figure, Quantity
from readings.equation import Equation, State

CHOSEN = 0.8
"""How sure a reading is that one identity chose: still for a person to look at."""
PROVED = 0.95
"""How sure one is that several identities agree on."""
AT_ONCE = 2
TRIED = 4000

Figures = Mapping[str, Figure]
Choice = Mapping[str, Quantity]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The figures by path, the identities between them, and what rounding may hide in each figure."""

    figures: Figures
    equations: tuple[Equation, ...]
    slack: Mapping[str, Decimal]

    def state(self, equation: Equation, changed: Choice) -> State:
        return equation.state({p: changed.get(p, self.figures[p]) for p in equation.operands}, self.slack)

    def touched(self, paths: Sequence[str] | Choice) -> list[Equation]:
        return [one for one in self.equations if any(path in paths for path in one.operands)]


def choices(sheet: Sheet) -> dict[str, Quantity]:
    """The figures that another of their readings is taken for, by path."""
    others = {path: found for path, one in sheet.figures.items() if (found := _others(one))}
    proposed: list[tuple[Equation, Choice]] = []
    for equation in sheet.equations:
        if equation.kind != "limit" and sheet.state(equation, {}) > State.NEAR:
            fitting = list(_fitting(sheet, equation, others))
            if len(fitting) == 1:
                proposed.append((equation, fitting[0]))
    union = _compatible(sheet, proposed)
    return {path: _chosen(sheet, path, union) for path in union}


def _others(figure_read: Figure) -> tuple[Quantity, ...]:
    """The other figures that were read where a reader was not sure; of one chosen already, none."""
    if not figure_read.unsure or (isinstance(figure_read, Quantity) and figure_read.raw):
        return ()
    kind, unit = figure_read.kind, figure_read.unit
    if kind is None:
        return ()
    read = (figure(text, kind, unit, figure_read.locus) for text in figure_read.readings)
    own = None if isinstance(figure_read, Absent) else figure_read.value
    found = {one.value: one for one in read if isinstance(one, Quantity) and one.value != own}
    return tuple(found.values())


def _fitting(
    sheet: Sheet, equation: Equation, others: Mapping[str, tuple[Quantity, ...]]
) -> Iterator[Choice]:
    """The choices, each as small as can be, that make the identity exact and none worse."""
    movable = [path for path in equation.operands if path in others and _moves(sheet, equation, path)]
    found: list[Choice] = []
    for size in range(1, min(AT_ONCE, len(movable)) + 1):
        for paths in combinations(movable, size):
            if prod(len(others[path]) for path in paths) > TRIED:
                return
            for readings in product(*(others[path] for path in paths)):
                choice = dict(zip(paths, readings, strict=True))
                if any(one.items() <= choice.items() for one in found):
                    continue
                if _is_acceptable(sheet, equation, choice):
                    found.append(choice)
                    yield choice


def _moves(sheet: Sheet, equation: Equation, path: str) -> bool:
    """Whether an identity can tell a figure's readings apart: a rate can't those of large amounts."""
    return equation.kind != "rate" or sheet.figures[path].kind in ("rate", "count")


def _is_acceptable(sheet: Sheet, equation: Equation, choice: Choice) -> bool:
    if not _holds(sheet, equation, choice):
        return False
    return len(choice) == 1 or all(len(_mended(sheet, path, choice)) > 1 for path in choice)


def _holds(sheet: Sheet, equation: Equation, choice: Choice) -> bool:
    """Whether a choice makes the identity exact and none worse."""
    if sheet.state(equation, choice) is not State.EXACT:
        return False
    return all(sheet.state(one, choice) <= sheet.state(one, {}) for one in sheet.touched(choice))


def _mended(sheet: Sheet, path: str, choice: Choice) -> list[Equation]:
    """The sums with this figure that a choice makes exact."""
    return [
        one
        for one in sheet.touched((path,))
        if one.kind == "sum"
        and sheet.state(one, {}) is not State.EXACT
        and sheet.state(one, choice) is State.EXACT
    ]


def _compatible(sheet: Sheet, proposed: Sequence[tuple[Equation, Choice]]) -> dict[str, Quantity]:
    """The choices that hold together: where two disagree, or one undoes the other, neither is taken."""
    while proposed:
        union: dict[str, Quantity] = {}
        for _, choice in proposed:
            union |= choice
        bad = [
            (equation, choice)
            for equation, choice in proposed
            if any(union[path] != made for path, made in choice.items()) or not _holds(sheet, equation, union)
        ]
        if not bad:
            return union
        spoilt = {path for equation, choice in bad for path in (*choice, *equation.operands)}
        proposed = [(equation, choice) for equation, choice in proposed if not spoilt & choice.keys()]
    return {}


def _chosen(sheet: Sheet, path: str, union: Choice) -> Quantity:
    """The reading as the figure, the first one kept beside it."""
    first, made = sheet.figures[path], union[path]
    left = tuple(text for text in first.readings if text != made.text)
    sure = PROVED if len(_mended(sheet, path, union)) > 1 else CHOSEN
    return replace(made, sure=sure, readings=left, raw=first.text.strip() or "空白")
