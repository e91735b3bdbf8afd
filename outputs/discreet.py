"""Sentences without the people in them: a report's closing words may name whom to call."""

from __future__ import annotations

import re

_TELEPHONE = re.compile(
    r"(?<![\d.])(?:1[3-9]\d{9}|(?:[(（]0\d{2,3}[)）]|0\d{2,3}[-－—\s]?)\d{7,8})(?![\d.,，]*\d|\s*[万亿]?元)"
)
_CONTACT = re.compile(
    r"((?:联系|填报|填表|经办|制表)人(?:员)?(?:为|是)?[：:\s]*)[\u4e00-\u9fff·]{2,4}(?=[\s，,。；;、（(]|$)"
)
_OF_PEOPLE = re.compile(r"姓\s*名|电话|手机|联系|(?:评价|填报|填表|经办)人|成员|组长")
HIDDEN = "***"
WITHHELD = "（可能含个人信息，未显示）"


def discreet(sentence: str) -> str:
    """The sentence as printed, with telephone numbers and a named contact person as «***».

    >>> discreet("编制数24人，联系人：丁小满，电话13900001111。")
    '编制数24人，联系人：***，电话***。'
    """
    return _CONTACT.sub(rf"\1{HIDDEN}", _TELEPHONE.sub(HIDDEN, sentence))


def discreet_table(beginning: str) -> str:
    """The first cells of a table that no block claims; withheld where they are about people."""
    return WITHHELD if _OF_PEOPLE.search(beginning) or _TELEPHONE.search(beginning) else beginning
