"""How truly scans are read: numeric cells right, asked about, lost, wrong in silence, by how a page came.

The pages are tables of invented submissions, negatives among them, printed as PDF, pictured and spoilt. The
same page read as digital text is the truth. A cell is *asked about* where its reader is not sure of it.
"""

from __future__ import annotations

import random
import re
import resource
import time
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2

from extract.document import Box, Cell, Document, Grid, Source
from extract.intake import take
from extract.quantity import SURE
from extract.readers.registry import read_document
from samples import scans
from samples.facts import Facts
from samples.generate import write_pdf
from samples.honest import honest
from samples.wordings import WORDINGS

LEAST = 15
"""A page with fewer numeric cells is left out."""
FIGURE = re.compile(r"[-+(]*\d[\d,]*(?:\.\d+)?%?\)?[分个人座次]*")
Spoil = Callable[["Printed", random.Random], scans.Picture]


@dataclass(frozen=True, slots=True)
class Printed:
    """A page before it was scanned: its file, and what it says."""

    pdf: Path
    truth: Document

    def picture(self, dpi: int = 200) -> scans.Picture:
        (page,) = scans.pages(self.pdf, dpi)
        return page

    def cells(self, wanted: Callable[[str], bool]) -> list[Box]:
        """Where the cells stand whose text is wanted, in points."""
        return [
            cell.box
            for grid in self.truth.grids()
            for cell in grid.cells
            if cell.box is not None and wanted(folded(cell.text))
        ]


@dataclass(slots=True)
class Marks:
    """What became of a variant's numeric cells. `asked` of the right ones were asked about too."""

    cells: int = 0
    right: int = 0
    asked: int = 0
    marked: int = 0
    lost: int = 0
    silent: list[str] = field(default_factory=list)
    seconds: float = 0.0
    pages: int = 0


def accuracy(seed: int, count: int) -> Iterator[tuple[str, Marks]]:
    """For each variant by name, what was read of `count` pages that nobody has seen before this seed."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        printed = list(_pages(seed, count, folder))
        for variant, spoil in VARIANTS.items():
            marks = Marks()
            for number, page in enumerate(printed):
                picture = spoil(page, random.Random(f"{variant}{seed}{number}"))
                _read(picture, page, marks, folder / f"{variant}{number}.png")
            yield variant, marks


def memory(count: int, seed: int = 0) -> Iterator[tuple[int, float]]:
    """This process's MB after so many pages read one after another, ten times on the way to `count`."""
    with TemporaryDirectory() as name:
        (page,) = _pages(seed, 1, Path(name))
        path = Path(name) / "page.png"
        scans.scanned(page.picture(), 200, random.Random(seed)).save(path)
        for number in range(1, count + 1):
            _document(path)
            if number % max(1, count // 10) == 0:
                yield number, _resident()


def _resident() -> float:
    words = Path("/proc/self/statm").read_text(encoding="ascii").split()
    return int(words[1]) * resource.getpagesize() / (1 << 20)


def _pages(seed: int, count: int, folder: Path) -> Iterator[Printed]:
    """Pages with tables, the wordings in turn."""
    found = 0
    for turn in range(count * 10):
        wording = sorted(WORDINGS)[turn % len(WORDINGS)]
        made = _negated(honest(seed + turn, wording), random.Random(seed + turn))
        candidates = [
            page
            for pdf in write_pdf(made, folder / str(turn))
            for page in _single(pdf)
            if len(page.cells(lambda text: FIGURE.fullmatch(text) is not None)) >= LEAST
        ]
        if candidates and found < count:
            found += 1
            yield candidates[turn // len(WORDINGS) % len(candidates)]


def _negated(made: Facts, dice: random.Random) -> Facts:
    """The facts with every third row of expenses in the red."""
    for row in made.expenses:
        if row.budget and dice.random() < 1 / 3:
            final = None if row.final is None else -row.final
            made = made.with_expense(replace(row, budget=-row.budget, final=final))
    return made


def _single(pdf: Path) -> Iterator[Printed]:
    """Each page as a file of its own."""
    with pypdfium2.PdfDocument(pdf) as document:
        for number in range(len(document)):
            path = pdf.with_name(f"{pdf.stem}-{number}.pdf")
            with pypdfium2.PdfDocument.new() as page:
                page.import_pages(document, [number])
                page.save(path)
            yield Printed(path, _document(path))


def _document(path: Path) -> Document:
    source = take(path)
    assert isinstance(source, Source), source
    return read_document(source)


def _read(picture: scans.Picture, page: Printed, marks: Marks, path: Path) -> None:
    picture.save(path)
    start = time.process_time()
    found = _document(path)
    marks.seconds += time.process_time() - start
    marks.pages += 1
    for wanted, got in matched(list(page.truth.grids()), list(found.grids())):
        _judge(wanted, got, marks)


def _judge(wanted: Cell, got: Cell | None, marks: Marks) -> None:
    text = folded(wanted.text)
    numeric = FIGURE.fullmatch(text) is not None
    marks.cells += numeric
    if got is None:
        marks.lost += numeric
    elif folded(got.text) == text:
        marks.right += numeric
        marks.asked += numeric and got.sure < SURE
    elif got.sure < SURE:
        marks.marked += numeric
    elif numeric or (not text and FIGURE.fullmatch(folded(got.text))):
        marks.silent.append(f"{wanted.text!r} as {got.text!r}")


def folded(text: str) -> str:
    """A text as figures are compared: no spaces or thousands separators, half-width."""
    return "".join(unicodedata.normalize("NFKC", text).split()).replace(",", "").replace("−", "-")


def matched(truth: Sequence[Grid], found: Sequence[Grid]) -> Iterator[tuple[Cell, Cell | None]]:
    """Each true cell with the cell found in its place, None where there is none.

    Tables laid out alike are matched by their positions; others by rows of the same words and as many cells.
    """
    if [_layout(grid) for grid in truth] == [_layout(grid) for grid in found]:
        for grid, other in zip(truth, found, strict=True):
            at = {(cell.row, cell.column): cell for cell in other.cells}
            yield from ((cell, at[cell.row, cell.column]) for cell in grid.cells)
        return
    rows = [row for grid in truth for row in _rows(grid)]
    others = [row for grid in found for row in _rows(grid)]
    pairs: dict[int, list[Cell]] = {}
    matcher = SequenceMatcher(None, [_words(row) for row in rows], [_words(row) for row in others], False)
    for kind, first, last, other_first, end in matcher.get_opcodes():
        if kind == "equal" or (kind == "replace" and last - first == end - other_first):
            pairs.update(zip(range(first, last), others[other_first:end], strict=True))
    for place, row in enumerate(rows):
        beside = pairs.get(place, [])
        for index, cell in enumerate(row):
            yield cell, beside[index] if len(beside) == len(row) else None


def _layout(grid: Grid) -> set[tuple[int, int, int, int]]:
    return {(cell.row, cell.column, cell.row_span, cell.column_span) for cell in grid.cells}


def _rows(grid: Grid) -> list[list[Cell]]:
    """The cells by the row that they begin in, from left to right."""
    rows: dict[int, list[Cell]] = {}
    for cell in sorted(grid.cells, key=lambda cell: (cell.row, cell.column)):
        rows.setdefault(cell.row, []).append(cell)
    return list(rows.values())


def _words(row: Sequence[Cell]) -> str:
    return "|".join(re.sub(r"[^一-鿿]", "", folded(cell.text)) for cell in row)


def _plain(name: str, dpi: int = 200) -> Spoil:
    return lambda page, chance: scans.VARIANTS[name](page.picture(dpi), dpi, chance)


def _stamped(wanted: Callable[[str], bool], then: str = "scanned", count: int = 2) -> Spoil:
    """Red seals on cells of one sort."""

    def spoil(page: Printed, chance: random.Random) -> scans.Picture:
        picture, boxes = page.picture(), page.cells(wanted)
        for box in chance.sample(boxes, min(count, len(boxes))):
            middle = ((box[0] + box[2]) / 2 * 200 / 72, (box[1] + box[3]) / 2 * 200 / 72)
            picture = scans.stamped(picture, 200, (int(middle[0]), int(middle[1])), scans.RED, chance)
        return scans.VARIANTS[then](picture, 200, chance)

    return spoil


def _label(text: str) -> bool:
    return 2 <= len(re.sub(r"[^一-鿿]", "", text)) <= 14


VARIANTS: dict[str, Spoil] = {
    "300 dpi": _plain("scanned", 300),
    "200 dpi": _plain("scanned"),
    "150 dpi": _plain("at_150"),
    "200 dpi, grey": _plain("grey"),
    "200 dpi, faint": _plain("faint"),
    "200 dpi, rough JPEG": lambda page, chance: scans.compressed(page.picture(), 30),
    "skewed 2°": _plain("skewed"),
    "upside down": _plain("upside_down"),
    "on its side": _plain("on_its_side"),
    "black and white": _plain("black_and_white"),
    "red seals": _plain("sealed"),
    "red seals on labels": _stamped(_label),
    "red seals on figures": _stamped(lambda text: FIGURE.fullmatch(text) is not None),
    "red seals on blanks": _stamped(lambda text: not text),
    "photographed": _plain("photographed"),
    "photographed, red seals": _stamped(_label, "photographed"),
    "black and white, black seal": _plain("black_sealed"),
}
