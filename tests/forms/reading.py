"""What the tests of forms share: ten lines of notation to a Report, and its figures as plain text."""

from __future__ import annotations

from extract.forms.read import read_report
from extract.forms.vocabulary import standard
from extract.paths import figures
from extract.quantity import Absent, Figure, Quantity
from extract.report import Report
from tests.notation import document


def read(text: str) -> Report:
    return read_report(document(text), standard())


def values(report: Report, prefix: str) -> dict[str, str]:
    """The figures that were read, without the prefix: path → value."""
    return {
        path.removeprefix(prefix): format(figure.value, "f")
        for path, figure in figures(report)
        if path.startswith(prefix) and isinstance(figure, Quantity)
    }


def why(figure: Figure) -> str:
    """Why there is no figure; empty where there is one."""
    return figure.why if isinstance(figure, Absent) else ""
