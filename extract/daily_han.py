"""The ideographs in daily use: what a text in the wrong encoding, or a lying text layer, seldom shows."""

from __future__ import annotations


def _level_one(codec: str, first: int, last: int) -> str:
    codes = (bytes((lead, trail)) for lead in range(first, last + 1) for trail in range(0x40, 0xFF))
    return "".join(code.decode(codec, "ignore") for code in codes)


COMMON = frozenset(_level_one("gb2312", 0xB0, 0xD7) + _level_one("big5", 0xA4, 0xC6))
"""Level 1 of GB 2312 (3,755) and of Big5 (5,401)."""
