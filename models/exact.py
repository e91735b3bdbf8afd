"""Decimals that no database changes, and sums of them that no database rounds.

PostgreSQL's NUMERIC does both by itself. SQLite knows only 64-bit floats, so there

- a value that a float gives back as it went in (any with up to 15 significant digits) is stored as that
  float: every SQLite client sees a plain number that compares, sorts and divides;
- a longer one is stored as its decimal text in a BLOB, unchanged. It sorts after every number and compares
  with none, the price of being kept whole: 万元 amounts of more than 15 digits are not met in practice;
- `sum` is replaced on each of our own connections (`add_exactly`) by one that adds decimals: plain,
  DISTINCT, FILTER, GROUP BY and window sums alike, in textual SQL too. As the built-in one, it ignores
  NULL, is NULL over no rows, and an integer over integers alone; any float among them makes it a float.

Other arithmetic in SQLite's SQL (`final - budget`, `avg`) is float arithmetic there: exact is what is
stored, fetched and summed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal, Inexact, InvalidOperation
from typing import Any

from sqlalchemy import Dialect, Numeric
from sqlalchemy.dialects import postgresql
from sqlalchemy.types import TypeDecorator, TypeEngine, UserDefinedType

Encoded = int | float | bytes

_WITHOUT_ROUNDING = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[Inexact])
_BEYOND_INTEGERS = 2**63


class NotANumber(ValueError):
    """Something that is no finite decimal, in an `Exact` column or on its way there."""


def encode(value: Decimal) -> float | bytes:
    """How SQLite keeps a value: the float that gives it back, else its decimal text as bytes.

    Raises NotANumber for NaN and the infinities.
    """
    if not value.is_finite():
        raise NotANumber(f"{value} is no amount")
    number = float(value)
    return number if Decimal(repr(number)) == value else _plain(value).encode("ascii")


def decode(stored: Encoded | str) -> Decimal:
    """The value that SQLite keeps, without trailing zeros; a text that another client left is read too.

    Raises NotANumber for anything that is no finite decimal.
    """
    if isinstance(stored, float):
        text = repr(stored)
        text = text[:-2] if text.endswith(".0") else text
    elif isinstance(stored, bytes):
        text = stored.decode("ascii", "replace")
    else:
        text = str(stored)
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise NotANumber(f"{text!r} is no amount") from None
    if not value.is_finite():
        raise NotANumber(f"{text!r} is no amount")
    return value


def with_places(value: Decimal, places: int | None) -> Decimal:
    """The same value written with so many decimal places (negative: as a multiple of a power of ten)."""
    return value if places is None else _WITHOUT_ROUNDING.quantize(value, Decimal((0, (1,), -places)))


def _plain(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


class _Plain(UserDefinedType[Any]):
    """A column of SQLite that leaves what is bound to it alone: floats stay floats, BLOBs stay BLOBs."""

    cache_ok = True

    def get_col_spec(self, **_: object) -> str:
        return "REAL"


class Exact(TypeDecorator[Decimal]):
    """A decimal of any length: NUMERIC on PostgreSQL, REAL (or a BLOB, see above) on SQLite.

    It has no number of places: a type with places would round in silence.
    """

    impl = Numeric
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(_Plain())
        return dialect.type_descriptor(postgresql.NUMERIC())

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any]:
        accept = encode if dialect.name == "sqlite" else _finite
        return lambda value: None if value is None else accept(Decimal(value))

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Decimal | None]:
        accept = decode if dialect.name == "sqlite" else _finite
        return lambda stored: None if stored is None else accept(stored)


def _finite(value: Any) -> Decimal:
    amount = Decimal(value)
    if not amount.is_finite():
        raise NotANumber(f"{value} is no amount")
    return amount


def add_exactly(connection: sqlite3.Connection) -> None:
    """Replace `sum` on one SQLite connection by the exact one."""
    connection.create_window_function("sum", 1, _Sum)


class _Sum:
    """SQLite's `sum`, with decimals: exact, so what leaves a window may simply be taken off again."""

    def __init__(self) -> None:
        self.total = Decimal(0)
        self.counted = 0
        self.fractions = 0

    def step(self, stored: Encoded | str | None) -> None:
        self._count(stored, 1)

    def inverse(self, stored: Encoded | str | None) -> None:
        self._count(stored, -1)

    def value(self) -> Encoded | None:
        if not self.counted:
            return None
        if not self.fractions and self.total.copy_abs() < _BEYOND_INTEGERS:
            return int(self.total)
        return encode(self.total)

    finalize = value

    def _count(self, stored: Encoded | str | None, sign: int) -> None:
        if stored is None:
            return
        amount = decode(stored)
        operation = _WITHOUT_ROUNDING.add if sign > 0 else _WITHOUT_ROUNDING.subtract
        self.total = operation(self.total, amount)
        self.counted += sign
        self.fractions += 0 if isinstance(stored, int) else sign
