"""Amounts are exact on both databases: as stored, as fetched, as summed in SQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Column, Engine, Integer, MetaData, Table, delete, func, insert, select, text

from models.database import writing
from models.exact import Exact, NotANumber, decode, encode
from models.trouble import DatabaseTrouble
from tests.reports import decimals

LONG = Decimal("123456789012345.6789")
LEDGER = Table(
    "ledger",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("block", Integer),
    Column("amount", Exact),
)
on_one_database = settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def ledger(bare: Engine) -> Engine:
    with writing(bare) as db:
        LEDGER.create(db)
    return bare


def fill(engine: Engine, amounts: Iterable[Decimal | str | None]) -> None:
    """The ledger anew with these amounts, in turn in block 1 and block 2."""
    rows = [
        {"block": place % 2 + 1, "amount": None if amount is None else Decimal(amount)}
        for place, amount in enumerate(amounts)
    ]
    with writing(engine) as db:
        db.execute(delete(LEDGER))
        if rows:
            db.execute(insert(LEDGER), rows)


def asked(engine: Engine, sql: str) -> list[Sequence[object]]:
    """What textual SQL answers, numbers as exact decimals."""
    with writing(engine) as db:
        rows = db.execute(text(sql))
        return [tuple(_decimal(value) for value in row) for row in rows]


def _decimal(value: object) -> object:
    return decode(value) if isinstance(value, int | float | bytes) else value


@on_one_database
@given(st.lists(decimals, min_size=1, max_size=8))
def test_amounts_come_back_unchanged_and_sum_exactly(ledger: Engine, amounts: list[Decimal]) -> None:
    fill(ledger, amounts)
    with writing(ledger) as db:
        assert list(db.execute(select(LEDGER.c.amount).order_by(LEDGER.c.id)).scalars()) == amounts
        assert db.execute(select(func.sum(LEDGER.c.amount))).scalar() == exact_sum(amounts)
    assert asked(ledger, "SELECT sum(amount) FROM ledger") == [(exact_sum(amounts),)]


def exact_sum(amounts: Iterable[Decimal]) -> Decimal:
    """The sum in whole units of the smallest place there is: of integers, so nothing is rounded here."""
    whole = 0
    for amount in amounts:
        sign, digits, exponent = amount.as_tuple()
        assert isinstance(exponent, int)
        units = int("".join(map(str, digits))) * 10 ** (exponent + 12)
        whole += -units if sign else units
    sign, digits = whole < 0, tuple(map(int, str(abs(whole))))
    return Decimal((int(sign), digits, -12))


def test_the_amount_that_a_float_would_change(ledger: Engine) -> None:
    fill(ledger, [LONG, "0.0001", "-0.5"])
    with writing(ledger) as db:
        assert db.execute(select(LEDGER.c.amount).order_by(LEDGER.c.id)).scalars().first() == LONG
        assert db.execute(select(func.sum(LEDGER.c.amount))).scalar() == Decimal("123456789012345.1790")


def test_tenths_add_up_in_groups_windows_and_with_blanks(ledger: Engine) -> None:
    fill(ledger, ["0.1", "0.7", "0.2", None, None, "0.1"])
    tenth, third = Decimal("0.1"), Decimal("0.3")
    assert asked(ledger, "SELECT block, sum(amount) FROM ledger GROUP BY block ORDER BY block") == [
        (1, third),
        (2, Decimal("0.8")),
    ]
    assert asked(
        ledger,
        "SELECT sum(amount) OVER (ORDER BY id ROWS 2 PRECEDING) FROM ledger ORDER BY id",
    ) == [(tenth,), (Decimal("0.8"),), (Decimal("1.0"),), (Decimal("0.9"),), (Decimal("0.2"),), (tenth,)]
    assert asked(ledger, "SELECT sum(DISTINCT amount), sum(amount) FILTER (WHERE block = 1) FROM ledger") == [
        (Decimal("1.0"), third)
    ]


def test_no_amounts_sum_to_null_and_counts_to_a_whole_number(ledger: Engine) -> None:
    fill(ledger, [None, None, None])
    assert asked(ledger, "SELECT sum(amount) FROM ledger") == [(None,)]
    assert asked(ledger, "SELECT sum(amount) FROM ledger WHERE id < 0") == [(None,)]
    with writing(ledger) as db:
        counted = db.execute(text("SELECT sum(block) FROM ledger")).scalar_one()
    assert (counted, isinstance(counted, int)) == (4, True)


def test_whole_amounts_divide_as_amounts(ledger: Engine) -> None:
    fill(ledger, ["1", "2"])
    assert asked(
        ledger, "SELECT amount / 2, (SELECT sum(amount) FROM ledger) / 2 FROM ledger WHERE id = 1"
    ) == [(Decimal("0.5"), Decimal("1.5"))]


def test_another_sqlite_client_sees_plain_numbers(sqlite: Engine) -> None:
    with writing(sqlite) as db:
        LEDGER.create(db)
    fill(sqlite, ["1363.38", "20", "-0.5"])
    other = sqlite3.connect(str(sqlite.url.database))
    rows = other.execute("SELECT amount, typeof(amount) FROM ledger WHERE amount < 100 ORDER BY amount")
    assert rows.fetchall() == [(-0.5, "real"), (20.0, "real")]
    assert other.execute("SELECT round(sum(amount), 2) FROM ledger").fetchone() == (1382.88,)
    other.execute("UPDATE ledger SET amount = '7.25' WHERE amount = 20")
    other.commit()
    other.close()
    assert asked(sqlite, "SELECT sum(amount) FROM ledger") == [(Decimal("1370.13"),)]


def test_words_in_an_amount_are_trouble_and_no_zero(sqlite: Engine) -> None:
    with writing(sqlite) as db:
        LEDGER.create(db)
        db.exec_driver_sql("INSERT INTO ledger (amount) VALUES ('约三万')")
    with pytest.raises(DatabaseTrouble, match="约三万"), writing(sqlite) as db:
        db.execute(select(LEDGER.c.amount)).all()
    with pytest.raises(DatabaseTrouble), writing(sqlite) as db:
        db.execute(select(func.sum(LEDGER.c.amount))).all()


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_amount_is_refused(ledger: Engine, value: str) -> None:
    with pytest.raises(DatabaseTrouble):
        fill(ledger, [value])
    with pytest.raises(NotANumber):
        encode(Decimal(value))


@given(st.builds(lambda digits, power: Decimal(digits).scaleb(power), st.integers(), st.integers(-330, 330)))
def test_encoding_loses_nothing_and_keeps_numbers_where_it_can(value: Decimal) -> None:
    encoded = encode(value)
    assert decode(encoded) == value
    digits = len(value.as_tuple().digits)
    if digits <= 15 and (value == 0 or -290 < value.adjusted() < 290):
        assert isinstance(encoded, float)
