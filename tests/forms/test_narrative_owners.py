"""Another unit's figures are none of the department's: invented sentences in both directions (owned/)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.forms.narratives import narrative, told

Case = tuple[tuple[str, ...], str, str]


def _cases() -> Iterator[Case]:
    names: tuple[str, ...] = ()
    sentence = ""
    text = (Path(__file__).with_name("owned") / "units.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("@ "):
            names = tuple(line[2:].replace("-", "").split(" / "))
        elif line.startswith("→ "):
            yield names, sentence, line[2:]
        elif line.strip() and not line.startswith("#"):
            sentence = line


CASES = list(_cases())


def test_both_directions_have_their_cases() -> None:
    assert len([case for case in CASES if case[2] == "-"]) > 25
    assert len([case for case in CASES if case[2] != "-"]) > 40


@pytest.mark.parametrize(("names", "sentence", "expected"), CASES, ids=[case[1][:40] for case in CASES])
def test_whose_figures_a_sentence_tells(names: tuple[str, ...], sentence: str, expected: str) -> None:
    wanted = [] if expected == "-" else expected.split("; ")
    needed = {one for one in wanted if not one.startswith("?")}
    allowed = needed | {one.removeprefix("?") for one in wanted}
    found = set(told(narrative(*sentence.split("¶"), names=names)))
    assert found <= allowed
    assert needed <= found


def test_another_units_figures_are_kept_and_listed() -> None:
    found = narrative("县总工会2024年三公经费3万元，其中：公务接待费1万元。", names=("云岭县水利局",))
    (listed,) = found.unrecognised
    assert (listed.what, listed.text[:5]) == ("figure", "县总工会：")
    assert listed.locus is not None
    assert len(found.listed_sums) == 1


def test_a_report_that_names_no_department_has_no_other_units() -> None:
    assert narrative("县总工会2024年三公经费3万元。").unrecognised == ()
