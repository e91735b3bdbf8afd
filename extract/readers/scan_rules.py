"""The ruled lines of a levelled page, in points: rows by long lines, columns by what covers a row's height.

A rule may be thin, grey, broken or waved; the strokes of characters are none, for they reach from no rule
to another.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.readers.layout import Rule
from extract.readers.scan_models import Pixels
from extract.readers.scan_picture import DPI, dark

FAINT = 9
"""A rule is darker than what lies about it by this much, of 255."""
LONG = 1.0
"""Inches: lines across that are found by themselves; shorter ones are found between two lines down, for
the feet of large characters make lines too."""
THICK = 0.045
"""Inches: lines thicker than this are bars or the edges of pictures."""
COVERS = 0.82
"""A line that covers this share of a row's height parts two columns."""
LEAST_SEEN = 0.6
"""A stretch of which a stamp leaves less than this to be seen shows no line."""
SAME = 0.03
"""Inches within which a line wavers."""
DRAWN, ALONE = 0.7, 0.4
"""The share of a line that is drawn, and by how much it exceeds what is drawn beside it."""
LOWEST_ROW = 0.09
POINTS = 72 / DPI


def rules(hard: Pixels, stamp: Pixels) -> tuple[list[Rule], list[Rule]]:
    """The rules across and down a page, given as grey without stamps; `stamp` is 1 where these were."""
    marks = _without_specks(dark(hard, FAINT))
    flat = _long(marks)
    upright = _between(marks, stamp, flat)
    across = [rule for rule in flat if _meets(rule, upright)] if upright else flat
    short = _between(np.ascontiguousarray(marks.T), np.ascontiguousarray(stamp.T), upright)
    across += [rule for rule in short if not _known(rule, across)]
    upright = _between(marks, stamp, across)
    return [_points(rule) for rule in across], [_points(rule) for rule in upright]


def _without_specks(marks: Pixels) -> Pixels:
    """Marks that touch at least two others: dust goes, a rule of a single pixel's thickness stays."""
    company = cv2.filter2D(marks, -1, np.ones((3, 3), np.uint8), borderType=cv2.BORDER_CONSTANT)
    return np.asarray(marks & (company > 2), np.uint8)


def _points(rule: Rule) -> Rule:
    return Rule(rule.at * POINTS, rule.start * POINTS, rule.end * POINTS)


def _long(marks: Pixels) -> list[Rule]:
    """The long lines across."""
    near = max(3, int(0.02 * DPI)) | 1
    closed = cv2.morphologyEx(marks, cv2.MORPH_CLOSE, np.ones((1, near), np.uint8))
    opened = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((1, int(LONG * DPI)), np.uint8))
    joined = cv2.morphologyEx(opened, cv2.MORPH_CLOSE, np.ones((3, near), np.uint8))
    count, labels, stats, centres = cv2.connectedComponentsWithStats(np.asarray(joined, np.uint8))
    found = []
    for mark in range(1, count):
        x, y, w, h, area = stats[mark].tolist()
        if area / w > THICK * DPI or h > max(THICK * DPI, 0.02 * w):
            continue
        if _stands_alone(marks, labels[y : y + h, x : x + w] == mark, x, y):
            found.append(Rule(float(centres[mark][1]), float(x), float(x + w)))
    return found


def _stands_alone(marks: Pixels, line: NDArray[np.bool_], x: int, y: int) -> bool:
    """Whether a line, its upper left corner at (x, y), is drawn throughout and little is drawn beside it:
    a row of characters is none."""
    columns = np.flatnonzero(line.any(axis=0))
    middle = y + (line * np.arange(len(line))[:, None]).sum(axis=0)[columns] / line.sum(axis=0)[columns]
    reach = max(4, int(0.03 * DPI))

    def drawn(away: int) -> float:
        rows = np.clip(np.round(middle).astype(int) + away, 0, len(marks) - 1)
        return float(marks[rows, x + columns].mean())

    share = max(drawn(away) for away in (-1, 0, 1))
    return share >= DRAWN and share - max(drawn(-reach), drawn(reach)) >= ALONE


def _between(marks: Pixels, stamp: Pixels, flat: Sequence[Rule]) -> list[Rule]:
    """The lines down, each a piece from one row's edge to the next one's, joined where they go on. What lies
    under a stamp speaks neither for a line nor against it, where other rows have that line."""
    inset = max(2, int(0.012 * DPI))
    spread = np.asarray(cv2.dilate(marks, np.ones((1, 3), np.uint8)), np.uint8)
    plain: list[Rule] = []
    stamped: list[Rule] = []
    for top, bottom in pairwise(_levels(flat)):
        rows = slice(int(top) + inset, int(bottom) - inset + 1)
        if bottom - top < LOWEST_ROW * DPI or not spread[rows].size:
            continue
        plain += [Rule(at, top, bottom) for at in _peaks(spread[rows].mean(axis=0))]
        if stamp[rows].any():
            seen = np.maximum(1 - stamp[rows].mean(axis=0), LEAST_SEEN)
            covered = (spread[rows] & (1 - stamp[rows])).mean(axis=0) / seen
            stamped += [Rule(at, top, bottom) for at in _peaks(covered)]
    known = [rule for rule in stamped if _at(rule, plain)]
    return _followed(
        [*plain, *(rule for rule in known if not _at(rule, [p for p in plain if p.start == rule.start]))]
    )


def _at(rule: Rule, others: Sequence[Rule]) -> bool:
    return any(abs(rule.at - other.at) <= SAME * DPI for other in others)


def _levels(flat: Sequence[Rule]) -> list[float]:
    """The heights at which any rule lies, wavering ones once."""
    levels: list[list[float]] = []
    for at in sorted(rule.at for rule in flat):
        if levels and at - levels[-1][-1] <= SAME * DPI:
            levels[-1].append(at)
        else:
            levels.append([at])
    return [float(np.mean(level)) for level in levels]


def _peaks(covered: NDArray[np.floating]) -> list[float]:
    """The middles of the narrow places that are covered while little is beside them."""
    hits = np.flatnonzero(covered >= COVERS)
    if not len(hits):
        return []
    runs = np.split(hits, np.flatnonzero(np.diff(hits) > 2) + 1)
    reach = int(0.03 * DPI)
    found = []
    for run in runs:
        before, after = max(0, int(run[0]) - reach), min(len(covered) - 1, int(run[-1]) + reach)
        alone = covered[run].max() - max(covered[before], covered[after]) >= ALONE
        if len(run) <= THICK * DPI + 2 and alone:
            found.append(float(run.mean()))
    return found


def _followed(pieces: Sequence[Rule]) -> list[Rule]:
    """Pieces that go on below one another as one rule, where they waver little."""
    whole: list[Rule] = []
    for piece in sorted(pieces, key=lambda rule: rule.start):
        for index, rule in enumerate(whole):
            if -2 < piece.start - rule.end < LOWEST_ROW * DPI and abs(rule.at - piece.at) <= SAME * DPI:
                length, more = rule.end - rule.start, piece.end - piece.start
                at = (rule.at * length + piece.at * more) / (length + more)
                whole[index] = Rule(at, rule.start, piece.end)
                break
        else:
            whole.append(piece)
    return whole


def _meets(rule: Rule, upright: Sequence[Rule]) -> bool:
    """Whether a line across begins and ends at lines down, as a cell's edge does, or is a long one."""
    near = SAME * DPI * 2
    touching = [down for down in upright if down.start - near <= rule.at <= down.end + near]
    begins = any(abs(down.at - rule.start) <= near for down in touching)
    ends = any(abs(down.at - rule.end) <= near for down in touching)
    crossed = sum(rule.start - near <= down.at <= rule.end + near for down in touching)
    return (begins and ends) or crossed >= 2 or rule.end - rule.start > 2 * DPI


def _known(rule: Rule, others: Sequence[Rule]) -> bool:
    near = SAME * DPI
    return any(
        abs(rule.at - other.at) <= near and other.start - near <= rule.start and rule.end <= other.end + near
        for other in others
    )
