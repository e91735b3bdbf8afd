"""Rows of marks shared out: «产出、效益、满意度指标分值分别为50分、30分、10分，得分分别为…»."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from extract.forms.amounts import Number

_ROW = re.compile(r"(?P<before>[^，,；;。:]{0,60})分别(?:为|是|得)?(?=\d)")
_KINDS = re.compile(r"(?:等?(?:[一二两三四五]|\d)?(?:大?类|个方面|项)|等)?(?:指标|目标)?(?:的)?$")
_SPLIT = re.compile(r"[、和及与]")
_BETWEEN = ("、", "，", ",", "和", "及", "与")


@dataclass(frozen=True, slots=True)
class Shared:
    """A number of a row: which class it belongs to, and whether it is a weight or a score."""

    number: Number
    topic: str
    role: str


def shared_rows(
    plain: str,
    found: tuple[Number, ...],
    class_of: Callable[[str], str | None],
    role_at_end: Callable[[str], tuple[str, str] | None],
) -> Iterator[Shared]:
    """Every number of every row whose names are classes and as many as its numbers.

    `class_of` names a class, `role_at_end` splits words into what stands before and weight or score.
    """
    names: list[str] = []
    if "分别" not in plain:
        return
    for match in _ROW.finditer(plain):
        split = role_at_end(match["before"])
        if split is None:
            continue
        before, role = split
        if before:
            given = [class_of(name) for name in _SPLIT.split(_KINDS.sub("", before)) if name]
            names = [name for name in given if name is not None]
            if len(names) != len(given):
                names = []
        row = _row(plain, found, match.end())
        if names and len(names) == len(row):
            for number, name in zip(row, names, strict=True):
                yield Shared(number, name, role)


def _row(plain: str, found: tuple[Number, ...], start: int) -> list[Number]:
    """The numbers that stand in a row from a position on."""
    row: list[Number] = []
    end = start
    for number in found:
        if number.start < start:
            continue
        if number.start != start and plain[end : number.start] not in _BETWEEN:
            break
        row.append(number)
        end = number.end
    return row
