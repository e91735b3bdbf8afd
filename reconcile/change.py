"""What changed between two reports: figures and words of the same row, and rows that came or went.

A row is the same by what it is called, never by where it stands: an expense row by its item (a project's,
or one of no known item, by its label), an indicator by its three levels, a sentence's figure by its code
and which mention it is, a project form by its name, a building by its label.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from extract.paths import expense_keys, figures, narrative_keys
from extract.quantity import MISSING, Figure, Quantity
from extract.report import ExpenseRow, Goals, Indicator, Report, Text
from reconcile.finding import Finding, Verdict
from reconcile.labels import label_of, row_label

_NUMBERING = re.compile(r"^(?:其中:?)?[(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)、.]")
_BESIDE_WORDS = re.compile(r"[,，、。.:;“”\"()]")
_NUMBERS = re.compile(r"[\d.,]+")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a report: what its paths begin with, the same for the row above it («» for none), its name
    among that one's rows, and its name for a clerk."""

    stem: str
    parent: str
    name: str
    label: str


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure that one report gives and the other gives otherwise or not at all, with its paths in both."""

    before: str
    after: str
    old: Figure
    new: Figure


@dataclass(frozen=True, slots=True)
class TextChange:
    """As `FigureChange`, of words as printed; empty where there are none."""

    before: str
    after: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Difference:
    """From an earlier report to a later one. What stands in added and removed rows is not told again."""

    figures: tuple[FigureChange, ...]
    texts: tuple[TextChange, ...]
    added: tuple[Row, ...]
    removed: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Turnover:
    """Findings of two judgements: those that went, as they were; that stayed and that came, as they are."""

    cleared: tuple[Finding, ...]
    remaining: tuple[Finding, ...]
    new: tuple[Finding, ...]


class Names:
    """A report's paths by names that hold in another report of the same forms."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.rows: dict[str, Row] = {}
        self._stems: dict[str, str] = {}
        seen: Counter[str] = Counter()
        for row in _rows(report):
            whole = f"{self._stems.get(row.parent, row.parent)}|{row.name}"
            seen[whole] += 1
            name = whole if seen[whole] == 1 else f"{whole}#{seen[whole]}"
            self._stems[row.stem] = name
            self.rows[name] = row

    @cached_property
    def figures(self) -> Mapping[str, tuple[str, Figure]]:
        return {self.of(path): (path, figure) for path, figure in figures(self.report)}

    @cached_property
    def texts(self) -> Mapping[str, tuple[str, str]]:
        return {self.of(path): (path, words) for path, words in _texts(self.report)}

    def of(self, path: str) -> str:
        """The name of a figure, of words or of a row."""
        head, tail = path, ""
        while head:
            if head in self._stems:
                return self._stems[head] + tail
            head, _, last = head.rpartition(".")
            tail = f".{last}{tail}"
        return path


def difference(before: Report, after: Report) -> Difference:
    """What changed from one report to the other, in the record's order of the later one."""
    old, new = Names(before), Names(after)
    figure_changes = [
        FigureChange(old.figures[name][0], path, old.figures[name][1], figure)
        for name, (path, figure) in new.figures.items()
        if name in old.figures and _value(old.figures[name][1]) != _value(figure)
    ]
    text_changes = [
        TextChange(old.texts[name][0], path, old.texts[name][1], words)
        for name, (path, words) in new.texts.items()
        if name in old.texts and _spaceless(old.texts[name][1]) != _spaceless(words)
    ]
    return Difference(
        tuple(figure_changes),
        tuple(text_changes),
        tuple(row for name, row in new.rows.items() if name not in old.rows),
        tuple(row for name, row in old.rows.items() if name not in new.rows),
    )


def turnover(
    before: Report, found_before: Sequence[Finding], after: Report, found_after: Sequence[Finding]
) -> Turnover:
    """Which broken and suspect findings went, stayed and came. A finding is the same by its rule and the
    rows and columns it cites; one that cites nothing by its words without their numbers."""
    then = _identified(Names(before), found_before)
    now = _identified(Names(after), found_after)
    return Turnover(
        tuple(finding for name, finding in then.items() if name not in now),
        tuple(finding for name, finding in now.items() if name in then),
        tuple(finding for name, finding in now.items() if name not in then),
    )


def expense_name(row: ExpenseRow) -> str:
    """What makes an expense row the same row: its item, or its label where many rows have one item."""
    if row.item is not None and not row.item.startswith("project_"):
        return row.item
    return _bare(_NUMBERING.sub("", _spaceless(row_label(row))))


def _value(figure: Figure) -> object:
    return figure.value if isinstance(figure, Quantity) else None


def _spaceless(words: str) -> str:
    return "".join(unicodedata.normalize("NFKC", words).split())


def _bare(words: str) -> str:
    return _BESIDE_WORDS.sub("", _spaceless(words))


def _rows(report: Report) -> Iterator[Row]:
    for key, expense in zip(expense_keys(report), report.expenses, strict=True):
        yield Row(f"expenses.{key}", "expenses", expense_name(expense), row_label(expense))
    for index, building in enumerate(report.construction):
        yield Row(f"construction.{index}", "construction", _bare(building.label), building.label)
    for index, form in enumerate(report.projects):
        stem = f"projects.{index}"
        yield Row(stem, "projects", _bare(form.name), form.name)
        yield from _indicator_rows(stem, form.indicators)
    yield from _indicator_rows("", report.indicators)
    for key, told in zip(narrative_keys(report), report.narrative, strict=True):
        path = f"narrative.{key}"
        yield Row(path, "narrative", told.code, label_of(path, report))
    for index, listed in enumerate(report.listed_sums):
        stem = f"listed_sums.{index}"
        yield Row(stem, "listed_sums", _bare(listed.total.label), listed.total.label)
        for place, part in enumerate(listed.parts):
            yield Row(f"{stem}.parts.{place}", stem, _bare(part.label), part.label)
    for index, share in enumerate(report.shares):
        words = f"{share.part.label}/{share.whole.label}"
        yield Row(f"shares.{index}", "shares", f"{share.relation} {_bare(words)}", words)


def _indicator_rows(form: str, indicators: Sequence[Indicator]) -> Iterator[Row]:
    for index, row in enumerate(indicators):
        levels = "|".join(_bare(level) for level in (row.level1, row.level2, row.level3))
        stem = f"{form}.indicators.{index}" if form else f"indicators.{index}"
        yield Row(stem, form or "indicators", levels, row.level3 or row.level2)


def _texts(report: Report) -> Iterator[tuple[str, str]]:
    yield "thrift_measures", _words(report.thrift_measures)
    yield from _form_texts("", report.goals, report.indicators, report.grade)
    for index, form in enumerate(report.projects):
        yield from _form_texts(f"projects.{index}.", form.goals, form.indicators, form.grade)
    for key, told in zip(narrative_keys(report), report.narrative, strict=True):
        if told.word or told.value == MISSING:
            yield f"narrative.{key}", told.word


def _form_texts(
    prefix: str, goals: Goals, indicators: Sequence[Indicator], grade: Text | None
) -> Iterator[tuple[str, str]]:
    yield f"{prefix}goals.expected", _words(goals.expected)
    yield f"{prefix}goals.actual", _words(goals.actual)
    for index, row in enumerate(indicators):
        stem = f"{prefix}indicators.{index}"
        yield f"{stem}.target", row.target.value
        yield f"{stem}.actual", row.actual.value
        yield f"{stem}.deviation", row.deviation
    yield f"{prefix}grade", _words(grade)


def _words(text: Text | None) -> str:
    return "" if text is None else text.value


def _identified(names: Names, findings: Sequence[Finding]) -> dict[tuple[str, ...], Finding]:
    """Broken and suspect findings by what makes them the same; equal ones are numbered."""
    seen: Counter[tuple[str, ...]] = Counter()
    identified = {}
    for finding in findings:
        if finding.verdict not in (Verdict.BROKEN, Verdict.SUSPECT):
            continue
        subject = sorted(map(names.of, finding.cites)) or [_NUMBERS.sub("", finding.message)]
        name = (finding.rule, *subject)
        seen[name] += 1
        identified[*name, str(seen[name])] = finding
    return identified
