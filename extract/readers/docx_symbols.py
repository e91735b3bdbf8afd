"""Characters of symbol fonts as Unicode: ticked and empty boxes, ticks, comparison signs.

Word stores them in the private area U+F000 to U+F0FF, where a code means nothing without its font.
What no table here knows is left as it is: a strange character is better than a wrong one.
"""

from __future__ import annotations

import re

_WINGDINGS = {
    0x6C: "●",
    0x6D: "❍",
    0x6E: "■",
    0x6F: "□",
    0x71: "❑",
    0x72: "❒",
    0x75: "◆",
    0x76: "❖",
    0x77: "◆",
    0xA1: "○",
    0xA7: "▪",
    0xA8: "□",
    0xAB: "★",
    0xD8: "➢",
    0xDF: "←",
    0xE0: "→",
    0xE8: "➔",
    0xFB: "✗",
    0xFC: "✓",
    0xFD: "☒",
    0xFE: "☑",
} | {0x81 + step: chr(0x2460 + step) for step in range(10)}
_WINGDINGS_2 = {
    0x4F: "✗",
    0x50: "✓",
    0x51: "☒",
    0x52: "☑",
    0x53: "☒",
    0x54: "☒",
    0x97: "●",
    0x98: "●",
    0x99: "○",
    0xA2: "■",
    0xA3: "□",
    0xA4: "□",
} | {0x6A + step: chr(0x2460 + step) for step in range(10)}
_WEBDINGS = {0x61: "✓", 0x63: "□", 0x67: "■", 0x72: "✗"}
_SYMBOL = {
    0x2A: "∗",
    0x2D: "−",
    0xA2: "′",
    0xA3: "≤",
    0xA5: "∞",
    0xAC: "←",
    0xAE: "→",
    0xB0: "°",
    0xB1: "±",
    0xB2: "″",
    0xB3: "≥",
    0xB4: "×",
    0xB7: "•",
    0xB8: "÷",
    0xB9: "≠",
    0xBB: "≈",
    0xBC: "…",
    0xD7: "⋅",
    0xE5: "∑",
} | {ord(mark): mark for mark in " !#%&()+,./0123456789:;<=>?[]_{|}"}
_BY_FONT = {
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
    "webdings": _WEBDINGS,
    "symbol": _SYMBOL,
}
_UNNAMED = {
    code: _WINGDINGS_2[code] if code in (0x52, 0xA3) else _WINGDINGS[code]
    for code in (0x52, 0x6E, 0x6F, 0xA3, 0xA8, 0xFC, 0xFD, 0xFE)
}
"""What a private character most probably is where no font is told: only ticks and boxes."""

PRIVATE = re.compile("[\uf020-\uf0ff]")


def is_symbol_font(font: str) -> bool:
    return font.lower() in _BY_FONT


def symbol(code: str | None, font: str | None) -> str:
    """The character of a `w:sym`: `code` in hexadecimal, with or without the private area's F000."""
    try:
        number = int(code or "", 16)
    except ValueError:
        return ""
    if 0xF000 <= number <= 0xF0FF:
        return in_font(chr(number), font or "")
    if is_symbol_font(font or "") and number <= 0xFF:
        return in_font(chr(0xF000 + number), font or "")
    return chr(number) if 0x20 <= number < 0xD800 or 0xE000 <= number <= 0xFFFD else ""


def in_font(text: str, font: str) -> str:
    """`text` with its private characters read in `font`; in a symbol font a lone plain one as well."""
    table = _BY_FONT.get(font.lower())
    if table is not None and len(text) == 1 and ord(text) <= 0xFF:
        return table.get(ord(text), text)
    if not PRIVATE.search(text):
        return text
    known = table or _UNNAMED
    return PRIVATE.sub(lambda found: known.get(ord(found[0]) - 0xF000, found[0]), text)
