"""Files packed as offices pack them: .zip whose names are GBK with nothing that says so, and .7z."""

from __future__ import annotations

import io
import subprocess
import zipfile
from collections.abc import Iterable
from pathlib import Path
from string import ascii_letters

from extract.unpacking import seven


def write_zip(files: Iterable[Path], top: Path, path: Path) -> Path:
    """Packs 52 files at most into `path` under their names below `top`, in GBK without a UTF-8 flag."""
    buffer = io.BytesIO()
    names = {}
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for letter, file in zip(ascii_letters, files, strict=False):
            name = file.relative_to(top).as_posix().encode("gb18030")
            names[letter * len(name)] = name
            archive.writestr(letter * len(name), file.read_bytes())
    packed = buffer.getvalue()
    for stand_in, name in names.items():
        packed = packed.replace(stand_in.encode(), name)
    path.write_bytes(packed)
    return path


def write_7z(files: Iterable[Path], top: Path, path: Path) -> Path:
    """Packs the files into `path` under their names below `top`. Raises RuntimeError without 7-Zip."""
    program = seven.program()
    if program is None:
        raise RuntimeError("7-Zip is not installed")
    names = [file.relative_to(top).as_posix() for file in files]
    subprocess.run(
        [program, "a", "-bd", str(path.resolve()), *names], cwd=top, check=True, stdout=subprocess.DEVNULL
    )
    return path
