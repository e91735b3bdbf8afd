"""What a file shows, before anybody knows what a staffing table is.

Rows, columns, tables, paragraphs and pages are counted from 0 inside the program, except pages and
table numbers, which count from 1 because people and PDF viewers count them so; `Locus.printed` and
the record count everything from 1.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

Box = tuple[float, float, float, float]
"""left, top, right, bottom in points (1/72 inch) from the page's upper left corner as it is shown."""


@dataclass(frozen=True, slots=True)
class Source:
    """One submitted file. Its identity is the hash of its bytes, never its name.

    `path` is what a person is shown: of a file in an archive «某局.zip › 附件1.docx». `opened` is the
    file that the reader opens instead, of the type `opened_as`, where the submitted one was unpacked,
    unlocked or converted into a scratch folder; both are empty otherwise. `second` is another conversion
    of it, to be compared.
    """

    name: str
    path: str
    sha256: str
    media_type: str
    size: int
    reader: str = ""
    pages: int | None = None
    note: str = ""
    opened: str = field(default="", compare=False)
    opened_as: str = field(default="", compare=False)
    second: str = field(default="", compare=False)

    @property
    def file(self) -> Path:
        """The file to open."""
        return Path(self.opened or self.path)

    @property
    def type(self) -> str:
        """The media type of the file to open."""
        return self.opened_as or self.media_type


@dataclass(frozen=True, slots=True)
class Locus:
    """Where something stands in a source: enough for a person to find it with a finger.

    `page` and `table` count from 1; `row`, `column` and `paragraph` from 0 in the layout grid and
    among the document's paragraphs. `part` names a part of the package other than the main one.
    """

    source: str
    page: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    paragraph: int | None = None
    part: str | None = None
    box: Box | None = None

    @property
    def spot(self) -> Locus:
        """The place without its box: the same for all that was read there."""
        return replace(self, box=None)

    def printed(self) -> str:
        """The place in Chinese: «附件2.pdf 第3页 表2 第5行第8列»."""
        words = [self.source]
        if self.page is not None:
            words.append(f"第{self.page}页")
        if self.part is not None:
            words.append(self.part)
        if self.table is not None:
            words.append(f"表{self.table}")
        if self.row is not None and self.column is not None:
            words.append(f"第{self.row + 1}行第{self.column + 1}列")
        if self.paragraph is not None:
            words.append(f"第{self.paragraph + 1}段")
        return " ".join(words)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text as printed (lines parted by \\n) and the grid positions it covers.

    `sure` is the reader's confidence, 1 for digital text and always less for what was recognised on a
    picture; `readings` are other readings of the same print that were really made: a scan's second
    reader's or, of a digital cell, a second converter's.
    """

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    page: int | None = None
    box: Box | None = None
    sure: float = 1.0
    readings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as laid out: every position (row, column) is covered by at most one cell.

    `number` counts the document's tables from 1 in reading order; `caption` is the nearest text
    above that belongs to no other table, where the reader can tell. `ruled` is False for a table
    found by text alignment alone. `doubtful_joins` are the rows at which the reader joined two
    pages without proof that it should have. `part` names the sheet a table stands on, `first` the row and
    column of that sheet in which it begins.
    """

    number: int
    rows: int
    columns: int
    cells: tuple[Cell, ...]
    caption: str = ""
    page: int | None = None
    ruled: bool = True
    doubtful_joins: tuple[int, ...] = ()
    part: str | None = None
    first: tuple[int, int] = (0, 0)

    def layout(self) -> list[list[Cell | None]]:
        """The grid spread out: `rows` lists of `columns` places, a spanning cell in each it covers."""
        places: list[list[Cell | None]] = [[None] * self.columns for _ in range(self.rows)]
        for cell in self.cells:
            for row in range(cell.row, cell.row + cell.row_span):
                for column in range(cell.column, cell.column + cell.column_span):
                    places[row][column] = cell
        return places


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A run of text outside tables. `furniture` is a page's header, footer or number."""

    text: str
    index: int
    page: int | None = None
    kind: Literal["text", "heading", "furniture"] = "text"
    box: Box | None = None
    sure: float = 1.0


Block = Paragraph | Grid


@dataclass(frozen=True, slots=True)
class Document:
    """What one file shows, in reading order. Nothing is dropped in silence: see `warnings` (Chinese)."""

    source: Source
    blocks: tuple[Block, ...]
    warnings: tuple[str, ...] = ()

    def grids(self) -> Iterator[Grid]:
        return (block for block in self.blocks if isinstance(block, Grid))

    def paragraphs(self) -> Iterator[Paragraph]:
        return (block for block in self.blocks if isinstance(block, Paragraph))
