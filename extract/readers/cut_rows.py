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
DECIMAL = re.compile(r"\d[\d,]*\.\d+")
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
    if sum(a.lines[-1].text[-1].isalpha() and DECIMAL.fullmatch(_text(b)) is not None for a, b in both) > 1:
        return Cut(False)
    key_blank = any(b.blank for a, b in plain[: plain.index(both[0])] if not a.blank) if both else False
    lists = sum(_next_in_list(a, b.lines[0], least=1) for a, b in both)
    score = sum(_runs_on(a, b, inset, short_list=key_blank or lists > 1) for a, b in both) + key_blank
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
    """Whether a number was cut: its parts make one figure, and the first fills its line."""
    last, first = above.lines[-1], below.lines[0]
    if len(above.lines) > 1 or FIGURE.fullmatch(last.text + first.text) is None:
        return False
    return between(last, first, above.box[2] - above.box[0] - inset) == ""


def _figure(cell: Draft) -> bool:
    return FIGURE.fullmatch(_text(cell)) is not None


def _figures(cells: Sequence[Draft]) -> bool:
    return any(_figure(cell) for cell in cells)


def _runs_on(above: Draft, below: Draft, inset: float, short_list: bool) -> int:
    """How plainly the text below goes on from the text above; negative where it begins afresh.

    `short_list`: a list of one item above is enough for the next item to belong to it.
    """
    last, first = above.lines[-1], below.lines[0]
    if first.text[0] in CLOSING or last.text[-1] in OPENING or last.text[-1] in "、，,":
        return PROOF
    if _next_in_list(above, first, least=1 if short_list else 2):
        return PROOF
    fresh = last.text[-1] in ENDING or MARKER.match(first.text) is not None
    if not is_full(last, first, above.box[2] - above.box[0] - inset):
        return -HINT if not fresh else -1
    if fresh:
        return 0
    return PROOF if len(last.text) >= 4 and last.width > 3 * last.size else HINT


def _next_in_list(above: Draft, first: Line, least: int) -> bool:
    """Whether the line carries the number that follows in the list, `least` long, of the cell above."""
    numbers = [int(found[1]) for line in above.lines if (found := LISTED.match(line.text))]
    following = LISTED.match(first.text)
    return following is not None and len(numbers) >= least and int(following[1]) == numbers[-1] + 1


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
        above.page, above.box, above.readings = below.page, below.box, below.readings
    elif not below.blank:
        above.readings = ()
    above.sure = min(above.sure, below.sure)
    above.lines = [*above.lines, *below.lines]
    above.vertical += below.vertical


def extend_merged(
    upper: Sequence[Draft], lower: Sequence[Draft], seam: int, inset: float
) -> tuple[list[Draft], bool]:
    """Let merged cells go on over the page break; returns the cells left below, and whether in doubt.

    From left to right: where a label begins afresh, the finer labels to its right do so too.
    """
    gone: set[int] = set()
    doubtful = False
    filled = sum(not cell.blank for cell in lower if cell.row == 0) >= 2
    for above, below in sorted(_pairs(upper, lower, seam), key=lambda pair: pair[0].column):
        column = _column([*upper, *lower], above)
        labels = _holds_labels(column)
        spans = above.row_span > 1 or below.row_span > 1
        if not below.blank and not above.blank and labels:
            goes_on = _label_cut(column, above, below, inset)
            if not goes_on:
                break
        elif below.blank and above.blank:
            goes_on = spans and labels
        elif below.blank:
            leads = len(gone) == below.column and filled and _never_blank(column, below)
            goes_on = spans or labels or (leads and not _figure(above))
        else:
            goes_on = above.blank and labels and (above.row_span > 1 or _never_blank(column, above))
        if goes_on:
            doubtful |= not (below.blank and labels and spans)
            _pour(above, below)
            above.row_span += below.row_span
            gone.add(id(below))
    return [cell for cell in lower if id(cell) not in gone], doubtful


def _column(cells: Sequence[Draft], like: Draft) -> list[Draft]:
    return [cell for cell in cells if (cell.column, cell.column_span) == (like.column, like.column_span)]


def _holds_labels(column: Sequence[Draft]) -> bool:
    """Whether the column is one of merged labels, by the share of its cells that span rows."""
    counted = [cell for cell in column if cell.row_span > 1 or not cell.blank]
    return sum(cell.row_span > 1 for cell in counted) >= USUALLY_MERGED * len(counted) > 0


def _never_blank(column: Sequence[Draft], but: Draft) -> bool:
    others = [cell for cell in column if cell is not but]
    return len(others) > 0 and not any(cell.blank for cell in others)


def _label_cut(column: Sequence[Draft], above: Draft, below: Draft, inset: float) -> bool:
    """Whether a label's end stands below the break: it is how most of the column's labels end."""
    end = _text(below)
    if not above.lines or not end or _text(above).endswith(end):
        return False
    others = [_text(cell) for cell in column if cell is not above and cell is not below and not cell.blank]
    alike = sum(label.endswith(end) and label != end for label in others)
    full = is_full(above.lines[-1], below.lines[0], above.box[2] - above.box[0] - inset)
    return full and alike >= 2 and alike >= len(others) / 2
