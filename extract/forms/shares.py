"""Percentages that a sentence derives from amounts it prints itself: shares, completion, changes.

A percentage is given only where both its amounts are printed in the sentence and no other pair of
amounts could be meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extract.forms.listed import amount_of
from extract.forms.mentions import Clauses, Mention
from extract.forms.narrative_words import NarrativeWords
from extract.forms.phrases import Role, subjects_in
from extract.quantity import Quantity
from extract.report import Share

_OF = re.compile(r"占(?P<whole>.*?)(?:的?(?:比例|比重|比率|比|百分比))?(?:分别)?(?:约?为|是|达到?|的|:)*$")
_ANY_TOTAL = re.compile(r"^(?:总额|总数|总量|总金额|合计|总|总计|其)?$")
_ALL_SPENDING = re.compile(
    r"^(?:本年度?|全年|年度|当年|今年|部门|单位|财政拨款|一般公共预算|20\d\d年度?)*(?:总支出|支出总额|支出合计|支出总计|支出总数|支出|决算支出|支出决算)(?:总额|数|合计)?$"
)
_INITIAL = re.compile("年初|初")
_YEAR_ON_YEAR = re.compile("同比")
_ADJUSTED = re.compile("调整|全年")


def shares(clauses: Clauses, words: NarrativeWords, fiscal_year: int | None) -> Iterator[Share]:
    """Every percentage of the sentence whose part and whole are certain."""
    for place, mention in enumerate(clauses.mentions):
        percent = mention.number.value
        if mention.number.kind != "rate" or percent is None:
            continue
        before = clauses.mentions[:place]
        pair = None
        if mention.phrase.relation == "share":
            pair = _share(mention, before, clauses.mentions, words)
        elif mention.phrase.relation == "completion":
            pair = _completion(mention, before)
        elif mention.phrase.relation == "change" and mention.phrase.sign:
            pair = _change(mention, before, fiscal_year)
            percent = replace(percent, value=percent.value * mention.phrase.sign)
        if pair is not None and pair[0] is not pair[1]:
            yield _made(mention, percent, pair, clauses)


def _made(mention: Mention, percent: Quantity, pair: tuple[Mention, Mention], clauses: Clauses) -> Share:
    relation = "change" if mention.phrase.relation == "change" else "share"
    sentence = clauses.sentence
    return Share(
        "change" if relation == "change" else "share",
        percent,
        amount_of(pair[0]),
        amount_of(pair[1]),
        sentence.text,
        sentence.locus,
    )


def _now(before: list[Mention]) -> Mention | None:
    """The amount that a percentage behind it speaks of: the last that is no comparison itself."""
    for mention in reversed(before):
        if mention.money and mention.plain:
            return mention if mention.number.value is not None else None
    return None


def _share(
    mention: Mention, before: list[Mention], everything: list[Mention], words: NarrativeWords
) -> tuple[Mention, Mention] | None:
    part, match = _now(before), _OF.search(mention.phrase.label)
    if part is None or match is None or "分别" in mention.phrase.label or before[-1] is not part:
        return None
    total = part.frame.total if part.frame is not None else None
    named = match["whole"]
    spans = subjects_in(named, words)
    if _ANY_TOTAL.match(named):
        whole = total
    elif _ALL_SPENDING.match(named):
        whole = _only([m for m in everything if m.subject == "total_expenditure"], part)
    elif len(spans) == 1:
        whole = _only([m for m in everything if m.subject == spans[0].code], part)
    else:
        whole = None
    if whole is None or whole.number.value is None or not _alike(part, whole):
        return None
    return part, whole


def _only(found: list[Mention], part: Mention) -> Mention | None:
    """The one plain amount among those found that is of the part's year and role."""
    fitting = [m for m in found if m.plain and m.money and m.number.value is not None and _alike(part, m)]
    return fitting[0] if len(fitting) == 1 else None


def _alike(one: Mention, other: Mention) -> bool:
    return one.role == other.role and one.year == other.year


def _completion(mention: Mention, before: list[Mention]) -> tuple[Mention, Mention] | None:
    part = _now([m for m in before if m.role == "final"])
    if part is None:
        return None
    label = mention.phrase.label
    wanted = [m for m in before if m.plain and m.money and m.subject == part.subject and m.year == part.year]
    if any(m.number.value is None or (m.subject is None and not m.phrase.bare) for m in wanted):
        return None
    finals = [m for m in wanted if m.role == "final"]
    budgets = [m for m in wanted if m.role in ("budget", "adjusted")]
    if _INITIAL.search(label):
        budgets = [m for m in budgets if m.role == "budget"]
    elif _ADJUSTED.search(label):
        budgets = [m for m in budgets if m.role == "adjusted"]
    return (part, budgets[0]) if len(budgets) == 1 and len(finals) == 1 else None


def _change(
    mention: Mention, before: list[Mention], fiscal_year: int | None
) -> tuple[Mention, Mention] | None:
    """Now and before: a base named with 比 or 较, or the one amount of the year before."""
    now = _now(before)
    if now is None:
        return None
    later = before[before.index(now) + 1 :]
    bases = [m for m in later if m.money and m.phrase.relation == "base"]
    if len(bases) == 1:
        return (now, bases[0]) if bases[0].number.value is not None else None
    if bases:
        return None
    role, year = _compared_with(mention, later, now, fiscal_year)
    if year is None:
        return None
    wanted = [m for m in before if m.plain and m.money and m.role == role and m.year == year]
    wanted = [m for m in wanted if m is not now and m.subject == now.subject and m.subject is not None]
    if len(wanted) != 1 or wanted[0].number.value is None:
        return None
    return now, wanted[0]


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
