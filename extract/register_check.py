"""What must hold of a register as a whole: codes and names are one department's, parents are there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from extract.bureau import BookFigure, Entry, by_name
from extract.quantity import Quantity

CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as its row gives it: its parent may be a name yet; `row` counts from 1."""

    row: int
    year: int | None
    entry: Entry


def faults(lines: Sequence[Line]) -> Iterator[str]:
    """Why these can't be a register, in the order of the rows: «第5行：编码 110001 与第3行重复。…»."""
    for year in dict.fromkeys(line.year for line in lines):
        of_year = [line for line in lines if line.year == year]
        yield from _doubled(of_year)
        yield from _parents(of_year)


def with_parents(lines: Sequence[Line]) -> list[Line]:
    """The lines with their parents as codes; a department that names itself has none."""
    settled = []
    for year in dict.fromkeys(line.year for line in lines):
        of_year = [line for line in lines if line.year == year]
        known = _known(of_year)
        for line in of_year:
            parent = known.get(line.entry.parent or "")
            code = None if parent is None or parent.code == line.entry.code else parent.code
            settled.append(replace(line, entry=replace(line.entry, parent=code)))
    return settled


def same_places(lines: Sequence[Line]) -> list[Line]:
    """The lines with the precision of their columns: where one prints 615.25, another's 1363.4 is 1363.40."""
    finest: dict[BookFigure, Decimal] = {}
    for line in lines:
        for name, figure in line.entry.figures.items():
            finest[name] = min(finest.get(name, figure.step), figure.step)
    return [
        replace(
            line,
            entry=replace(
                line.entry, figures={name: _to(one, finest[name]) for name, one in line.entry.figures.items()}
            ),
        )
        for line in lines
    ]


def _to(figure: Quantity, finest: Decimal) -> Quantity:
    step = finest if figure.unit == "元" else min(figure.step, max(finest, CENT))
    return replace(figure, step=step) if figure.kind == "money" else figure


def _doubled(lines: Sequence[Line]) -> Iterator[str]:
    codes: dict[str, int] = {}
    names: dict[str, int] = {}
    for line in lines:
        code, name = line.entry.code, line.entry.name
        if code in codes:
            yield f"第{line.row}行：编码 {code} 与第{codes[code]}行重复。请改正其中一个，或删去重复的一行"
        if name in names:
            yield f"第{line.row}行：名称“{name}”与第{names[name]}行重复。请改正其中一个，或删去重复的一行"
        codes.setdefault(code, line.row)
        names.setdefault(name, line.row)
    claimed: dict[str, int] = {}
    for line in lines:
        for alias in line.entry.aliases:
            owner = names.get(alias, claimed.get(alias))
            if owner is not None and owner != line.row:
                whose = "是" if alias in names else "也写在"
                yield f"第{line.row}行：曾用名“{alias}”{whose}第{owner}行。一个名称只属于一个部门，请删去一处"
            claimed.setdefault(alias, line.row)


def _parents(lines: Sequence[Line]) -> Iterator[str]:
    known = _known(lines)
    above: dict[str, str] = {}
    for line in lines:
        given = line.entry.parent
        if given is None:
            continue
        if given not in known:
            yield f"第{line.row}行：主管部门“{given}”不在名录里。请补上这个部门，或改成名录里的编码或名称"
        elif known[given].code != line.entry.code:
            above[line.entry.code] = known[given].code
    told: set[str] = set()
    for line in lines:
        chain = [line.entry.code]
        while (upper := above.get(chain[-1])) is not None and upper not in chain:
            chain.append(upper)
        if upper == line.entry.code and not told & set(chain):
            told.update(chain)
            circle = " → ".join([*chain, upper])
            yield f"第{line.row}行：主管部门绕成了圈（{circle}）。请改正其中一个的主管部门"


def _known(lines: Sequence[Line]) -> dict[str, Entry]:
    """The entries by every name and by code; a code goes before a name."""
    entries = [line.entry for line in lines]
    return by_name(entries) | {entry.code: entry for entry in entries}
