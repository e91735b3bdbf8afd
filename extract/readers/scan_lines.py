"""Where the lines of print stand, found twice: by the detector on the whole page, and by the ink in a cell.

The two findings share nothing but the walls of the cells: what one cuts off, the other may keep.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.readers.scan_models import Pixels
from extract.readers.scan_picture import DPI, dark

Span = tuple[int, int, int, int]
"""left, top, right, bottom in pixels of the levelled page."""

WALL = 4
"""Pixels from the middle of a wall to what a cell may hold."""
SPECK = 8
"""Marks of no more pixels than this are dirt, or a full stop, which is never a line's end."""
PRINTED = 28
"""Print is darker than what lies about it by this much, of 255."""
TALL = 0.17
"""Inches: a line's usual height, where the page shows none."""
PART = 0.45
"""A band lower than this share of a line is part of one: «二», a dash, a dot."""
NEAR = 0.35
BESIDE = 0.4
"""Lines whose middles are nearer than this share of their height stand beside each other."""
PAD = 3


@dataclass(slots=True)
class Print:
    """A page's print: `ink` is 1 where there is any, specks left out; `tall` a line's usual height."""

    ink: Pixels
    tall: int


def print_of(grey: Pixels, lines: Sequence[Span]) -> Print:
    heights = [bottom - top for left, top, right, bottom in lines if right - left > 2 * (bottom - top)]
    tall = int(0.75 * median(heights)) if len(heights) > 3 else int(TALL * DPI)
    marks = dark(grey, PRINTED)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(marks)
    large = (stats[:, cv2.CC_STAT_AREA] > SPECK).astype(np.uint8)
    large[0] = 0
    return Print(np.asarray(large[labels], np.uint8), max(12, min(60, tall)))


def inner(cell: Span, ink: Pixels) -> tuple[Span, Pixels]:
    """What a cell may hold, and its ink without what its walls left of themselves."""
    left, top, right, bottom = cell
    left, top, right, bottom = left + WALL, top + WALL, right - WALL, bottom - WALL
    if right - left < 6 or bottom - top < 6:
        return (left, top, left, top), np.zeros((0, 0), np.uint8)
    held = ink[top:bottom, left:right].copy()
    _, labels, stats, _ = cv2.connectedComponentsWithStats(held)
    left_over = np.zeros(len(stats), np.uint8)
    rim = 2 * WALL
    for mark, (x, y, w, h, _area) in enumerate(stats.tolist()):
        beside = (x + w <= rim or x >= held.shape[1] - rim) and h > w
        over = y + h <= rim or y >= held.shape[0] - rim
        runs_along = (h > 0.6 * held.shape[0] and w <= rim) or (w > 0.6 * held.shape[1] and h <= rim)
        left_over[mark] = mark > 0 and (beside or over or (runs_along and _at_rim(x, y, w, h, held, rim)))
    held[left_over[labels] > 0] = 0
    return (left, top, right, bottom), held


def _at_rim(x: int, y: int, w: int, h: int, held: Pixels, rim: int) -> bool:
    return x < rim or y < rim or x + w > held.shape[1] - rim or y + h > held.shape[0] - rim


def cut(box: Span, held: Pixels, tall: int) -> list[Span]:
    """The lines of ink in a cell (as `inner` gives it), each as large as its ink and a little more."""
    if not held.any():
        return []
    found = []
    for start, end in _bands(np.asarray(held.any(axis=1)), tall):
        columns = np.flatnonzero(held[start:end].any(axis=0))
        pad = max(PAD, tall // 4)
        found.append(
            (
                max(box[0], box[0] + int(columns[0]) - pad),
                max(box[1], box[1] + start - PAD),
                min(box[2], box[0] + int(columns[-1]) + 1 + pad),
                min(box[3], box[1] + end + PAD),
            )
        )
    return found


def _bands(filled: NDArray[np.bool_], tall: int) -> list[tuple[int, int]]:
    """The rows of ink as lines; parts of a line made one, a line of dashes alone given its height."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], filled.view(np.int8), [0]))))
    bands = [(int(start), int(end)) for start, end in edges.reshape(-1, 2)]
    lines: list[tuple[int, int]] = []
    for start, end in bands:
        if lines:
            before = lines[-1]
            part = min(before[1] - before[0], end - start) < PART * tall
            whole = end - before[0] <= 1.25 * tall
            if start - before[1] <= 1 or (part and whole and start - before[1] <= NEAR * tall):
                lines[-1] = (before[0], end)
                continue
        lines.append((start, end))
    grown = []
    for start, end in lines:
        lack = max(0, int(0.8 * tall) - (end - start))
        grown.append((max(0, start - lack // 2), min(len(filled), end + lack - lack // 2)))
    for index, (above, below) in enumerate(pairwise(list(grown))):
        if below[0] < above[1]:
            middle = (lines[index][1] + lines[index + 1][0]) // 2
            grown[index] = (grown[index][0], middle)
            grown[index + 1] = (middle, grown[index + 1][1])
    return grown


def clipped(line: Span, box: Span) -> Span | None:
    """The part of a detected line that stands within a cell; None where that is next to nothing."""
    left, top = max(line[0], box[0]), max(line[1], box[1])
    right, bottom = min(line[2], box[2]), min(line[3], box[3])
    if bottom - top < 0.4 * min(line[3] - line[1], box[3] - box[1]) or right - left < 4:
        return None
    return (left, top, right, bottom)


def one_line_each(line: Span, ink: Pixels, tall: int) -> Iterator[Span]:
    """A detected line; one much higher than wide holds characters below one another, or lines."""
    left, top, right, bottom = line
    if bottom - top < 1.6 * tall or right - left > 4 * (bottom - top):
        yield line
        return
    held = ink[top:bottom, left:right]
    if held.any():
        yield from cut(line, held, tall)


def rows_of(lines: Sequence[Span]) -> list[list[int]]:
    """The places of lines in reading order: those beside each other together, from left to right.

    Boxes of lines below one another may overlap; their middles don't.
    """
    rows: list[list[int]] = []
    for index in sorted(range(len(lines)), key=lambda i: lines[i][1] + lines[i][3]):
        if rows:
            line, other = lines[index], lines[rows[-1][-1]]
            away = abs(line[1] + line[3] - other[1] - other[3]) / 2
            if away < BESIDE * min(line[3] - line[1], other[3] - other[1]):
                rows[-1].append(index)
                continue
        rows.append([index])
    return [sorted(row, key=lambda i: lines[i][0]) for row in rows]
