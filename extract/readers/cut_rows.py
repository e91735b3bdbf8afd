"""At a page break inside a table: was a row cut in two, and which merged cells go on below?

Weighs what the page shows (a line with no room left, a bracket left open, a missing bottom rule, a row
that holds text only where the row above does), and says when that is no proof.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from extract.readers.grid_finder import Draft, PageGrid
from extract.readers.layout import Line
from extract.readers.text_flow import CLOSING, ENDING, MARKER, OPENING, between, is_full

FIGURE = re.compile(r"[≥≤＞＜><=＝±－+-]*\d[\d,.，]*\s*[%％]?[^\d\s]{0,4}")
LISTED = re.compile(r"[（(]?(\d{1,2})[、.．)）](?!\d)")
SLIVER = 13.0
"""A blank row lower than a line of text is what a cut left behind."""
USUALLY_MERGED = 0.3
"""A column is one of merged labels if this share of its cells span rows."""
PROOF, HINT = 3, 2


@dataclass(frozen=True, slots=True)
class Cut:
    joined: bool
    doubtful: bool = False


def is_cut(
    upper: Sequence[Draft], lower: Sequence[Draft], seam: int, part: PageGrid, height: float, inset: float
) -> Cut:
    """Whether the last row of `upper` (rows end at `seam`) and the first of `lower` are one row."""
    pairs = list(_pairs(upper, lower, seam))
    plain = [(a, b) for a, b in pairs if a.row_span == 1 and b.row_span == 1]
    if len(pairs) != _starting(lower) or not plain:
        return Cut(False)
    filled_above = [a for a, _ in plain if not a.blank]
    filled_below = [b for _, b in plain if not b.blank]
    if not filled_below:
        return Cut(height < SLIVER)
    if not filled_above:
        return Cut(part.ys[-1] - part.ys[-2] < SLIVER)
    both = [(a, b) for a, b in plain if a.lines and b.lines]
    if any(_figure(a) and _figure(b) and not _one_number(a, b, inset) for a, b in both):
        return Cut(False)
    score = sum(_runs_on(a, b, inset) for a, b in both)
    if part.open_bottom:
        score += HINT
    if both and all(not a.blank for a, b in plain if not b.blank) and len(filled_below) < len(filled_above):
        score += HINT if _usual_fill(upper) > len(filled_below) else HINT - 1
    if _figures(filled_above) and _figures(filled_below):
        score -= HINT
    return Cut(score >= HINT, doubtful=HINT <= score < PROOF or score == HINT - 1)


def _pairs(upper: Sequence[Draft], lower: Sequence[Draft], seam: int) -> Iterator[tuple[Draft, Draft]]:
    """The cells that meet at the seam and cover the same columns."""
    above = {(cell.column, cell.column_span): cell for cell in upper if cell.bottom == seam}
    for cell in lower:
        if cell.row == 0 and (cell.column, cell.column_span) in above:
            yield above[cell.column, cell.column_span], cell


def _starting(lower: Sequence[Draft]) -> int:
    return sum(cell.row == 0 for cell in lower)


def _text(cell: Draft) -> str:
    return "".join(line.text for line in cell.lines)


def _one_number(above: Draft, below: Draft, inset: float) -> bool:
    """Whether a decimal was cut: its parts make one number, and the first fills its line."""
    last, first = above.lines[-1], below.lines[0]
    return between(last, first, above.box[2] - above.box[0] - inset) == "" and len(above.lines) == 1


def _figure(cell: Draft) -> bool:
    return FIGURE.fullmatch(_text(cell)) is not None


def _figures(cells: Sequence[Draft]) -> bool:
    return any(_figure(cell) for cell in cells)


def _runs_on(above: Draft, below: Draft, inset: float) -> int:
    """How plainly the text below goes on from the text above; negative where it begins afresh."""
    last, first = above.lines[-1], below.lines[0]
    if first.text[0] in CLOSING or last.text[-1] in OPENING or last.text[-1] in "、，,":
        return PROOF
    if _next_in_list(above, first):
        return PROOF
    fresh = last.text[-1] in ENDING or MARKER.match(first.text) is not None
    if not is_full(last, first, above.box[2] - above.box[0] - inset):
        return -HINT if not fresh else -1
    if fresh:
        return 0
    return PROOF if len(last.text) >= 4 and last.width > 3 * last.size else HINT


def _next_in_list(above: Draft, first: Line) -> bool:
    """Whether the line carries the number that follows in the list of the cell above."""
    numbers = [int(found[1]) for line in above.lines if (found := LISTED.match(line.text))]
    following = LISTED.match(first.text)
    return following is not None and len(numbers) > 1 and int(following[1]) == numbers[-1] + 1


def _usual_fill(cells: Sequence[Draft]) -> float:
    """How many cells of a row hold text, in the middle."""
    filled: dict[int, int] = {}
    for cell in cells:
        filled[cell.row] = filled.get(cell.row, 0) + (not cell.blank)
    return median(filled.values()) if filled else 0.0


def heal_row(upper: Sequence[Draft], lower: Sequence[Draft], seam: int) -> list[Draft]:
    """Pour the first row of `lower` into the last of `upper`; returns the cells that are left."""
    poured = set()
    for above, below in _pairs(upper, lower, seam):
        _pour(above, below)
        above.row_span += below.row_span - 1
        poured.add(id(below))
    return [cell for cell in lower if id(cell) not in poured]


def _pour(above: Draft, below: Draft) -> None:
    if above.blank:
        above.page, above.box = below.page, below.box
    above.lines = [*above.lines, *below.lines]
    above.vertical += below.vertical


def extend_merged(upper: Sequence[Draft], lower: Sequence[Draft], seam: int) -> tuple[list[Draft], bool]:
    """Let merged cells go on over the page break; returns the cells left below, and whether in doubt.

    From left to right: where a label begins afresh, the finer labels to its right do so too.
    """
    gone = set()
    doubtful = False
    for above, below in sorted(_pairs(upper, lower, seam), key=lambda pair: pair[0].column):
        labels = _is_label_column([*upper, *lower], above)
        spans = above.row_span > 1 or below.row_span > 1
        if not below.blank and labels and not above.blank:
            break
        if below.blank and above.blank:
            goes_on = spans and labels
        elif below.blank:
            goes_on = spans or labels
            doubtful |= goes_on and not labels
        else:
            goes_on = above.blank and above.row_span > 1 and labels
            doubtful |= goes_on
        if goes_on:
            _pour(above, below)
            above.row_span += below.row_span
            gone.add(id(below))
    return [cell for cell in lower if id(cell) not in gone], doubtful


def _is_label_column(cells: Sequence[Draft], like: Draft) -> bool:
    alike = [
        cell
        for cell in cells
        if (cell.column, cell.column_span) == (like.column, like.column_span)
        and (cell.row_span > 1 or not cell.blank)
    ]
    return sum(cell.row_span > 1 for cell in alike) >= USUALLY_MERGED * len(alike) > 0
