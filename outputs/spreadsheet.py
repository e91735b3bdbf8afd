"""CSV as Excel opens it: UTF-8 with a mark at its start, and no cell that runs as a formula."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal, InvalidOperation
from itertools import islice

MARK = "\ufeff"
CHUNK = 2000
"""Rows that are turned into text at once."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_lines(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The head and then the rows as CSV text, ready to be written one piece after another."""
    yield head_line(head)
    waiting = iter(rows)
    while chunk := list(islice(waiting, CHUNK)):
        yield row_lines(chunk)


def head_line(head: Sequence[str]) -> str:
    return MARK + _text([head])


def row_lines(rows: Sequence[Sequence[object]]) -> str:
    return _text([[_cell(value) for value in row] for row in rows])


def _text(rows: Sequence[Sequence[str]]) -> str:
    import pandas

    if not rows:
        return ""
    frame = pandas.DataFrame(rows, dtype=object)
    return str(frame.to_csv(index=False, header=False, lineterminator="\r\n"))


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) and not _is_number(text) else text


def _is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False
