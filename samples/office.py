"""LibreOffice as another hand: the file that a clerk's own program makes of another."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path

SECONDS = 300


def has_office() -> bool:
    """Whether this machine has LibreOffice."""
    return shutil.which("soffice") is not None


def convert_all(documents: Sequence[Path], kind: str, folder: Path) -> list[Path]:
    """The documents as files of another kind («ods», «doc:MS Word 97»), in `folder`; one call for all, on a
    profile of its own.

    Raises RuntimeError where a file didn't come out: LibreOffice ends with 0 even then.
    """
    profile = folder / "profile"
    command = ["soffice", "--headless", f"-env:UserInstallation={profile.as_uri()}"]
    command += ["--convert-to", kind, "--outdir", str(folder), *map(str, documents)]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, stdout=quiet, stderr=quiet, start_new_session=True) as office:
        try:
            office.wait(SECONDS)
        finally:
            if office.poll() is None:
                os.killpg(office.pid, signal.SIGKILL)
    suffix = kind.partition(":")[0]
    written = [folder / f"{document.stem}.{suffix}" for document in documents]
    if missing := [path.name for path in written if not path.is_file()]:
        raise RuntimeError(f"LibreOffice made no {missing}")
    return written
