"""Any honest submission, in every wording of the samples and through its Word files, accuses nobody; any
figure of it mistyped is found, and nothing but that figure is called an error.

The figures that nothing gives away are named in `samples.slips`, each with the reason.
"""

from __future__ import annotations

from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from extract.document import Source
from extract.forms.vocabulary import load
from extract.intake import gather
from extract.paths import figures
from extract.quantity import Figure, Quantity
from extract.report import Report
from extract.submission import Assumed, assemble
from pipeline import read_file
from reconcile.catalogue import judge
from reconcile.finding import Severity
from samples.facts import Facts
from samples.generate import write_docx
from samples.honest import honest
from samples.slips import slip
from samples.wordings import WORDINGS

WORDS = load(None)
CASES = 22


@pytest.mark.parametrize("wording", WORDINGS)
@settings(max_examples=CASES, deadline=None, phases=(Phase.explicit, Phase.generate))
@given(st.integers(0, 10**6))
def test_the_honest_are_not_accused_and_a_slip_is_found_where_it_was_made(wording: str, seed: int) -> None:
    made = honest(seed, wording)
    clean = _read(made)
    accused = [f.message for f in judge(clean).findings if f.flagged and f.rule not in made.allowed]
    assert accused == []

    mistyped = slip(made, Random(seed))
    wrong = _read(mistyped.facts)
    before, after = _printed(clean), _printed(wrong)
    moved = {path for path in {*before, *after} if before.get(path) != after.get(path)}
    found = [finding for finding in judge(wrong).findings if finding.flagged]
    elsewhere = [f.message for f in found if f.severity is Severity.ERROR and not moved & set(f.cites)]
    assert elsewhere == [], mistyped.name
    assert moved, mistyped.name
    told = any(moved & set(finding.cites) for finding in found)
    assert told or mistyped.untied, (mistyped.name, sorted(moved))


def _read(made: Facts) -> Report:
    with TemporaryDirectory() as folder:
        write_docx(made, Path(folder))
        sources = [found for found in gather([Path(folder)]) if isinstance(found, Source)]
        (report,) = assemble([read_file(source, WORDS) for source in sources], Assumed())
    assert isinstance(report, Report)
    return report


def _printed(report: Report) -> dict[str, object]:
    return {path: _value(figure) for path, figure in figures(report)}


def _value(figure: Figure) -> object:
    return figure.value if isinstance(figure, Quantity) else figure.why
