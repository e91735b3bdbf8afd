"""What a template left in running text: placeholders, choices not made, hints on filling in, blank slots.

Only what nobody writes on purpose counts: a product's «XX型», a masked telephone number, a person's
name made unrecognisable, a line to be signed and ordinary brackets are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.document import Locus, Paragraph
from extract.forms.wording import flow
from extract.report import Unrecognised

_UNIT = r"(?:万元|亿元|元|[%％])"
_ENDS = r"(?=\s*(?:[，,。；;、）)]|其中|占|比|较|$))"
_PLACEHOLDER = (
    r"(?<![A-Za-zＡ-Ｚａ-ｚ\d])(?:20)?(?:[XxＸｘ]{2,}|×{2,}|[*＊]{2,})"
    rf"(?=\s*(?:{_UNIT}|[人名个年月日号次项件辆户篇期批分局委办厅处科所站队室]|部门|单位|工作|项目|任务|活动"
    r"|县|市(?!场)|区|镇|乡|街道|资金|经费|科目|指标))"
)
_AFTER_A_VERB = r"(?<=[为是达共约占于])(?:[XxＸｘ]{2,}|×{2,}|[*＊]{2,}|_{2,})(?![A-Za-z\d])"
_ONE_LETTER = rf"(?<![A-Za-zＡ-Ｚａ-ｚ\d])[XＸ](?=\s*(?:{_UNIT}|年\s*[XＸ]\s*月|月\s*[XＸ]\s*日))"
_UNDERSCORES = rf"[_＿]{{2,}}(?=\s*(?:{_UNIT}|[人名个分次项]))"
_RISES, _FALLS = "(?:增加|增长|上升|提高|超支)", "(?:减少|下降|降低|压减|节约)"
_CHOICE = "|".join(
    rf"{one}\s*(?:[（(]\s*(?:或)?{other}\s*[）)]|[/／]\s*{other})"
    for one, other in ((_RISES, _FALLS), (_FALLS, _RISES))
)
_HINT = (
    r"[（(][^（）()]{0,15}?\d+\s*字\s*(?:以内|以下|之内|左右|以上|内)?\s*[）)]"
    r"|[（(]\s*(?:请|此处|请在此处|在此)\s*(?:填写|填入|填报|输入|简述|简要说明|说明|描述|列出)[^（）()]{0,30}[）)]"
)
_BLANK = (
    rf"(?:占|增长|增加|下降|减少|上升|支出|决算|预算|共计|合计|费|(?<!单位)为)\s*(?:万元|亿元|[%％]){_ENDS}"
    rf"|(?:得分|评分|总分)(?:为)?\s+分{_ENDS}"
    rf"|(?:编制|在职|实有|现有|退休)(?:人员|人数|数)?(?:为)?\s+[人名]{_ENDS}"
    r"|[〔\[【]\s*(?:20\d\d)?\s*[〕\]】]\s+号|[〔\[【]\s*[〕\]】]\s*号"
)
_LEFTOVER = re.compile(
    "|".join((_PLACEHOLDER, _AFTER_A_VERB, _ONE_LETTER, _UNDERSCORES, _CHOICE, _HINT, _BLANK))
)
_SUSPECT = re.compile(
    r"[XxＸｘ×*＊_＿]|[（(/／]\s*[或增上提超减下降压节请此在]|\d\s*字|[万亿]元(?<!\d[万亿]元)|[%％](?<!\d[%％])"
    r"|\s[人名分号]|[〕\]】]号(?<!\d[〕\]】]号)"
)
"""What every leftover holds, to pass quickly over the paragraphs that have none."""
_SENTENCE = re.compile(r"[^。；;！？\n]*[。；;！？]?")
_AROUND = 14


def leftovers(paragraphs: Sequence[Paragraph], source: str) -> tuple[Unrecognised, ...]:
    """Each sentence of the running text that still holds a piece of the template, as that piece with a
    few words around, under `what` «leftover»."""
    found: list[Unrecognised] = []
    for paragraph in paragraphs:
        if not _SUSPECT.search(paragraph.text):
            continue
        locus = Locus(source, page=paragraph.page, paragraph=paragraph.index, box=paragraph.box)
        found += (Unrecognised("leftover", text, locus) for text in _places(paragraph.text))
    return tuple(found)


def _places(text: str) -> Iterator[str]:
    """The first leftover of each sentence, with the words around it."""
    ends = 0
    for match in _LEFTOVER.finditer(text):
        if match.start() < ends:
            continue
        start = max(text.rfind(mark, 0, match.start()) for mark in "。；！？\n") + 1
        stop = _SENTENCE.match(text, match.end())
        ends = stop.end() if stop else match.end()
        start = max(start, match.start() - _AROUND)
        yield flow(text[start : min(ends, match.end() + _AROUND)])
