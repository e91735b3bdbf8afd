"""The scratch folder of a run: gone at its end, whatever the end; one that a killed run left is swept up."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

_NAME = re.compile(r"gouji-(\d+)-")


@contextlib.contextmanager
def scratch_folder() -> Iterator[Path]:
    """A new, empty folder that nobody else may read, under the system's folder for temporary files."""
    _sweep()
    with tempfile.TemporaryDirectory(prefix=f"gouji-{os.getpid()}-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def _sweep() -> None:
    """Remove what runs left that were killed: folders of this user whose process is gone."""
    for folder in Path(tempfile.gettempdir()).glob("gouji-*-*"):
        found = _NAME.match(folder.name)
        with contextlib.suppress(OSError):
            if found and folder.stat().st_uid == os.getuid() and not _lives(int(found.group(1))):
                shutil.rmtree(folder, ignore_errors=True)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
