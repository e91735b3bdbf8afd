"""The words and signs around a value: bounds («不低于», «以上»), growth and fall, scales."""

from __future__ import annotations

import re
from collections.abc import Collection
from decimal import Decimal
from typing import Literal

Operator = Literal["", "≥", ">", "≤", "<"]
Sense = Literal["", "+", "-"]

BEFORE: dict[Operator, tuple[str, ...]] = {
    "≥": (
        "≥", ">=", "=>", "≧", "⩾", "不低于", "不少于", "不小于", "不得低于", "不得少于", "大于等于",
        "大于或等于", "至少",
    ),
    "≤": (
        "≤", "<=", "=<", "≦", "⩽", "不超过", "不高于", "不大于", "不多于", "不得超过", "不得高于", "未超过",
        "小于等于", "小于或等于", "控制在", "至多", "最多", "Q",
    ),
    ">": (">", "大于", "高于", "超过", "超"),
    "<": ("<", "小于", "低于", "少于", "不足", "不到"),
    "": ("=", "等于", "达到", "达", "为", "是"),
}  # fmt: skip
OPERATORS = {word: operator for operator, words in BEFORE.items() for word in words}
AFTER: dict[str, Operator] = {
    "以上": "≥", "及以上": "≥", "或以上": "≥",
    "以内": "≤", "之内": "≤", "内": "≤", "以下": "≤", "及以下": "≤", "或以下": "≤",
}  # fmt: skip
SENSES: dict[str, Sense] = {
    **dict.fromkeys(("增长", "提高", "提升", "上升", "增加"), "+"),
    **dict.fromkeys(("下降", "降低", "减少", "压减"), "-"),
}
SCALES = {"万": Decimal(10000), "亿": Decimal(100000000), "千": Decimal(1000), "百": Decimal(100)}


def any_of(words: Collection[str]) -> str:
    """A pattern of any of these words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
