"""Words instead of values: «全部完成», «基本完成», «优良», «未达到预期», and what one says of the other."""

from __future__ import annotations

import re

_ENDS = "。，,;；:：、!"
_FULL = re.compile(
    r"(?:已|均|都|按时|按期|按计划|如期|及时|全部|全面|圆满|顺利|100%|任务)*"
    r"(?:完成|达标|达到|达成|实现)(?:年初|年度|预期|既定|设定|计划|任务|目标|指标|要求|工作|值|的|了|率|效果)*|达到?预期|符合(?:要求|预期|标准|规定)"
)
_ALL_DONE = re.compile(r"(?:已|均|都|全部|全面)*(?:完成|达标|达到)(?:任务)?")
_TIMELY = frozenset(
    word + end
    for word in ("及时", "按时", "按期", "如期", "准时")
    for end in ("", "完成", "发放", "拨付", "到位", "支付")
)
_PARTIAL = re.compile(
    r"(?:已)?(?:基本|大部分|大体|大致|部分)(?:上)?(?:完成|达标|达到|达成|实现|合格|及时|按时|满意|符合|到位|落实)"
)
_NOT = re.compile(
    r"(?<!无)(?<!没有)(?<!存在)[未没](?:有|能|能够)?(?:按时|按期|如期|及时|全部|全面|完全|有效)*"
    r"(?:完成|达到|达标|达成|实现|开展|实施|启动|建成|落实|执行|拨付|发放|到位|支付|验收|公开|合格|通过)"
    r"|尚未|不达标|不合格|不及时|不满意|不符合|未及时|未按时"
)
_LATE = re.compile(r"(?<![无未不])(?<!没有)(?<!出现)(?:延期|延迟|推迟|滞后|逾期|超期|延后)")
_DOUBLE = re.compile(r"^(?:无|没有(?!完成|达|开展|实施)|不存在|未发生|未出现|杜绝)")
_GRADES = {
    "优": 4, "优秀": 4, "良": 3, "良好": 3, "优良": 3, "中": 2, "合格": 2, "达标": 2, "及格": 2,
    "差": 0, "较差": 0, "不合格": 0, "不达标": 0, "不及格": 0,
}  # fmt: skip
_SAME_GRADE = (frozenset(("优", "优秀")), frozenset(("良", "良好")))
_STRONG, _WEAK = ("显著", "明显", "大幅", "大幅度"), ("有所", "略有", "稍有", "小幅")
_RISE, _FALL = re.compile("提高|提升|增长|上升|增加|改善|增强"), re.compile("下降|降低|减少|下滑|恶化|减弱")
_MOVED = re.compile(f"{_RISE.pattern}|{_FALL.pattern}|[较比](?:上年|去年|同期)|有所|明显|逐步|持续")
_OPPOSED = (("是", "否"), ("有", "无"), ("有", "没有"), ("已建立", "未建立"))
_SHORT, _SENTENCE = 8, 24


def is_done(words: str) -> bool:
    """Whether a cell only says that all was done: «已完成», «全部完成», «达标»."""
    return _ALL_DONE.fullmatch(words) is not None


def is_full(words: str) -> bool:
    """Whether a cell says that what was planned was reached: «达到预期目标», «按时完成»."""
    return _FULL.fullmatch(words) is not None


def is_timely(words: str) -> bool:
    return words in _TIMELY


def falls_short(words: str) -> bool:
    """Whether a short answer says that something was not done: «未完成», «部分完成» is not said here."""
    return (
        len(words) <= _SENTENCE
        and _NOT.search(words) is not None
        and _DOUBLE.match(words) is None
        and _PARTIAL.search(words) is None
    )


def is_partial(words: str) -> bool:
    """Whether it was done in part or nearly: «基本完成», «部分达标»."""
    return len(words) <= _SENTENCE and _PARTIAL.search(words) is not None and _DOUBLE.match(words) is None


def words_meet(target: str, actual: str) -> bool | None:
    """Whether one answer in words reaches another; None where that takes a reader."""
    target, actual = target.strip(_ENDS), actual.strip(_ENDS)
    if target == actual:
        return True
    if (target, actual) in _OPPOSED or actual in (f"不{target}", f"未{target}", f"没有{target}"):
        return False
    graded = _by_grade(target, actual)
    if graded is not None:
        return graded
    if falls_short(actual) and not falls_short(target):
        return False
    return _by_degree(target, actual)


def _by_grade(target: str, actual: str) -> bool | None:
    there, here = _GRADES.get(target), _GRADES.get(actual)
    if there is None or here is None:
        return None
    if here != there:
        return here > there
    return True if any(target in same and actual in same for same in _SAME_GRADE) else None


def _by_degree(target: str, actual: str) -> bool | None:
    aims_full = is_full(target) or is_timely(target)
    if aims_full and _LATE.search(actual) and len(actual) <= _SENTENCE:
        return False
    if is_partial(actual):
        return False if aims_full else None
    if ((aims_full and not is_timely(target)) or is_partial(target)) and is_full(actual):
        return True
    if is_timely(target) and is_timely(actual):
        return True
    for one, other, met in ((_STRONG, _WEAK, False), (_WEAK, _STRONG, True)):
        if any(
            target == first + rest and actual == second + rest
            for first in one
            for second in other
            for rest in (target.removeprefix(first),)
        ):
            return met
    return False if _opposed(target, actual) else None


def moves_only(words: str) -> bool:
    """Whether an answer names a growth or a fall and nothing that grows: «较上年提高»."""
    return not _MOVED.sub("", words)


def _opposed(target: str, actual: str) -> bool:
    """Whether one names a growth of what the other says has fallen: «投诉减少», «投诉增加»."""
    rests = {_MOVED.sub("", words) for words in (target, actual)}
    return {aims_at(target), aims_at(actual)} == {"+", "-"} and len(rests - {""}) <= 1


def aims_at(words: str) -> str:
    """«+» for a short answer that names a growth («较上年提高»), «-» for a fall, else nothing."""
    rise, fall = _RISE.search(words) is not None, _FALL.search(words) is not None
    return "" if rise == fall or len(words) > _SHORT else "+" if rise else "-"
