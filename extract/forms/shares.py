"""Percentages that a sentence derives from amounts it prints itself: shares and completion.

A percentage is given only where both its amounts follow from the sentence. Where another pair could
be meant as well, it is given only with the pair that it fits: it proves something then, and accuses nobody.
Changes have a room of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from extract.forms.changes import change
from extract.forms.listed import amount_of
from extract.forms.mentions import Clauses, Mention
from extract.forms.narrative_words import NarrativeWords
from extract.forms.percents import closest, now_of
from extract.forms.phrases import patterns, peel, subjects_in
from extract.quantity import Quantity
from extract.report import Amount, Share

Pair = tuple[Mention, Mention]

_OF = re.compile(r"占(?P<whole>.*?)(?:的?(?:比例|比重|比率|比|百分比))?(?:分别)?(?:约?为|是|达到?|的|:)*$")
_ANY_TOTAL = re.compile(r"^(?:总额|总数|总量|总金额|合计|总|总计|其)?$")
_ALL_SPENDING = re.compile(
    r"^(?:本年度?|全年|年度|当年|今年|部门|单位|财政拨款|一般公共预算|20\d\d年度?)*(?:总支出|支出总额|支出合计|支出总计|支出总数|支出|决算支出|支出决算)(?:总额|数|合计)?$"
)
_INITIAL = re.compile("年初|初")
_ADJUSTED = re.compile("调整|全年")


_LEVEL = re.compile(
    r"[与和同](?:(?P<last>上一?年度?|去年)|(?P<year>20\d\d)年度?)(?:同期|决算|支出|数|相?比)*(?<!基本)持平"
)
_LEVEL_STEP = Decimal("0.01")
_LEADING = re.compile("^(?:(?:分别)?占|为|完成了?|达到?)")
_ROW_JOINTS = ("、", "，", ",", "和", "及", "与")


def shares(clauses: Clauses, words: NarrativeWords, fiscal_year: int | None) -> Iterator[Share]:
    """Every percentage of the sentence whose part and whole are certain."""
    plain = clauses.sentence.plain
    for place, mention in enumerate(clauses.mentions):
        percent = mention.number.value
        if mention.number.kind != "rate" or percent is None:
            continue
        before = clauses.mentions[:place]
        if mention.phrase.relation == "change":
            if mention.phrase.sign:
                percent = replace(percent, value=percent.value * mention.phrase.sign)
                pair = change(mention, percent, before, clauses.mentions, fiscal_year, words)
                if pair is not None:
                    yield _made("change", percent, pair, clauses)
            continue
        for found in _found(mention, percent, place, clauses, plain, words):
            if found[0] is not found[1]:
                yield _made("share", percent, (amount_of(found[0]), _whole_of(found[1])), clauses)
    if "持平" in plain and fiscal_year is not None:
        yield from _level(clauses, fiscal_year)


def _level(clauses: Clauses, fiscal_year: int) -> Iterator[Share]:
    """«2024年1.5万元，2023年1.5万元，与上年持平»: a change of nothing, both years told and no more."""
    for match in _LEVEL.finditer(clauses.sentence.plain):
        before = [m for m in clauses.mentions if m.number.end <= match.start()]
        if len(before) != 2 or not all(m.plain and m.money and m.number.value for m in before):
            continue
        was, now = sorted(before, key=lambda m: m.year or 0)
        same = was.subject == now.subject is not None and was.role == now.role and was.frame is now.frame
        years = (was.year, now.year) == (int(match["year"] or fiscal_year - 1), fiscal_year)
        if same and years and was.year == fiscal_year - 1 and _value(was):
            percent = Quantity(Decimal(0), _LEVEL_STEP, "rate", "%", "持平", clauses.sentence.locus)
            yield _made("change", percent, (amount_of(now), amount_of(was)), clauses)


def _value(mention: Mention) -> Decimal:
    value = mention.number.value
    return value.value if isinstance(value, Quantity) else Decimal(0)


def _found(
    mention: Mention,
    percent: Quantity,
    place: int,
    clauses: Clauses,
    plain: str,
    words: NarrativeWords,
) -> Iterator[Pair]:
    """The part and the whole of a percentage that is no change, if both are certain."""
    everything, before = clauses.mentions, clauses.mentions[:place]
    row = _row(place, everything, plain)
    pair: Pair | None = None
    if row is not None:
        pair = _share_of_row(place, row, everything, plain, words)
    elif _embedded(place, everything, plain):
        part, whole = now_of(before[:-1]), before[-1]
        pair = (part, whole) if part is not None and before[-2] is part else None
    elif mention.phrase.relation == "share":
        pair = _share(mention, percent, before, everything, words)
    elif mention.phrase.relation == "completion":
        pair = _completion(mention, before)
    if pair is not None and pair[1].number.value is not None:
        yield pair


def _whole_of(mention: Mention) -> Amount:
    """The amount, without the verb that leads to one within the words: «完成年初预算100万元的90%»."""
    amount = amount_of(mention)
    return amount if mention.plain else replace(amount, label=_LEADING.sub("", amount.label))


def _made(relation: str, percent: Quantity, pair: tuple[Amount, Amount], clauses: Clauses) -> Share:
    sentence = clauses.sentence
    return Share(
        "change" if relation == "change" else "share",
        percent,
        pair[0],
        pair[1],
        sentence.text,
        sentence.locus,
    )


def _embedded(place: int, everything: list[Mention], plain: str) -> bool:
    """Whether the whole is printed within the words: «占总支出80万元的75%», «为预算8万元的75%»."""
    if place < 2:
        return False
    whole = everything[place - 1]
    between = plain[whole.number.end : everything[place].number.start]
    return between == "的" and whole.money and whole.phrase.relation in ("share", "completion")


def _row(place: int, everything: list[Mention], plain: str) -> tuple[int, int] | None:
    """First and last place of the row of percentages behind «分别占» that this one is in."""
    first = place
    while first and _beside(everything[first - 1], everything[first], plain):
        first -= 1
    start = first - 1 if _embedded(first, everything, plain) else first
    opened = plain[everything[start - 1].number.end if start else 0 : everything[start].number.start]
    if "分别" not in opened or "占" not in opened:
        return None
    last = place
    while last + 1 < len(everything) and _beside(everything[last], everything[last + 1], plain):
        last += 1
    return (first, last) if last > first else None


def _beside(one: Mention, other: Mention, plain: str) -> bool:
    joint = plain[one.number.end : other.number.start]
    return one.number.kind == other.number.kind == "rate" and joint in _ROW_JOINTS


def _share_of_row(
    place: int, row: tuple[int, int], everything: list[Mention], plain: str, words: NarrativeWords
) -> Pair | None:
    """«基本支出60万元、项目支出20万元，分别占75%、25%»: as many amounts right before, and no more of them."""
    first, last = row
    embedded = _embedded(first, everything, plain)
    stop = first - 1 if embedded else first
    size = last - first + 1
    parts = everything[max(0, stop - size) : stop]
    if len(parts) < size or not all(m.plain and m.money and m.number.value is not None for m in parts):
        return None
    frame = parts[0].frame
    if frame is not None and (frame.parts != parts or frame.ambiguous):
        return None
    if frame is None and (
        any(m.separator > 1 for m in parts[1:]) or (parts[0].separator == 1 and stop > size)
    ):
        return None
    part = parts[place - first]
    if embedded:
        return part, everything[stop]
    match = _OF.search(everything[first].phrase.label)
    whole = _whole(part, match["whole"].replace("分别", ""), everything, words) if match else None
    return (part, whole) if whole is not None and _alike(part, whole) else None


def _share(
    mention: Mention,
    percent: Quantity,
    before: list[Mention],
    everything: list[Mention],
    words: NarrativeWords,
) -> Pair | None:
    label = mention.phrase.label
    part, match = now_of(before), _OF.search(label)
    if part is None or match is None or "分别" in label:
        return None
    lead = label[: match.start()]
    if mention.phrase.mentions and peel(lead, patterns(words)):
        part = _named(lead, before, words)
    elif before[-1] is not part:
        return None
    if part is None:
        return None
    whole = _whole(part, match["whole"], everything, words)
    if whole is None or whole.number.value is None or not _alike(part, whole):
        return None
    outer = whole.frame.total if whole.frame is not None else None
    if outer is not None and outer.number.value is not None and _ANY_TOTAL.match(match["whole"]):
        pairs = [(part, whole), (part, outer), (whole, outer)]
        return closest("share", percent, [(p, p[0].number.value, p[1].number.value) for p in pairs])
    return part, whole


def _named(lead: str, before: list[Mention], words: NarrativeWords) -> Mention | None:
    """The one amount of what is named right before 占: «…，基本支出占75%»."""
    codes = {span.code for span in subjects_in(lead, words)}
    found = [m for m in before if m.plain and m.money and m.subject in codes and m.number.value is not None]
    return found[0] if len(codes) == len(found) == 1 else None


def _whole(part: Mention, named: str, everything: list[Mention], words: NarrativeWords) -> Mention | None:
    """The amount that a share's words name: the list's total, all spending, or one subject."""
    spans = subjects_in(named, words)
    if _ANY_TOTAL.match(named):
        return part.frame.total if part.frame is not None else _summed_behind(part, everything, words)
    if _ALL_SPENDING.match(named):
        return _only([m for m in everything if m.subject == "total_expenditure"], part)
    if len(spans) == 1:
        return _only([m for m in everything if m.subject == spans[0].code], part)
    return None


def _summed_behind(part: Mention, everything: list[Mention], words: NarrativeWords) -> Mention | None:
    """A sum told behind its parts: «基本支出60万元，占75%，项目支出20万元，占25%，合计80万元»."""
    later = everything[everything.index(part) + 1 :]
    found = [m for m in later if m.plain and m.phrase.sums and words.descends(part.subject, m.subject)]
    return _only(found, part)


def _only(found: list[Mention], part: Mention) -> Mention | None:
    """The one plain amount among those found that is of the part's year and role."""
    fitting = [m for m in found if m.plain and m.money and m.number.value is not None and _alike(part, m)]
    return fitting[0] if len(fitting) == 1 else None


def _alike(one: Mention, other: Mention) -> bool:
    return one.role == other.role and one.year == other.year


def _completion(mention: Mention, before: list[Mention]) -> Pair | None:
    part = now_of([m for m in before if m.role == "final"])
    if part is None:
        return None
    label = mention.phrase.label
    if _beside_its_budget(before):
        budget = before[-2]
        other = "budget" if _ADJUSTED.search(label) else "adjusted" if _INITIAL.search(label) else None
        return (part, budget) if budget.role != other and budget.number.value is not None else None
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


def _beside_its_budget(before: list[Mention]) -> bool:
    """Whether the last two amounts are a budget and what was spent of it: «年初预算…，支出决算…»."""
    if len(before) < 2:
        return False
    budget, part = before[-2:]
    earlier = before[-3] if len(before) > 2 else None
    if not (part.plain and part.money and part.role == "final" and part.phrase.bare and part.separator == 2):
        return False
    another = earlier is not None and earlier.plain and earlier.role in ("budget", "adjusted")
    same = budget.plain and budget.money and budget.year == part.year and budget.frame is part.frame
    return same and budget.role in ("budget", "adjusted") and not another
