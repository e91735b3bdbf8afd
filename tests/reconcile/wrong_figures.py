"""Random reports that tie, and ways of printing one of their figures wrongly: as people do, or at random."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from extract.quantity import Quantity
from extract.report import Report
from reconcile.ledger import open_ledger
from tests.reconcile.consistent import LEAVES, consistent

CENT = Decimal("0.01")
SUMS = {
    "expense.project_sum": (
        "expenses.project.final",
        "expenses.project_business.final",
        "expenses.project_operations.final",
        "expenses.project_special.final",
        "expenses.project_special#2.final",
    ),
    "expense.three_public_sum": (
        "expenses.three_public.prior_final",
        "expenses.vehicles.prior_final",
        "expenses.overseas.prior_final",
        "expenses.reception.prior_final",
    ),
    "narrative.economic_sum": (
        "narrative.basic_expenditure#2",
        "narrative.wages",
        "narrative.goods_services",
        "narrative.transfers",
        "narrative.capital",
    ),
}
PAIRS = {
    "funding.narrative": ("narrative.project_expenditure#2", "narrative.basic_expenditure"),
    "expense.three_public_narrative": ("narrative.reception.budget", "narrative.three_public.final"),
    "expense.operating_narrative": ("narrative.goods_services",),
}
_LARGE = ("business", "operations", "fund_one", "fund_two", "wages", "transfers", "operating_rest")
_SMALL = ("vehicle_running", "vehicle_purchase", "overseas", "reception", "office", "capital")

Wrong = Callable[[Random, Decimal], Decimal | None]


def amount(random: Random, least: float, most: float) -> Decimal:
    """An amount with two places: small ones are as common as large ones."""
    return _cents(Decimal(least * (most / least) ** random.random()))


def tied(random: Random) -> Report:
    """A report of random amounts in which everything ties."""
    leaf = {name: tuple(Decimal(word) for word in text.split()) for name, text in LEAVES.items()}
    for names, least, most in ((_LARGE, 8.0, 900.0), (_SMALL, 0.4, 30.0)):
        for name in names:
            leaf[name] = tuple(amount(random, least, most) for _ in leaf[name])
    return consistent(leaf)


def value_at(report: Report, path: str) -> Decimal:
    figure = open_ledger(report).figure(path)
    assert isinstance(figure, Quantity)
    return figure.value


def at_random(random: Random, value: Decimal) -> Decimal | None:
    """Another amount: off by a random one, half of the time small."""
    off = amount(random, 0.05, float(value) / 2 + 0.1) * random.choice((1, -1))
    return value + off if value + off > 0 else None


def swapped(random: Random, value: Decimal) -> Decimal | None:
    digits = _digits(value)
    places = [i for i in range(len(digits) - 1) if digits[i] != digits[i + 1]]
    if not places:
        return None
    place = random.choice(places)
    one, other = digits[place], digits[place + 1]
    return _amount(digits[:place] + other + one + digits[place + 2 :])


def one_other(random: Random, value: Decimal) -> Decimal | None:
    """Not the last one: nothing can be said of a difference of some hundredths."""
    digits = _digits(value)
    place = random.randrange(len(digits) - 1)
    figure = random.choice([one for one in "0123456789" if one != digits[place]])
    return _amount(digits[:place] + figure + digits[place + 1 :])


def one_less(random: Random, value: Decimal) -> Decimal | None:
    digits = _digits(value)
    place = random.randrange(len(digits) - 2)
    return _amount(digits[:place] + digits[place + 1 :]) if len(digits) > 3 else None


def doubled(random: Random, value: Decimal) -> Decimal | None:
    digits = _digits(value)
    place = random.randrange(len(digits) - 2)
    return _amount(digits[:place] + digits[place] + digits[place:])


def without_point(_: Random, value: Decimal) -> Decimal | None:
    return Decimal(_digits(value))


def in_yuan(_: Random, value: Decimal) -> Decimal | None:
    return _cents(value * 10000).quantize(Decimal(1))


def negative(_: Random, value: Decimal) -> Decimal | None:
    return -value


def _digits(value: Decimal) -> str:
    return str(_cents(value)).replace(".", "")


def _amount(digits: str) -> Decimal:
    return Decimal(digits).scaleb(-2)


def _cents(value: Decimal) -> Decimal:
    return value.quantize(CENT, ROUND_HALF_UP)
