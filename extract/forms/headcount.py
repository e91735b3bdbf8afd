"""编制 and 实有: how many posts a department has and how many people are in them.

Part counts (行政编制, 事业编制) are never added up; one alone in the whole narrative is the total. Retired
people and those outside the establishment are nobody here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from extract.forms.amounts import Number, quantity
from extract.forms.narrative_words import NarrativeWords, alternation
from extract.forms.phrases import date_of
from extract.forms.sentences import Sentence
from extract.quantity import Quantity
from extract.report import NarrativeFigure

_KIND = "authorized.kind"
_CUT = re.compile(r"[，,；;。:、()!?！？]")
_TAIL = r"(?:总共|共有|共计|合计|总计|共|计|有|为|是|数|达|:|定编|核定|核编)*+$"
_PEOPLE = re.compile(r"[人名个]$")
_COUNTED = re.compile(r"\d(?:[人名个，,；;。、)]|$)")
_MAY_LEAD = re.compile(r"^\(\?:[^()]*\)\?")
_DATE = re.compile(r"[年月日]")
_ALONE = re.compile(r"[，,；;。、)]|$")
_ALL_AROUND = re.compile(r"全[省市州县区旗镇乡村]")
_UNITS_BELOW = re.compile("下属|所属|二级")
_TOTAL = re.compile(r"[，,；;。、]?(?:总共|共计|合计|总计|共有|共|总数|总编制)(?:编制)?(?:为|是)?:?")
_ROW = re.compile(r"(?P<names>[^，,；;。:()]{2,40})分别(?:为|是|有)?:?(?=\d)")
_JOINT = re.compile("[、和及与]")
_JOINTS = frozenset("、，,和及与")
_OPENS = re.compile(r"其中|包括|[(]")


@dataclass(frozen=True, slots=True)
class _Hit:
    code: str
    number: Number
    value: Quantity
    label: str


class Headcount:
    """Reads sentences one after the other; `settled` decides on what only the whole narrative tells.

    Of two different counts in one sentence that could both be the department's none is taken.
    """

    def __init__(self, words: NarrativeWords, fiscal_year: int | None) -> None:
        self._words, self._fiscal_year = words, fiscal_year
        given = words.headcount
        self._authorized = re.compile(f"(?:{alternation(given['authorized'])}){_TAIL}")
        self._on_duty = re.compile(f"(?:{alternation(given['on_duty'])}){_TAIL}")
        names = [*given["authorized"], *given["on_duty"]]
        self._concerned = re.compile(alternation([_MAY_LEAD.sub("", name) for name in names]))
        self._kinds = re.compile(f"(?:{alternation(given['kinds'])})(?:单位|人员|在职|核定)*$")
        self._never = re.compile(alternation(given["never"]))
        self._kind_names: set[str] = set()

    def concerned(self, plain: str) -> bool:
        """Whether a sentence counts anything and speaks of posts or people in them."""
        return _COUNTED.search(plain) is not None and self._concerned.search(plain) is not None

    def read(self, sentence: Sentence, found: tuple[Number, ...]) -> Iterator[tuple[int, NarrativeFigure]]:
        """The staffing figures of a sentence, each with its position."""
        hits = _apart(list(self._hits(sentence.plain, found)), sentence.plain)
        outer = next((hit for hit in hits if hit.code == "on_duty"), None)
        counted = [
            hit for hit in hits if hit.code != "on_duty" or self._counts(hit, hits, outer, sentence.plain)
        ]
        for hit in counted:
            rivals = {other.value.value for other in counted if other.code == hit.code}
            if len(rivals) > 1 and hit.code != _KIND:
                continue
            yield hit.number.start, NarrativeFigure(hit.code, hit.value, sentence.text, locus=sentence.locus)

    def settled(self, figures: list[NarrativeFigure]) -> list[NarrativeFigure]:
        """One kind of posts alone in the whole narrative is the total; of several none is."""
        kinds = [figure for figure in figures if figure.code == _KIND]
        alone = len(self._kind_names) == 1 and len({str(figure.value) for figure in kinds}) >= 1
        keep = alone and len(kinds) == 1 and not any(figure.code == "authorized" for figure in figures)
        return [
            replace(figure, code="authorized") if figure.code == _KIND else figure
            for figure in figures
            if keep or figure.code != _KIND
        ]

    def _hits(self, plain: str, found: tuple[Number, ...]) -> Iterator[_Hit]:
        end, year = 0, None
        kinds: list[Decimal] = []
        rows = _rows(plain, found) if "分别" in plain else {}
        for number in found:
            if number.kind == "year":
                continue
            between = rows.get(number.start) or plain[end : number.start]
            printed, shift = date_of(between[-60:])
            if printed is not None or shift is not None:
                year = printed if printed is not None else (self._fiscal_year or 0) + (shift or 0)
            if _ALL_AROUND.search(between):
                return
            value = _people(number, plain)
            if number.kind in ("count", "bare") and not _DATE.match(plain, number.end):
                end = number.end
            if value is None or (
                year is not None and self._fiscal_year is not None and year != self._fiscal_year
            ):
                continue
            hit = self._hit(between, number, value)
            if hit is None and kinds and _TOTAL.fullmatch(between) and value.value == sum(kinds):
                hit = _Hit("authorized", number, value, between)
            kinds = [*kinds, value.value] if hit is not None and hit.code == _KIND else []
            if hit is not None:
                yield hit

    def _hit(self, between: str, number: Number, value: Quantity) -> _Hit | None:
        chunk = _CUT.split(between[-60:].rstrip(":"))[-1]
        if self._never.search(chunk):
            if _UNITS_BELOW.search(chunk):
                self._kind_names.add("下属")
            return None
        match, code = self._authorized.search(chunk), "authorized"
        if match is None:
            match, code = self._on_duty.search(chunk), "on_duty"
        if match is None:
            return None
        kind = self._kinds.search(chunk[: match.start()])
        if kind is not None and match[0].startswith(("编制", "在")):
            if code == "on_duty":
                return None
            self._kind_names.add(kind[0])
            code = _KIND
        return _Hit(code, number, value, match[0])

    def _counts(self, hit: _Hit, hits: list[_Hit], outer: _Hit | None, plain: str) -> bool:
        """Whether a count of people is the department's: the outermost, unless that one holds others too."""
        inside = [other for other in hits if other.code == "on_duty" and "在" in other.label]
        after = plain[hit.number.end :]
        if "在" not in hit.label and _OPENS.search(after[:6]):
            return not (inside and inside[0] is not hit) and not self._never.search(after)
        if outer is None or hit is outer or "在" not in outer.label:
            return True
        return not _OPENS.search(plain[outer.number.end : hit.number.start])


def _rows(plain: str, found: tuple[Number, ...]) -> dict[int, str]:
    """The name of each number of a row, by position: «编制数和实有人数分别为45人和43人»."""
    named: dict[int, str] = {}
    for match in _ROW.finditer(plain):
        names = [name for name in _JOINT.split(match["names"]) if name]
        row: list[Number] = []
        end = match.end()
        for number in found:
            if number.start == end or (row and plain[end : number.start] in _JOINTS):
                row.append(number)
                end = number.end
        if len(names) == len(row) > 1:
            named |= {number.start: name for number, name in zip(row, names, strict=True)}
    return named


def _apart(hits: list[_Hit], plain: str) -> list[_Hit]:
    """The hits without those of a part: posts listed behind their total, people named kind by kind."""
    by_kind = [hit for before, hit in pairwise(hits) if before.code == _KIND and hit.code == "on_duty"]
    total: _Hit | None = None
    kept = []
    for hit in hits:
        of_a_part = hit in by_kind and len(by_kind) > 1
        if hit.code == "authorized":
            of_a_part = (
                total is not None and _OPENS.search(plain, total.number.end, hit.number.start) is not None
            )
            total = total or hit
        if not of_a_part:
            kept.append(hit)
    return kept


def _people(number: Number, plain: str) -> Quantity | None:
    """The count of people that a number gives: «24人», «24名», «24个», or 24 with nothing behind it."""
    if number.kind == "count" and number.value is not None and _PEOPLE.search(number.printed):
        return number.value
    if number.kind == "bare" and number.value is not None and _ALONE.match(plain, number.end):
        return quantity(number.printed, "count", "", number.printed, number.value.locus)
    return None
