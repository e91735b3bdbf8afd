"""What a reader was not sure of, carried from its cells and paragraphs to figures and places.

A figure takes its cell's other readings where they say something else than the first. Marks that
recognition loses or confuses (㎡, 万元 and 元, %) are held against what the form lets expect.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from extract.document import Cell, Grid, Locus, Paragraph
from extract.forms.numbers import MONEY_UNITS, figure, money_unit
from extract.forms.sentences import Sentence, sentences
from extract.paths import figures, with_figures
from extract.quantity import SURE, Absent, Figure, Kind, Quantity
from extract.report import Report

DOUBTED = 0.5
"""How sure a figure of a scan is at most that contradicts what its form lets expect."""
_SQUARE_METRES = re.compile(r"(?<=\d)\s*[mM](?:[2²?？z]|rn)?$")
_BARE_SIGN = re.compile(r"[>＞<＜](?![=＝])\s*\d")
_GAP = re.compile(r"(?<=[\d.,])\s+(?=[\d.,])")
_HIGHEST_RATE = Decimal(3)


def whole(text: str) -> str:
    return text


def figure_of(cell: Cell, kind: Kind, unit: str, locus: Locus, part: Callable[[str], str] = whole) -> Figure:
    """A cell's figure, with its reader's doubts; `part` gives of a text what is the figure."""

    def read(text: str) -> Figure:
        said = part(text)
        if kind == "area" and cell.sure < 1:
            said = _SQUARE_METRES.sub("㎡", said)
        return figure(said, kind, unit, locus)

    first = read(cell.text)
    if cell.sure >= 1 and not cell.readings:
        return first
    texts = [*cell.readings, *_joined(cell)]
    others = [part(text) for text in texts if not _same(read(text), first)]
    sure = min(cell.sure, DOUBTED) if cell.sure < 1 and _unexpected(first, unit) else cell.sure
    readings = tuple(dict.fromkeys(others))
    if isinstance(first, Quantity):
        return replace(first, sure=sure, readings=readings)
    return replace(first, sure=sure, readings=readings, kind=kind if readings else None, unit=unit)


def _same(one: Figure, other: Figure) -> bool:
    """Whether two readings come to the same figure, or to the same kind of none."""
    if isinstance(one, Quantity) and isinstance(other, Quantity):
        return one.value == other.value
    return isinstance(one, Absent) and isinstance(other, Absent) and one.why == other.why


def _joined(cell: Cell) -> list[str]:
    """A scan's cell without the spaces that wide digits leave: one more way to read it, if one figure."""
    text = _GAP.sub("", cell.text)
    return [text] if cell.sure < 1 and text != cell.text else []


def _unexpected(found: Figure, unit: str) -> bool:
    """No figure where one was printed, a unit of money other than its head's, or a rate beyond all that is
    printed: a % read as a digit."""
    if isinstance(found, Absent):
        return found.why == "unreadable"
    other_unit = unit in MONEY_UNITS and found.unit != unit
    return other_unit or (found.kind == "rate" and abs(found.value) > _HIGHEST_RATE)


def is_doubtful(cell: Cell) -> bool:
    """Whether a cell's words are to be looked at: also those of a scan that hold >, as which ≥ is read."""
    return cell.sure < SURE or (cell.sure < 1 and _BARE_SIGN.search(cell.text) is not None)


def unit_warnings(grid: Grid) -> Iterator[str]:
    """A warning (Chinese) for each unit of money in a grid that may be misread: 万元 for 元."""
    for cell in grid.cells:
        if cell.sure < SURE and (unit := money_unit(cell.text)):
            place = f"表{grid.number}第{cell.row + 1}行第{cell.column + 1}列"
            yield f"{place}的金额单位识别为“{unit}”，没有把握，整张表的金额都以它为准，请核对原件"


def with_doubts(report: Report, paragraphs: Sequence[Paragraph], unsure: Sequence[Locus]) -> Report:
    """The report with the figures of unsure sentences as sure as those are, and with the places, among
    those that were unsure, where it has no figure."""
    source = report.sources[0].name
    told = _sure_of(sentences(paragraphs, source)) if any(p.sure < 1 for p in paragraphs) else {}
    new: dict[str, Figure] = {}
    taken: set[Locus] = set()
    for path, found in figures(report):
        if found.locus is None:
            continue
        spot = found.locus.spot
        taken.add(spot)
        if spot in told and told[spot] < found.sure:
            new[path] = replace(found, sure=told[spot])
    words = [Locus(source, p.page, paragraph=p.index, box=p.box) for p in paragraphs if p.sure < SURE]
    places = (locus for locus in (*unsure, *words) if locus.paragraph is not None or locus.spot not in taken)
    return replace(with_figures(report, new), unsure=tuple(places))


def _sure_of(told: Iterable[Sentence]) -> Mapping[Locus, float]:
    """How sure the least sure sentence of each place is, where that is less than wholly."""
    sure: dict[Locus, float] = {}
    for sentence in told:
        if sentence.sure < 1:
            spot = sentence.locus.spot
            sure[spot] = min(sure.get(spot, 1.0), sentence.sure)
    return sure
