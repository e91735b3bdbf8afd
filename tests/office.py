"""LibreOffice in tests: what it makes of a file, where there is one."""

from __future__ import annotations

from pathlib import Path

import pytest

from samples.office import convert_all, has_office

needs_office = pytest.mark.skipif(not has_office(), reason="LibreOffice (soffice) is not installed")


def to_pdf(documents: list[Path], folder: Path) -> list[Path]:
    """PDFs of the documents, in `folder`; one call for all."""
    return convert_all(documents, "pdf", folder)


def convert(document: Path, kind: str, folder: Path) -> Path:
    """The document as a file of another kind («ods», «doc:MS Word 97»), in `folder`."""
    return convert_all([document], kind, folder)[0]
