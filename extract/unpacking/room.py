"""A scratch folder with room for so much and no more; files in it have numbers for names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from extract.failure import Unreadable

CHUNK = 1 << 20
SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,8}$")
LOCKED_OUT = ("压缩包设有密码", "给出的密码都打不开这个压缩包")
"""Of an archive to which no password was given, and to which none of those given was the right one."""
SUSPECT = "请先查杀病毒、核对来源；确是自评材料的，请解压后导入解出的文件夹"
SPLIT = "请只提交自评材料本身，或拆成几个压缩包"


@dataclass(frozen=True, slots=True)
class Limits:
    """How many files, how many bytes a file and in all, how many times an archive's own size, how deep
    archives may lie in archives."""

    files: int = 2000
    file: int = 200 << 20
    total: int = 1 << 30
    ratio: int = 500
    depth: int = 3


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A file of an archive: its name there, with folders, and where it lies now; or why it is not."""

    name: str
    path: Path | None
    trouble: Unreadable | None = None


@dataclass(slots=True)
class Room:
    """Shared by an archive and those in it."""

    folder: Path
    limits: Limits = Limits()
    files: int = 0
    total: int = 0
    _numbers: Iterator[int] = field(default_factory=lambda: iter(range(1, 1 << 30)))

    def promise(self, files: int, total: int, packed: int) -> None:
        """Refuse an archive by its own word, before anything comes out of it. Raises Unreadable."""
        if self.files + files > self.limits.files:
            message = f"压缩包里的文件超过 {self.limits.files} 个的上限"
            raise Unreadable("too_large", message, SPLIT)
        if self.total + total > self.limits.total:
            if total > self.limits.ratio * max(packed, 1):
                raise Unreadable("hostile", "压缩包解压后大得异常，可能是恶意文件，没有解压", SUSPECT)
            message = f"压缩包解压后超过 {self.limits.total >> 20} MB 的上限"
            raise Unreadable("too_large", message, SPLIT)

    def place(self, name: str) -> Path:
        """A new path for a file of this name: a number, and the name's extension."""
        found = SUFFIX.search(name)
        return self.folder / f"{next(self._numbers)}{found.group().lower() if found else ''}"

    def take(self, stream: IO[bytes], name: str) -> Path:
        """Write a stream down, measured as it comes. Raises Unreadable."""
        path = self.place(name)
        size = 0
        with path.open("wb") as file:
            while chunk := stream.read(CHUNK):
                size += len(chunk)
                if size > self.limits.file or self.total + size > self.limits.total:
                    file.close()
                    path.unlink()
                    raise Unreadable("too_large", "解压后超过大小上限", SPLIT)
                file.write(chunk)
        self.count(size)
        return path

    def count(self, size: int) -> None:
        self.files += 1
        self.total += size
