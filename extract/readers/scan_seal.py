"""Stamps on a page: coloured ones are taken out, black ones told.

Colour is taken for a stamp only where it makes a round or square patch of a stamp's size: red print and
blue handwriting stay.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from extract.readers.scan_models import Floats, Pixels
from extract.readers.scan_picture import DPI

COLOURED = 45
"""A pixel whose brightest and darkest channels differ by this much is coloured."""
SMALLEST, LARGEST = 0.5, 4.5
"""Inches: the shorter side of a stamp, and the longer one of several that overlap."""
LONGEST_SHAPE = 3.0
FILLED = 0.7
"""A patch that is covered by more than this is a coloured area, not a stamp."""
FADED = 165
"""Stamp ink is brighter than this in its brightest colour; a thin rule beneath it is darker."""
RING_AT = 50
"""Pixels an inch at which rings are looked for."""
RING = 0.36
"""A stamp's ring is drawn along its round by this much more than what lies beside it."""
RINGS = (0.55, 1.05)
"""Inches: the radii of rings."""


@dataclass(slots=True)
class Unsealed:
    """A page without its coloured stamps, as grey: `soft` keeps every trace of print under a stamp, for
    reading; `hard` none of the stamp, for rules. `stamp` is 1 where stamp ink lies, `boxes` are the stamps
    (left, top, right, bottom in pixels)."""

    soft: Pixels
    hard: Pixels
    stamp: Pixels
    boxes: list[tuple[int, int, int, int]]


def unsealed(colour: Pixels) -> Unsealed:
    grey = np.asarray(cv2.cvtColor(colour, cv2.COLOR_BGR2GRAY), np.uint8)
    brightest, darkest = colour.max(axis=2), colour.min(axis=2)
    tinted = ((brightest - darkest) > COLOURED).astype(np.uint8)
    boxes = _patches(tinted)
    stamp = np.zeros_like(grey)
    if not boxes:
        return Unsealed(grey, grey, stamp, boxes)
    within = np.zeros_like(grey)
    for left, top, right, bottom in boxes:
        within[top:bottom, left:right] = 1
        stamp[top:bottom, left:right] = tinted[top:bottom, left:right]
    stamp = np.asarray(cv2.dilate(stamp, np.ones((3, 3), np.uint8)), np.uint8) & within
    soft, hard = grey.copy(), grey.copy()
    light = brightest.astype(np.float32)
    soft[within > 0] = brightest[within > 0]
    lifted = np.clip(light * 1.35, 0, 255).astype(np.uint8)
    soft[stamp > 0] = lifted[stamp > 0]
    hard[within > 0] = brightest[within > 0]
    hard[(stamp > 0) & (brightest > FADED)] = 255
    return Unsealed(soft, hard, stamp, boxes)


def _patches(tinted: Pixels) -> list[tuple[int, int, int, int]]:
    """The boxes of coloured patches of a stamp's size and shape."""
    height, width = tinted.shape
    small = cv2.resize(tinted * 255, (width // 4, height // 4), interpolation=cv2.INTER_AREA)
    marks = (small > 70).astype(np.uint8)
    inch = DPI / 4
    near = max(3, int(0.1 * inch))
    joined = cv2.morphologyEx(marks, cv2.MORPH_CLOSE, np.ones((near, near), np.uint8))
    joined = cv2.morphologyEx(joined, cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined)
    boxes = []
    for x, y, w, h, _ in stats[1:count].tolist():
        short, long = sorted((w, h))
        if SMALLEST * inch > short or long > min(LARGEST * inch, LONGEST_SHAPE * short):
            continue
        if marks[y : y + h, x : x + w].mean() <= FILLED:
            edge = near
            boxes.append(
                (
                    max(0, 4 * (x - edge)),
                    max(0, 4 * (y - edge)),
                    min(width, 4 * (x + w + edge)),
                    min(height, 4 * (y + h + edge)),
                )
            )
    return boxes


def ring(grey: Pixels) -> float:
    """How much of a stamp's ring is drawn at the page's likeliest place, from 0 to 1."""
    height, width = grey.shape
    scale = RING_AT / DPI
    small = cv2.resize(grey, (int(width * scale), int(height * scale)), interpolation=cv2.INTER_AREA)
    marks = (small < 190).astype(np.float32)
    best = 0.0
    for radius in range(int(RINGS[0] * RING_AT), int(RINGS[1] * RING_AT) + 1, 2):
        drawn = cv2.filter2D(marks, cv2.CV_32F, _annulus(radius, radius + 2), borderType=cv2.BORDER_CONSTANT)
        free = cv2.filter2D(
            marks, cv2.CV_32F, _annulus(radius + 4, radius + 7), borderType=cv2.BORDER_CONSTANT
        )
        free_in = cv2.filter2D(
            marks, cv2.CV_32F, _annulus(radius - 5, radius - 2), borderType=cv2.BORDER_CONSTANT
        )
        best = max(best, float((drawn - np.maximum(free, free_in)).max()))
    return best


def _annulus(inner: float, outer: float) -> Floats:
    reach = int(outer) + 1
    ys, xs = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    away = np.hypot(xs, ys)
    kernel = ((away >= inner) & (away <= outer)).astype(np.float32)
    return np.asarray(kernel / kernel.sum(), np.float32)
