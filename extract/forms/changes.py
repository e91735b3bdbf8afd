"""Changes in per cent: «比上年80万元增长5%», «较上年增加4万元，增长5%», «同比下降25%».

What is compared with is printed, or follows from the change that is printed right before. Where the
change may be that of a whole list as well as of its last part, it is given only with the pair it fits.
"""

from __future__ import annotations

import re

from extract.forms.listed import amount_of
from extract.forms.mentions import Mention
from extract.forms.narrative_words import NarrativeWords
from extract.forms.percents import closest, last_of_its_list, now_of
from extract.forms.phrases import Phrase, Role, patterns, peel
from extract.quantity import Quantity
from extract.report import Amount

_YEAR_ON_YEAR = re.compile("同比")
_COMPARING = re.compile(
    r"同比|环比|相比|相较于?|对比|[比较与和同跟]|增加|减少|增长|下降|上升|压减|压缩|缩减|降低|节约|节省|提高|增幅|降幅|幅度|比例|比率|率"
    r"|[增减升降][了幅]?|了|(?:(?:19|20)\d\d|上一?|去)年度?"
)
_COMPARED_WITH = re.compile("同比|环比|[比较与和同跟]")
_UNCLEAR = re.compile("均|分别")
_DERIVED = "推算的原数"


def change(
    mention: Mention,
    percent: Quantity,
    before: list[Mention],
    everything: list[Mention],
    fiscal_year: int | None,
    words: NarrativeWords,
) -> tuple[Amount, Amount] | None:
    """Now and before of a change of `percent`, signed; None where they aren't certain."""
    now = now_of(before)
    if now is None or _UNCLEAR.search(mention.phrase.label):
        return None
    later = _since_last_rate(before[before.index(now) + 1 :]) or _named_behind(len(before), everything)
    pairs = [
        pair for one in _candidates(now) if (pair := _pair(one, mention, before, later, fiscal_year, words))
    ]
    if not pairs:
        return None
    if not (last_of_its_list(now, everything, ("change", "base")) or _joined(now, before)):
        return pairs[0] if _pair(now, mention, before, later, fiscal_year, words) else None
    return closest("change", percent, [(pair, _value(pair[0]), _value(pair[1])) for pair in pairs])


def _since_last_rate(later: list[Mention]) -> list[Mention]:
    """What stands behind the percentage before: «较上年8万元下降25%，较预算7万元下降14.29%»."""
    rates = [place for place, mention in enumerate(later) if mention.number.kind == "rate"]
    return later[rates[-1] + 1 :] if rates else later


def _named_behind(place: int, everything: list[Mention]) -> list[Mention]:
    """A change told right behind its percentage: «较上年增长10%，增加8.18万元»."""
    behind = everything[place + 1 : place + 2]
    last = place + 2 >= len(everything) or everything[place + 2].number.kind != "rate"
    return behind if behind and behind[0].money and behind[0].phrase.relation == "change" and last else []


def _value(amount: Amount) -> Quantity | None:
    return amount.value if isinstance(amount.value, Quantity) else None


def _candidates(now: Mention) -> list[Mention]:
    """The amounts that a change behind the last of them may speak of: it, and the totals around it."""
    found = [now]
    while (frame := found[-1].frame) is not None and frame.total is not None:
        found.append(frame.total)
    return [mention for mention in found if mention.number.value is not None]


def _joined(now: Mention, before: list[Mention]) -> bool:
    """Whether the amount stands in a row («A 5万元、B 4万元»), all of which may be meant."""
    place = before.index(now)
    other = before[place - 1] if place else None
    return (
        now.separator == 1 and other is not None and other.plain and other.money and other.frame is now.frame
    )


def _pair(
    one: Mention,
    mention: Mention,
    before: list[Mention],
    later: list[Mention],
    fiscal_year: int | None,
    words: NarrativeWords,
) -> tuple[Amount, Amount] | None:
    if not _speaks_of(one, [*later, mention]):
        return None
    bases = [m for m in later if m.money and m.phrase.relation == "base"]
    if bases:
        sure = len(bases) == 1 and bases[0].number.value is not None
        return (amount_of(one), amount_of(bases[0])) if sure else None
    printed = _printed(one, mention, before, later, fiscal_year)
    if printed is not None:
        return amount_of(one), amount_of(printed)
    return _derived(one, mention, later, words)


def _speaks_of(now: Mention, said: list[Mention]) -> bool:
    """Whether the words of a comparison name no other subject than the amount's, which is a year's."""
    others = any(code != now.subject for mention in said for code in mention.phrase.mentions)
    return not others and (now.year is None or now.year > 0)


def _printed(
    now: Mention, mention: Mention, before: list[Mention], later: list[Mention], fiscal_year: int | None
) -> Mention | None:
    """The one amount of the year, or the budget, that the words compare with."""
    role, year = _compared_with(mention, later, now, fiscal_year)
    if year is None:
        return None
    wanted = [m for m in before if m.plain and m.money and m.role == role and m.year == year]
    wanted = [m for m in wanted if m is not now and m.subject == now.subject and m.subject is not None]
    return wanted[0] if len(wanted) == 1 and wanted[0].number.value is not None else None


def _derived(
    now: Mention, mention: Mention, later: list[Mention], words: NarrativeWords
) -> tuple[Amount, Amount] | None:
    """What was before, from what is now and a change printed right before its percentage."""
    moved, value = later[-1] if later else None, now.number.value
    if moved is None or value is None or moved.number.value is None:
        return None
    if any(m.phrase.relation in ("change", "base", "other") for m in later[:-1]):
        return None
    if not moved.money or moved.phrase.relation != "change" or moved.phrase.sign != mention.phrase.sign:
        return None
    if not _one_base(moved.phrase, mention.phrase):
        return None
    if not (_only_compares(moved.phrase, now, words) and _only_compares(mention.phrase, now, words)):
        return None
    base = _base(value, moved.number.value, moved.phrase.sign)
    return None if base is None else (amount_of(now), Amount(_DERIVED, base))


def _base(now: Quantity, by: Quantity, sign: int) -> Quantity | None:
    """What was before. It moves with what is now, so that its own step is the change's alone, unless
    the amount more than doubled."""
    value = now.value - by.value * sign
    if value <= 0:
        return None
    doubled = sign > 0 and value - by.step < by.value + now.step
    step = by.step + now.step if doubled else by.step
    return Quantity(value, step, now.kind, "", "", now.locus)


def _one_base(one: Phrase, other: Phrase) -> bool:
    """Whether two changes can be measured against the same: only one says against what, or both the same."""
    said = [_base_said(phrase) for phrase in (one, other)]
    return None in said or said[0] == said[1]


def _base_said(phrase: Phrase) -> tuple[Role | None, int | None, int | None] | None:
    if phrase.role is None and not phrase.dated and not _COMPARED_WITH.search(phrase.label):
        return None
    year_on_year = not phrase.dated and _YEAR_ON_YEAR.search(phrase.label) is not None
    role = phrase.role if phrase.role in ("budget", "adjusted") else None
    return role, phrase.year, -1 if year_on_year else phrase.shift


def _only_compares(phrase: Phrase, now: Mention, words: NarrativeWords) -> bool:
    """Whether a change's words name nothing but what it is measured against, or the amount's own subject."""
    if phrase.stopped or any(code != now.subject for code in phrase.mentions):
        return False
    rest = _COMPARING.sub("", phrase.label)
    if phrase.mentions:
        return True
    return peel(rest, patterns(words)) == ""


def _compared_with(
    mention: Mention, later: list[Mention], now: Mention, fiscal_year: int | None
) -> tuple[Role | None, int | None]:
    """Role and year of what a change is measured against, as the words between say; no year if they don't."""
    if fiscal_year is None or now.year not in (None, fiscal_year):
        return None, None
    said = [m.phrase for m in (*later, mention)]
    role = next((phrase.role for phrase in said if phrase.role and not phrase.weak), None)
    dated = next((phrase for phrase in said if phrase.dated), None)
    if dated is not None:
        year = dated.year if dated.year is not None else fiscal_year + (dated.shift or 0)
        return role or now.role, year
    if role == "budget" and now.role == "final":
        return role, now.year
    if any(_YEAR_ON_YEAR.search(phrase.label) for phrase in said):
        return role or now.role, fiscal_year - 1
    return None, None
