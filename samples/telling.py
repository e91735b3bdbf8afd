"""Figures put into words: how an amount is printed, and a narrative that remembers what it claimed.

A sentence names its figures by code in braces: `{reception.final}` an amount in the wording's own
manner, `{total_expenditure:yi}` in 亿元, `{a/b}` the share of a in b, `{a~b}` the change from b to a,
`{a-b}` their distance. `{project_expenditure#2}` says a figure for the second time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from samples.facts import Claim, Facts, Indicator, Money
from samples.layout import Block, Line, Look, Style, Table, table

FIELD = re.compile(r"\{([^{}]+)\}")
CODES = frozenset(
    {"authorized", "on_duty", "total_expenditure", "basic_expenditure", "project_expenditure"}
    | {"wages", "goods_services", "transfers", "debt_interest", "capital", "other_expenditure"}
    | {"three_public.budget", "reception.budget", "overseas.budget", "vehicles.budget"}
    | {"three_public.final", "reception.final", "overseas.final", "vehicles.final"}
    | {"government_fund", "state_capital", "social_insurance", "total_score", "grade"}
    | {"output.weight", "output.score", "benefit.weight", "benefit.score"}
    | {"satisfaction.weight", "satisfaction.score"}
)
PLAIN = ("authorized", "on_duty", "total_score", "weight", "score")
WIDE = str.maketrans("0123456789.%", "０１２３４５６７８９．％")
Print = Callable[[Decimal], str]


@dataclass(frozen=True, slots=True)
class Paper:
    """One file of a submission: its name without ending, its blocks and its dress."""

    name: str
    blocks: list[Block]
    look: Look


@dataclass(slots=True)
class Told:
    """A narrative while it is told: `figures` collects the claims made so far, money in 万元."""

    facts: Facts
    money: Print
    figures: dict[str, Claim] = field(default_factory=dict)

    def say(self, sentence: str) -> str:
        """The sentence with its figures filled in."""
        return FIELD.sub(self._fill, sentence)

    def _fill(self, match: re.Match[str]) -> str:
        name = match[1]
        for sign, words in (("/", self._share), ("~", self._change), ("-", self._distance)):
            if sign in name:
                return str(self.facts.said.get(name) or words(*name.split(sign)))
        code, _, form = name.partition(":")
        claim = self._claim(code)
        if isinstance(claim, Decimal) and form == "yi":
            claim = claim.quantize(Decimal(1), ROUND_HALF_UP)
        if code.partition("#")[0] in CODES:
            self.figures[code] = claim
        if isinstance(claim, str):
            return claim
        if form == "yi":
            return format(claim.scaleb(-4), "f")
        return plain(claim) if code.rpartition(".")[2] in PLAIN else self.money(claim)

    def plainly(self, code: str, claim: Decimal) -> str:
        """The claim as a record has it: 万元 with the places it has, counts and scores without idle zeros."""
        return plain(claim) if code.rpartition(".")[2] in PLAIN else wan(claim)

    def _claim(self, code: str) -> Claim:
        said = self.facts.said
        return said[code] if code in said else said[code.partition("#")[0]]

    def _amount(self, code: str) -> Decimal:
        claim = self._claim(code)
        if isinstance(claim, str):
            raise TypeError(f"{code} is a word: {claim}")
        return claim

    def _share(self, part: str, whole: str) -> str:
        return percent(self._amount(part) / self._amount(whole))

    def _change(self, now: str, before: str) -> str:
        change = self._amount(now) / self._amount(before) - 1
        return "与上年持平" if not change else ("增长" if change > 0 else "下降") + percent(abs(change))

    def _distance(self, one: str, other: str) -> str:
        return self.money(abs(self._amount(one) - self._amount(other)))


def plain(value: Decimal) -> str:
    """5 for 5.00, 97.5 for 97.50."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def wan(value: Decimal) -> str:
    """万元 with the places it has."""
    return format(value, "f")


def yuan(value: Decimal) -> str:
    """元 with thousands separators and two places: 1,234,567.89."""
    return f"{value * 10000:,.2f}"


def wide(value: Decimal) -> str:
    """万元 in full-width digits, negatives in brackets: （３．２０）."""
    text = format(abs(value), "f").translate(WIDE)
    return f"（{text}）" if value < 0 else text


def percent(value: Decimal) -> str:
    """A fraction as a percentage of two places."""
    return f"{(value * 100).quantize(Decimal('0.01'), ROUND_HALF_UP)}%"


def shown(value: Money, print_: Print = wan, blank: str = "") -> str:
    """An amount in a cell, or what stands for its absence."""
    return blank if value is None else print_(value)


def row(*cells: str | tuple[str, int]) -> str:
    """A line of the layout's notation; a pair is a cell and how many columns it covers."""
    parts: list[str] = []
    for cell in cells:
        text, span = (cell, 1) if isinstance(cell, str) else cell
        parts += [text.replace("\n", "⏎"), *["<"] * (span - 1)]
    return " | ".join(parts)


def levels(indicators: Sequence[Indicator]) -> Iterable[tuple[str, str, Indicator]]:
    """Each indicator with what its first two cells hold: the level's name, or `^` under its like."""
    before: Indicator | None = None
    for indicator in indicators:
        same1 = before is not None and before.level1 == indicator.level1
        same2 = same1 and before is not None and before.level2 == indicator.level2
        yield "^" if same1 else indicator.level1, "^" if same2 else indicator.level2, indicator
        before = indicator


def day(facts: Facts) -> str:
    """The report's date as people write it."""
    return f"{facts.report_date.year}年{facts.report_date.month}月{facts.report_date.day}日"


def lines(*texts: str) -> list[Block]:
    """Lines of a report: `## ` a title, `# ` a heading, `> ` at the right, anything else a paragraph."""
    styles: dict[str, Style] = {"##": "title", "#": "heading", ">": "right"}
    made: list[Block] = []
    for text in texts:
        mark, _, words = text.partition(" ")
        made.append(Line(words, styles[mark]) if mark in styles else Line(text))
    return made


def reviewers(facts: Facts, name: str, title: str, place: str, sign: str) -> Table:
    """The table of the people who judged, under the wording's own heads."""
    titles = ("副职负责人", "股室负责人", "财务人员", "工作人员")
    rows = [row(name, title, place, sign)]
    rows += [
        row(person, job, facts.department, person) for person, job in zip(facts.people, titles, strict=True)
    ]
    return table("\n".join(rows), widths=(10, 14, 24, 10))
