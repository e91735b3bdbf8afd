"""One figure of a report printed differently, by its path."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from typing import Any

from extract.quantity import Absent, Figure, Quantity
from extract.report import Report


def changed(report: Report, edits: Mapping[str, str | Figure]) -> Report:
    """The report with the figures at these paths printed differently.

    A number keeps kind and unit of the figure it replaces; "" is blank, "?" unreadable, "—" a dash.
    """
    for path, text in edits.items():
        report = _put(report, _steps(report, path), text)
    return report


def printed(text: str, like: Figure) -> Figure:
    """A figure as `text` would be read where `like` stood."""
    if text in ("", "?", "—"):
        why = {"": "blank", "?": "unreadable", "—": "dash"}[text]
        return Absent(why, text, like.locus)  # type: ignore[arg-type]  # one of three literals
    places = len(text.rstrip("%").partition(".")[2])
    value, step = Decimal(text.rstrip("%")), Decimal(1).scaleb(-places)
    if text.endswith("%"):
        return Quantity(value / 100, step / 100, "rate", "%", text, like.locus)
    if isinstance(like, Quantity):
        return replace(like, value=value, step=step, text=text)
    return Quantity(value, step, "money", "万元", text, like.locus)


def _put(node: Any, steps: list[str | int], text: str | Figure) -> Any:
    if not steps:
        return printed(text, node) if isinstance(text, str) else text
    first, *rest = steps
    if isinstance(first, int):
        return (*node[:first], _put(node[first], rest, text), *node[first + 1 :])
    assert is_dataclass(node)
    assert first in {field.name for field in fields(node)}
    return replace(node, **{first: _put(getattr(node, first), rest, text)})  # type: ignore[type-var]  # any of them


def _steps(report: Report, path: str) -> list[str | int]:
    """A path as attribute names and indexes."""
    words = path.split(".")
    if words[0] == "narrative":
        code, _, place = path.removeprefix("narrative.").partition("#")
        found = [i for i, figure in enumerate(report.narrative) if figure.code == code]
        return ["narrative", found[int(place or 1) - 1], "value"]
    if words[0] == "expenses":
        item, _, place = words[1].partition("#")
        found = [i for i, row in enumerate(report.expenses) if row.item == item]
        return ["expenses", found[int(place or 1) - 1], words[2]]
    steps: list[str | int] = [int(word) if word.isdigit() else word for word in words]
    if words[0] in ("listed_sums", "shares") and words[-1] != "percent":
        steps.append("value")
    return steps
