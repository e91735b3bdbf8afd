"""Figures of a scanned table that may have lost their decimal point: every reader misses a dot that the print
or the camera lost, so that their agreement tells nothing, but the figures beside it do.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from itertools import groupby

FIGURE = re.compile(r"[-+]?\d[\d,]*(?:\.\d+)?")
BARE = re.compile(r"[-+]?\d{3,}")
"""A figure without point or comma, long enough to have held a point."""
LEAST, SHARE = 3, 0.6
"""How many figures beside it, and which share of them, print places before one without is doubted."""

Place = tuple[int, int]


def lost_points(texts: Mapping[Place, str]) -> set[Place]:
    """The places (row, column) of figures without a point in a row or column of figures that have theirs.

    >>> sorted(lost_points({(0, 0): "4.03", (1, 0): "271", (2, 0): "2.07", (3, 0): "0.66", (4, 0): "12"}))
    [(1, 0)]
    """
    folded = {place: "".join(unicodedata.normalize("NFKC", text).split()) for place, text in texts.items()}
    figures = {place: text for place, text in folded.items() if FIGURE.fullmatch(text)}
    lost: set[Place] = set()
    for axis in (0, 1):
        along = sorted(figures, key=lambda place: place[axis])
        for _, beside in groupby(along, key=lambda place: place[axis]):
            lost |= _lost({place: figures[place] for place in beside})
    return lost


def _lost(figures: Mapping[Place, str]) -> set[Place]:
    pointed = sum("." in text for text in figures.values())
    if pointed < max(LEAST, SHARE * len(figures)):
        return set()
    return {place for place, text in figures.items() if BARE.fullmatch(text)}
