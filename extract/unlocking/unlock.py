"""A locked source to one whose opened file has no password: Office files old and new, OpenDocument."""

from __future__ import annotations

import struct
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import msoffcrypto
from msoffcrypto import exceptions

from extract import kinds
from extract.document import Source
from extract.failure import Failure, Unreadable
from extract.intake import printable, take
from extract.means import Means
from extract.unlocking.odf import unlock_odf

DEFAULT = "VelvetSweatshop"
"""With this password Office locks what was to be write-protected only; it opens such files without asking."""
WRONG = (exceptions.InvalidKeyError, exceptions.DecryptionError)
FAULTS = (
    exceptions.FileFormatError,
    exceptions.ParseError,
    zipfile.BadZipFile,
    struct.error,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    OSError,
)
"""What damaged files raise."""


def is_locked(source: Source) -> bool:
    return source.type == kinds.LOCKED


def unlock(source: Source, means: Means) -> Source | Failure:
    """The source with its opened file unlocked, or that it is encrypted."""
    assert means.scratch is not None
    target = Path(tempfile.mkdtemp(dir=means.scratch)) / f"1{Path(source.name).suffix}"
    try:
        opened = (_odf if zipfile.is_zipfile(source.file) else _office)(source.file, means.passwords, target)
    except Unreadable as error:
        return Failure(printable(source.path), error.reason, error.message, error.remedy)
    except (*FAULTS, *WRONG):
        message = "文件加了密，且结构已损坏或加密方式不认识"
        return Failure(printable(source.path), "encrypted", message, kinds.UNLOCK)
    if not opened:
        message = "给出的密码都打不开这份文件" if means.passwords else "文件设有打开密码"
        return Failure(printable(source.path), "encrypted", message, kinds.PASSWORD)
    found = take(target, called=source.name)
    if isinstance(found, Failure):
        return replace(found, path=printable(source.path))
    return replace(source, media_type=found.media_type, note=found.note, opened=str(target), opened_as="")


def _odf(path: Path, passwords: Sequence[str], target: Path) -> bool:
    return any(unlock_odf(path, password, target) for password in passwords)


def _office(path: Path, passwords: Sequence[str], target: Path) -> bool:
    for password in (DEFAULT, *passwords):
        with path.open("rb") as locked, target.open("wb") as out:
            file = msoffcrypto.OfficeFile(locked)
            try:
                file.load_key(password=password)
                file.decrypt(out)
            except WRONG as error:
                if "version" in str(error):
                    raise
                continue
        return True
    return False
