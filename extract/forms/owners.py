"""Whose figures a sentence tells: the department's own, or another unit's that it names.

«县总工会2024年三公经费3万元» in another department's report is not the department's, «县财政局批复我局预算»
is. A unit counts as the owner only where it is named as one: before a year or before what is spent.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from extract.forms.sentences import Sentence, fold

OURSELVES = "我单位"

_UNIT = (
    r"[局委厅院馆站所]|(?<![举承主开协督交筹创兴代领经申补转查包])办|(?:公室)|中心|部|大队|支队|中队|总队|(?:工作|执法|消防)队|公司"
    r"|妇联|残联|文联|侨联|科联|工商联|科协|供销社|[党学]校|中学|小学|幼儿园|政府|办事处|管理处|会"
)
_TIME = r"(?:(?:19|20)\d\d年?度?|本年度?|全年|年度|当年|今年|上年度?|去年|年初|年末)"
_SPENDING = (
    r"(?:三公|公务|因公|公车|出国|接待费|基本支出|项目支出|整体支出|部门整体|总支出|支出|决算|预算(?!单位|部门|管理|编制)|经费"
    r"|工资福利|商品和服务|对个人和家庭|政府性基金|国有资本|社会保险|(?:行政|事业|核定|人员)?编制\D{0,4}\d|实有|在职|在编|现有"
    r"|自评|绩效自评|综合得分|得分)"
)
_LINK = (
    r"(?:的|机关|本级|部门|单位|共计?|总共?|累计|实际|已|财政拨款|一般公共预算|无|没有|未发生|安排|使用|完成"
    r"|执行)"
)
_OWNS = rf"(?=[，,:]?{_TIME}|{_LINK}*{_SPENDING})"
_NAMED = re.compile(rf"[\u4e00-\u9fff]{{1,30}}?(?:{_UNIT}){_OWNS}")
_MAY_NAME = re.compile(rf"[局委厅院馆站所办室心部队司联协校学园府处会]{_OWNS}")
_GIVES = re.compile(
    rf"(?:{_TIME}|[,，]|共|已|实际|累计|及时|足额|全部|初|向|对|将|给|为|把|的|部门|单位|预算|资金|指标|财政|文件)*"
    r"(?:批复|下达|拨付|拨入|拨来|拨给|拨款|划拨|核减|核增|追加|调增|调减|批准|审批|审定|下发|印发|通报)"
)
_ACTS = re.compile(
    rf"(?:{_TIME}|[,，]|共|已|实际|累计|初|向|对|将|给|为|把|的|部门|单位|预算|资金|指标|财政|文件)*"
    r"(?:安排|核定|核准|审核|审计|考核|评价|同意|要求|组织|开展|检查|抽查|复核|复评|补助|奖励|返还|收回|编制要求|管理)"
)
_VISITS = re.compile(
    r"[^，,；;。]{0,20}?(?:来(?!源)|赴|到(?!位)|调研|督导|检查|抽查|考察|指导|通报|表彰|命名|授予|视察|观摩|联合)"
)
_ACTOR = re.compile(
    "财政|发改|发展和?改革|编办|编委|机构编制|人大|政府|党委|[省市县区州旗]委|审计|组织部|上级|主管|考核|绩效|国库|人社|人力"
)
_NO_SUBJECT = re.compile(
    r"(?:根据|按照|依照|依据|遵照|参照|按|据|经|由|报|会同|联合|配合|协助|接受|接待|通过|在|以|原)$"
)
_OBJECT = re.compile(r"(?:拨付给?|支付给?|下拨|拨给|划转|补助|支持|代付?|[给向与和同对为较比将把及])$")
_LEAD = re.compile(
    r"(?:其中|另外?|此外|同时|而|年度?|月份?|日|初|末|底|截至|截止|批复|下达|核定|安排|[我本对由给向为与和及经按据在以将把是的])$"
)
_FRONT = re.compile(
    r"(?:.*(?:拨付给?|支付给?|下拨|拨给|划转|补助|支持|根据|按照|会同|联合|接待|批复|下达|核定|安排)|其中|另外?|此外|同时|而|年[度初末底]?|月份?|日"
    r"|截至|截止|[原对由给向为与和及经按据在以将把是的较比])(?=.)"
)
_NO_UNIT = re.compile(
    r"(?:[全内外干本总西东中南北分局支各两项乐]部|[社大年机全例两开常晚代动览谈流进场证审议际商]会|[场厕各]所|[网车基电]站|[场宾餐展]馆"
    r"|[高院干]校|[全各该每驻到][局委办院所会站馆厅部校队]|为中心|党委会|常委|^管委会)$"
)
_NO_NAME = re.compile(
    "批复|下达|安排|支出|支付|使用|完成|执行|召开|用于|关于|属于|由于|负责|保障|承担|包[括含]|其中|以及|预算|决算|经费|资金|[于了其]"
)
"""What a unit without a place in its name isn't called: words that lead to «局机关»."""
_OURS = re.compile("[我本](?:单位|部门|[局委办会院校厅所站队馆处室部司镇乡]|中心|街道|机关)")
_SECTION = re.compile("(?:股|科|室|处|组|机关|本级|党委|党组|支部)$")
_PLACE = re.compile(
    r"(?:[\u4e00-\u9fff]{1,7}?(?:自治区|自治州|自治县|地区|(?<!城)[省市县区州盟旗镇乡])(?=..))+"
)
_LEVEL = re.compile("[省市县区州盟旗镇乡]")
_PLACE_OR_LEVEL = re.compile(rf"{_PLACE.pattern}|{_LEVEL.pattern}")
_ALIKE = re.compile("(?:[局厅委办]|中心)$")
_ORGANISATION = re.compile(rf"(?:{_UNIT}|[社校园台团署行室处司队联协])$")
_BRACKETED = re.compile(r"\([^()]*\)")
_LONG_ENDINGS = (
    *(("委员会", "委"), ("委会", "委"), ("办公室", "办"), ("办事处", "办")),
    *(("人民政府", "政府"), ("联合会", "联"), ("协会", "协")),
)
_DELIMITER = re.compile("[，,；;。:]")
_OPENING = re.compile(rf"(?:{_TIME}|[，,、:|]|其中|同时|另外?|此外|截至|截止)*")
_HEADING = re.compile(
    rf"^(?:[一二三四五六七八九十]{{1,3}}、|\(?[一二三四五六七八九十\d]{{1,3}}[)、.])(?P<name>[\u4e00-\u9fff]{{2,20}}?(?:{_UNIT}))"
    rf"(?=$|{_LINK}*{_SPENDING}|{_TIME}|基本情况|概况|收支)"
)
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Owned:
    """A sentence in which the department's names are «我单位», and the parts of its `plain` whose figures
    are another unit's: from, to, the unit's name."""

    sentence: Sentence
    others: tuple[tuple[int, int, str], ...] = ()

    def owner(self, position: int) -> str:
        """The other unit whose a figure at this position is; empty for the department's own."""
        return next((name for start, end, name in self.others if start <= position < end), "")


class Owners:
    """Reads sentences one after the other; a unit named at a sentence's head owns the paragraph's rest,
    until the department is named again. Of a report that names no department nothing is anybody else's."""

    def __init__(self, names: Iterable[str]) -> None:
        folded = dict.fromkeys(_BRACKETED.sub("", fold(name)) for name in names)
        self._names = tuple(name for name in folded if len(name) >= _SHORTEST and _ORGANISATION.search(name))
        self._ours = re.compile("|".join((_OURS.pattern, *map(re.escape, self._names))))
        self._left = ""
        self._heading = lru_cache(maxsize=256)(self._named_by)
        self._whose = lru_cache(maxsize=1024)(self._unit)

    def read(self, sentence: Sentence) -> Owned:
        """The sentence with whom its figures belong to."""
        if not self._names:
            return Owned(sentence)
        if sentence.opens:
            self._left = next(filter(None, map(self._heading, reversed(sentence.headings))), "")
        if not self._left and not _MAY_NAME.search(sentence.plain):
            return Owned(sentence)
        return self._read(sentence)

    def _read(self, sentence: Sentence) -> Owned:
        plain, named = self._settled(sentence.plain)
        stops = [*named, *((found.start(), "", False) for found in self._ours.finditer(plain))]
        others: list[tuple[int, int, str]] = []
        owner, start, heads = self._left, 0, True
        for place, name, is_object in sorted(stops):
            if owner:
                others.append((start, place, owner))
            if name and (is_object or "其中" in plain[:place]):
                end = _end_of_aside(plain, place, is_object)
                others.append((place, end, name))
                start = end
            else:
                owner, start = name, place
                heads = _OPENING.fullmatch(plain[:place]) is not None
        if owner:
            others.append((start, len(plain), owner))
        self._left = owner if heads else ""
        return Owned(replace(sentence, plain=plain), tuple(others))

    def _settled(self, plain: str) -> tuple[str, list[tuple[int, str, bool]]]:
        """The text with the department's names made «我单位», and the other units that own something: where
        each begins, its name, whether it is what a verb is done to."""
        out: list[str] = []
        length = end = 0
        found: list[tuple[int, str, bool]] = []
        for match in _NAMED.finditer(plain):
            whose, name = self._whose(match[0])
            begins = match.end() - len(name)
            before, after = plain[:begins], plain[match.end() :]
            if whose == "ours":
                out += plain[end:begins], OURSELVES
                length += begins - end + len(OURSELVES)
                end = match.end()
            elif whose == "other" and _is_owner(name, before, after):
                found.append((length + begins - end, name, _OBJECT.search(before) is not None))
        return "".join((*out, plain[end:])), found

    def _unit(self, run: str) -> tuple[str, str]:
        """«ours», «other» or nothing, and the unit's name: the end of a run of words."""
        if _OURS.search(run[-4:]):
            return "", run
        for own in self._names:
            name = next((run[at:] for at in range(len(run) - 1) if _short_for(run[at:], own)), "")
            before = run[: len(run) - len(name)]
            if name and (not before or _LEAD.search(before) or _is_placed(name, own)):
                return "ours", name
        name = _without_lead(run)
        return "other" if self._is_another(name) else "", name

    def _is_another(self, name: str) -> bool:
        """Whether a name is a unit's beyond doubt, and none that the department may once have had."""
        if _NO_UNIT.search(name) or (len(name) < _SHORTEST and not _LEVEL.match(name)):
            return False
        if _NO_NAME.search(name) and not _LEVEL.search(name[:6]):
            return False
        if name.endswith("室") and not _LEVEL.search(name[:4]):
            return False
        if any(own in name and _SECTION.search(name) for own in self._names):
            return False
        return not any(_perhaps_once(name, own) for own in self._names)

    def _named_by(self, heading: str) -> str:
        """The other unit that a numbered heading names as whose what follows is."""
        match = _HEADING.match(heading)
        if match is None or _ACTOR.search(match["name"]) or _GIVES.match(heading, match.end()):
            return ""
        whose, name = self._whose(match["name"])
        return name if whose == "other" and _LEVEL.search(name[:6]) else ""


def _is_owner(name: str, before: str, after: str) -> bool:
    """Whether a unit is told to have what follows, and doesn't only give it or order it."""
    if _NO_SUBJECT.search(before) or _GIVES.match(after) or _VISITS.match(after):
        return False
    if after.startswith(("，", ",", ":")) and _OPENING.fullmatch(before) is None:
        return False
    return not (_ACTOR.search(name) and _ACTS.match(after))


def _short_for(name: str, own: str) -> bool:
    """Whether a name is the department's, whole or short: its characters in order, of its kind and level."""
    if name == own:
        return True
    short, long = _shortened(name), _shortened(own)
    place = _PLACE.match(long)
    core = long[place.end() :] if place else long
    if len(short) < 2 or short[-1] != long[-1]:
        return False
    if len(short) >= _SHORTEST and _in_order(short, core):
        return True
    level = _LEVEL.search(short[:-1])
    fits = _is_placed(name, own) if level is None else not place or level[0] == place[0][-1]
    return fits and _in_order(short, long)


def _in_order(short: str, long: str) -> bool:
    rest = iter(long)
    return all(character in rest for character in short if character not in "和与及、")


def _perhaps_once(name: str, own: str) -> bool:
    """Whether a name may be an older one of the department's: of its place and kind, and begun alike."""
    cores = [_core(one) for one in (name, own)]
    levels = [place[0][-1] for one in (name, own) if (place := _PLACE_OR_LEVEL.match(one))]
    alike = all(map(_ALIKE.search, cores)) and cores[0][:1] == cores[1][:1]
    return alike and len(set(levels)) < 2 and (_is_placed(name, own) or not _PLACE.match(name))


def _core(name: str) -> str:
    place = _PLACE_OR_LEVEL.match(name)
    return name[place.end() :] if place else name


def _shortened(name: str) -> str:
    for long, short in _LONG_ENDINGS:
        name = name.replace(long, short)
    return name


def _is_placed(name: str, own: str) -> bool:
    """Whether a short name still says of which place it is."""
    place = _PLACE.match(own)
    return place is not None and len(place[0]) > 2 and name.startswith(place[0][:2])


def _without_lead(run: str) -> str:
    """A unit's name, without the words that only lead to it."""
    while lead := _FRONT.match(run):
        run = run[lead.end() :]
    return run


def _end_of_aside(plain: str, place: int, is_object: bool) -> int:
    """Where the figures of a unit that is named by the way end: with the clause, or its part of a list."""
    stops = (found.start() for found in _DELIMITER.finditer(plain, place) if is_object or found[0] in "；;。")
    return next(stops, len(plain))
