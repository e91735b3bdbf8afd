"""How a photographed page leans: by the slopes of its ruled lines, upper ones against lower ones, left
against right.

Parallel lines seen in perspective meet in one point, so their slopes change evenly over the page.
"""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.readers.scan_models import Pixels

Matrix = NDArray[np.float64]

WIDE, HIGH = 0.15, 0.03
"""Shares of the page's width and height: the shortest lines across and down that are measured."""
KERNEL = 40
STRAIGHT = 2.5
"""Pixels by which a line may stray from straight; characters stray more."""
SPREAD = 0.08
"""Lines closer together than this share of the page don't show how slopes change."""
STEEPEST = 0.12
SEEN = 3.0
"""Pixels: a page whose edges would move by less is level."""


class Slopes(NamedTuple):
    """The slope of lines about the page's middle, and its change for a pixel further on."""

    middle: float
    change: float

    def at(self, away: float) -> float:
        return self.middle + self.change * away


def lean(marks: Pixels) -> tuple[Matrix, Matrix] | None:
    """Four points of the page (clockwise from the upper left) and where they belong; None if it is level.
    `marks` is 1 where the page is dark."""
    height, width = marks.shape
    across = _slopes(marks, WIDE * width)
    down = _slopes(np.ascontiguousarray(marks.T), HIGH * height)
    wide, high = 0.42 * width, 0.42 * height
    target, seen = [], []
    for x, y in ((-wide, -high), (wide, -high), (wide, high), (-wide, high)):
        rise, run = across.at(y), down.at(x)
        # where y + rise·u, the line across, meets x + run·v, the line down
        u = (x + run * y) / (1 - run * rise)
        v = y + rise * u
        target.append((x + width / 2, y + height / 2))
        seen.append((u + width / 2, v + height / 2))
    moved = np.abs(np.array(target) - np.array(seen)).max()
    return (np.array(seen), np.array(target)) if moved > SEEN else None


def _slopes(marks: Pixels, shortest: float) -> Slopes:
    """How the long lines across slope, by how far down they are; without enough of them, not at all."""
    bridged = cv2.dilate(marks, np.ones((3, 3), np.uint8))
    opened = cv2.morphologyEx(bridged, cv2.MORPH_OPEN, np.ones((1, KERNEL), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(np.asarray(opened, np.uint8))
    height, width = marks.shape
    found = []
    for mark in range(1, count):
        x, y, w, h, _area = stats[mark].tolist()
        if w < shortest or h > STEEPEST * w + 12:
            continue
        ys, xs = np.nonzero(labels[y : y + h, x : x + w] == mark)
        slope, start = np.polyfit(xs, ys, 1)
        if float(np.abs(ys - slope * xs - start).std()) > STRAIGHT or abs(slope) > STEEPEST:
            continue
        at_middle = y + start + slope * (width / 2 - x) - height / 2
        found.append((at_middle, float(slope), float(w) ** 3))
    if not found:
        return Slopes(0.0, 0.0)
    at, slopes, weights = (np.array(values) for values in zip(*found, strict=True))
    middle = float(np.median(slopes))
    near = np.abs(slopes - middle) < STEEPEST / 2
    at, slopes, weights = at[near], slopes[near], weights[near]
    if len(at) < 3 or np.ptp(at) < SPREAD * height:
        return Slopes(float(np.average(slopes, weights=weights)), 0.0)
    change, middle = np.polyfit(at, slopes, 1, w=np.sqrt(weights))
    return Slopes(float(middle), float(change))
