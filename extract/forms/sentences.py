"""Paragraphs to sentences: breaks by page and line mended, each sentence with the headings above it.

A sentence keeps its printed words in `text`; `plain` is the same folded for matching. Nothing is
dropped: a paragraph that ends without a full stop is a sentence too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.document import Locus, Paragraph
from extract.forms.spelled import in_digits
from extract.forms.wording import flow

_TRADITIONAL = str.maketrans(
    "萬億圓經費決預執業務資產總計級應減長較關個補貼對與無沒發優評價結論國報險會車輛運維護購實員編職數額項標滿權佔單門區縣財購養機關離體質續績優銷時間農產損餘該這專題設備購證級別條層後於從為達點節約壓縮"
    "類開調撥構積將寫際滅擴統屬處監貳參陸兩",
    "万亿元经费决预执业务资产总计级应减长较关个补贴对与无没发优评价结论国报险会车辆运维护购实员编职数额项标满权占单门区县财购养机关离体质续绩优销时间农产损余该这专题设备购证级别条层后于从为达点节约压缩"
    "类开调拨构积将写际灭扩统属处监贰叁陆两",
)
_KEPT = {"，": "，", "㎡": "平方米", "㎥": "立方米", "．": ".", "﹒": ".", "圆": "元", "：": ":", "﹪": "%"}
_QUOTES = frozenset("“”\"'‘’「」『』《》〈〉＂")
_DIGIT_GAP = re.compile(r"，(?<=[０-９]，)(?=[０-９]{3}(?![０-９]))")
_NUMBERED = re.compile(
    r"^\s*(?:(?P<one>[一二三四五六七八九十]{1,3}\s*、)|(?P<two>[（(]\s*[一二三四五六七八九十]{1,3}\s*[）)])"
    r"|(?P<three>\d{1,2}\s*(?:[、)）]|[.．](?!\d)))|(?P<four>[（(]\s*\d{1,2}\s*[）)]|[①-⑳⑴-⒇]))"
)
_ITEM_YEAR = re.compile(r"^(\s*\d{1,2})[.．](?=(?:19|20)\d\d\s*年)")
_YEAR_GAP = re.compile(r"(?<!\d)((?:19|20)\d\d)[ \t\u3000\u00a0]+(?=\d)")
_SPACE = re.compile(r"\s")
_LETTER_GAP = re.compile(r"(?<=[A-Za-zＡ-Ｚａ-ｚ])\s+(?=[\d０-９])")
_STARTS_INSIDE = re.compile(r"\s*(?:[，。、；：,;:%％)）.．]|万元|亿元|元)")
_ENDS_INSIDE = re.compile(r"\d[.．,]?$")
_END = re.compile(r"[。！？][”」』）)]?|[!?](?![”」』）)])")
_GOES_ON = re.compile(r"\s*(?:其中|具体|分项|分别|按[^，,。；]{2,12}分类?[，,:：])")
_CLOSED = tuple("。！？!?”」』）)")
_TERMINAL = tuple("。！？!?；;：:”」』）)")
_OPEN_LIST = re.compile(r"(?:其中|包括|如下|分别是|分别为|构成|组成)\s*[:：]?\s*$")
_ENDS_OPEN = tuple("中括下是为成:：")
_AMOUNT = re.compile(r"\d\s*(?:万|亿|千)?元|\d\s*[%％分]")
_PUNCTUATED, _STOPPED = re.compile(r"[，。；：,;:]"), re.compile(r"[。；！？]")
_LONGEST_HEADING = 40
_LONGEST_LIST = 3000


@dataclass(frozen=True, slots=True)
class Sentence:
    """`headings` are the headings it stands under, outermost first, folded; `opens` says that it is
    the first sentence of its paragraph, `sure` how sure the reader was of it."""

    text: str
    plain: str
    headings: tuple[str, ...]
    opens: bool
    locus: Locus
    sure: float = 1.0


class _Folding(dict[int, str]):
    """What each character becomes, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if char in _KEPT:
            folded = _KEPT[char]
        elif char in _QUOTES or char.isspace() or unicodedata.category(char) == "Cf":
            folded = ""
        elif unicodedata.category(char) == "No":
            folded = "、"
        else:
            folded = unicodedata.normalize("NFKC", char).translate(_TRADITIONAL).replace(" ", "")
        self[code] = folded
        return folded


_FOLDING = _Folding()


def fold(text: str) -> str:
    """Text for matching: NFKC, simplified, without white space, quotes and invisible characters.

    The Chinese comma stays apart from the thousands separator; circled numbers become «、». A year and
    a number with nothing but a space between them are kept apart by «|», a letter and a number by a NUL.

    >>> fold("“三公”經費 １２．５ 萬元，①其中")
    '三公经费12.5万元，、其中'
    """
    text = _DIGIT_GAP.sub(",", text)
    if _SPACE.search(text):
        text = _YEAR_GAP.sub(r"\1|", _LETTER_GAP.sub("\0", text))
    return text.translate(_FOLDING)


def sentences(paragraphs: Sequence[Paragraph], source: str) -> Iterator[Sentence]:
    """The sentences of a narrative in reading order."""
    headings: dict[int, str] = {}
    above: tuple[str, ...] = ()
    for text, first, sure in _mended(paragraphs):
        locus = Locus(source, page=first.page, paragraph=first.index, box=first.box)
        opens = True
        for printed in _split(text):
            level = _heading_level(printed, first.kind == "heading" and opens)
            plain = in_digits(fold(printed))
            if level is not None:
                headings = {kept: words for kept, words in headings.items() if kept < level}
                headings[level] = plain
                above = tuple(headings[kept] for kept in sorted(headings))
            if plain:
                yield Sentence(printed, plain, above, opens, locus, sure)
            opens = False


def _mended(paragraphs: Sequence[Paragraph]) -> Iterator[tuple[str, Paragraph, float]]:
    """Running texts, each with the paragraph it begins in and how sure the least sure of its own is."""
    held: tuple[str, Paragraph, Paragraph, float] | None = None
    for paragraph in paragraphs:
        for line in _lines(paragraph.text):
            if held is None:
                held = (line, paragraph, paragraph, paragraph.sure)
            elif _continues(held[0], line, held[2], paragraph):
                held = (f"{held[0]}\n{line}", held[1], paragraph, min(held[3], paragraph.sure))
            else:
                yield flow(held[0]), held[1], held[3]
                held = (line, paragraph, paragraph, paragraph.sure)
    if held is not None:
        yield flow(held[0]), held[1], held[3]


def _lines(text: str) -> list[str]:
    """A paragraph's lines, those joined that one sentence was wrapped into."""
    lines: list[str] = []
    if _ITEM_YEAR.match(text):
        text = _ITEM_YEAR.sub(r"\1、", text)
    for line in text.split("\n"):
        if not line.strip():
            continue
        before = lines[-1].rstrip() if lines else ""
        parted = before.endswith(_TERMINAL) or (_NUMBERED.match(before) and len(before) <= 25)
        if lines and not (parted and _NUMBERED.match(line)) and not _heading_alone(before):
            lines[-1] = f"{lines[-1]}\n{line}"
        else:
            lines.append(line)
    return lines


def _heading_alone(line: str) -> bool:
    """A short numbered line without any punctuation or amount: «（一）人员编制情况»."""
    match = _NUMBERED.match(line)
    if match is None:
        return False
    rest = line[match.end() :].strip()
    return rest.endswith(("情况", "概况", "分析", "说明", "结论")) and not _PUNCTUATED.search(rest)


def _continues(text: str, line: str, last: Paragraph, paragraph: Paragraph) -> bool:
    """Whether a line goes on with the text before it, in spite of the paragraph's end between them."""
    if "heading" in (last.kind, paragraph.kind) or len(text) > _LONGEST_LIST:
        return False
    before = text.rstrip()
    if before.endswith(_CLOSED):
        return False
    numbered = _NUMBERED.match(line)
    if numbered and numbered["one"]:
        return False
    if before.endswith(_ENDS_OPEN) and _OPEN_LIST.search(before[-200:]) and _AMOUNT.search(text):
        return True
    if before.endswith(("；", ";", "，", ",", "、")) and last is not paragraph:
        return not numbered or any(_OPEN_LIST.search(part) for part in text.split("\n"))
    if numbered or before.endswith(_TERMINAL) or last is paragraph or _is_heading_text(before):
        return False
    if _STARTS_INSIDE.match(line) or (_ENDS_INSIDE.search(before) and line.lstrip()[:1].isdigit()):
        return True
    return last.page is not None and paragraph.page == last.page + 1


def _is_heading_text(text: str) -> bool:
    return len(text) <= _LONGEST_HEADING and _NUMBERED.match(text) is not None and not _AMOUNT.search(text)


def _split(text: str) -> Iterator[str]:
    """Sentences by full stops; one that opens with 其中 belongs to the sentence before it."""
    held = ""
    for part in _parts(text):
        if held and not _GOES_ON.match(part):
            yield held.strip()
            held = ""
        held += part
    if held.strip():
        yield held.strip()


def _parts(text: str) -> Iterator[str]:
    start = 0
    for end in _END.finditer(text):
        yield text[start : end.end()]
        start = end.end()
    if start < len(text):
        yield text[start:]


def _heading_level(text: str, marked: bool) -> int | None:
    """The depth of a heading, 1 for 一、 to 4 for (1), 5 for one without a number; None for running text."""
    match = _NUMBERED.match(text)
    if match is None:
        return 5 if marked and len(text) <= _LONGEST_HEADING else None
    words = text[match.end() :].rstrip("。：: ")
    if len(words) > _LONGEST_HEADING or _STOPPED.search(words) or _AMOUNT.search(words):
        return None
    if not marked and len(words) > 25:
        return None
    return next(level for level, name in enumerate(("one", "two", "three", "four"), 1) if match[name])
