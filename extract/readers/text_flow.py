"""Glyphs to lines, and lines to text: where a space, a break or nothing stands between them.

Chinese takes no spaces, Latin words do; digits are never moved next to other digits unless the
page shows that one number was cut. A line that had no room for what follows runs on into the next
line; one that ended short ended on purpose, and its break is kept.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from extract.readers.layout import Glyph, Line

SAME_LINE = 0.5
"""Glyphs that share this part of the smaller one's height stand on one line."""
TWICE = 0.3
"""The same glyph printed again within this share of its width is bold, not a second character."""
TYPED_GAP, WORD_GAP, DIGIT_GAP, FIELD_GAP, WIDE_GAP = 0.1, 0.22, 0.45, 1.2, 1.6
"""Gaps, in font sizes, that part what a typed space parts, Latin words, numbers, the fields of a line that
typed spaces part, and anything."""
SLACK = 0.5
"""A line counts as full if what follows is short of room by this share of a character at most."""

CJK = "\u2e80"
CLOSING = frozenset("，。、；：！？）》〉」』】〕”’…—,.;:!?)]}%％‰°℃")
OPENING = frozenset("（《〈「『【〔“‘([{")
QUOTES = frozenset("“”‘’\"'")
ENDING = frozenset("。；！？;!?：:")
DIGITS = frozenset("0123456789")
NUMERIC = frozenset("0123456789.,%％")
MARKER = re.compile(
    r"[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[、.．)）](?!\d)|[①-⑳]|第[一二三四五六七八九十]+[章条节、，]|[●•■◆★☆—]"
)
NUMBER = re.compile(r"[^\d\s]{0,3}\d[\d,]*\.\d+[%％]?[^\d\s]{0,4}")
TARGET = re.compile(r"[≥≤＞＜＝><=]{0,2}(\d[\d,]*)([\u4e00-\u9fff]{1,4}|[%％])")
"""A decimal with its sign and unit, and nothing else."""


def is_cjk(character: str) -> bool:
    """Ideographs, kana and full-width signs: set without spaces, broken anywhere."""
    return character >= CJK


def _wordlike(character: str) -> bool:
    return character.isalnum() and not is_cjk(character)


def lines_of(glyphs: Sequence[Glyph]) -> list[Line]:
    """The glyphs as lines, top to bottom, each read left to right.

    Some fonts give no em boxes but the ink's, so that a full stop is low and small: a glyph stands on a
    line if the line's tallest glyph covers half of its height.
    """
    rows: list[list[Glyph]] = []
    top = bottom = 0.0
    for glyph in sorted(glyphs, key=lambda glyph: glyph.top + glyph.bottom):
        shared = min(bottom, glyph.bottom) - max(top, glyph.top)
        if rows and shared >= SAME_LINE * min(bottom - top, glyph.bottom - glyph.top):
            rows[-1].append(glyph)
            if glyph.bottom - glyph.top > bottom - top:
                top, bottom = glyph.top, glyph.bottom
        else:
            rows.append([glyph])
            top, bottom = glyph.top, glyph.bottom
    return [line_of(row) for row in rows]


def turned_text(glyphs: Sequence[Glyph]) -> str:
    """The text of glyphs that stand sideways, read along their own direction."""
    words = []
    for turn in sorted({glyph.turn for glyph in glyphs}):
        lines = lines_of([glyph.upright() for glyph in glyphs if glyph.turn == turn])
        words.append(join_lines(lines, max((line.width for line in lines), default=0.0)))
    return "\n".join(words)


def line_of(row: Sequence[Glyph]) -> Line:
    """One line from its glyphs in any order; glyphs drawn twice count once."""
    glyphs = _once(sorted(row, key=lambda glyph: glyph.left))
    size = _size(glyphs)
    return Line(
        spell(glyphs, size),
        glyphs[0].left,
        min([glyph.top for glyph in glyphs]),
        max([glyph.right for glyph in glyphs]),
        max([glyph.bottom for glyph in glyphs]),
        size,
        _head_width(glyphs, size),
        tuple(glyphs),
        min([glyph.sure for glyph in glyphs]),
    )


def _size(glyphs: Sequence[Glyph]) -> float:
    """The font size: an ideograph's width, or what digits and heights tell (fonts lie about heights)."""
    wide = [glyph.right - glyph.left for glyph in glyphs if glyph.text >= CJK]
    if wide:
        return median(wide) or 1.0
    digits = [glyph.right - glyph.left for glyph in glyphs if glyph.text in DIGITS]
    by_digits = 1.8 * median(digits) if digits else 0.0
    return max(by_digits, 0.85 * median([glyph.bottom - glyph.top for glyph in glyphs])) or 1.0


def _once(glyphs: list[Glyph]) -> list[Glyph]:
    kept = glyphs[:1]
    for glyph in glyphs[1:]:
        reach = TWICE * (glyph.right - glyph.left)
        if glyph.left - kept[-1].left > reach or not any(
            other.text == glyph.text
            and glyph.left - other.left <= reach
            and abs(glyph.top - other.top) <= TWICE * (glyph.bottom - glyph.top)
            for other in kept[-3:]
        ):
            kept.append(glyph)
    return kept


def _head_width(glyphs: Sequence[Glyph], size: float) -> float:
    """The width of what a line breaker keeps together at the line's start."""
    last = 0
    while last + 1 < len(glyphs):
        current, following = glyphs[last], glyphs[last + 1]
        if following.spaced or following.left - current.right > WORD_GAP * size:
            break
        if not _kept_together(current.text, following.text):
            break
        last += 1
    return glyphs[last].right - glyphs[0].left


def _kept_together(one: str, other: str) -> bool:
    if one in OPENING or other in CLOSING or one in QUOTES or other in QUOTES:
        return True
    return not is_cjk(one) and not is_cjk(other)


def spell(glyphs: Sequence[Glyph], size: float) -> str:
    """The line's text, with the spaces that mean something and no others."""
    gaps = [(after.left - before.right) / size for before, after in pairwise(glyphs)]
    tracking = max(0.0, median(gaps)) if len(gaps) >= 4 else 0.0
    words = [glyphs[0].text]
    for gap, (before, after) in zip(gaps, pairwise(glyphs), strict=True):
        free = gap - tracking
        if free >= TYPED_GAP and _parted(before.text, after.text, free, after.spaced):
            words.append(" ")
        words.append(after.text)
    return "".join(words)


def _parted(before: str, after: str, gap: float, spaced: bool) -> bool:
    """Whether a space belongs between two glyphs: `gap` in font sizes, `spaced` if one was typed."""
    if gap >= WIDE_GAP:
        return True
    if is_cjk(before) or is_cjk(after):
        return spaced and gap >= FIELD_GAP
    if before in NUMERIC and after in NUMERIC:
        return gap >= (TYPED_GAP if spaced else DIGIT_GAP)
    if spaced:
        return gap >= TYPED_GAP
    return _wordlike(before) and _wordlike(after) and gap >= WORD_GAP


def join_lines(lines: Sequence[Line], width: float) -> str:
    """Lines of one cell or paragraph as text; `width` is the room that a line has."""
    if not lines:
        return ""
    if len(lines) > 1 and all(len(line.text) == 1 and is_cjk(line.text) for line in lines):
        return "".join(line.text for line in lines)
    words = [lines[0].text]
    for before, after in pairwise(lines):
        words.append(between(before, after, width))
        words.append(after.text)
    return "".join(words)


def between(before: Line, after: Line, width: float) -> str:
    """What stands between two lines: nothing, a space or a break."""
    if not is_full(before, after, width):
        return "\n"
    if before.text[-1] in ENDING and MARKER.match(after.text):
        return "\n"
    return glue(before, after, width)


def is_full(before: Line, after: Line, width: float) -> bool:
    """Whether the line above had no room for the first unit of the line below."""
    free = width - before.width
    space = 0.3 * before.size if _wordlike(before.text[-1]) and _wordlike(after.text[0]) else 0.0
    needed = min(after.head, width) + space
    return free < needed + SLACK * before.size


def glue(before: Line, after: Line, width: float) -> str:
    """Between two lines that run on: numbers stay apart unless one number was plainly cut."""
    last, first = before.text[-1], after.text[0]
    if last in NUMERIC and first in NUMERIC and not (last in ",%％" and first not in DIGITS):
        return "" if _one_number(before, after, width) else "\n"
    if _wordlike(last) and _wordlike(first):
        return " "
    if last in ".,;:!?)]%" and first.isascii() and (first.isalnum() or first in "(["):
        return " "
    return ""


def _one_number(before: Line, after: Line, width: float) -> bool:
    """Whether the figures at the break are the two halves of one number.

    Either the lines hold one decimal or one count with its unit («≥5000|0人次»), wider than the cell, or
    the figures stand within Chinese text on both sides, where two numbers never follow each other.
    """
    if after.text[0] in "%％":
        return True
    if width - before.width > 0.75 * before.size:
        return False
    if NUMBER.fullmatch(before.text + after.text):
        return len(after.text.rstrip("%％")) <= len(before.text) + 1
    if count := TARGET.fullmatch(before.text + after.text):
        return count.end(1) - len(before.text) < len(before.text) - count.start(1)
    tail = before.text.rstrip("0123456789.,")
    head = after.text.lstrip("0123456789.,%％")
    cut = before.text[len(tail) :] + after.text[: len(after.text) - len(head)]
    prose = bool(tail and head) and is_cjk(tail[-1]) and is_cjk(head[0])
    return prose and re.fullmatch(r"\d[\d,]*(\.\d+)?[%％]?", cut) is not None
