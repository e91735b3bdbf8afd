"""Why an equation may be broken: guesses that explain the difference exactly, said as guesses.

No figure is changed. Of several explanations the most telling one is given, the one a random difference
fits least; where one kind fits several figures of a sum, none is named. A figure that a machine read from
a scan and that one other character would mend is told as a reading to check, not as the department's fault.
"""

from __future__ import annotations

from reconcile.finding import Verdict
from reconcile.hints.equation import equation_of
from reconcile.hints.pair import OF_PAIRS
from reconcile.hints.quotient import quotient_hint, score_hint
from reconcile.hints.sum import OF_SUMS
from reconcile.ledger import Ledger
from reconcile.rule import Examination


def hint_for(ledger: Ledger, examination: Examination) -> str:
    """A guess for a broken equation, or nothing."""
    if examination.hint or examination.verdict is not Verdict.BROKEN:
        return examination.hint
    if hint := quotient_hint(ledger, examination) or score_hint(ledger, examination):
        return hint
    equation = equation_of(ledger, examination) if examination.equation else None
    if equation is None or not equation.lacks:
        return ""
    guesses = OF_PAIRS if equation.is_pair else OF_SUMS
    return next((hint for guess in guesses if (hint := guess(ledger, equation))), "")
