"""One figure of a submission mistyped, any of its figures, as people mistype: a digit, two swapped, a point.

What is printed elsewhere stays as it was: that gives a slip away. `UNTIED` names the figures that nothing
gives away.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from decimal import Decimal
from itertools import pairwise
from random import Random
from typing import Any

from samples.facts import Claim, Expense, Facts
from samples.golden import papers

Step = str | int

RATES = ("control_rate", "area_control_rate", "investment_control_rate", "execution_rate")
POINTS = ("weight", "score", "total_score")
WHOLE = ("authorized", "on_duty", "approved_area", "actual_area", "budgeted_investment", "actual_investment")
LEAST = Decimal("0.6")
"""What a slip in an amount changes at least, in 万元: more than rounding hides in a sum of a form."""
UNTIED = {
    r"expenses\.(office|utilities_travel|meeting_training|procurement|basic_adjustment)\..*": (
        "told once: 其中 items need not add up, and nothing repeats them"
    ),
    r"expenses\.operating\.(prior_final|budget)": "told once: only its outcome is told again",
    r"(projects\.\d+\.)?funding\.initial_budget": "told once: a budget may be adjusted by any amount",
    r"said\.(state_capital|social_insurance)": "told once: no table has it",
}
"""Figures that no equation holds, by name, and why."""
BLANK = "a blank beside it may hold what now lacks"


@dataclass(frozen=True, slots=True)
class Slip:
    """A figure's name in the facts, and the facts with that figure wrong."""

    name: str
    facts: Facts
    untied: str
    """Why nothing gives the slip away; empty where something should."""


def slip(made: Facts, dice: Random) -> Slip:
    """Any one figure that the submission prints, printed wrong."""
    printed, told = papers(made)
    wrong = list(_slips(made, dice, told.figures))
    dice.shuffle(wrong)
    return next(one for one in wrong if papers(one.facts)[0] != printed)


def _slips(made: Facts, dice: Random, told: Mapping[str, Claim]) -> Iterator[Slip]:
    for code, claim in told.items():
        if isinstance(claim, Decimal):
            new = _mistyped(dice, code, claim)
            why = _untied(made, f"said.{code}", new > claim, told)
            yield Slip(f"said.{code}", replace(made, said=made.said | {code: new}), why)
    for steps, name, value in _figures(made, (), ""):
        new = _mistyped(dice, name, value)
        yield Slip(name, _put(made, steps, new), _untied(made, name, new > value, told))


def _untied(made: Facts, name: str, rises: bool, told: Collection[str]) -> str:
    known = next((why for names, why in UNTIED.items() if re.fullmatch(names, name)), "")
    return known or (BLANK if _beside_a_blank(made, name, rises, told) else "")


def _beside_a_blank(made: Facts, name: str, rises: bool, told: Collection[str]) -> bool:
    """Whether the only sum that holds the figure has a blank part, in which what now lacks may be."""
    items = {row.item for row in made.expenses if row.final is not None}
    match name.split("."):
        case ["expenses", "vehicle_running", _]:
            return not rises and "vehicle_purchase" not in items
        case ["expenses", "vehicles", "prior_final"]:
            return not rises and "overseas" not in items and "vehicle_running" not in items
        case ["expenses", "reception", "prior_final"]:
            return not rises and "overseas" not in items
        case ["expenses", "three_public", "prior_final"]:
            return rises and "overseas" not in items
        case ["funding", "general_public_budget"]:
            return not rises and made.funding.other is None
        case ["said", "wages" | "transfers" | "capital"]:
            return not rises and "debt_interest" not in told
    return False


def _figures(
    node: object, steps: tuple[Step, ...], name: str
) -> Iterator[tuple[tuple[Step, ...], str, Decimal]]:
    """Every number below a node: the way to it, its name, its value."""
    if isinstance(node, Decimal):
        yield steps, name.lstrip("."), node
    elif isinstance(node, tuple):
        for place, part in enumerate(node):
            called = part.item if isinstance(part, Expense) else place
            yield from _figures(part, (*steps, place), f"{name}.{called}")
    elif is_dataclass(node):
        for field in fields(node):
            yield from _figures(getattr(node, field.name), (*steps, field.name), f"{name}.{field.name}")


def _put(node: Any, steps: tuple[Step, ...], value: Decimal) -> Any:
    """The same node with another number at the end of the way."""
    if not steps:
        return value
    first, *rest = steps
    if isinstance(first, int):
        return (*node[:first], _put(node[first], tuple(rest), value), *node[first + 1 :])
    return replace(node, **{first: _put(getattr(node, first), tuple(rest), value)})


def _mistyped(dice: Random, name: str, value: Decimal) -> Decimal:
    """Another number, visibly apart and of as many places: one digit changed, two swapped, or the point
    misplaced; in points and rates another number near by."""
    last = name.rpartition(".")[2].partition("#")[0]
    if last in RATES:
        return value - Decimal(dice.randint(3, 40)) / 100
    if last in POINTS:
        return max(value - dice.randint(1, 4), Decimal(0)) if value > 1 else value + 1
    if last in WHOLE:
        return value + dice.choice((-1, 1)) * dice.randint(2, max(2, int(value) // 5))
    wrong = [number for number in _misprints(dice, value) if abs(number - value) >= LEAST]
    return dice.choice(wrong) if wrong else value + dice.choice((1, 9, 27))


def _misprints(dice: Random, value: Decimal) -> Iterator[Decimal]:
    text = format(value, "f")
    digits = [place for place, character in enumerate(text) if character.isdigit()]
    for place in digits:
        yield Decimal(f"{text[:place]}{dice.randrange(10)}{text[place + 1 :]}")
    for one, other in pairwise(digits):
        swapped = list(text)
        swapped[one], swapped[other] = text[other], text[one]
        yield Decimal("".join(swapped))
    yield (value * 10).quantize(value)
    yield (value / 10).quantize(value)
