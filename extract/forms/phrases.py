"""The words before an amount, read: what it is about, budget or final, of which year, or only a comparison.

A subject counts only where the words between it and the amount say nothing else; what is not
understood wholly is said to be unknown, never guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from extract.forms.narrative_words import NarrativeWords, alternation

Role = Literal["budget", "adjusted", "final"]
Relation = Literal["plain", "change", "base", "share", "completion", "other"]

_PART_OF_YEAR = (
    r"(?P<part>[上下]半年|(?:第|前)?[一二三四1-4]个?季度|(?<!\d)\d{1,2}月?份?[-至到~—]+(?:\d|1[01])月"
    r"|(?<!\d)(?!1\D)\d{1,2}月?份?[-至到~—]+12月"
    r"|截[至止]到?(?:(?:20\d\d|今|当|本)年)?(?:[1-9]|1[01])月)"
)
_YEAR = re.compile(
    _PART_OF_YEAR
    + r"|(?P<range>(?:19|20)\d\d年?[-—–~至到](?=(?:19|20)\d\d))?(?P<year>(?:19|20)\d\d)(?!\d)(?:年度|年)?"
    r"|(?P<this>本年度?|今年|当年|(?<!\d)1月?份?[-至到~—]+12月份?)|(?P<last>上一?年度?|去年|前一年)|(?P<next>明年|下一?年度?|次年)|(?P<many>历年|近.年|往年|.年来)"
)
_MONTH = re.compile(
    r"(?:(?<![至到止截\d~—-])(?:20\d\d|[今当本])年|(?<![至到止截\d~—年-]))"
    r"(?:(?:[1-9]|1[0-2])月份?(?![\d底末初止至到~—-])|(?:[1-9]|1[01])月(?:底|末|\d{1,2}日)(?![至到~—-]))"
)
_MONTH_LEFT = re.compile(r"@?\d{1,2}月份?(?:底|末|\d{1,2}日)?")
_TAKEN_FROM = re.compile(r"(?:^|@)从(?!.*[看讲说])")
_NUMBERING = re.compile(
    r"^(?:\d{1,2}[.、)](?!\d)|\d{1,2}(?=、)|[一二三四五六七八九十]{1,3}(?:是|、)|[、;；:]+|(?:以及|[和及与并])(?=..))+"
)
_CHANGE = re.compile(
    r"增加|减少|增长|下降|上升|压减|压缩|缩减|核减|降低|(?<!厉行)节约|(?<!厉行)节省|节支|净增|调增|调减|增幅|降幅|持平|差额|差值"
    r"|(?:提高|多支出|少支出|增|减|降|升|多|少)了?$"
)
_FALL = re.compile(r"减|下降|降|缩|节约|节省|节支|少")
_RISE = re.compile(r"增|上升|提高|升|多")
_CHANGED_TO = re.compile(r"(?:[减降增升缩](?:少|低|加|长)?|提高|下降|上升)(?:到|至|为)")
_CHANGED_HERE = re.compile(
    r"(?:同比|[比较](?:上年度?|去年|(?:19|20)\d\d年度?)(?:同期|决算数?)?)?"
    r"(?:减少|下降|压减|压缩|缩减|降低|降|减|增加|增长|上升|升|增)[到至为]$"
)
_NOT_YET = re.compile(
    "将|拟|计划|预计|力争|目标|下|明|争取|要求|控制|预算|批复|安排|核定|调|由|从|自|原|若|如|可"
)
"""Where these stand, «减少至» may tell what is to be, or what another amount became."""
_BASE = re.compile(r"^(?:同比|环比)?(?:[比较]|相比|相对|对比|[与和同跟].*相?比)")
_COMPARING = re.compile(r"同比|环比|[比较]|[与和同跟].*相?比|增|减|下降|上升|节约|压")
_BASE_AT_END = re.compile(r"(?:[比较]@|[从由])(?:@|年度|年初|原来|原|的|同期|实际|累计|支出|决算|预算|数)*$")
_SHARE = re.compile(r"占")
_COMPLETION = re.compile(
    r"(?:完成|为|占|达到?)(?P<which>[^，]{0,12}?)预算(?:数|安排|指标)?的?(?:比例|比率)?(?:为|达)?$|(?:执行率|完成率)(?:为|达到?|是|均?达到?)?:?$"
)
_EACH = re.compile(r"(?:均|都|各)(?:为|是)?")
_RESPECTIVELY = "分别"
_JOINT = re.compile(r"以及|[、和与及]")
_EXPENSE_END = re.compile(r"(?:费用?|支出|经费|补助|预算|决算|收入|基金|数|额|资金|收|支)$")
_SUM = re.compile(r"总计|合计|共计|小计|总额|总|共")
_CUT = 100


@dataclass(frozen=True, slots=True)
class Phrase:
    """`subject` is a code of the vocabulary; `bare` says that there is none and that nothing but time, role
    and function words stands there. `weak` roles give way to a list's. `years` are as printed: a
    number, or the distance from the report's year in `shift`. `others` says that it is another unit's,
    `region` a whole region's, `month` that it is one month's, `compared` is the
    subject that a comparison begins with («三公经费较上年减少»)."""

    label: str
    subject: str | None = None
    bare: bool = False
    role: Role | None = None
    weak: bool = False
    year: int | None = None
    shift: int | None = None
    relation: Relation = "plain"
    sign: int = 0
    stopped: bool = False
    mentions: tuple[str, ...] = ()
    wording: str = ""
    others: bool = False
    sums: bool = False
    region: bool = False
    month: bool = False
    compared: str | None = None

    @property
    def dated(self) -> bool:
        return self.year is not None or self.shift is not None


@dataclass(frozen=True, slots=True)
class _Patterns:
    finder: re.Pattern[str]
    namer: re.Pattern[str]
    neutral: frozenset[str]
    longest: int
    sources: re.Pattern[str]
    roles: tuple[tuple[Role, bool, re.Pattern[str]], ...]
    stop: re.Pattern[str]
    others: re.Pattern[str]
    regions: re.Pattern[str]
    topics: tuple[str, ...]


@lru_cache(maxsize=16)
def patterns(words: NarrativeWords) -> _Patterns:
    """The vocabulary compiled, once a vocabulary."""
    listed = [(wording, code) for code, subject in words.subjects.items() for wording in subject.wordings]
    listed.sort(key=lambda entry: len(entry[0]), reverse=True)
    groups = "|".join(f"(?P<{code}__{place}>{wording})" for place, (wording, code) in enumerate(listed))
    given = words.words

    def any_of(name: str) -> re.Pattern[str]:
        return re.compile(alternation([re.escape(word) for word in given[name]]))

    return _Patterns(
        finder=re.compile("|".join(wording for wording, _ in listed)),
        namer=re.compile(groups),
        neutral=frozenset(given["neutral"]) | {"@"},
        longest=max(len(word) for word in given["neutral"]),
        sources=any_of("sources"),
        roles=(
            ("adjusted", False, any_of("adjusted")),
            ("final", False, any_of("final")),
            ("budget", False, any_of("budget")),
            ("final", True, any_of("spent")),
        ),
        stop=any_of("stop"),
        others=any_of("others"),
        regions=any_of("regions"),
        topics=given["topics"],
    )


@dataclass(frozen=True, slots=True)
class Span:
    code: str
    start: int
    end: int


def subjects_in(text: str, words: NarrativeWords) -> list[Span]:
    """Every subject's wording in a folded text, longest first where they overlap, in order.

    Found with one pattern without groups (fast: it looks for first characters), named with another.
    """
    known = patterns(words)
    found = []
    for match in known.finder.finditer(text):
        named = known.namer.match(text, match.start())
        if named is not None and named.lastgroup is not None:
            found.append(Span(named.lastgroup.rpartition("__")[0], match.start(), match.end()))
    return found


def read_phrase(chunk: str, words: NarrativeWords) -> Phrase:
    """Read the words before an amount: no delimiter in them but «、», brackets settled."""
    chunk = chunk.replace("\0", "")
    numbering = _NUMBERING.match(chunk)
    if numbering:
        chunk = chunk[numbering.end() :]
    return _read_phrase(chunk[-_CUT:].rstrip(":"), words)


@lru_cache(maxsize=4096)
def _read_phrase(chunk: str, words: NarrativeWords) -> Phrase:
    told = _CHANGED_HERE.search(chunk)
    before = chunk[: told.start()] if told else ""
    if before and _NOT_YET.search(before) is None:
        reached = _read_phrase(before, words)
        if reached.subject is not None and reached.relation == "plain":
            return reached
    label = _tidy(chunk)
    dates = list(_YEAR.finditer(chunk))
    year, shift = _dated(dates)
    text = _YEAR.sub("@", chunk) if dates else chunk
    month = "月" in text and _MONTH.search(chunk) is not None
    if month:
        text = _MONTH_LEFT.sub("@", text)
    known = patterns(words)
    spans = subjects_in(text, words)
    mentions = tuple(span.code for span in spans)
    relation = _relation(chunk)
    if relation == "plain" and _BASE_AT_END.search(text):
        relation = "base"
    role, weak = role_of(text, spans, words)
    stopped = any(pattern.search(text) for pattern in (known.stop, known.others)) or "※" in text
    stopped = stopped or _TAKEN_FROM.search(text) is not None
    span = None if stopped else _subject(text, spans, words)
    bare = not spans and not stopped and peel(text, known) == ""
    return Phrase(
        label,
        span.code if span else None,
        bare,
        role,
        weak,
        year,
        shift,
        relation,
        _sign(chunk) if relation == "change" else 0,
        stopped,
        mentions,
        text[span.start : span.end] if span else "",
        bool(known.others.search(text)),
        _SUM.search(chunk) is not None,
        known.regions.search(text) is not None,
        month,
        _compared(text, spans, known) if relation in ("change", "base") and not stopped else None,
    )


def _subject(text: str, spans: list[Span], words: NarrativeWords) -> Span | None:
    """The subject of an amount: the last that nothing but function words parts from it."""
    known = patterns(words)
    for place in range(len(spans) - 1, -1, -1):
        span = spans[place]
        if peel(text[span.end :], known):
            return None
        head = text[: span.start]
        if span.code == "total_expenditure" and place:
            spans = spans[:place]
            continue
        if _joined(head) or re.search(r"[占]$", head):
            return None
        if words.subjects[span.code].strict and not _free(head, known):
            return None
        return span
    return None


def _compared(text: str, spans: list[Span], known: _Patterns) -> str | None:
    """The one subject that a comparison begins with, with nothing else before the comparing word."""
    if len(spans) != 1 or not _free(text[: spans[0].start], known):
        return None
    tail = text[spans[0].end :]
    match = _COMPARING.search(tail)
    return spans[0].code if match and peel(tail[: match.start()], known) == "" else None


def _joined(head: str) -> bool:
    """Whether the words before a subject join it to another thing: «公务接待费和» …"""
    joint = re.search(r"(?:以及|[、和与及])$", head)
    return joint is not None and _EXPENSE_END.search(head[: joint.start()]) is not None


def _free(head: str, known: _Patterns) -> bool:
    """Whether nothing stands there that could narrow a strict subject down to a part of it."""
    rest = peel(head, known)
    return rest == "" or rest.endswith((":", "，"))


def peel(text: str, known: _Patterns) -> str:
    """What is left of a text when function words are taken from its end, longest first."""
    end = len(text)
    while end:
        for length in range(min(known.longest, end), 0, -1):
            if text[end - length : end] in known.neutral:
                end -= length
                break
        else:
            return text[:end]
    return ""


def role_of(text: str, spans: list[Span], words: NarrativeWords) -> tuple[Role | None, bool]:
    """Budget or final, and whether only the noun 支出 says so. Words after the subject go first."""
    known = patterns(words)
    if spans:
        last = spans[-1]
        after = _role_in(text[last.end :], known)
        if after[0] is not None and not after[1]:
            return after
        start = spans[-2].end if len(spans) > 1 else 0
        before = _role_in(text[start : last.start][-24:], known)
        own: tuple[Role | None, bool] = ("final", True) if "支出" in text[last.start :] else (None, False)
        return (
            before
            if before[0] is not None and not before[1]
            else after
            if after[0]
            else before
            if before[0]
            else own
        )
    return _role_in(text, known)


def _role_in(text: str, known: _Patterns) -> tuple[Role | None, bool]:
    text = known.sources.sub("", text)
    for role, weak, pattern in known.roles:
        if pattern.search(text):
            return role, weak
    return None, False


def _relation(chunk: str) -> Relation:
    if _CHANGED_TO.search(chunk):
        return "other"
    if _COMPLETION.search(chunk):
        return "completion"
    if _CHANGE.search(chunk):
        return "change"
    if _BASE.search(chunk):
        return "base"
    return "share" if _SHARE.search(chunk) else "plain"


def _sign(chunk: str) -> int:
    """+1 for a rise, -1 for a fall, 0 where the words leave it open («增加（减少）»)."""
    fall, rise = bool(_FALL.search(chunk)), bool(_RISE.search(chunk))
    return rise - fall if rise != fall else 0


def date_of(text: str) -> tuple[int | None, int | None]:
    """The last year that a text names: as printed, or its distance from the report's («上年» is -1).

    Part of a year («上半年») is the year -1, which no report is of.
    """
    return _dated(list(_YEAR.finditer(text)))


def _dated(dates: list[re.Match[str]]) -> tuple[int | None, int | None]:
    """The last date of a phrase; «2023年当年» is 2023."""
    if not dates:
        return None, None
    if any(date["part"] for date in dates):
        return -1, None
    match = dates[-1]
    if match["this"] and len(dates) > 1 and dates[-2].end() == match.start():
        match = dates[-2]
    if match["many"] or match["range"]:
        return -1, None
    if match["year"]:
        return int(match["year"]), None
    return None, 0 if match["this"] else -1 if match["last"] else 1


def _tidy(chunk: str) -> str:
    words = re.sub(r"^(?:其中|包括|包含|含|由|和|及|以及|与|用于)?[:，、]?|[@※⟨⟩]", "", chunk)
    return re.sub(r"(?:分别|均|各|都)?(?:约?为|是|达到?|共计?|:)*$", "", words)[-60:]


def items(chunk: str, words: NarrativeWords) -> list[str]:
    """The things that a joint label lists, wordings that hold 和 or 及 themselves left whole.

    What is said behind the last of them («… 2024年决算») is said of all that are only named.
    """
    spans = subjects_in(chunk, words)
    found, start = [], 0
    for joint in _JOINT.finditer(chunk):
        if any(span.start < joint.end() and joint.start() < span.end for span in spans):
            continue
        found.append(chunk[start : joint.start()])
        start = joint.end()
    found.append(chunk[start:])
    suffix = chunk[spans[-1].end :] if spans and spans[-1].start >= start else ""
    return [
        item if item is found[-1] or _EXPENSE_END.search(item) is None else item + suffix
        for item in found
        if item
    ]


def dated_items(names: list[str], words: NarrativeWords) -> list[str]:
    """The same where all but the last only name a year: «2023年和2024年项目支出»."""
    if len(names) < 2 or not all(_YEAR.fullmatch(name) for name in names[:-1]):
        return names
    last = _YEAR.match(names[-1])
    if last is None or read_phrase(names[-1], words).bare:
        return names
    return [*(name + names[-1][last.end() :] for name in names[:-1]), names[-1]]
