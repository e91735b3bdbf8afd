"""A picture of a page made level: background white, lines of print along the picture's own axes.

A skewed scan is turned, a photograph's perspective undone (see scan_perspective).
`Page.warp` leads from the levelled page back to the picture as it was submitted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.readers.scan_models import Pixels
from extract.readers.scan_perspective import lean

cv2.setNumThreads(1)

Matrix = NDArray[np.float64]

DPI = 200
"""The resolution that everything here is tuned to, in pixels an inch of an A4 page."""
STEEPEST = 8.0
"""Degrees: a page that is skewed by more isn't told from one without any lines."""
LEVEL = 0.04
DESK = 0.55
"""Beside the paper it is darker than this share of the paper's brightness."""


@dataclass(slots=True)
class Page:
    """A levelled page: blue, green and red pixels, and nine numbers by which a point of it (across, down,
    1) is found on the picture as submitted."""

    colour: Pixels
    warp: Matrix

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.colour.shape[1], self.colour.shape[0]


def level(picture: Pixels) -> Page:
    """The picture with an even white background, upright lines and square corners."""
    page = Page(flattened(picture), np.eye(3))
    angle = skew(dark(page.colour))
    if abs(angle) > LEVEL:
        page = turned(page, angle)
    leaning = lean(dark(page.colour))
    return page if leaning is None else squared(page, *leaning)


def flattened(picture: Pixels) -> Pixels:
    """The picture divided by its background: shades and yellow paper become white, print stays."""
    height, width = picture.shape[:2]
    small = cv2.resize(picture, (max(8, width // 8), max(8, height // 8)), interpolation=cv2.INTER_AREA)
    lit = np.asarray(cv2.medianBlur(cv2.dilate(small, np.ones((9, 9), np.uint8)), 21), np.uint8)
    ground = cv2.resize(lit, (width, height), interpolation=cv2.INTER_LINEAR)
    level = np.asarray(cv2.divide(picture, np.maximum(ground, 40), scale=255), np.uint8)
    beside = cv2.resize(_beside(lit), (width, height), interpolation=cv2.INTER_NEAREST)
    level[beside > 0] = 255
    return level


def _beside(lit: Pixels) -> Pixels:
    """1 where a background is no paper: the desk around a photograph, the black edges of a copy."""
    grey = cv2.cvtColor(lit, cv2.COLOR_BGR2GRAY)
    height, width = grey.shape
    darker = (grey < DESK * float(np.median(grey))).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(darker)
    found = np.zeros_like(darker)
    for mark in range(1, count):
        x, y, w, h, area = stats[mark].tolist()
        if area > 0.002 * grey.size and (x == 0 or y == 0 or x + w == width or y + h == height):
            found[labels == mark] = 1
    return np.asarray(cv2.dilate(found, np.ones((11, 11), np.uint8)), np.uint8)


def dark(colour: Pixels, offset: int = 18) -> Pixels:
    """1 where a pixel is darker than what lies about it: print and rules, faint ones too."""
    grey = cv2.cvtColor(colour, cv2.COLOR_BGR2GRAY) if colour.ndim == 3 else colour
    return np.asarray(
        cv2.adaptiveThreshold(grey, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 41, offset),
        np.uint8,
    )


def skew(marks: Pixels) -> float:
    """Degrees by which rows of marks run down to the right: where their profile is sharpest."""
    height, width = marks.shape
    scale = 700 / max(height, width)
    small = cv2.resize(marks * 255, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    coarse = _sharpest(small, np.arange(-STEEPEST, STEEPEST + 0.01, 0.5))
    scale = min(1.0, 1400 / max(height, width))
    large = cv2.resize(marks * 255, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return _sharpest(large, np.arange(coarse - 0.4, coarse + 0.41, 0.08))


def _sharpest(marks: NDArray[np.integer | np.floating], angles: Sequence[float] | Matrix) -> float:
    """The angle at which the marks, sheared back by it, lie in the most distinct rows."""
    height, width = marks.shape
    ys, xs = np.nonzero(marks > 60)
    if len(ys) < 50:
        return 0.0
    if len(ys) > 120_000:
        step = len(ys) // 120_000 + 1
        ys, xs = ys[::step], xs[::step]
    best, found = -1.0, 0.0
    for angle in sorted(angles, key=abs):
        rows = (ys - (xs - width / 2) * np.tan(np.radians(angle))).astype(np.int64)
        profile = np.bincount(np.clip(rows, 0, height - 1), minlength=height).astype(np.float64)
        sharp = float(np.square(profile).sum())
        if sharp > best * 1.002:
            best, found = sharp, float(angle)
    return found


def turned(page: Page, angle: float) -> Page:
    """The page turned back by so many degrees about its middle."""
    width, height = page.size
    back = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    return _warped(page, np.vstack([back, [0, 0, 1]]), (width, height))


def quarter_turned(page: Page, quarters: int) -> Page:
    """The page turned clockwise by quarters."""
    width, height = page.size
    forth = {
        0: np.eye(3),
        1: np.array([[0.0, -1, height], [1, 0, 0], [0, 0, 1]]),
        2: np.array([[-1.0, 0, width], [0, -1, height], [0, 0, 1]]),
        3: np.array([[0.0, 1, 0], [-1, 0, width], [0, 0, 1]]),
    }[quarters % 4]
    colour = np.ascontiguousarray(np.rot90(page.colour, -quarters))
    return Page(np.asarray(colour, np.uint8), page.warp @ np.linalg.inv(forth))


def squared(page: Page, seen: Matrix, target: Matrix) -> Page:
    """The page as seen from straight above: four of its points are moved to where they belong."""
    forth = cv2.getPerspectiveTransform(seen.astype(np.float32), target.astype(np.float32))
    return _warped(page, np.asarray(forth, np.float64), page.size)


def _warped(page: Page, forth: Matrix, size: tuple[int, int]) -> Page:
    white = (255, 255, 255)
    colour = cv2.warpPerspective(
        page.colour, forth, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_CONSTANT, borderValue=white
    )
    return Page(np.asarray(colour, np.uint8), page.warp @ np.linalg.inv(forth))
