"""A true report as a machine might read it from a scan: some figures misread, some doubted for nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from random import Random

from extract.paths import figures, with_figures
from extract.quantity import Absent, Figure, Quantity
from extract.report import Report

LOOKALIKES = {
    "0": "689", "1": "74", "2": "7", "3": "85", "4": "19",
    "5": "63", "6": "580", "7": "12", "8": "360", "9": "40",
}  # fmt: skip
UNSURE = 0.5


@dataclass(slots=True)
class Scan:
    """What was read of a report whose figures are truly `truth`."""

    report: Report
    truth: dict[str, Figure] = field(default_factory=dict)

    def put(self, new: dict[str, Figure]) -> None:
        self.report = with_figures(self.report, new)


def quantities(report: Report, *blocks: str) -> dict[str, Quantity]:
    found = ((path, figure) for path, figure in figures(report) if path.startswith(blocks))
    return {path: figure for path, figure in found if isinstance(figure, Quantity)}


def scan_of(report: Report) -> Scan:
    return Scan(report, dict(figures(report)))


def digits_of(figure: Quantity) -> str:
    """The number as the form prints it, without its unit."""
    return figure.text.rstrip("%")


def slipped(random: Random, text: str) -> str:
    """A number with one digit taken for another that looks like it, or lost."""
    places = [i for i, char in enumerate(text) if char.isdigit()]
    place = random.choice(places)
    if len(places) > 2 and random.random() < 0.15:
        return text[:place] + text[place + 1 :]
    return text[:place] + random.choice(LOOKALIKES[text[place]]) + text[place + 1 :]


def as_read(figure: Quantity, text: str, readings: Sequence[str], sure: float = UNSURE) -> Figure:
    """The figure read as `text`, which may be no number."""
    end = "%" if figure.text.endswith("%") else ""
    others = tuple(f"{one}{end}" for one in dict.fromkeys(readings) if one != text)
    try:
        value = Decimal(text)
    except ArithmeticError:
        return Absent("unreadable", text, figure.locus, sure, others, figure.kind, figure.unit)
    factor = figure.value / Decimal(digits_of(figure)) if figure.value else Decimal(1)
    return replace(figure, value=value * factor, text=f"{text}{end}", sure=sure, readings=others)


def misread(random: Random, figure: Quantity, truth_among: bool) -> Figure:
    """Read wrongly, with or without the truth among the other readings."""
    text = digits_of(figure)
    wrong = slipped(random, text)
    others = [text] if truth_among else []
    others += [slipped(random, text) for _ in range(random.randrange(2))]
    random.shuffle(others)
    return as_read(figure, wrong, others if truth_among else [one for one in others if one != text])


def doubted(random: Random, figure: Quantity) -> Figure:
    """Read rightly, and doubted because another reader read it wrongly, or none did."""
    text = digits_of(figure)
    return as_read(figure, text, [slipped(random, text) for _ in range(random.randrange(3))])
