"""What a rule is: a marked function from a ledger to its examinations, with the words that explain it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fnmatch import fnmatchcase

from extract.document import Locus
from reconcile.finding import Severity, Verdict
from reconcile.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Examination:
    """One comparison and how it ended. Exact and unchecked ones need no words.

    `expected`, `found`, `difference` (never negative) are in the record's units. `cites` are paths;
    `places` are loci of cited words that have no path. `severity` overrides the rule's own.
    `equation` says that two sides should be equal: then a hint may be looked for.
    """

    verdict: Verdict
    message: str = ""
    expected: Decimal | None = None
    found: Decimal | None = None
    difference: Decimal | None = None
    cites: tuple[str, ...] = ()
    places: tuple[Locus, ...] = ()
    severity: Severity | None = None
    hint: str = ""
    equation: bool = False


EXACT = Examination(Verdict.EXACT)
UNCHECKED = Examination(Verdict.UNCHECKED)

Examine = Callable[[Ledger], Iterator[Examination]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the catalogue. `explain` tells a clerk in Chinese what is compared, why, and what to do."""

    code: str
    severity: Severity
    title: str
    explain: str
    examine: Examine


def rule(code: str, severity: Severity, *, title: str, explain: str) -> Callable[[Examine], Rule]:
    """Mark a generator function as the rule `code`; the function's name then stands for the Rule."""

    def mark(examine: Examine) -> Rule:
        return Rule(code, severity, title, explain, examine)

    return mark


def names(pattern: str, code: str) -> bool:
    """Whether a rule's code is meant: by itself, by its block (`funding`) or by a glob (`*.narrative`)."""
    return code == pattern or code.startswith(f"{pattern}.") or fnmatchcase(code, pattern)
