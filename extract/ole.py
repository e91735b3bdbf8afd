"""The root folder of an OLE2 file (.doc, .xls, .wps, encrypted Office): enough to tell what it is.

Only the streams at the root count: a Word file may hold a workbook further down. Works on hostile
files too: every walk is bounded.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

MAGIC = bytes.fromhex("D0CF11E0A1B11AE1")
LAST_SECTOR = 0xFFFFFFFA
NO_ENTRY = 0xFFFFFFFF
FIRST_FAT_SECTORS = 109
ENTRY_SIZE = 128
STREAM, ROOT = 2, 5
MOST_SECTORS = 1 << 16
MOST_ENTRIES = 1 << 14


class Broken(Exception):
    """The file's own tables contradict themselves or run out of it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the directory: the numbers of its neighbours in the tree, and where its bytes start."""

    name: str
    kind: int
    left: int
    right: int
    child: int
    start: int
    size: int


class Ole:
    """An OLE2 file opened for reading. Raises Broken where the file is."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        file.seek(0)
        self._header = file.read(512)
        if len(self._header) < 512 or not self._header.startswith(MAGIC):
            raise Broken("no header")
        shift, mini_shift = struct.unpack_from("<2H", self._header, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise Broken("no such sector size")
        self._sector_size = 1 << shift
        self._first_directory_sector = self._u32(48)
        self._mini_cutoff = self._u32(56)
        self._first_difat_sector = self._u32(68)
        self._entries = self._directory()

    def root_streams(self) -> dict[str, Entry]:
        """The streams that lie at the root, by name."""
        found: dict[str, Entry] = {}
        seen: set[int] = set()
        waiting = [self._entries[0].child]
        while waiting:
            number = waiting.pop()
            if number == NO_ENTRY or number in seen:
                continue
            if number >= len(self._entries):
                raise Broken("an entry outside the directory")
            seen.add(number)
            entry = self._entries[number]
            found[entry.name] = entry
            waiting += (entry.left, entry.right)
        return {name: entry for name, entry in found.items() if entry.kind == STREAM}

    def start_of(self, entry: Entry, length: int) -> bytes:
        """The first bytes of a stream, at most `length` and at most what its first sector holds."""
        if entry.size >= self._mini_cutoff:
            return self._sector(entry.start)[:length]
        offset = entry.start * 64
        steps, within = divmod(offset, self._sector_size)
        for step, sector in enumerate(self._chain(self._entries[0].start)):
            if step == steps:
                return self._sector(sector)[within : within + min(length, 64)]
        raise Broken("a stream outside the small streams")

    def _directory(self) -> list[Entry]:
        entries = []
        for sector in self._chain(self._first_directory_sector):
            block = self._sector(sector)
            for offset in range(0, len(block) - ENTRY_SIZE + 1, ENTRY_SIZE):
                entries.append(_entry(block[offset : offset + ENTRY_SIZE]))
            if len(entries) > MOST_ENTRIES:
                raise Broken("more entries than any document has")
        if not entries or entries[0].kind != ROOT:
            raise Broken("no root")
        return entries

    def _chain(self, sector: int) -> Iterator[int]:
        for _ in range(MOST_SECTORS):
            if sector >= LAST_SECTOR:
                return
            yield sector
            sector = self._next(sector)
        raise Broken("an endless chain")

    def _next(self, sector: int) -> int:
        place, within = divmod(sector, self._sector_size // 4)
        table = self._sector(self._fat_sector(place))
        if len(table) < 4 * within + 4:
            raise Broken("a sector outside the table")
        return int.from_bytes(table[4 * within : 4 * within + 4], "little")

    def _fat_sector(self, place: int) -> int:
        """The sector that holds the `place`th block of the table of chains."""
        if place < FIRST_FAT_SECTORS:
            return self._u32(76 + 4 * place)
        steps, within = divmod(place - FIRST_FAT_SECTORS, self._sector_size // 4 - 1)
        sector = self._first_difat_sector
        for _ in range(min(steps, MOST_SECTORS)):
            sector = int.from_bytes(self._sector(sector)[-4:], "little")
        return int.from_bytes(self._sector(sector)[4 * within : 4 * within + 4], "little")

    def _sector(self, number: int) -> bytes:
        if number >= LAST_SECTOR:
            raise Broken("no such sector")
        self._file.seek((number + 1) * self._sector_size)
        block = self._file.read(self._sector_size)
        if not block:
            raise Broken("a sector outside the file")
        return block

    def _u32(self, offset: int) -> int:
        return int.from_bytes(self._header[offset : offset + 4], "little")


def _entry(block: bytes) -> Entry:
    length = min(int.from_bytes(block[64:66], "little"), 64)
    name = block[: max(length - 2, 0)].decode("utf-16-le", "replace")
    left, right, child = struct.unpack_from("<3I", block, 68)
    start, size = struct.unpack_from("<2I", block, 116)
    return Entry(name, block[66], left, right, child, start, size)
