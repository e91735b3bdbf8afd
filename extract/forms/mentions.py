"""What the walk over a sentence makes: amounts in their places, and the lists they stand in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from extract.forms.amounts import Number
from extract.forms.phrases import Phrase, Role
from extract.forms.sentences import Sentence


@dataclass(slots=True)
class Frame:
    """An open list: its total (None for a bracket that stands inside a label) and its parts so far.

    `rival` is the same thing's total of the other role («预算A万元，决算B万元，其中：…»), `change` a change
    named right before the parts, `widest` the strongest delimiter between parts. `ambiguous` says that a
    later amount may be a part of this list or of the one around it, `opened_at` how many amounts the
    sentence had before it.
    """

    total: Mention | None
    bracket: bool
    opener: str = ""
    parts: list[Mention] = field(default_factory=list)
    widest: int = 0
    rival: Mention | None = None
    change: Number | None = None
    ambiguous: bool = False
    opened_at: int = 0

    @property
    def doubtful(self) -> bool:
        """Whether the parts may be those of the change («增加20万元，其中：…»)."""
        if self.change is None or self.change.value is None:
            return False
        limit = abs(self.change.value.value)
        return all(part.number.value is not None and part.number.value.value <= limit for part in self.parts)


@dataclass(slots=True, eq=False)
class Mention:
    """An amount with its phrase, as resolved in its sentence.

    `separator` ranks the delimiter before it, `depth` counts the brackets around it, `context` is
    what the main line of the sentence was about. `explicit` says that its own words name it, `grand`
    that it balances all income and holds money carried over («支出总计»), `monthly` that it is one month's.
    """

    number: Number
    phrase: Phrase
    separator: int
    depth: int = 0
    frame: Frame | None = None
    subject: str | None = None
    explicit: bool = False
    context: str | None = None
    role: Role | None = None
    year: int | None = None
    label: str = ""
    grand: bool = False
    monthly: bool = False

    @property
    def plain(self) -> bool:
        return self.phrase.relation == "plain"

    @property
    def money(self) -> bool:
        return self.number.kind == "money"


@dataclass(frozen=True, slots=True)
class Carry:
    """What a sentence leaves to the next of its paragraph; `other` says that it was about something
    the vocabulary doesn't know."""

    subject: str | None = None
    role: Role | None = None
    year: int | None = None
    other: bool = False


@dataclass(slots=True)
class Clauses:
    """A sentence's amounts and percentages in order, and its lists; `before` is what it was left,
    `carry` works out what it leaves."""

    sentence: Sentence
    mentions: list[Mention]
    frames: list[Frame]
    before: Carry
    carry: Callable[[], Carry]
