"""A page's plan before it is Word or PDF: lines and tables with merged cells, written as plain text.

A table is a run of lines whose cells are parted by `|`: `^` continues the cell above, `<` the cell
at the left, `⏎` breaks a line inside a cell. `# ` starts a heading, `---` a new page, every other
line is a paragraph. An empty line ends a table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

Style = Literal["title", "heading", "text", "right", "centre"]
Rules = Literal["strokes", "rectangles", "boxes", "dashed", "double", "open_sides"]
Wrap = Literal["plain", "control", "row_control", "cell_control", "text_box", "nested"]


class BadLayoutError(ValueError):
    """The plan can't be laid out: rows of unequal length, or a merge that is no rectangle."""


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    style: Style = "text"


@dataclass(frozen=True, slots=True)
class PageBreak:
    pass


@dataclass(frozen=True, slots=True)
class Cell:
    """A text and the rectangle of grid positions it covers, counted from 0."""

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """Cells that cover every position once. `widths` are shares of the page, `header` counts the
    rows that may be repeated on a new page, `wrap` says where Word hides the table."""

    rows: int
    columns: int
    cells: tuple[Cell, ...]
    widths: tuple[float, ...] = ()
    header: int = 0
    wrap: Wrap = "plain"

    def shares(self) -> list[float]:
        """The columns' widths as fractions that add up to 1; by the longest word where none are given."""
        given = self.widths or [_share(self, column) for column in range(self.columns)]
        if len(given) != self.columns:
            raise BadLayoutError(f"{len(given)} widths for {self.columns} columns")
        return [width / sum(given) for width in given]


Block = Line | Table | PageBreak


@dataclass(frozen=True, slots=True)
class Look:
    """How a file is dressed: what differs between two offices that print the same table."""

    landscape: bool = False
    size: float = 10.5
    rules: Rules = "strokes"
    repeat_header: bool = False
    cut_rows: bool = False
    page_numbers: bool = True


def table(text: str, widths: Sequence[float] = (), header: int = 0, wrap: Wrap = "plain") -> Table:
    """The one table that `text` draws.

    Raises BadLayoutError where rows differ in length or a merge is no rectangle.
    """
    rows = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    return Table(len(rows), len(rows[0]), tuple(_merge(rows)), tuple(widths), header, wrap)


def plan(text: str) -> list[Block]:
    """The blocks of a whole text in this module's notation."""
    blocks: list[Block] = []
    rows: list[str] = []
    for line in [*text.splitlines(), ""]:
        if "|" in line:
            rows.append(line)
            continue
        if rows:
            blocks.append(table("\n".join(rows)))
            rows = []
        stripped = line.strip()
        if stripped == "---":
            blocks.append(PageBreak())
        elif stripped.startswith("# "):
            blocks.append(Line(stripped[2:].strip(), "heading"))
        elif stripped:
            blocks.append(Line(stripped))
    return blocks


def _merge(rows: list[list[str]]) -> Iterator[Cell]:
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    for row, cells in enumerate(rows):
        if len(cells) != len(rows[0]):
            raise BadLayoutError(f"row {row} has {len(cells)} cells, the first has {len(rows[0])}: {cells}")
        for column, text in enumerate(cells):
            place = {"^": (row - 1, column), "<": (row, column - 1)}.get(text)
            if place is not None and place not in owner:
                raise BadLayoutError(f"nothing to merge with at row {row}, column {column}")
            owner[row, column] = owner[place] if place else (row, column)
    for row, column in sorted(set(owner.values())):
        covered = [place for place, first in owner.items() if first == (row, column)]
        height = max(place[0] for place in covered) - row + 1
        width = max(place[1] for place in covered) - column + 1
        if len(covered) != height * width:
            raise BadLayoutError(f"the cell at row {row}, column {column} is no rectangle")
        yield Cell(rows[row][column].replace("⏎", "\n"), row, column, height, width)


def _share(grid: Table, column: int) -> float:
    texts = [cell.text for cell in grid.cells if cell.column == column and cell.column_span == 1]
    longest = max((len(line) for text in texts for line in text.split("\n")), default=4)
    return float(min(max(longest, 4), 12))
