"""«无国有资本经营预算支出», «因公出国费没有», «未发生公务接待费»: figures that a sentence has none of.

None is a dash, never a zero; only «零支出» is a zero in words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from extract.document import Locus
from extract.forms.mentions import Mention
from extract.forms.narrative_words import NarrativeWords
from extract.forms.phrases import Role, date_of, patterns, peel, read_phrase, subjects_in
from extract.forms.sentences import Sentence
from extract.quantity import Absent, Figure, Quantity
from extract.report import NarrativeFigure

PLACED = tuple[int, NarrativeFigure]

_CLAUSE = re.compile(r"(?:[^，,；;。:!?！？、]|、(?!无|没有|未|不涉及))+")
_WHOLLY = re.compile(
    r"(?:20\d\d年?度?|本年度?|我|本|单位|部门|局|全年)*(?:无|没有|不涉及|未发生|未涉及)(?:此项|该项|相关|此类)*(?:预算)?"
    r"(?:支出|内容|情况|收支|业务|事项)?[。.]?"
)
_ANNOUNCED = re.compile(r"(?:的?(?:使用|支出|收支|预算|决算|管理|和|及|情况))*:无[。.]?$")
_NONE_BEFORE = re.compile(
    r"(?:没有|未|无|不)(?:发生|安排|使用|产生|列支|编制|涉及|涉|有|开支|支出)?(?:过|任何|使用|相关)?$|(?:没有|无|未发生|不涉及|未涉及)$"
)
_NONE_AFTER = re.compile(
    r"^(?:的?(?:支出|费用?|经费|收支|收入和支出|预算|安排|情况|资金))*(?:均|都|也|全年|本年|今年|实现了?|保持)*(?P<word>没有|为?无|未发生|未安排|未产生|不涉及|未涉及|为零|零支出|为零支出)(?:支出|费用|发生)?$"
)
_NEGATION = re.compile("[无没未不零]")
_IN_TWO_ROLES = frozenset(
    {"three_public", "reception", "overseas", "vehicles", "vehicle_purchase", "vehicle_running"}
)
_LONGEST = 2000
_TAIL = re.compile(r"(?:收入|收支|以及|相关|业务|事项|任务|数据|[和与及、的])")
_BUDGET = re.compile("预算|安排")
_FINAL = re.compile("支出|决算|使用|发生|开支|执行")
_BRACKETS = re.compile(r"\([^()]*\)")


def nothing_in(
    sentence: Sentence, mentions: Sequence[Mention], words: NarrativeWords, fiscal_year: int | None
) -> Iterator[PLACED]:
    """The absent figures of a sentence with these amounts, each with its position."""
    if not _NEGATION.search(sentence.plain):
        return
    if _WHOLLY.fullmatch(sentence.plain) and sentence.headings:
        yield from _under_heading(sentence, sentence.headings[-1], words)
        return
    if _ANNOUNCED.search(sentence.plain[-40:]) and sentence.headings[-1:] != (sentence.plain,):
        yield from _under_heading(sentence, sentence.plain[-40:], words)
        return
    if not subjects_in(sentence.plain[:_LONGEST], words):
        return
    year: int | None = None
    for clause in _CLAUSE.finditer(sentence.plain[:_LONGEST]):
        printed, shift = date_of(clause[0])
        year = printed if printed is not None else year
        text = _BRACKETS.sub("", clause[0])[:200]
        if not _NEGATION.search(text) or shift not in (None, 0):
            continue
        if year is not None and fiscal_year is not None and year != fiscal_year:
            continue
        if read_phrase(text, words).relation == "plain":
            classes = any(_is_class(m.subject, words) for m in mentions)
            said = [m.role for m in mentions if m.plain and m.money and m.number.end <= clause.start()]
            for code, value in _absent(text, words, sentence.locus, [role for role in said if role], classes):
                yield clause.start(), NarrativeFigure(code, value, sentence.text, locus=sentence.locus)


def _under_heading(sentence: Sentence, heading: str, words: NarrativeWords) -> Iterator[PLACED]:
    """«无。» under a heading or behind a colon: there is nothing of what that names."""
    codes = {span.code for span in subjects_in(heading, words)}
    for code in codes if len(codes) == 1 else ():
        name = f"{code}.final" if code in _IN_TWO_ROLES else code
        if _absent_alone(code, words):
            value = Absent("dash", "无", sentence.locus)
            yield 0, NarrativeFigure(name, value, sentence.text, locus=sentence.locus)


def _absent_alone(code: str, words: NarrativeWords) -> bool:
    """Whether a subject can be said not to be without its list around it."""
    subject = words.subjects[code]
    return not (subject.silent or subject.parent == "basic_expenditure" or code == "total_expenditure")


def _is_class(code: str | None, words: NarrativeWords) -> bool:
    subject = words.subjects.get(code or "")
    return subject is not None and subject.parent == "basic_expenditure" and not subject.silent


def _absent(
    text: str, words: NarrativeWords, locus: Locus, said: Sequence[Role], classes: bool
) -> Iterator[tuple[str, Figure]]:
    """The codes that a clause says there is nothing of; `said` are the roles of the amounts before it,
    `classes` says that the sentence lists the economic classes of basic spending."""
    spans = subjects_in(text, words)
    if not spans:
        return
    head, tail = text[: spans[0].start], text[spans[-1].end :]
    after = _NONE_AFTER.match(tail)
    before = _NONE_BEFORE.search(head) or _NONE_BEFORE.search(peel(head, patterns(words)))
    between = "".join(text[one.end : next_one.start] for one, next_one in pairwise(spans))
    quiet = not peel(_TAIL.sub("", between), patterns(words))
    if not quiet or not (after or (before and not peel(_TAIL.sub("", tail), patterns(words)))):
        return
    zero = after is not None and "零" in after["word"]
    value: Figure = Absent("dash", "无", locus)
    if zero:
        value = Quantity(Decimal(0), Decimal(1), "money", "", "零", locus)
    for span in spans:
        if _absent_alone(span.code, words) or (classes and _is_class(span.code, words)):
            yield _code(span.code, tail, said), value


def _code(subject: str, tail: str, said: Sequence[Role]) -> str:
    if _FINAL.search(tail):
        role = "final"
    elif _BUDGET.search(tail):
        role = "budget"
    else:
        role = "budget" if said and said[-1] == "budget" else "final"
    if subject in _IN_TWO_ROLES:
        return f"{subject}.{role}"
    return subject if role == "final" else f"{subject}.budget"
