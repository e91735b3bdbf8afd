"""How much of what is wrong is found, and how often the honest are accused, over invented submissions.

Every submission goes the real way: written as Word files, read, put together, judged.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.readers import WORDS
from extract.document import Source
from extract.intake import gather
from extract.report import Report
from extract.submission import Assumed, assemble
from pipeline import read_file
from reconcile.catalogue import judge
from reconcile.finding import Finding
from samples.facts import Facts
from samples.faults import FAULTS, UNSEEN
from samples.generate import SAMPLES, write_docx
from samples.invent import facts

RECIPES = {sample.recipe.wording: sample.recipe for sample in SAMPLES if not sample.recipe.weak}
FIRST_SEED = 9000


def accusations(times: int) -> tuple[int, Counter[str]]:
    """How many clean submissions were judged (each wording `times` over), and the findings that flagged
    one of them although nothing was wrong, by rule."""
    flagged: Counter[str] = Counter()
    clean = [made for _, made in _invented(times)]
    for made in clean:
        flagged.update(finding.rule for finding in _flagged(made) if finding.rule not in made.allowed)
    return len(clean), flagged


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


def _invented(times: int) -> Iterator[tuple[str, Facts]]:
    for wording, recipe in RECIPES.items():
        for place in range(times):
            yield wording, facts(replace(recipe, seed=FIRST_SEED + place))


def _flagged(made: Facts) -> list[Finding]:
    return [finding for report in _read(made) for finding in judge(report).findings if finding.flagged]


def _read(made: Facts) -> list[Report]:
    with TemporaryDirectory() as folder:
        write_docx(made, Path(folder))
        sources = [found for found in gather([Path(folder)]) if isinstance(found, Source)]
        reports = [read_file(source, WORDS) for source in sources]
    return [report for report in assemble(reports, Assumed()) if isinstance(report, Report)]
