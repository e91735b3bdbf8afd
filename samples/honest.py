"""Honest submissions at random: the same seed gives the same facts, every habit below one that bookkeepers
really have, none of them a fault.

They are invented like the samples (`samples.invent`), then told with the roundings and the gaps of real
ones. What a habit may rightly have noticed is in the facts' `allowed`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from random import Random
from typing import Any, TypeVar

from samples.facts import Claim, Expense, Facts, Funding, Money, claims
from samples.invent import CENT, YUAN_CENT, Recipe, facts, grade
from samples.invented import TRADES

Habit = Callable[[Random, Facts], Facts]
Row = TypeVar("Row", Expense, Funding)

YUAN, TENTH = Decimal("0.0001"), Decimal("0.1")
PLACES = (("云岭县", "县"), ("霁川省", "省"), ("澄溪区", "区"), ("星泽市", "市"))
NO_MONEY = ("authorized", "on_duty", "grade", "weight", "score", "total_score")
OFTEN, MOSTLY = 0.35, 0.7
TO_THE_CENT = "c"
"""The wording that prints 元 and 分: nothing in it is rounded."""


def honest(seed: int, wording: str) -> Facts:
    """A random submission with nothing wrong in it, to be told in this wording."""
    dice = Random(seed)
    place, level = dice.choice(PLACES)
    made = facts(
        Recipe(
            f"honest-{seed}",
            wording,
            place,
            level,
            dice.choice(sorted(TRADES)),
            dice.randrange(10**6),
            year=dice.randint(2021, 2025),
            step=dice.choice((CENT, YUAN, YUAN_CENT, YUAN_CENT)),
            size=dice.choice((30, 100, 1000)),
            government_fund=dice.random() < 0.5,
            cost=dice.choice(("own", "within")),
            dashes=dice.random() < 0.5,
            forms=wording == "e",
            weak=dice.random() < 0.2,
        )
    )
    for habit in HABITS:
        if dice.random() < OFTEN:
            made = habit(dice, made)
    if wording not in TO_THE_CENT:
        for rounding in ROUNDINGS:
            made = rounding(dice, made) if dice.random() < MOSTLY else made
    return made


def fully_staffed(dice: Random, made: Facts) -> Facts:
    return _said_anew(replace(made, on_duty=made.authorized, control_rate=Decimal(1)))


def spent_to_the_last(dice: Random, made: Facts) -> Facts:
    """Nothing left of the year's money: 100 %, full marks."""
    money = made.funding
    budgets = replace(money, annual_budget=money.executed, execution_rate=Decimal(1), score=money.weight)
    return _scored_anew(replace(made, funding=budgets))


def topped_up(dice: Random, made: Facts) -> Facts:
    """Much money came in the middle of the year, so that more was spent than first planned."""
    first = ((made.funding.executed or Decimal(0)) * Decimal(dice.choice(("0.35", "0.6", "0.9")))).quantize(
        made.funding.executed or CENT
    )
    wrong = replace(made, funding=replace(made.funding, initial_budget=first))
    return replace(wrong, allowed=(*made.allowed, "funding.adjustment"))


def one_project(dice: Random, made: Facts) -> Facts:
    """All project spending in one row, without forms for projects."""
    whole = made.expense("project")
    rows = [row for row in made.expenses if not row.item.startswith("project_")]
    at = rows.index(whole) + 1
    alone = replace(whole, item="project_business")
    return replace(made, expenses=(*rows[:at], alone, *rows[at:]), projects=())


def fewer_rows(dice: Random, made: Facts) -> Facts:
    """A table that prints no procurement, no adjustment, and the cars in one row."""
    left_out = ("procurement", "basic_adjustment", "vehicle_purchase", "vehicle_running")
    return replace(made, expenses=tuple(row for row in made.expenses if row.item not in left_out))


def rates_cut_off(dice: Random, made: Facts) -> Facts:
    """Percentages cut after two places, not rounded."""
    money, building = made.funding, made.buildings[0]
    built = replace(
        building,
        area_control_rate=_cut(building.actual_area, building.approved_area),
        investment_control_rate=_cut(building.actual_investment, building.budgeted_investment),
    )
    return replace(
        made,
        control_rate=_cut(made.on_duty, made.authorized),
        funding=replace(money, execution_rate=_cut(money.executed, money.annual_budget)),
        buildings=(built,),
    )


def score_of_one_place(dice: Random, made: Facts) -> Facts:
    """The marks for 预算执行 in tenths, rounded or cut."""
    how = dice.choice((ROUND_HALF_UP, ROUND_DOWN))
    return _scored_anew(
        replace(made, funding=replace(made.funding, score=made.funding.score.quantize(TENTH, how)))
    )


def reasons_for_nothing(dice: Random, made: Facts) -> Facts:
    """«无» where no reason is due."""
    rows = [row if row.deviation else replace(row, deviation="无") for row in made.indicators]
    return replace(made, indicators=tuple(rows))


def rounded_one_by_one(dice: Random, made: Facts) -> Facts:
    """Every amount of the tables rounded by itself to hundredths of a 万元."""
    return replace(
        made,
        expenses=tuple(_rounded(row, CENT) for row in made.expenses),
        funding=_rounded(made.funding, CENT),
        projects=tuple(replace(one, funding=_rounded(one.funding, CENT)) for one in made.projects),
    )


def told_roughly(dice: Random, made: Facts) -> Facts:
    """The narrative's amounts rounded one by one, to fewer places than the tables'."""
    place = dice.choice((CENT, CENT, TENTH))
    said: dict[str, Claim] = {}
    for code, claim in made.said.items():
        money = isinstance(claim, Decimal) and code.rpartition(".")[2] not in NO_MONEY
        said[code] = _near(claim, place) if money and isinstance(claim, Decimal) else claim
    return replace(made, said=said)


HABITS: tuple[Habit, ...] = (
    *(fully_staffed, spent_to_the_last, topped_up, one_project, fewer_rows, rates_cut_off),
    *(score_of_one_place, reasons_for_nothing),
)
ROUNDINGS: tuple[Habit, ...] = (rounded_one_by_one, told_roughly)


def _cut(part: Money, whole: Money) -> Decimal:
    assert part is not None
    assert whole is not None
    return (part / whole).quantize(YUAN, ROUND_DOWN)


def _near(value: Decimal, place: Decimal) -> Decimal:
    """The value to this place; what would vanish there keeps two places."""
    rough = value.quantize(place, ROUND_HALF_UP)
    return rough if rough or not value else value.quantize(CENT, ROUND_HALF_UP)


def _rounded(row: Row, place: Decimal) -> Row:
    """The row with its amounts, and nothing else, to this place."""
    kept = ("item", "name", "weight", "execution_rate", "score")
    amounts = {field.name: getattr(row, field.name) for field in fields(row) if field.name not in kept}
    near: dict[str, Any] = {name: _near(value, place) for name, value in amounts.items() if value is not None}
    return replace(row, **near)


def _scored_anew(made: Facts) -> Facts:
    total = sum((row.score for row in made.indicators), made.funding.score)
    return _said_anew(replace(made, total_score=total, grade=grade(total)))


def _said_anew(made: Facts) -> Facts:
    return replace(made, said=made.said | claims(made))
