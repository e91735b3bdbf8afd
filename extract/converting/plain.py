"""Word 97 to 2003 documents to .docx in Python alone: the second opinion beside LibreOffice, and what is read
where LibreOffice is missing or gave nothing.
"""

from __future__ import annotations

import struct
import tempfile
from collections.abc import Sequence
from functools import partial
from importlib import import_module
from pathlib import Path

from extract import kinds
from extract.document import Source
from extract.failure import Failure, Unreadable
from extract.intake import printable
from extract.means import Means
from extract.sandbox import Limits, run_all

PACKAGE = "msdoc2docx"
LIMITS = Limits(seconds=30)


def plainly(sources: Sequence[Source], means: Means, jobs: int | None = None) -> dict[Source, Path | Failure]:
    """For each .doc a .docx in the scratch folder, or why there is none."""
    if not sources:
        return {}
    assert means.scratch is not None
    import_module("doc2docx.converter")  # half a second: once, and only for a run that meets such files
    work = partial(_plain, scratch=means.scratch)
    return dict(run_all(work, sources, LIMITS, jobs, describe=lambda source: printable(source.path)))


def _plain(source: Source, scratch: Path) -> Path:
    """Raises Unreadable."""
    from doc2docx.converter import convert
    from doc2docx.errors import Doc2DocxError

    target = Path(tempfile.mkdtemp(dir=scratch)) / "plain.docx"
    try:
        convert(source.file, target)
    except (Doc2DocxError, LookupError, ValueError, OverflowError, RecursionError, struct.error) as fault:
        raise Unreadable("broken", "文件可能已损坏", kinds.RESAVE_WORD) from fault
    return target
