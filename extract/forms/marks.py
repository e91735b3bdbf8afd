"""Scores and grade: 自评得分, 评价等次, and the totals of 产出, 效益 and 满意度 (分值 and 得分).

Scores of single indicators, of projects, averages, bands (90-100分) and the list of grades are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extract.forms.amounts import Number, quantity
from extract.forms.mark_rows import shared_rows
from extract.forms.narrative_words import NarrativeWords, alternation
from extract.forms.phrases import date_of
from extract.forms.sentences import Sentence
from extract.quantity import MISSING, Quantity
from extract.report import NarrativeFigure

_OTHER = "?"
_CUT = re.compile(r"[，,；;。:()!?！？、]")
_STOP = re.compile(r"[，,；;。:!?！？]")
_TAIL = r"(?:总共|共计|合计|总计|共|计|为|是|达到|达|获得|获|得|:|约)*+$"
_AFTER_CLASS = (
    r"(?=指标|目标|类|方面|部分|情况|完成|分析|总|满|分值|权重|得|自评|评价|实|占|为|主要|共|计|合计"
    r"|\d|[，,；;。:()、]|$)"
)
_NUMBERING = re.compile(r"^(?:\(?[一二三四五六七八九十\d]{1,3}[)、.]|[、:]|其中|一是|二是|三是|四是)+")
_SUB_LEVEL = re.compile(r"(?:数量|质量|时效|成本|经济|社会|生态|可持续|环境|服务对象|公众|受益)")
_GRADE = re.compile(
    r"(?:等级|等次|档次|级别|结论|结果|评定|评级|自评|评价|评为|定为|确定为|属于?|绩效)(?:被)?(?:评定|评|定|确定|认定|结论|等级|等次|结果|档次)*(?:为|是|:|属于?|达到)*"
    r"(?P<word>优秀|优良|良好|优|良|中等|中|一般|合格|不合格|较差|差)(?:等级|等次|级|等|档次|档)?(?=[，,；;。)!！(]|$)"
)
_BAND = re.compile(r"\([^)]{0,30}\)(?:[的、]|[，,；;](?:[“\"]?(?:良|中|差|合格|一般)))")
_ALONE = re.compile(r"[，,；;。、)]|$")
_INDICATOR = re.compile(r"[^，]{1,12}?(?:指标|满意度|效益)")
_NOT_INDICATOR = re.compile("体系|评价指标|绩效指标|各项|整体|一级指标|单位|部门|^[该此本]|上述")
_OTHER_CLASS = re.compile(r"(?:投入|过程|决策|预算执行|预算管理|职责履行|履职|管理)")
_CONCERNED = re.compile("[分优良差格]|指标|产出|效益|满意|成本|一般|投入|过程|管理|决策|权重|目标|类")
_GRADE_WORD = re.compile("[优良中差般格]")
_WHOLE = re.compile(r"整体支出(?:绩效)?(?:自评|自我评价|评价)?(?:的|综合)?(?:结论|结果|等次|等级|得分|评分)")
_KINDS = ("score", "bare")
_SUMS_UP = re.compile(
    r"(?:综上|以上|上述|我单位|我局|本部门|部门|各项|[三四五]项|绩效|自评|综合|评价|最终|实际|整体|支出)*"
    r"(?:总分|总得分|总评分|综合得分|综合评分|最终得分|得分合计|合计得分|合计|共计|总计|总)(?:得分|得|为|是|:)*"
)
_NAMED = re.compile("综合|总|整体|自评|自查|评价|最终")


@dataclass(frozen=True, slots=True)
class _Mark:
    role: str
    topic: str | None
    number: Number
    value: Quantity
    label: str
    chunk: str
    sure: bool = True


class Marks:
    """Reads sentences one after the other; a class named in a paragraph holds to its end."""

    def __init__(self, words: NarrativeWords, fiscal_year: int | None) -> None:
        given = words.marks
        self._fiscal_year = fiscal_year
        self._earlier: set[tuple[str, str]] = set()
        self._weight = re.compile(f"(?P<label>{alternation(given['weight'])}){_TAIL}")
        self._score = re.compile(f"(?P<label>{alternation(given['score'])}){_TAIL}")
        self._not_total = re.compile(alternation(given["not_total"]))
        classes = "|".join(f"(?P<{code}>{alternation(names)})" for code, names in words.classes.items())
        self._classes = re.compile(f"(?:部门|本单位|绩效|该|其)*(?:{classes}){_AFTER_CLASS}")
        self._names = set(words.classes)
        self._about = re.compile(alternation(given["grade_about"]))
        self._never = re.compile(alternation(given["grade_never"]))
        self._topic: str | None = None
        self._scored: set[str | None] = set()
        self._unread: list[tuple[Sentence, tuple[Number, ...]]] = []

    def opened(self, sentence: Sentence) -> None:
        """A new paragraph is about no class yet."""
        if sentence.opens:
            self._topic = None
            self._unread.clear()
            self._scored.clear()

    def passed(self, sentence: Sentence, found: tuple[Number, ...]) -> None:
        """A sentence without marks: it may still name the class that the next is about."""
        self._unread.append((sentence, found))

    def read(self, sentence: Sentence, found: tuple[Number, ...]) -> Iterator[tuple[int, NarrativeFigure]]:
        """The scores and the grade of a sentence, each with its position."""
        if not _CONCERNED.search(sentence.plain):
            return
        if any(number.value is not None and number.kind in _KINDS for number in found):
            yield from self._read(sentence, found)
        else:
            self.passed(sentence, found)
        if _GRADE_WORD.search(sentence.plain):
            yield from self._grades(sentence)

    def _read(self, sentence: Sentence, found: tuple[Number, ...]) -> Iterator[tuple[int, NarrativeFigure]]:
        for earlier in self._unread:
            list(self._marks(*earlier))
        self._unread.clear()
        rows = list(shared_rows(sentence.plain, found, self._class_of, self._role_at_end))
        for shared in rows:
            if shared.number.value is not None and shared.number.kind == "score":
                name, value = f"{shared.topic}.{shared.role}", shared.number.value
                yield shared.number.start, NarrativeFigure(name, value, sentence.text, locus=sentence.locus)
        taken = {shared.number.start for shared in rows}
        marks = list(self._marks(sentence, tuple(n for n in found if n.start not in taken)))
        for mark in marks:
            code = self._code(mark, marks, sentence)
            if code == "total_score" and self._of_an_earlier_year(mark, sentence):
                self._earlier.add((sentence.text, mark.value.text))
            if code is not None:
                yield (
                    mark.number.start,
                    NarrativeFigure(code, mark.value, sentence.text, locus=sentence.locus),
                )

    def settled(self, figures: list[NarrativeFigure]) -> list[NarrativeFigure]:
        """Scores of earlier years go where the narrative tells this year's too."""
        earlier = [
            figure
            for figure in figures
            if figure.code == "total_score"
            and isinstance(figure.value, Quantity)
            and (figure.text, figure.value.text) in self._earlier
        ]
        scores = [figure for figure in figures if figure.code == "total_score"]
        return [f for f in figures if f not in earlier] if len(earlier) < len(scores) else figures

    def _of_an_earlier_year(self, mark: _Mark, sentence: Sentence) -> bool:
        year, _ = date_of(_STOP.split(sentence.plain[: mark.number.start])[-1])
        return year is not None and self._fiscal_year is not None and 0 < year < self._fiscal_year

    def _marks(self, sentence: Sentence, found: tuple[Number, ...]) -> Iterator[_Mark]:
        plain, end = sentence.plain, 0
        heading = self._heading_topic(sentence)
        seen: set[str | None] = set()
        for number in found:
            if number.kind not in ("score", "bare", "rate", "money"):
                continue
            between = plain[end : number.start]
            for piece in _CUT.split(between[-300:]):
                topic = self._topic_of(piece)
                if topic is None and _WHOLE.search(piece):
                    self._topic = heading = None
                self._topic = topic or self._topic
            body = between[-300:].rstrip(":")
            chunk = _CUT.split(body)[-1]
            value = _score(number, plain, chunk)
            if number.kind != "bare" or value is not None:
                end = number.end
            if value is not None:
                topic = self._topic or heading
                several = len(seen | {topic}) > 1 and self._class_of(chunk) is None
                mark = self._mark(number, value, chunk, body, _OTHER if several else topic)
                if _SUMS_UP.fullmatch(chunk) and topic in self._scored:
                    whole = None if len(self._scored & self._names) > 1 else _OTHER
                    mark = _Mark("score", whole, number, value, "总分", chunk)
                if mark is not None and mark.role == "score":
                    self._scored.add(topic)
                if mark is not None:
                    seen = set() if mark.role == "score" else seen | {topic}
                    yield mark
        for piece in _CUT.split(plain[end:][:300]):
            self._topic = self._topic_of(piece) or self._topic

    def _role_at_end(self, words: str) -> tuple[str, str] | None:
        """Words before «分别为» split into names and weight or score."""
        score, weight = self._score.search(words), self._weight.search(words)
        match = score if score and (weight is None or score.start() <= weight.start()) else weight
        return (words[: match.start()], "score" if match is score else "weight") if match else None

    def _mark(
        self, number: Number, value: Quantity, chunk: str, body: str, topic: str | None
    ) -> _Mark | None:
        score, weight = self._score.search(chunk), self._weight.search(chunk)
        if score and (weight is None or score.start() <= weight.start()):
            return _Mark("score", topic, number, value, score["label"], chunk)
        if weight:
            return _Mark("weight", topic, number, value, weight["label"], chunk)
        if topic not in (None, _OTHER) and (body.endswith("(") or self._class_of(chunk) == topic):
            return _Mark("weight", topic, number, value, "", chunk, sure=body.endswith("("))
        return None

    def _code(self, mark: _Mark, marks: list[_Mark], sentence: Sentence) -> str | None:
        if mark.topic == _OTHER or "分别" in mark.chunk or "扣" in mark.chunk:
            return None
        if mark.topic is not None:
            if self._class_of(mark.chunk) is None and _SUB_LEVEL.search(mark.chunk):
                return None
            scored = any(m.role == "score" and m.topic == mark.topic for m in marks)
            return f"{mark.topic}.{mark.role}" if mark.sure or scored else None
        alone = mark.label == "总分" and not any(m.role == "score" for m in marks)
        if mark.role == "weight" and not alone:
            return None
        return "total_score" if self._total(mark, marks, sentence) else None

    def _total(self, mark: _Mark, marks: list[_Mark], sentence: Sentence) -> bool:
        """Whether a score is the whole report's, not an indicator's or a project's."""
        before = sentence.plain[: mark.number.start]
        head = mark.chunk[: mark.chunk.rfind(mark.label)]
        if self._not_total.search(
            head.replace("项目绩效", "项目").replace("绩效目标", "")
        ) or self._not_total.search(mark.chunk[mark.chunk.rfind(mark.label) + len(mark.label) :]):
            return False
        if "项目" in before and "整体" not in before:
            return False
        if any("项目" in heading and "整体" not in heading for heading in sentence.headings[-1:]):
            return False
        named = _NAMED.search(mark.label) is not None
        full = [m.value.value for m in marks if m.role == "weight" and m is not mark and m.topic is None]
        if full and 100 not in full:
            return False
        return named or self._about.search(before) is not None

    def _topic_of(self, piece: str) -> str | None:
        piece = _NUMBERING.sub("", piece)
        found = self._class_of(piece)
        if found is not None:
            return found
        indicator = _INDICATOR.match(piece)
        if indicator is not None and not _NOT_INDICATOR.search(indicator[0]):
            return _OTHER
        return _OTHER if len(piece) <= 20 and _OTHER_CLASS.match(piece) else None

    def _class_of(self, piece: str) -> str | None:
        piece = _NUMBERING.sub("", piece)
        match = self._classes.match(piece)
        return match.lastgroup if match else None

    def _heading_topic(self, sentence: Sentence) -> str | None:
        for heading in reversed(sentence.headings):
            topic = self._topic_of(heading.rstrip("。"))
            if topic is not None:
                return topic
        return None

    def _grades(self, sentence: Sentence) -> Iterator[tuple[int, NarrativeFigure]]:
        plain = sentence.plain
        for match in _GRADE.finditer(plain):
            start = max(plain.rfind(mark, 0, match.start()) for mark in "，,；;。:") + 1
            clause = plain[start : match.end()]
            if self._never.search(clause) or not self._about.search(plain[: match.end()]):
                continue
            if _BAND.match(plain, match.end()) or ("项目" in plain[: match.start()] and "整体" not in plain):
                continue
            yield (
                match.start(),
                NarrativeFigure("grade", MISSING, sentence.text, word=match["word"], locus=sentence.locus),
            )


def _score(number: Number, plain: str, chunk: str) -> Quantity | None:
    """A score as printed: «98.5分», or 98.5 alone right behind 得分 or 分值."""
    if number.value is None or number.kind in ("rate", "money"):
        return None
    if number.kind == "score":
        return number.value
    alone = _ALONE.match(plain, number.end)
    named = re.search(r"(?:得分|评分|分值|总分|满分|权重)(?:为|是|:)*$", chunk)
    return (
        quantity(number.printed, "score", "", number.printed, number.value.locus) if alone and named else None
    )
