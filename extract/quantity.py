"""A figure as it was printed, or the way in which it is absent.

Values are exact decimals in one unit a kind: money in 万元, rates as fractions, the rest as printed.
`step` is one unit of the last printed place, in the same unit («1.80万元» has 0.01, «7000元» 0.0001).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from extract.document import Locus

Kind = Literal["money", "rate", "count", "score", "area", "number"]
Absence = Literal["missing", "blank", "dash", "unreadable"]

SURE = 0.9
"""What a reader is less sure of than this is for a person to check against the original."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure that was read.

    `unit` is the printed unit («元», «万元», «亿元», «%», «人», «分», «㎡», or empty), `text` the
    words as printed, `sure` the reader's confidence from 0 to 1 (1 for digital text). `readings` are
    other readings of the same print that were really made; `raw` is what was read first, where
    another reading was chosen since: a figure with it was repaired.
    """

    value: Decimal
    step: Decimal
    kind: Kind
    unit: str
    text: str
    locus: Locus | None = None
    sure: float = 1.0
    readings: tuple[str, ...] = ()
    raw: str = ""

    @property
    def unsure(self) -> bool:
        return self.sure < SURE

    @property
    def differs(self) -> bool:
        """Digital text that two converters read differently."""
        return self.sure >= 1 and bool(self.readings)

    @property
    def doubted(self) -> bool:
        return self.unsure or self.differs


@dataclass(frozen=True, slots=True)
class Absent:
    """No figure: `missing` no such cell or sentence, `blank` an empty cell, `dash` a dash, «无» or
    «/», `unreadable` something printed that is no figure. Never taken for a zero.

    `sure` and `readings` are as those of a Quantity; where there are readings, `kind` and `unit` say as
    what they are to be read.
    """

    why: Absence
    text: str = ""
    locus: Locus | None = None
    sure: float = 1.0
    readings: tuple[str, ...] = ()
    kind: Kind | None = None
    unit: str = ""

    @property
    def unsure(self) -> bool:
        return self.sure < SURE

    @property
    def differs(self) -> bool:
        """Digital text that two converters read differently."""
        return self.sure >= 1 and bool(self.readings)

    @property
    def doubted(self) -> bool:
        return self.unsure or self.differs


Figure = Quantity | Absent

MISSING = Absent("missing")


def is_repaired(figure: Figure) -> bool:
    """Whether another reading was chosen than the first."""
    return isinstance(figure, Quantity) and bool(figure.raw)


def decimal_text(quantity: Quantity) -> str:
    """The value as a plain decimal: money with its printed places, the rest without trailing zeros.

    >>> decimal_text(Quantity(Decimal("615.20"), Decimal("0.01"), "money", "万元", "615.20"))
    '615.20'
    """
    if quantity.kind == "money":
        return format(quantity.value, "f")
    return plain(quantity.value)


def plain(value: Decimal) -> str:
    """A decimal without exponent and without trailing zeros: 1.00 → 1, 1E+2 → 100."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
