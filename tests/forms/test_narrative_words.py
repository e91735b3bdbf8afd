"""The narrative's vocabulary takes a region's own wordings."""

from __future__ import annotations

import pytest

from extract.document import Paragraph
from extract.forms.narrative import read_narrative
from extract.forms.narrative_words import default_words
from tests.forms.narratives import narrative, told


def test_a_regions_own_wordings_are_read() -> None:
    words = default_words().with_wordings(
        {"reception": ["来宾招待费（机关）"], "authorized": ["定员"], "output": ["产出维度"]}
    )
    text = "2024年来宾招待费（机关）决算3万元，公务接待费预算4万元。定员 20 人。产出维度满分50分，得分48分。"
    found = read_narrative([Paragraph(text, 0)], "a.docx", 2024, words)
    assert told(found) == [
        "reception.final 3",
        "reception.budget 4",
        "authorized 20",
        "output.weight 50",
        "output.score 48",
    ]
    assert told(narrative(text)) == ["reception.budget 4"]


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(ValueError, match="没有“rockets”这一项"):
        default_words().with_wordings({"rockets": ["火箭"]})


def test_every_parent_is_a_subject() -> None:
    words = default_words()
    assert {subject.parent for subject in words.subjects.values()} - {None} <= set(words.subjects)
    assert words.descends("vehicle_running", "total_expenditure")
    assert not words.descends("total_expenditure", "basic_expenditure")
