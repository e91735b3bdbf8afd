"""LibreOffice as a converter: one call for a batch, a profile of its own, success by the file alone.

LibreOffice ends with 0 when it fails, takes random bytes for text unless told the format, and fails in
silence where two calls share a profile or two files a name: hence numbered names, the filter, the folder.
It runs in the caller's process group, so that whoever ends the caller's group ends it too.
"""

from __future__ import annotations

import shutil
import subprocess
import time
import zipfile
from collections.abc import Sequence
from pathlib import Path

PROGRAMS = ("soffice", "libreoffice")
TARGET = "docx:MS Word 2007 XML"
MAIN_PART = "word/document.xml"
BEAT = 0.05


def program() -> str | None:
    """The LibreOffice program of this machine, None where there is none."""
    return next((found for name in PROGRAMS if (found := shutil.which(name))), None)


def version(office: str, seconds: float = 30.0) -> str:
    """What LibreOffice calls itself («LibreOffice 7.4.7.2»), empty where it doesn't start."""
    try:
        done = subprocess.run([office, "--version"], capture_output=True, timeout=seconds, check=True)
    except (OSError, subprocess.SubprocessError):
        return ""
    return " ".join(done.stdout.decode("utf-8", "replace").split()[:2])


def convert(
    office: str, files: Sequence[Path], infilter: str, suffix: str, folder: Path, seconds: float
) -> list[Path | None]:
    """A .docx in `folder` for each file, None where there is none after so many seconds.

    `infilter` is LibreOffice's name of the files' format, `suffix` the extension they get.
    """
    named = [folder / f"{number}{suffix}" for number, _ in enumerate(files, 1)]
    for file, name in zip(files, named, strict=True):
        name.symlink_to(file.resolve())
    out = folder / "out"
    command = [office, f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    command += ["--headless", "--norestore", "--nologo", "--nolockcheck", f"--infilter={infilter}"]
    command += ["--convert-to", TARGET, "--outdir", str(out), *map(str, named)]
    _run(command, seconds)
    made = [out / f"{name.stem}.docx" for name in named]
    return [path if _is_whole(path) else None for path in made]


def _is_whole(path: Path) -> bool:
    """Whether a file was written that is a package with a main part: rubbish is no conversion."""
    try:
        with zipfile.ZipFile(path) as package:
            return MAIN_PART in package.namelist()
    except (OSError, zipfile.BadZipFile):
        return False


def _run(command: Sequence[str], seconds: float) -> None:
    quiet = subprocess.DEVNULL
    deadline = time.monotonic() + seconds
    with subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet) as process:
        while process.poll() is None:
            if time.monotonic() > deadline:
                process.kill()
                break
            time.sleep(BEAT)
