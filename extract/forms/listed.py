"""Lists and proportions of a sentence: «T万元，其中：A a万元、B b万元», «占 P%», «下降 P%», «完成预算的 P%».

Only what the words say beyond doubt is given: a doubtful part is left out of its list, a list of
doubtful build is left out wholly, a percentage needs both its amounts in print.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.forms.mentions import Clauses, Frame, Mention
from extract.forms.narrative_words import NarrativeWords
from extract.quantity import Quantity
from extract.report import Amount, ListedSum

NATURES = frozenset({"basic_expenditure", "project_expenditure", "personnel", "operating"})
SOURCES = frozenset({"government_fund", "state_capital", "social_insurance"})
ECONOMIC = frozenset(
    {"wages", "goods_services", "transfers", "debt_interest", "capital", "other_expenditure"}
)
_COMPOSED = re.compile(r"^[^，,。；;\d]{0,4}(?:组成|构成)")
_COUNTED = re.compile(r"(\d+|[一二两三四五六七八九十])(?:项|个方面|部分|大?类)")
_STAGE = re.compile(
    r"(?:资金|已|实际|未|尚|累计|当年|本年|截至目前)*"
    r"(?:原值|原价|净值|折旧|总投资|合同价|中标价|预算价|评估价|到位|拨付|下达|支付|兑付|使用|支出|执行|完成|结余|收回|收到|签约|开工|竣工)(?:资金|投资|支出|金额|数|了)*$"
)
_NUMERALS = {
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "十": 10,
}


def listed_sums(clauses: Clauses, words: NarrativeWords) -> Iterator[ListedSum]:
    """Every total of the sentence with the parts that it is said to have."""
    for frame in clauses.frames:
        if frame.ambiguous:
            continue
        for total in (frame.rival, frame.total):
            if total is None or total.number.value is None or frame.doubtful:
                continue
            parts = _parts(frame, total, words)
            if not parts or (frame.bracket and len(parts) < 2):
                continue
            yield ListedSum(
                amount_of(total),
                tuple(amount_of(part) for part in parts),
                _whole(frame, parts, clauses.sentence.plain),
                clauses.sentence.text,
                clauses.sentence.locus,
            )


def amount_of(mention: Mention) -> Amount:
    value = mention.number.value
    if not isinstance(value, Quantity):
        raise ValueError("an amount without a value")
    return Amount(mention.label or mention.number.printed, value)


def _parts(frame: Frame, total: Mention, words: NarrativeWords) -> list[Mention]:
    """The certain parts of a list: of the total's year and role, one classification, none twice."""
    stages = [part for part in frame.parts if _is_stage(part)]
    named = any(part.phrase.role in (None, total.role) or total.role is None for part in stages)
    parts = [part for part in frame.parts if _belongs(part, total) and (part.explicit or not named)]
    parts = [part for part in parts if part not in stages]
    known = {part.subject for part in parts if part.explicit and part.subject is not None}
    if known and total.phrase.stopped:
        return []
    if total.subject in known - {"income"} or (known & NATURES and known & SOURCES):
        return []
    if known & {"personnel", "operating"} and known & ECONOMIC:
        return []
    if known and not known & SOURCES and total.subject in words.subjects and total.subject != "income":
        parts = [part for part in parts if part.explicit]
    parts = [part for part in parts if not any(words.descends(part.subject, code) for code in known)]
    labels = [part.label for part in parts]
    return parts if len(set(labels)) == len(labels) else []


def _belongs(part: Mention, total: Mention) -> bool:
    return (
        part.number.value is not None
        and bool(part.label)
        and not part.phrase.stopped
        and part.role == total.role
        and part.year == total.year
    )


def _is_stage(part: Mention) -> bool:
    """Whether an amount is what became of the total («到位80万元，支出75万元») and no part beside others."""
    phrase = part.phrase
    nameless = phrase.bare and phrase.role is not None and part.subject is None and not phrase.dated
    return nameless or _STAGE.match(part.label) is not None


def _whole(frame: Frame, parts: list[Mention], plain: str) -> bool:
    """Whether the sentence itself claims that its parts are all."""
    if len(parts) != len(frame.parts) or len(parts) < 2:
        return False
    after = plain[parts[-1].number.end : parts[-1].number.end + 12]
    if _COMPOSED.match(after):
        return True
    counted = _COUNTED.search(frame.opener)
    if counted is None:
        return False
    number = _NUMERALS.get(counted[1]) or int(counted[1])
    return number == len(parts)
