"""What a fault is: a function from facts to facts that says what it must be flagged with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from samples.facts import Claim, Facts

Fault = Callable[[Facts], Facts]


def flagged(facts: Facts, *findings: tuple[str, str], allowed: tuple[str, ...] = ()) -> Facts:
    """The facts with more (rule, verdict) pairs that must be found, and rules that may speak up too."""
    return replace(facts, findings=(*facts.findings, *findings), allowed=(*facts.allowed, *allowed))


def amount(claim: Claim | None) -> Decimal:
    """The figure that a fault is about to change; a fault on a cell that is empty is a mistake."""
    if not isinstance(claim, Decimal):
        raise TypeError(f"no figure to spoil: {claim!r}")
    return claim
