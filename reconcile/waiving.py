"""When a finding is the same that was accepted before, and whether it still rests on the same figures.

A finding is the same by its rule and what it cites (its message without the numbers, where it cites no
figure). Its operands are all that it was accepted for: the cited figures and words as printed, the two
sides of its equation (last year's figure and the register's are among them), or, where it is no equation,
its message. Sentences are known by what they tell: which mention of a figure it is only decides between
findings that are otherwise the same.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import zip_longest

from extract.quantity import Absent, Figure, decimal_text, plain
from extract.report import Report
from reconcile.change import Names
from reconcile.finding import Finding, Judgement, Waiver
from reconcile.labels import label_of

MESSAGE, EXPECTED, FOUND = "message", "expected", "found"
NOTHING = "（无）"
ALIKE = Decimal("0.5")
"""From which share of names in common a waiver is taken for one of this finding, its figures changed."""
_SENTENCES = ("narrative", "listed_sums", "shares")
_ORDINAL = re.compile(r"#\d+")
_NUMBER = re.compile(r"\d[\d.,]*")
_INDICATOR_ENDS = {"target": "指标值", "actual": "完成值", "weight": "分值", "score": "得分"}
_ABSENCES = {"blank": "（空）", "missing": NOTHING}


@dataclass(frozen=True, slots=True, order=True)
class Operand:
    """A figure or words that a finding rests on: a name that holds in the next revision, one for a clerk,
    and what is printed."""

    name: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Basis:
    """What makes a finding the same (`rule`, the names it cites in `subject`) and what it rests on."""

    rule: str
    subject: tuple[str, ...]
    operands: tuple[Operand, ...]

    @property
    def kin(self) -> tuple[str, ...]:
        """The subject, whichever mention it is of a figure told in several sentences."""
        return tuple(sorted(map(_any_mention, self.subject)))

    @property
    def values(self) -> tuple[tuple[str, str], ...]:
        return tuple(sorted((operand.name, operand.value) for operand in self.operands))


@dataclass(frozen=True, slots=True)
class Accepted:
    """A waiver and what it was given for."""

    waiver: Waiver
    basis: Basis


@dataclass(frozen=True, slots=True)
class Change:
    """What an operand was when the finding was accepted, and what it is now."""

    label: str
    before: str
    after: str


def basis_of(names: Names, finding: Finding) -> Basis:
    """`names` are those of the report that the finding was made of."""
    cited = dict.fromkeys(finding.cites)
    operands = [operand for path in cited if (operand := _operand(names, path)) is not None]
    subject = [in_one_line(names.of(path)) for path in cited]
    message = in_one_line(finding.message)
    if not operands:
        subject.append(_NUMBER.sub("#", message))
    if not operands or finding.expected is finding.found is None:
        operands.append(Operand(MESSAGE, "", message))
    for name, label, value in ((EXPECTED, "应为", finding.expected), (FOUND, "实为", finding.found)):
        if value is not None:
            operands.append(Operand(name, label, plain(value)))
    return Basis(finding.rule, tuple(sorted(subject)), tuple(operands))


def matched(report: Report, judgement: Judgement, accepted: Sequence[Accepted]) -> Judgement:
    """The judgement with each waiver on its finding: stale where the finding's operands have changed.

    `accepted` are the waivers of this very department and year, oldest first; none of them is withdrawn.
    """
    holds = _holding(report, judgement, accepted) if accepted else {}
    findings = (replace(finding, waiver=holds.get(index)) for index, finding in enumerate(judgement.findings))
    return replace(judgement, findings=tuple(findings))


def changes(before: Basis, after: Basis) -> tuple[Change, ...]:
    """Which operands changed. Where cited ones did, what was computed of them is not told again."""
    changed = list(_changed(before.operands, after.operands))
    computed = (EXPECTED, FOUND, MESSAGE)
    cited = [change for name, change in changed if name not in computed]
    sides = [change for name, change in changed if name in (EXPECTED, FOUND)]
    return tuple(cited or sides or [change for _, change in changed])


def _holding(report: Report, judgement: Judgement, accepted: Sequence[Accepted]) -> dict[int, Waiver]:
    """The waivers by the places of the findings they are on."""
    names = Names(report)
    bases = {
        index: basis_of(names, finding)
        for index, finding in enumerate(judgement.findings)
        if replace(finding, waiver=None).flagged
    }
    holds: dict[int, Waiver] = {}
    outlived = []
    for one in reversed(accepted):
        free = {index: basis for index, basis in bases.items() if index not in holds}
        own = {index: basis for index, basis in free.items() if _same_mention(one.basis, basis)}
        same = [index for index, basis in (own or free).items() if _same(one.basis, basis)]
        if same:
            holds[same[0]] = one.waiver
        else:
            outlived.append(one)
    for one in outlived:
        likely = {
            index: likeness
            for index, basis in bases.items()
            if index not in holds and (likeness := _likeness(one.basis, basis))[0] >= ALIKE
        }
        if likely:
            nearest = max(likely, key=lambda index: likely[index])
            holds[nearest] = replace(one.waiver, stale=True)
    return holds


def _same_mention(one: Basis, other: Basis) -> bool:
    """Whether it is the very sentence too: where that is still in question, no other one is meant."""
    return (one.rule, one.subject) == (other.rule, other.subject)


def _same(one: Basis, other: Basis) -> bool:
    return (one.rule, one.kin, one.values) == (other.rule, other.kin, other.values)


def _likeness(one: Basis, other: Basis) -> tuple[Decimal, int]:
    """The share of their names that two findings of one rule have in common, and how many values."""
    if one.rule != other.rule:
        return Decimal(0), 0
    ours, theirs = Counter(one.kin), Counter(other.kin)
    share = Decimal((ours & theirs).total()) / Decimal((ours | theirs).total())
    return share, len(set(one.values) & set(other.values))


def _changed(before: Sequence[Operand], after: Sequence[Operand]) -> Iterator[tuple[str, Change]]:
    """Names may repeat (a figure told in several sentences): what is the same on both sides is left out."""
    labels = {operand.name: operand.label for operand in (*before, *after)}
    old, new = _by_name(before), _by_name(after)
    for name, label in labels.items():
        were, are = old.get(name, Counter()), new.get(name, Counter())
        for was, now in zip_longest((were - are).elements(), (are - were).elements(), fillvalue=NOTHING):
            yield name, Change(label, was, now)


def _by_name(operands: Sequence[Operand]) -> Mapping[str, Counter[str]]:
    values: dict[str, Counter[str]] = {}
    for operand in operands:
        values.setdefault(operand.name, Counter())[operand.value] += 1
    return values


def _operand(names: Names, path: str) -> Operand | None:
    """The figure or words of a path; None for what the report gives in many places (its department)."""
    name = names.of(path)
    if name in names.figures and not names.texts.get(name, ("", ""))[1]:
        value = _printed(names.figures[name][1])
    elif name in names.texts:
        value = in_one_line(names.texts[name][1]) or _ABSENCES["blank"]
    else:
        return None
    return Operand(_any_mention(in_one_line(name)), _label(names, path), value)


def _any_mention(name: str) -> str:
    return _ORDINAL.sub("", name) if name.startswith(_SENTENCES) else name


def _label(names: Names, path: str) -> str:
    stem, _, end = path.rpartition(".")
    row = names.rows.get(names.of(stem))
    if row is not None and "indicators." in path and end in _INDICATOR_ENDS:
        return f"指标“{in_one_line(row.label)}”{_INDICATOR_ENDS[end]}"
    return in_one_line(label_of(path, names.report))


def _printed(figure: Figure) -> str:
    if isinstance(figure, Absent):
        return in_one_line(figure.text) or _ABSENCES.get(figure.why, "—")
    return f"{plain(figure.value * 100)}%" if figure.kind == "rate" else decimal_text(figure)


def in_one_line(words: str) -> str:
    """Words as every database gives them back, without what can't be printed."""
    printable = (letter if letter.isprintable() and letter != "\ufffd" else " " for letter in words)
    return " ".join("".join(printable).split())
