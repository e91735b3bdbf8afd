"""An archive to Sources: each file in it told by content like any other, archives in archives opened too.

A source's path shows archive and entry: «某局.zip › 附件1.docx». Encrypted entries are named.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath

from extract import kinds
from extract.document import Source
from extract.failure import Failure, Unreadable
from extract.intake import WITHIN, is_hidden, natural, printable, take
from extract.means import Means
from extract.unpacking.room import Limits, Room, Unpacked
from extract.unpacking.seven import unpack_by_program
from extract.unpacking.zips import unpack_zip


def is_archive(source: Source) -> bool:
    return source.type in (kinds.ZIP.media_type, kinds.ARCHIVE.media_type)


def unpack(source: Source, means: Means, limits: Limits | None = None) -> list[Source | Failure]:
    """Every file of an archive, in natural order; where the archive itself can't be opened, one Failure."""
    assert means.scratch is not None
    room = Room(Path(tempfile.mkdtemp(dir=means.scratch)), limits or Limits())
    found = list(_opened(source, room, means.passwords, 1))
    if found:
        return found
    return [Failure(printable(source.path), "empty", "压缩包里没有文件", kinds.COPY_AGAIN)]


def _opened(source: Source, room: Room, passwords: tuple[str, ...], depth: int) -> Iterator[Source | Failure]:
    shown = printable(source.path)
    if depth > room.limits.depth:
        message = f"压缩包套了 {room.limits.depth} 层以上，没有再解"
        yield Failure(shown, "too_large", message, kinds.UNPACK)
        return
    try:
        opener = unpack_zip if source.type == kinds.ZIP.media_type else unpack_by_program
        entries = list(opener(source.file, room, passwords))
    except Unreadable as error:
        yield Failure(shown, error.reason, error.message, error.remedy)
        return
    inner: list[Source] = []
    for entry in sorted(entries, key=_order):
        if any(is_hidden(part) for part in PurePosixPath(_path(entry.name)).parts):
            continue
        taken = _taken(entry, shown)
        if isinstance(taken, Source) and is_archive(taken):
            inner.append(taken)
        else:
            yield taken
    for archive in inner:
        yield from _opened(archive, room, passwords, depth + 1)


def _order(entry: Unpacked) -> list[tuple[bool, list[tuple[int, int, str]]]]:
    """A folder's files before its folders, each in natural order."""
    *folders, name = _path(entry.name).split("/")
    return [*((True, natural(folder)) for folder in folders), (False, natural(name))]


def _path(name: str) -> str:
    """An entry's name as a path: either slash, no drive, nothing that climbs."""
    parts = name.replace("\\", "/").split("/")
    return "/".join(part for part in parts if part not in ("", ".", "..")) or "（无名）"


def _taken(entry: Unpacked, archive: str) -> Source | Failure:
    name = _path(entry.name)
    shown = printable(f"{archive}{WITHIN}{name}") if entry.name else archive
    if entry.path is None:
        trouble = entry.trouble or Unreadable("broken", "没有解出", kinds.COPY_AGAIN)
        return Failure(shown, trouble.reason, trouble.message, trouble.remedy)
    taken = take(entry.path, called=PurePosixPath(name).name)
    if isinstance(taken, Failure):
        return replace(taken, path=shown)
    return replace(taken, name=printable(PurePosixPath(name).name), path=shown, opened=str(entry.path))
