"""Days and deadlines of targets and actual values: «4月1日之前», «2024年12月底前», «第三季度»."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass

_LEAP = 2024
_YEAR = r"(?:(?P<year>20\d\d)年(?:度)?|[当本]年(?:度)?(?=[\d第上下一二三四]))?"
_END = (
    r"(?P<before>之前|以前|前)?(?:\(?含\)?)?(?:[已全部面按时期如]*"
    r"(?:完成|完工|竣工|建成|开工|到位|下达|拨付|发放|支付|验收|公开|报送|上报|提交|实施|开展|结束|交付|投入使用)(?:任务|工作)?)?"
)
_FILLER = re.compile(r"^(?:已?于|在|截[至止]到?|截至)")
_MONTH = re.compile(
    rf"{_YEAR}(?P<month>\d{{1,2}})月(?:份)?(?:(?P<day>\d{{1,2}})[日号]|(?P<end>[底末])|(?P<third>[上中下])旬)?{_END}"
)
_SPAN = re.compile(
    rf"{_YEAR}(?P<from>\d{{1,2}})月?(?:份)?[-~至到—](?:(?P<year2>20\d\d)年)?(?P<month>\d{{1,2}})月(?:份)?{_END}"
)
_PART = re.compile(
    rf"{_YEAR}(?:(?P<half>[上下])半年|第?(?P<quarter>[1-4一二三四])季度|(?:当|本)?(?P<whole>年[底末内]|全年|年度))"
    rf"(?P<close>[底末内])?{_END}"
)
_ALL_YEAR = re.compile(rf"(?P<year>20\d\d)年(?:度|(?P<end>[底末])|内|全年)*{_END}")
_POINTED = re.compile(
    rf"(?P<year>20\d\d)(?P<sep>[./-])(?P<month>\d{{1,2}})(?:(?P=sep)(?P<day>\d{{1,2}}))?(?P<end>[底末])?{_END}"
)
_PRESSED = re.compile(r"(?P<year>20\d\d)(?P<month>\d\d)(?P<day>\d\d)")
_DASH = re.compile("[-~至到—]")
_THIRDS = {"上": (1, 10), "中": (11, 20), "下": (21, 31)}
_LIKE = re.compile(
    r"(?<!\d)\d{1,2}月(?!内)|\d{4}年|20\d\d([./-])\d{1,2}\1\d{1,2}|\d{1,2}[日号]之?前|^20\d{5,6}$"
)

MonthDay = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Days:
    """A day, or a time from `first` to `last`, each a month and a day. `before` says that the words name
    what lies before it; `year` is None where none was written."""

    year: int | None
    first: MonthDay
    last: MonthDay
    before: bool = False


def like_days(words: str) -> bool:
    """Whether a cell speaks of days of the year, readable or not. «5日内», «3个月» are lengths of time."""
    return _LIKE.search(words) is not None


def read_days(words: str) -> Days | None:
    """The days that compact words name, or None where that is not certain.

    >>> read_days("4月1日之前")
    Days(year=None, first=(4, 1), last=(4, 1), before=True)
    """
    return _one(words) or _from_to(words)


def _one(words: str) -> Days | None:
    words = _FILLER.sub("", words)
    if match := _SPAN.fullmatch(words):
        return _span(match)
    if match := _MONTH.fullmatch(words) or _POINTED.fullmatch(words) or _PRESSED.fullmatch(words):
        return _month(match)
    if match := _PART.fullmatch(words):
        return _part(match)
    if match := _ALL_YEAR.fullmatch(words):
        return Days(int(match["year"]), (12, 31) if match["end"] else (1, 1), (12, 31), False)
    return None


def _from_to(words: str) -> Days | None:
    """«2024.1.1-2024.12.31»: two days of one year with a dash between them."""
    for dash in _DASH.finditer(words):
        first, last = _one(words[: dash.start()]), _one(words[dash.end() :])
        if first and last and first.year == last.year and first.first <= last.last:
            return Days(first.year, first.first, last.last, last.before)
    return None


def _month(match: re.Match[str]) -> Days | None:
    found = match.groupdict()
    month = int(found["month"])
    if not 1 <= month <= 12:
        return None
    first, last = 1, monthrange(_LEAP, month)[1]
    if found.get("day"):
        first = int(found["day"])
        if not 1 <= first <= last:
            return None
        last = first
    elif found.get("end"):
        first = last
    elif found.get("third"):
        first, end = _THIRDS[found["third"]]
        last = min(end, last)
    return _days(found, (month, first), (month, last))


def _span(match: re.Match[str]) -> Days | None:
    first, last = int(match["from"]), int(match["month"])
    if not 1 <= first <= last <= 12 or match["year2"] not in (None, match["year"]):
        return None
    return _days(match.groupdict(), (first, 1), (last, monthrange(_LEAP, last)[1]))


def _part(match: re.Match[str]) -> Days:
    found = match.groupdict()
    if found["half"]:
        first, last = (1, 6) if found["half"] == "上" else (7, 12)
    elif found["quarter"]:
        place = "一二三四".find(found["quarter"]) + 1 or int(found["quarter"])
        first, last = 3 * place - 2, 3 * place
    else:
        first, last = 1, 12
    end = (last, monthrange(_LEAP, last)[1])
    closing = found["close"] in ("底", "末") or (found["whole"] or "")[-1:] in ("底", "末")
    return _days(found, end if closing else (first, 1), end)


def _days(found: dict[str, str | None], first: MonthDay, last: MonthDay) -> Days:
    year = found.get("year")
    return Days(int(year) if year else None, first, last, bool(found.get("before")))
