"""Sentences in many styles, in the tables under told/: what each tells, and nothing else.

A sentence stands before its «→» figures, «=» lists and «%» percentages; only what is given is looked at.
«-» is none, «?» one that may be left unread, «¶» a paragraph's end; a line that goes on is a line break.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from extract.forms.narrative import Narrative
from extract.quantity import Quantity, plain
from extract.report import Amount
from tests.forms.narratives import narrative, told

TABLES = Path(__file__).with_name("told")
Case = tuple[str, str, str]


def _cases() -> Iterator[Case]:
    """Each expectation of each sentence: the sentence, the sign, what follows it."""
    for path in sorted(TABLES.glob("*.txt")):
        sentence: list[str] = []
        done = False
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("#") or not line.strip():
                continue
            if line[0] in "→=%" and line[1] == " ":
                done = True
                yield "\n".join(sentence), line[0], line[2:]
                continue
            sentence = [line] if done else [*sentence, line]
            done = False


CASES = list(_cases())


def _value(amount: Amount) -> str:
    return plain(amount.value.value) if isinstance(amount.value, Quantity) else amount.value.why


def _lists(found: Narrative) -> list[str]:
    return [f"{_value(one.total)} = {' + '.join(map(_value, one.parts))}" for one in found.listed_sums]


def _percentages(found: Narrative) -> list[str]:
    return [
        f"{one.relation} {_value(Amount('', one.percent))} = {_value(one.part)} / {_value(one.whole)}"
        for one in found.shares
    ]


SAID: dict[str, Callable[[Narrative], list[str]]] = {"→": told, "=": _lists, "%": _percentages}


def test_the_tables_hold_their_cases() -> None:
    assert len(CASES) > 300


@pytest.mark.parametrize(("sentence", "sign", "expected"), CASES, ids=[f"{c[1]} {c[0][:30]}" for c in CASES])
def test_what_a_sentence_tells(sentence: str, sign: str, expected: str) -> None:
    wanted = [] if expected == "-" else expected.split("; ")
    needed = {one for one in wanted if not one.startswith("?")}
    allowed = needed | {one.removeprefix("?") for one in wanted}
    found = set(SAID[sign](narrative(*sentence.split("¶"))))
    assert found <= allowed
    assert needed <= found
