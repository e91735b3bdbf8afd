"""How much of what is wrong is found, and how often the honest are accused, over invented submissions.

Every submission goes the real way: written as Word files, read, put together, judged.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from bench.readers import WORDS
from extract.document import Source
from extract.intake import gather
from extract.paths import figures
from extract.quantity import Quantity
from extract.report import Report
from extract.submission import Assumed, assemble
from pipeline import read_file
from reconcile.catalogue import RULES, judge
from reconcile.finding import Finding, Severity
from samples.facts import Facts
from samples.faults import FAULTS, UNSEEN
from samples.generate import SAMPLES, write_docx
from samples.honest import honest
from samples.invent import facts
from samples.slips import Slip, slip
from samples.wordings import WORDINGS

RECIPES = {sample.recipe.wording: sample.recipe for sample in SAMPLES if not sample.recipe.weak}
FIRST_SEED = 9000


@dataclass(slots=True)
class Slips:
    """What became of figures mistyped one by one. `untied` are those that nothing could give away,
    `missed` the names of the others that nobody cited; `astray` counts by rule the errors that don't cite
    the figure, of `errors` in all."""

    made: int = 0
    untied: int = 0
    missed: list[str] = field(default_factory=list)
    errors: int = 0
    astray: Counter[str] = field(default_factory=Counter)

    @property
    def tied(self) -> int:
        return self.made - self.untied


def accusations(times: int) -> tuple[int, Counter[str]]:
    """How many honest submissions were judged (each wording `times` over), and the findings that flagged
    one of them although nothing was wrong, by rule."""
    flagged: Counter[str] = Counter()
    for wording in WORDINGS:
        for seed in _seeds(times):
            made = honest(seed, wording)
            flagged.update(finding.rule for finding in _flagged(made) if finding.rule not in made.allowed)
    return times * len(WORDINGS), flagged


def mistyped(times: int) -> Slips:
    """One figure of each honest submission mistyped: who is told, and of what."""
    outcome = Slips()
    for wording in WORDINGS:
        for seed in _seeds(times):
            made = honest(seed, wording)
            _tell_slip(outcome, made, slip(made, Random(seed)))
    return outcome


def recall(times: int) -> tuple[Counter[str], Counter[str]]:
    """For each rule that a fault must set off: how often it had to speak up, and how often it did."""
    wanted: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for wording, made in _invented(times):
        for name, spoil in FAULTS.items():
            if (name, wording) in UNSEEN:
                continue
            faulty = spoil(made)
            told = {finding.rule for finding in _flagged(faulty)}
            rules = [rule for rule, verdict in faulty.findings if verdict != "rounding"]
            wanted.update(rules)
            found.update(rule for rule in rules if rule in told)
    return wanted, found


def unplanted(wanted: Counter[str]) -> list[str]:
    """The rules that no fault of one submission sets off."""
    return [rule.code for rule in RULES if rule.code not in wanted]


def _tell_slip(outcome: Slips, made: Facts, wrong: Slip) -> None:
    before, after = (_values(facts) for facts in (made, wrong.facts))
    moved = {path for path in {*before, *after} if before.get(path) != after.get(path)}
    told = _flagged(wrong.facts)
    errors = [finding for finding in told if finding.severity is Severity.ERROR]
    outcome.made += 1
    outcome.errors += len(errors)
    outcome.astray.update(finding.rule for finding in errors if not moved & set(finding.cites))
    if any(moved & set(finding.cites) for finding in told):
        return
    if wrong.untied:
        outcome.untied += 1
    else:
        outcome.missed.append(wrong.name)


def _values(made: Facts) -> dict[str, object]:
    return {
        path: figure.value if isinstance(figure, Quantity) else figure.why
        for report in _read(made)
        for path, figure in figures(report)
    }


def _seeds(times: int) -> range:
    return range(FIRST_SEED, FIRST_SEED + times)


def _invented(times: int) -> Iterator[tuple[str, Facts]]:
    for wording, recipe in RECIPES.items():
        for seed in _seeds(times):
            yield wording, facts(replace(recipe, seed=seed))


def _flagged(made: Facts) -> list[Finding]:
    return [finding for report in _read(made) for finding in judge(report).findings if finding.flagged]


def _read(made: Facts) -> list[Report]:
    with TemporaryDirectory() as folder:
        write_docx(made, Path(folder))
        sources = [found for found in gather([Path(folder)]) if isinstance(found, Source)]
        reports = [read_file(source, WORDS) for source in sources]
    return [report for report in assemble(reports, Assumed()) if isinstance(report, Report)]
