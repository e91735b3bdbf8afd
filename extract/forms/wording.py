"""Printed words made comparable: the normal form in which labels are matched, and lines joined to text."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

HAN = r"\u3400-\u9fff\uf900-\ufaff"
_QUOTES = str.maketrans("", "", "“”\"'‘’「」《》〈〉*＊·•")
_NUMBERING = re.compile(
    r"^(?:其中|[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十\d]{1,3}\)"
    r"|\d{1,2}(?:[、)．.](?!\d)|-\d、)|[:：、,，.\-—])+"
)
_CIRCLED = re.compile(r"^\s*[①-⑳❶-❿➀-➓]")
"""A numbering that NFKC would make bare digits of."""
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")
_WHICH = re.compile(r"^([^()]*)\((年初|全年|调整后)\)")
"""What says in brackets which budget is meant: «预算数（年初）»."""
_SPACE = re.compile(r"\s")
_GAP = re.compile(r"[ \t\u00a0\u3000\r\n]+")
_INSIDE = rf"[{HAN}，。；：、！？（）“”《》%％]"
_BESIDE_HAN = re.compile(rf"(?<={_INSIDE}) | (?={_INSIDE})")
YEAR = re.compile(r"(20\d\d)|(?<!\d)(\d\d)(?=年)")
_LEVEL = re.compile(r"(?:省|市|县|区|州|盟|旗|乡|镇)级|本级")


@lru_cache(maxsize=8192)
def compact(text: str) -> str:
    """NFKC, without white space of any kind and without invisible characters."""
    folded = unicodedata.normalize("NFKC", text)
    return "".join(c for c in folded if not c.isspace() and unicodedata.category(c) != "Cf")


@lru_cache(maxsize=8192)
def label(text: str) -> str:
    """The normal form of a label: compact, without numbering, quotes, brackets and what stands in
    them, administrative level, and colons.

    >>> label("1、公务用车购置 和维护经费：")
    '公务用车购置和维护经费'
    >>> label("（二）省级专项资金（一个专项一行）")
    '专项资金'
    """
    found = compact(_CIRCLED.sub("", text)).translate(_QUOTES)
    found = _NUMBERING.sub("", found)
    bare = _BRACKETED.sub("", _WHICH.sub(r"\2\1", found))
    bare = _LEVEL.sub("", bare)
    bare = _NUMBERING.sub("", bare)
    return bare.strip(":：;；,，。、_ ")


def same_name(one: str, other: str) -> bool:
    """Whether one department's name is the other's, or short for it: its characters in the same order."""
    short, long = sorted((one, other), key=len)
    rest = iter(long)
    return all(character in rest for character in short if character not in "和与及、()")


def flow(text: str) -> str:
    """Lines joined to running text: no break between Chinese characters, one space between words.

    The same words wrapped differently by Word and by a PDF give the same text.
    """
    if _SPACE.search(text) is None:
        return text
    joined = _GAP.sub(" ", text).strip()
    return _BESIDE_HAN.sub("", joined)


def year_in(text: str) -> int | None:
    """The year that a head names: «2024年实有人数», «24年»."""
    year = YEAR.search(compact(text))
    return None if year is None else int(year[1] or f"20{year[2]}")
