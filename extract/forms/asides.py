"""Tables inside the narrative's running text: summaries of the forms, and only rarely a form itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.forms.blocks import Blocks
from extract.forms.titles import Title
from extract.forms.wording import compact
from extract.quantity import Quantity

_ATTACHED = re.compile(r"附[件表][\d一二三四五六-]*[:：]?.{0,24}")


@dataclass(slots=True)
class Place:
    """Whether the text gone through stands inside the narrative: under its title, after a sentence."""

    titled: bool = False
    sentences: int = 0

    @property
    def is_narrative(self) -> bool:
        return self.titled and self.sentences > 0

    def title(self, title: Title) -> None:
        self.titled, self.sentences = title.part == "narrative", 0

    def line(self, text: str) -> None:
        if "。" in text:
            self.sentences += 1
        elif _ATTACHED.fullmatch(compact(text)):
            self.titled = False


def are_forms(asides: Sequence[Blocks], wholes: Sequence[Blocks]) -> tuple[bool, bool]:
    """Whether such tables are the base table, and whether they are the form: where the file holds none
    elsewhere and they have more than one of its blocks. Otherwise they only repeat some of its figures."""
    people = any(blocks.staffing is not None for blocks in asides)
    expenses = any(blocks.expenses is not None for blocks in asides)
    money = any(blocks.goals is not None or _has_total(blocks) for blocks in asides)
    grid = any(blocks.indicators is not None for blocks in asides)
    is_base = people and expenses and not any(blocks.is_base for blocks in wholes)
    is_form = money and grid and not any(blocks.is_form for blocks in wholes)
    return is_base, is_form


def _has_total(blocks: Blocks) -> bool:
    funding = blocks.funding
    return funding is not None and isinstance(funding.executed, Quantity)
