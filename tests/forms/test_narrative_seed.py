"""The one real submission: every figure of its narrative and none besides. Only codes and numbers here."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import docx
import pytest

from extract.document import Paragraph
from extract.forms.narrative import Narrative, read_narrative
from extract.quantity import Quantity, plain
from extract.report import Amount
from tests.forms.narratives import told

SEED = Path(__file__).parents[2].parent / "shared" / "seed" / "report.docx"

EXPECTED = {
    "authorized": ["24"],
    "on_duty": ["24"],
    "total_expenditure": ["1361.52"],
    "basic_expenditure": ["701.92", "701.92"],
    "project_expenditure": ["661.46", "701.92"],
    "wages": ["354.88"],
    "goods_services": ["231.72"],
    "transfers": ["114.67"],
    "debt_interest": ["0"],
    "capital": ["0.65"],
    "other_expenditure": ["0"],
    "three_public.budget": ["1.8"],
    "three_public.final": ["0.96"],
    "reception.budget": ["1.8"],
    "reception.final": ["0.96"],
    "overseas.budget": ["0"],
    "overseas.final": ["0"],
    "vehicles.budget": ["0"],
    "vehicles.final": ["0"],
    "government_fund": ["1.86"],
    "state_capital": ["无"],
    "social_insurance": ["无"],
    "grade": ["优"],
    "total_score": ["100"],
    "output.weight": ["50"],
    "output.score": ["50"],
    "benefit.weight": ["30"],
    "benefit.score": ["30"],
    "satisfaction.weight": ["10"],
    "satisfaction.score": ["10"],
}


@pytest.fixture(scope="module")
def seed() -> Narrative:
    if not SEED.exists():
        pytest.skip("the real submission lies outside the checkout and isn't here")  # nothing else holds it
    texts = [paragraph.text for paragraph in docx.Document(str(SEED)).paragraphs]
    start = max(index for index, text in enumerate(texts) if text.strip() == "附件1")
    return read_narrative(
        [Paragraph(text, index) for index, text in enumerate(texts)][start:], "a.docx", 2024
    )


def test_every_figure_and_none_besides(seed: Narrative) -> None:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for line in told(seed):
        code, _, value = line.partition(" ")
        found[code].append(value)
    assert dict(found) == EXPECTED


def plain_value(amount: Amount) -> str:
    assert isinstance(amount.value, Quantity)
    return plain(amount.value.value)


def test_its_lists(seed: Narrative) -> None:
    lists = [(plain_value(listed.total), len(listed.parts)) for listed in seed.listed_sums]
    assert lists == [("1361.52", 2), ("701.92", 6), ("1.8", 3), ("0.96", 3)]
    assert not any(listed.whole for listed in seed.listed_sums)


def test_nothing_else_is_claimed_of_it(seed: Narrative) -> None:
    assert seed.shares == ()
    assert seed.warnings == ()
