"""From the paths a clerk gives to Sources: walks folders, hashes, tells kinds by content, trusts no name.

Every file under the paths ends in exactly one Source or Failure, but for the system's own hidden files
(names with a leading dot, Thumbs.db, desktop.ini, __MACOSX). Nothing but a regular file is opened.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import stat
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from extract import filetype, kinds
from extract.document import Source
from extract.failure import Failure, Reason, Unreadable
from extract.kinds import Kind

SIZE_LIMIT = 200 << 20
CHUNK = 1 << 20
WITHIN = " › "
"""Stands in a path between an archive and what is in it."""
HIDDEN = frozenset({"thumbs.db", "ehthumbs.db", "desktop.ini", "__macosx", "icon\r"})
DIGITS = re.compile(r"(\d+)", re.ASCII)
FOLDER_REMEDY = "请检查这个文件夹的访问权限，或把文件拷贝到自己的文件夹后再导入"
FILE_REMEDY = "请检查这份文件的访问权限，或拷贝到自己的文件夹后再导入"
GONE_REMEDY = "请检查路径是否写对、文件是否已被移走"


def gather(paths: Sequence[Path], own: Iterable[Path] = ()) -> Iterator[Source | Failure]:
    """Each file at or under the paths once, in the paths' order; inside a folder its files, then its
    folders, 附件2 before 附件10. The same bytes under two names are two Sources.

    `Source.path` is what opens the file and may hold bytes that are no text; `Source.name` and
    `Failure.path` can always be printed. `own` are the program's files, which may lie among them.
    """
    seen = {os.path.abspath(path) for path in own}
    for path in paths:
        for found in _walk(path):
            if isinstance(found, Failure):
                yield found
                continue
            place = os.path.abspath(found)
            if place not in seen:
                seen.add(place)
                yield take(found)


def take(path: Path, called: str = "") -> Source | Failure:
    """The Source at a path that is no folder, or why there is none; `called` is its name elsewhere."""
    if (called or path.name).startswith("~$"):
        return _failure(
            path,
            "lock_file",
            "这是 Word 或 WPS 打开文件时留下的锁定文件，不是文档，说明原文件可能正被打开",
            "请关闭正在编辑的文档（或删除这个残留文件）后重新导入",
        )
    try:
        with _open_regular(path) as file:
            return _source(path, file, Path(called or path.name))
    except Unreadable as error:
        return _failure(path, error.reason, error.message, error.remedy)
    except OSError as error:
        return _no_access(path, error, "文件", FILE_REMEDY)


def printable(name: str) -> str:
    """A file name as text: names that aren't UTF-8 on disk are read as GBK, as Windows wrote them."""
    raw = os.fsencode(name)
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "backslashreplace")


def _walk(top: Path) -> Iterator[Path | Failure]:
    """The files at or under a path, depth first, without recursion: folders nest deeper than calls may."""
    waiting: list[tuple[Path, frozenset[tuple[int, int]]]] = [(top, frozenset())]
    while waiting:
        path, above = waiting.pop()
        what = "文件或文件夹"
        try:
            status = path.stat()
            if not stat.S_ISDIR(status.st_mode):
                yield path
                continue
            here = (status.st_dev, status.st_ino)
            if here in above:
                yield _failure(
                    path, "no_access", "这个链接指回了它的上级文件夹，没有再读一遍", "请删除这个链接"
                )
                continue
            what = "文件夹"
            waiting += [(child, above | {here}) for child in reversed(_children(path))]
        except OSError as error:
            yield _no_access(path, error, what, FOLDER_REMEDY)


def _children(folder: Path) -> list[Path]:
    """A folder's entries as they are read: files first, each in natural order, the system's own left out."""
    with os.scandir(folder) as entries:
        found = [(_is_folder(entry), natural(entry.name), entry.name) for entry in entries]
    return [folder / name for *_, name in sorted(found) if not is_hidden(name)]


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def is_hidden(name: str) -> bool:
    return name.startswith(".") or name.lower() in HIDDEN


def natural(name: str) -> list[tuple[int, int, str]]:
    """A sort key by code points, runs of digits by their value; the same on every machine."""
    parts = DIGITS.split(name)
    return [(0, int(part), part) if place % 2 else (1, 0, part) for place, part in enumerate(parts) if part]


def _open_regular(path: Path) -> BinaryIO:
    """Open a regular file; a pipe, a socket or a device is never opened, for that could hang."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise Unreadable(
            "not_a_document", "这不是普通文件（管道、设备或套接字），没有打开", "请只导入文档文件"
        )
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    return os.fdopen(descriptor, "rb")


def _source(path: Path, file: BinaryIO, called: Path) -> Source:
    size = os.fstat(file.fileno()).st_size
    if size == 0:
        raise Unreadable("empty", "文件是空的（0 字节）", kinds.COPY_AGAIN)
    if size > SIZE_LIMIT:
        limit = f"{SIZE_LIMIT >> 20} MB"
        raise Unreadable(
            "too_large",
            f"文件有 {size / (1 << 20):.0f} MB，超过上限 {limit}",
            "请压缩其中的图片或拆分后再导入",
        )
    kind = filetype.tell(file)
    note = _contradiction(called, kind)
    if not kind.is_read:
        raise Unreadable(kind.reason, _refusal(kind, note), kind.remedy)
    return Source(
        name=printable(path.name),
        path=str(path),
        sha256=_sha256(file),
        media_type=kind.media_type,
        size=size,
        note=note,
        opened_as=kinds.LOCKED if kind.locked else "",
    )


def _refusal(kind: Kind, note: str) -> str:
    if kind.reason == "not_a_document":
        return f"这不是文档，而是{kind.name}" + (f"；{note}" if note else "")
    return f"本版本还不能读取{kind.name}" + (f"；{note}" if note else "")


def _contradiction(path: Path, kind: Kind) -> str:
    """What to say of a file whose extension promises something else than its content."""
    suffix = printable(path.suffix)
    if not suffix or suffix.lower() in kind.suffixes:
        return ""
    return f"扩展名与内容不符：扩展名是 {suffix}，内容是{kind.name}"


def _sha256(file: BinaryIO) -> str:
    file.seek(0)
    digest = hashlib.sha256()
    while chunk := file.read(CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def _no_access(path: Path, error: OSError, what: str, remedy: str) -> Failure:
    if isinstance(error, FileNotFoundError):
        if path.is_symlink():
            return _failure(path, "no_access", "链接指向的文件不存在", "请把原文件拷贝过来，代替这个链接")
        return _failure(path, "no_access", f"找不到这个{what}", GONE_REMEDY)
    if isinstance(error, PermissionError):
        return _failure(path, "no_access", f"没有权限打开这个{what}", remedy)
    if error.errno == errno.ELOOP:
        return _failure(path, "no_access", "链接绕成了圈，指不到任何文件", "请把原文件拷贝过来，代替这个链接")
    if error.errno == errno.ENAMETOOLONG:
        return _failure(path, "no_access", "文件夹层数太深，路径过长", "请把文件移到浅一些的文件夹后再导入")
    return _failure(path, "no_access", f"读取时出错（系统错误号 {error.errno}）", remedy)


def _failure(path: Path, reason: Reason, message: str, remedy: str) -> Failure:
    return Failure(printable(str(path)), reason, message, remedy)
