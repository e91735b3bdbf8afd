"""Names in a zip: which encoding an archive's maker meant.

A name is UTF-8 where its entry says so (flag bit 11) or brings a Unicode copy (extra field 0x7075, APPNOTE
4.6.9). All other names of one archive were written by one program on one machine, so one encoding holds
for all of them: the one that gives the most characters in daily use.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Sequence

from extract.daily_han import COMMON

UTF8_FLAG = 0x800
UNICODE_PATH = 0x7075
ENCODINGS = ("utf-8", "gb18030", "big5", "shift_jis", "cp437")
CODE_PAGES = {"utf-8": "65001", "gb18030": "936", "big5": "950", "shift_jis": "932", "cp437": "437"}
KANA = range(0x3040, 0x3100)


def names(entries: Sequence[zipfile.ZipInfo]) -> tuple[list[str], str]:
    """Each entry's name, and the encoding of those that don't tell theirs."""
    raw = [_raw(entry) for entry in entries]
    encoding = encoding_of([name for name, told in raw if not told])
    return [told or name.decode(encoding, "replace") for name, told in raw], encoding


def encoding_of(raw: Sequence[bytes]) -> str:
    """The encoding in which all of the names make the best sense."""
    joined = b"\n".join(raw)
    if joined.isascii():
        return "utf-8"
    readable = {}
    for encoding in ENCODINGS:
        try:
            readable[encoding] = joined.decode(encoding)
        except UnicodeDecodeError:
            continue
    if "utf-8" in readable:
        return "utf-8"
    return max(readable, key=lambda encoding: _sense(readable[encoding]))


def _sense(text: str) -> float:
    """The share of the characters beyond ASCII that somebody would put into a file's name."""
    strange = [character for character in text if not character.isascii()]
    usual = sum(character in COMMON or ord(character) in KANA for character in strange)
    usual += sum(character in "（）、。《》“”－—・：【】〔〕" for character in strange)
    return usual / len(strange)


def _raw(entry: zipfile.ZipInfo) -> tuple[bytes, str]:
    """The name's bytes, and the name where the entry tells its encoding."""
    if entry.flag_bits & UTF8_FLAG:
        return b"", entry.orig_filename
    written = entry.orig_filename.encode("cp437", "replace")
    return written, _unicode_copy(entry.extra, written)


def _unicode_copy(extra: bytes, written: bytes) -> str:
    place = 0
    while place + 4 <= len(extra):
        kind, size = struct.unpack_from("<2H", extra, place)
        field = extra[place + 4 : place + 4 + size]
        if (
            kind == UNICODE_PATH
            and len(field) > 5
            and struct.unpack_from("<I", field, 1)[0] == zlib.crc32(written)
        ):
            return field[5:].decode("utf-8", "replace")
        place += 4 + size
    return ""
