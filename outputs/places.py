"""Places told so that a finger can find them: each file once, the cells of a column in one breath."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from extract.document import Locus

_MANY = 3
"""From how many cells of one column on their rows are told together."""


def place_lines(loci: Iterable[Locus]) -> list[str]:
    """A line a file: «附件2.docx 第3页 表2 第5行第8列、第6行第8列；第12段»."""
    return [f"{source} {'；'.join(spots)}".rstrip() for source, spots in by_file(loci).items()]


def by_file(loci: Iterable[Locus]) -> dict[str, list[str]]:
    """The places within each file, both in the order cited, each once."""
    found: dict[str, dict[str, list[Locus]]] = {}
    for locus in dict.fromkeys(loci):
        found.setdefault(locus.source, {}).setdefault(_area(locus), []).append(locus)
    return {
        source: [f"{area} {_spots(inside)}".strip() for area, inside in areas.items()]
        for source, areas in found.items()
    }


def _area(locus: Locus) -> str:
    """The page, part and table that a place is in."""
    words = [
        "" if locus.page is None else f"第{locus.page}页",
        locus.part or "",
        "" if locus.table is None else f"表{locus.table}",
    ]
    return " ".join(word for word in words if word)


def _spots(loci: Sequence[Locus]) -> str:
    spots: dict[str, None] = {}
    for locus in loci:
        if locus.row is not None and locus.column is not None:
            rows = [one.row for one in loci if one.column == locus.column and one.row is not None]
            spots[_column(locus.column, rows) if len(rows) >= _MANY else _cell(locus.row, locus.column)] = (
                None
            )
        elif locus.paragraph is not None:
            spots[f"第{locus.paragraph + 1}段"] = None
    return "、".join(spots)


def _cell(row: int, column: int) -> str:
    return f"第{row + 1}行第{column + 1}列"


def _column(column: int, rows: Iterable[int]) -> str:
    """«第7列第3、13–23、25、26行»."""
    numbered = [(row - place, row + 1) for place, row in enumerate(sorted(set(rows)))]
    runs = [[row for _, row in run] for _, run in groupby(numbered, key=lambda pair: pair[0])]
    told = (f"{run[0]}–{run[-1]}" if len(run) >= _MANY else "、".join(map(str, run)) for run in runs)
    return f"第{column + 1}列第{'、'.join(told)}行"
