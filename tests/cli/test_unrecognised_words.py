"""Whatever was not recognised has a word that a clerk can read."""

from __future__ import annotations

from typing import get_args, get_type_hints

from extract.report import Unrecognised
from outputs import wording


def test_everything_that_may_go_unrecognised_has_a_chinese_word() -> None:
    assert set(wording.UNRECOGNISED) == set(get_args(get_type_hints(Unrecognised)["what"]))
