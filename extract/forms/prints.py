"""Prints of a narrative's sentences: equal where two sentences differ in figures or names alone.

Only sentences that tell something of their own have one. The form's vocabulary is no such thing:
«全年基本支出…万元，其中：…» stands in every report, so what is left of a sentence without it has to
be long enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b

from extract.document import Paragraph
from extract.forms.sentences import fold, sentences

_TELLING = 12
_SHORTEST_NAME = 3
_NUMERALS = "一二三四五六七八九十百千零两"
_BESIDE_WORDS = re.compile(rf"[^\u4e00-\u9fff]|第?[{_NUMERALS}]+是?")
_OURSELVES = re.compile(r"[我本](?:单位|部门|中心|[局委办院站所队会校馆厅处])")
_STOPPED = re.compile(r"[。；！？][”」』）)]?$")
_SET_WORDS = re.compile(
    "对个人和家庭的补助|购置及运行维护费|债务利息及费用|部门整体支出|购置及运行费|一般公共预算"
    "|国有资本经营|社会保险基金|公务接待费|运行维护费|商品和服务|政府性基金|满意度指标|绩效自评"
    "|绩效评价|自评报告|基本支出|项目支出|三公经费|公务接待|因公出国|公务用车|工资福利|债务利息"
    "|其他支出|国有资本|人员经费|公用经费|日常公用|政府采购|结转结余|产出指标|效益指标|评价得分"
    "|自评得分|综合得分|评价等级|评价结论|编制人数|在职人员|出国境|运行费|维护费|资本性|分别为|完成率"
    "|执行率|满意度|总分值|未发生|年度|全年|本年|上年|年初|年末|预算|决算|批复|执行|安排|购置|支出"
    "|收入|经费|费用|资金|拨款|财政|结转|结余|其中|主要|用于|包括|共计|合计|总计|总额|金额|亿元|万元"
    "|增长|下降|增加|减少|持平|指标|分值|得分|等次|等级|编制|在职|实有|人员|核定|单位|部门|以及|没有"
    "|元|比|较|占|分|人|我|本|为|的|数|年|月|日|按|及|和|与|无|优|良|中|差"
)
"""The form's vocabulary, longer words before those they begin with."""


def sentence_prints(
    paragraphs: Sequence[Paragraph], source: str, names: Iterable[str] = ()
) -> tuple[int, ...]:
    """The prints (63 bits) of the telling sentences, each once, in reading order. `names` are the
    department's own: in full or by their last words («县水利局», «水利局») they don't matter."""
    own = _names(names)
    bare = (own.sub("", sentence.plain) for sentence in sentences(paragraphs, source) if _ends(sentence.text))
    return tuple(dict.fromkeys(_prints(bare)))


def _prints(bare: Iterable[str]) -> Iterator[int]:
    for text in bare:
        words = _BESIDE_WORDS.sub("", _OURSELVES.sub("", text))
        if len(_SET_WORDS.sub("", words)) >= _TELLING:
            yield int.from_bytes(blake2b(words.encode(), digest_size=8).digest()) >> 1


def _ends(text: str) -> bool:
    """Whether it is running text, no heading, no label and no line to be filled in."""
    return _STOPPED.search(text) is not None


def _names(names: Iterable[str]) -> re.Pattern[str]:
    endings = {
        name[start:] for name in map(fold, names) for start in range(max(1, len(name) - _SHORTEST_NAME + 1))
    }
    longest_first = sorted(filter(None, endings), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")
