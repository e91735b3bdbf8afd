"""The titles of a submission's parts: which part, of which department, for which year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from extract.forms.wording import compact
from extract.report import PartName

_BASE = re.compile(r"基础数据(?:情况)?表$|基本(?:情况|数据)表$")
_PROJECT = re.compile(r"项目(?:支出)?(?:资金)?绩效(?:目标)?(?:完成情况)?(?:自评|自我评价|评价)(?:情况)?表$")
_FORM = re.compile(
    r"(?:部门|单位)?整体(?:支出)?绩效(?:目标)?(?:完成情况)?(?:自评|自我评价|评价)(?:情况)?(?:评分)?表$"
)
_NARRATIVE = re.compile(r"绩效(?:评价)?(?:自评|自我评价|评价|自查|目标自评)?(?:情况)?的?(?:工作)?报告$")
_SUBJECT = re.compile(
    r"(?:预算)?(?:部门|单位)?(?:\((?:部门|单位)\))?(?:整体|项目)?(?:支出)?(?:预算)?(?:资金)?绩效.*$|(?:部门|单位)?整体(?:支出)?.*$"
)
_NAMELESS = re.compile(r"(?:(?:部门|单位)(?:整体)?(?:支出)?)?(?:基础数据|基本数据|基本)(?:情况)?表$")
_ABOUT = re.compile(r"关于(?!.*(?:[局委办院厅会处所馆站队校]|中心)$).*$")
"""What a title is about, unless that is a department: «某某局关于», also before a misread subject."""
_YEAR_LINE = re.compile(r"\(?(20\d\d)(?:年度|年|度)\)?")
_TITLE_WORDS = re.compile(r"整体支出|绩效|自评")
_FULL_YEAR = re.compile(r"(20\d\d)(?:年度|年|度)")
_YEAR = re.compile(r"(20\d\d)(?:年?度|年)?")


@dataclass(frozen=True, slots=True)
class Title:
    part: PartName
    name: str


@lru_cache(maxsize=4096)
def title_of(text: str) -> Title | None:
    """The title that a paragraph or caption is, or None: short, no full stop, ending as titles do."""
    if len(text) > 120:
        return None
    words = re.sub(r"\(.{0,8}\)$", "", compact(text))
    words = re.sub(r"^(?:Sheet|工作表)\d+:\d*", "", words)
    words = re.sub(r"^附[件表]?[\d一二三四五六七八九十-]*[:：]?", "", words)
    if not 5 <= len(words) <= 60 or any(c in words for c in "。；;,，"):
        return None
    part = _part(words)
    if part is None:
        return None
    return Title(part, _name(words))


@lru_cache(maxsize=4096)
def year_in_title(text: str) -> int | None:
    """The year that a short line about the evaluation names: «2024年度部门整体支出», also half a title, or
    the year alone as it stands under one: «（2024年度）»."""
    words = compact(text) if len(text) <= 120 else ""
    if alone := _YEAR_LINE.fullmatch(words):
        return int(alone[1])
    if not 0 < len(words) <= 60 or any(c in words for c in "。；;，") or not _TITLE_WORDS.search(words):
        return None
    year = _FULL_YEAR.search(words)
    return int(year[1]) if year else None


def _part(words: str) -> PartName | None:
    if _BASE.search(words):
        return "base"
    if _PROJECT.search(words):
        return "project"
    if _FORM.search(words):
        return "form"
    if _NARRATIVE.search(words):
        return "project" if "项目" in words and "整体" not in words else "narrative"
    return None


def _name(words: str) -> str:
    """The department's name in a title: what stands before year and subject."""
    name = _NAMELESS.sub("", _SUBJECT.sub("", words))
    name = _ABOUT.sub("", _YEAR.sub("", name).removeprefix("关于"))
    name = re.sub(r"(?:20\d\d)?(?:年度?|度)$|的$", "", name)
    return name if len(name) >= 4 else ""
