"""Unsure figures that the identities prove right as they were read.

A sum that comes out proves little by itself: two errors may cancel, and rows that were shifted give the same
sum. A figure is proved when the exact identities leave it no other value whatever the other unsure ones are,
when no other figure could stand in its place, and when it has an independent partner: a second identity in a
form whose rows are all there, or the same figure, surely read, in another part of the submission.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from extract.quantity import Figure, Quantity
from readings.choose import PROVED, Sheet
from readings.equation import Equation, State, determined

TELLING = 3
"""Digits of a figure that hardly ever equals another by chance."""


def proved(sheet: Sheet, whole: frozenset[str]) -> dict[str, Quantity]:
    """The figures that may be taken for sure, by path; `whole` are those of forms that lack no row."""
    exact = [one for one in sheet.equations if one.kind == "sum" and sheet.state(one, {}) is State.EXACT]
    terms = [_terms(sheet.figures, one) for one in exact]
    unknown = [{p: c for p, c in one.items() if sheet.figures[p].unsure} for one in terms]
    places = {p: frozenset((i, one[p]) for i, one in enumerate(terms) if p in one) for t in terms for p in t}
    found: dict[str, Quantity] = {}
    for path in sorted(determined(unknown)):
        figure = sheet.figures[path]
        if not isinstance(figure, Quantity) or _is_contradicted(sheet, path):
            continue
        if _is_exchangeable(sheet.figures, places, path):
            continue
        own = [one for one, term in zip(exact, terms, strict=True) if path in term]
        if (len(own) > 1 and path in whole) or any(_repeats(sheet.figures, one, path) for one in own):
            found[path] = replace(figure, sure=PROVED)
    return found


def _terms(figures: Mapping[str, Figure], equation: Equation) -> dict[str, int]:
    """The coefficients of an exact sum; of several totals that of the one that it makes."""
    parts = [figures[path] for path in equation.parts]
    added = sum((part.value for part in parts if isinstance(part, Quantity)), start=0)
    total = next(path for path, value in equation.wanted(figures) if value == added)
    return dict.fromkeys(equation.parts, 1) | ({total: -1} if total else {})


def _is_contradicted(sheet: Sheet, path: str) -> bool:
    return any(sheet.state(one, {}) is State.BROKEN for one in sheet.touched((path,)))


def _is_exchangeable(
    figures: Mapping[str, Figure], places: Mapping[str, frozenset[tuple[int, int]]], path: str
) -> bool:
    """Whether another figure could have changed places with this one, and no sum would show it."""
    return any(
        other != path and places[other] == places[path] and not _same(figures[other], figures[path])
        for other in places
    )


def _same(one: Figure, other: Figure) -> bool:
    return isinstance(one, Quantity) and isinstance(other, Quantity) and one.value == other.value


def _repeats(figures: Mapping[str, Figure], equation: Equation, path: str) -> bool:
    """Whether another part of the submission prints the same figure, and that was surely read."""
    if not equation.is_pair:
        return False
    value = figures[path]
    others = [figures[p] for p in equation.operands if p != path and _same(figures[p], value)]
    assert isinstance(value, Quantity)
    digits = len(value.value.normalize().as_tuple().digits)
    return bool(value.value) and digits >= TELLING and any(not other.unsure for other in others)
