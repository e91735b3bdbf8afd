"""Which character to keep for a code point of a fixed-layout file, and which code points are none."""

from __future__ import annotations

from extract.readers.han_radicals import FOLDED

SPACES = frozenset((0x09, 0x0A, 0x0D, 0x20, 0xA0, 0x3000, *range(0x2000, 0x200B)))
NOTHING = frozenset((0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF))
LINE_END_HYPHEN = 0x02
UNMAPPED = "\ufffd"
"""Stands for a glyph whose character the file doesn't tell: better no figure than a wrong one."""


def _character(code: int) -> str:
    """The character to keep for a code point: folded, empty for marks that print nothing."""
    if code in FOLDED:
        return FOLDED[code]
    if code in (LINE_END_HYPHEN, 0xFFFE):
        return "-"
    if code < 0x20 or code in NOTHING or 0xD800 <= code < 0xE000:
        return ""
    return chr(code)


def _unreadable(code: int) -> bool:
    """No character at all: unmapped, private, or a control code other than PDFium's hyphen."""
    return (
        code == 0xFFFD
        or 0xE000 <= code < 0xF900
        or code >= 0xF0000
        or (code < 0x20 and code != LINE_END_HYPHEN)
    )


class _Characters(dict[int, tuple[str, bool]]):
    """For each code point the character to keep and whether it is none, worked out when it is first met."""

    def __missing__(self, code: int) -> tuple[str, bool]:
        self[code] = found = (_character(code), _unreadable(code))
        return found


CHARACTERS = _Characters()
