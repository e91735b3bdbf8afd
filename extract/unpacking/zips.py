"""Zip archives by the standard library, entry by entry, measured as they come out."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

from extract import kinds
from extract.failure import Unreadable
from extract.filetype import ZIP_FAULTS
from extract.unpacking.names import CODE_PAGES, names
from extract.unpacking.room import LOCKED_OUT, Room, Unpacked
from extract.unpacking.seven import unpack_by_program

PLAIN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
AES = 99


def unpack_zip(path: Path, room: Room, passwords: tuple[str, ...]) -> Iterator[Unpacked]:
    """The files of a zip; a bad entry comes without file. Raises Unreadable for the whole archive."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            named, encoding = names(entries)
            if any(entry.compress_type not in (*PLAIN, AES) for entry in entries) or _strong(entries):
                yield from unpack_by_program(path, room, passwords, CODE_PAGES[encoding])
                return
            room.promise(len(entries), sum(entry.file_size for entry in entries), path.stat().st_size)
            for entry, name in zip(entries, named, strict=True):
                if not entry.is_dir() and not name.endswith(("/", "\\")):
                    yield _unpack(archive, entry, name, room, passwords)
    except ZIP_FAULTS as fault:
        raise Unreadable("broken", "压缩包已损坏", kinds.COPY_AGAIN) from fault


def _strong(entries: list[zipfile.ZipInfo]) -> bool:
    return any(entry.compress_type == AES for entry in entries)


def _unpack(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, room: Room, passwords: tuple[str, ...]
) -> Unpacked:
    coded = [raw for word in passwords for raw in (word.encode(), word.encode("gb18030", "replace"))]
    for password in coded if entry.flag_bits & 1 else [None]:
        try:
            with archive.open(entry, pwd=password) as stream:
                return Unpacked(name, room.take(stream, name))
        except Unreadable as error:
            return Unpacked(name, None, error)
        except ZIP_FAULTS as fault:
            if entry.flag_bits & 1:
                continue
            broken = Unreadable("broken", "在压缩包里已损坏", kinds.COPY_AGAIN)
            broken.__cause__ = fault
            return Unpacked(name, None, broken)
    return Unpacked(name, None, Unreadable("encrypted", LOCKED_OUT[bool(passwords)], kinds.PASSWORD))
