"""Rows on their way into tables: figures, places and texts split off from the blocks that hold them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, insert
from sqlalchemy.orm import Session

from extract.document import Locus
from extract.quantity import MISSING, Figure, Quantity
from extract.report import Text
from models import tables
from models.base import Base

Row = dict[str, Any]
_BOX = ("box_left", "box_top", "box_right", "box_bottom")
_COUNTED = ("page", "table_no", "row_no", "column_no", "paragraph_no")
NOWHERE: Row = dict.fromkeys(("source", "part", *_COUNTED, *_BOX))


class Rows:
    """Rows by table, in the order in which they may be inserted."""

    def __init__(self) -> None:
        self.by_table: defaultdict[type[Base], list[Row]] = defaultdict(list)

    def add(self, table: type[Base], **row: Any) -> None:
        self.by_table[table].append(row)

    def figure(self, path: str, figure: Figure) -> Decimal | None:
        """The value for the typed table; what was read for it, and where, goes to `figure`."""
        value = figure.value if isinstance(figure, Quantity) else None
        if figure != MISSING:
            self.add(tables.FigureRow, path=path, **_read(figure), **placed(figure.locus))
            for position, text in enumerate(figure.readings):
                self.add(tables.OtherReading, path=path, position=position, text=text)
        return value

    def figures(self, prefix: str, block: object, names: Iterable[str], column: str = "") -> Row:
        """The named figures of a block as columns: their codes, each after `column`."""
        return {column + name: self.figure(prefix + name, getattr(block, name)) for name in names}

    def place(self, path: str, locus: Locus | None) -> None:
        if locus is not None:
            self.add(tables.Place, path=path, **placed(locus))

    def text(self, path: str, text: Text | None) -> str | None:
        if text is None:
            return None
        self.place(path, text.locus)
        return text.value

    def insert(self, db: Connection | Session, submission_id: int) -> None:
        """Write them all, as the submission's."""
        for table, rows in self.by_table.items():
            for row in rows:
                row["submission_id"] = submission_id
            db.execute(insert(table), rows)


def placed(locus: Locus | None) -> Row:
    """A locus in columns; there everything counts from 1."""
    if locus is None:
        return NOWHERE
    box = locus.box or (None, None, None, None)
    return {
        "source": locus.source,
        "page": locus.page,
        "part": locus.part,
        "table_no": locus.table,
        "row_no": None if locus.row is None else locus.row + 1,
        "column_no": None if locus.column is None else locus.column + 1,
        "paragraph_no": None if locus.paragraph is None else locus.paragraph + 1,
        "box_left": box[0],
        "box_top": box[1],
        "box_right": box[2],
        "box_bottom": box[3],
    }


def places(value: Decimal | None) -> int | None:
    """The decimal places a value is written with (negative for 1E+2); None for none."""
    if value is None:
        return None
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else None


def _read(figure: Figure) -> Row:
    if isinstance(figure, Quantity):
        return {
            "state": "value",
            "text": figure.text,
            "value": figure.value,
            "places": places(figure.value),
            "step": figure.step,
            "kind": figure.kind,
            "unit": figure.unit,
            "sure": figure.sure,
            "raw": figure.raw or None,
        }
    absent: Row = dict.fromkeys(("value", "places", "step", "raw"))
    as_what: Row = {"kind": figure.kind, "unit": figure.unit or None, "sure": figure.sure}
    return {"state": figure.why, "text": figure.text, **absent, **as_what}
