"""Rules of the total score and the grade."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from extract.quantity import Absent, plain
from extract.report import NarrativeFigure, Text
from reconcile.finding import Severity, Verdict
from reconcile.grid import FULL
from reconcile.ledger import Ledger, Scope
from reconcile.rule import EXACT, UNCHECKED, Examination, rule
from reconcile.tie import Examined, prefaced, tie_equal

GRADES = ("优", "良", "中", "差")
SAME_GRADE = {
    "优": "优", "优秀": "优",
    "良": "良", "良好": "良",
    "中": "中", "中等": "中",
    "差": "差", "较差": "差", "不合格": "差",
}  # fmt: skip
"""Words that certainly mean one of the four grades. «合格» and «优良» can mean two: they aren't here."""


@rule(
    "score.narrative",
    Severity.ERROR,
    title="得分等次与报告一致",
    explain="自评报告中写的自评得分、评价等次应与自评表一致。不一致说明报告或表有一处没有更新。"
    "请以自评表的综合得分和等次为准，改正写错的一处。",
)
def narrative(ledger: Ledger) -> Iterator[Examination]:
    total = ledger.term("total_score", "自评表中综合得分")
    for mention in ledger.told_or_missing("total_score"):
        yield from tie_equal(mention, total)
    grade = ledger.report.grade
    grades = [(path, figure) for path, figure in ledger.narrative if figure.code == "grade"]
    if not grades and grade is not None and grade.value:
        yield UNCHECKED
    for path, mention_of_grade in grades:
        yield _same_grade(path, mention_of_grade, grade)


@rule(
    "grade.band",
    Severity.ERROR,
    title="等次与得分相符",
    explain="评价等次应与综合得分相符：90 分及以上为优，80 至 90 分为良，60 至 80 分为中，60 分以下为差"
    "（分数线可以设置）。"
    "不相符说明等次或得分填错。请核对综合得分后改正等次。",
)
def band(ledger: Ledger) -> Iterator[Examination]:
    for scope in ledger.scopes():
        yield from _band(ledger, scope)


def _same_grade(path: str, mention: NarrativeFigure, grade: Text | None) -> Examination:
    if not mention.word or grade is None or not grade.value:
        return UNCHECKED
    if mention.word == grade.value:
        return EXACT
    one, other = SAME_GRADE.get(mention.word), SAME_GRADE.get(grade.value)
    if one is None or other is None:
        return UNCHECKED
    if one == other:
        return EXACT
    places = [locus for locus in (mention.locus, grade.locus) if locus is not None]
    message = f"自评报告中评价等次为“{mention.word}”，自评表中评价等次为“{grade.value}”"
    return Examination(Verdict.BROKEN, message, cites=(path, "grade"), places=tuple(places))


def _band(ledger: Ledger, scope: Scope) -> Examined:
    total = ledger.term(f"{scope.prefix}total_score")
    word = scope.grade.value if scope.grade is not None else ""
    if not word and isinstance(total.figure, Absent):
        return (UNCHECKED,) if total.unreadable else ()
    named = SAME_GRADE.get(word)
    if named is None or isinstance(total.figure, Absent) or not 0 <= total.figure.value <= FULL:
        return (UNCHECKED,)
    score = total.figure.value
    bands = ledger.settings.grade_bands
    right = _grade_of(score, bands)
    # 89.996 is told as 90.00 and rightly graded 良; 90 is told as 90.
    just_below = score - total.figure.step / 2 if total.figure.step < 1 else score
    if named in (right, _grade_of(just_below, bands)):
        return (EXACT,)
    message = f"综合得分 {plain(score)} 分，等次应为“{right}”，填写的是“{word}”"
    places = (total.figure.locus, scope.grade.locus if scope.grade else None)
    finding = Examination(
        Verdict.BROKEN,
        message,
        cites=(total.path, f"{scope.prefix}grade"),
        places=tuple(place for place in places if place is not None),
    )
    preface = f"项目“{scope.name}”：" if scope.prefix else ""
    return prefaced(preface, (finding,))


def _grade_of(score: Decimal, bands: Sequence[Decimal]) -> str:
    """The grade whose least points, in the order of `GRADES`, the score reaches."""
    return next((grade for grade, least in zip(GRADES, bands, strict=False) if score >= least), GRADES[-1])
