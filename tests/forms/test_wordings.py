"""Patterns written out as the labels that they fit."""

from __future__ import annotations

import pytest

from extract.forms.misread_labels import SHORTEST
from extract.forms.vocabulary import standard
from extract.forms.wordings import written_out


@pytest.mark.parametrize(
    ("pattern", "labels"),
    [
        ("预算", {"预算"}),
        ("预算数?", {"预算", "预算数"}),
        ("(?:年初|全年)预算", {"年初预算", "全年预算"}),
        ("(?:公|(?:务|车)用)?车", {"车", "公车", "务用车", "车用车"}),
        ("水费?[、和]电", {"水、电", "水费、电", "水和电", "水费和电"}),
        ("(?:\\d{4}年)?末", {"末"}),
        ("\\d年", set()),
        ("说明.*", {"说明"}),
        ("运行(?!.*购置).*", {"运行"}),
        ("项目\\(?政策\\)?", {"项目政策", "项目(政策", "项目政策)", "项目(政策)"}),
        ("(?:一)|(?:二三)", {"一", "二三"}),
        ("甲{2}乙+", {"甲甲乙"}),
    ],
)
def test_what_a_pattern_fits(pattern: str, labels: set[str]) -> None:
    assert written_out(pattern) == labels


def test_every_label_written_out_is_one_of_the_vocabulary() -> None:
    words = standard()
    count = 0
    for block, codes in words.patterns.items():
        for code, pattern in codes.items():
            for label in written_out(pattern.pattern):
                assert pattern.fullmatch(label), (block, code, label)
                count += len(label) >= SHORTEST
    assert count > 10_000
