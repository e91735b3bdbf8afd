"""The narrative's figures: sentences to the codes of the record, every mention in reading order.

What a sentence doesn't say beyond doubt is no figure; sentences that can't hold any are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from extract.document import Paragraph
from extract.forms.amounts import holds_figures, numbers, unit_over
from extract.forms.clauses import announced, has_amounts, read_clauses
from extract.forms.headcount import Headcount
from extract.forms.listed import listed_sums
from extract.forms.marks import Marks
from extract.forms.mentions import Carry, Clauses, Mention
from extract.forms.narrative_words import NarrativeWords, default_words
from extract.forms.nothing import nothing_in
from extract.forms.owners import Owned, Owners
from extract.forms.sentences import sentences
from extract.forms.shares import shares
from extract.quantity import Quantity
from extract.report import ListedSum, NarrativeFigure, Share, Unrecognised

THREE_PUBLIC = frozenset(
    {"three_public", "reception", "overseas", "vehicles", "vehicle_purchase", "vehicle_running"}
)
_ECONOMIC_PARENT = "basic_expenditure"
_CARRIED = re.compile("结转|结余")
_ADJUSTED = re.compile("调整|追加")
_OWN_LEVEL = re.compile("本级|机关")
"""The office without the units below it: no figure of the department's where theirs stand beside it."""
_ANOTHER = re.compile(r"(?<![我本].)[局委办会所站馆心院校司镇乡](?<![我本].)(?=20\d\d年)")
_OURS = re.compile("[我本](?:单位|部门|局|委|办|会|院|校|中心|镇|乡)")
"""Another office's figure, where the words behind it come back to «我单位»."""
_GENERAL = ".general"
_GENERAL_BUDGET = re.compile("一般公共预算|公共财政预算")
_OTHER_BUDGETS = ("government_fund", "state_capital", "social_insurance")
_MOST_NUMBERS = 400
_TELLING = re.compile(
    r"\d(?:[余多几]?[元万亿千百%‰分人名个]|[，,；;。)]|(?<!^\d)(?<!^\d\d)、|$)"
    r"|无|没有|零|未|不(?:发生|安排|使用|产生|列支|编制|涉|有|开支|支出)"
    r"|[优良中差般格秀好](?:等级|等次|级|等|档次|档)?(?=[，,；;。)!！(]|$)"
)
"""What a folded sentence must hold to say anything that is read: a figure, a denial, a grade."""


@dataclass(frozen=True, slots=True)
class Narrative:
    figures: tuple[NarrativeFigure, ...]
    listed_sums: tuple[ListedSum, ...]
    shares: tuple[Share, ...]
    warnings: tuple[str, ...]
    unrecognised: tuple[Unrecognised, ...] = ()


def read_narrative(
    paragraphs: Sequence[Paragraph],
    source: str,
    fiscal_year: int | None,
    words: NarrativeWords | None = None,
    names: Iterable[str] = (),
) -> Narrative:
    """Read the running text of a report of `fiscal_year`; `words` is a vocabulary with a region's own,
    `names` are the department's: what another unit is told to have is none of its figures."""
    words = words or default_words()
    figures: list[NarrativeFigure] = []
    found_sums: list[ListedSum] = []
    found_shares: list[Share] = []
    warnings: list[str] = []
    headcount, marks, owners = Headcount(words, fiscal_year), Marks(words, fiscal_year), Owners(names)
    unrecognised: list[Unrecognised] = []
    left: Callable[[], Carry] = Carry
    for sentence in sentences(paragraphs, source):
        left = Carry if sentence.opens else left
        owned = owners.read(sentence)
        sentence = owned.sentence
        marks.opened(sentence)
        if not _TELLING.search(sentence.plain):
            left = partial(announced, sentence, (), words, fiscal_year)
            marks.passed(sentence, ())
            continue
        staffed = headcount.concerned(sentence.plain)
        counted = staffed or holds_figures(sentence.plain)
        unit = unit_over(sentence.plain, sentence.headings) if counted else ""
        found = numbers(sentence.plain, sentence.locus, unit) if counted else ()
        if len(found) > _MOST_NUMBERS:
            warnings.append(f"{sentence.locus.printed()}：一句话里有{len(found)}个数，未取数")
            continue
        placed: list[tuple[int, NarrativeFigure]] = []
        mentions: Sequence[Mention] = ()
        if has_amounts(found):
            clauses = read_clauses(sentence, found, words, fiscal_year, left())
            left, mentions = clauses.carry, clauses.mentions
            _infer(clauses, words)
            _mark_grand_totals(clauses)
            _settle_budgets(clauses)
            placed += _money(clauses, words, fiscal_year)
            found_sums += listed_sums(clauses, words)
            found_shares += shares(clauses, words, fiscal_year)
            warnings += _unsure(clauses, owned, words, fiscal_year)
        else:
            left = partial(announced, sentence, found, words, fiscal_year)
        placed += nothing_in(sentence, mentions, words, fiscal_year)
        placed += headcount.read(sentence, found) if staffed else ()
        placed += marks.read(sentence, found)
        placed.sort(key=lambda entry: entry[0])
        figures += [figure for place, figure in placed if not owned.owner(place)]
        theirs = dict.fromkeys(filter(None, (owned.owner(place) for place, _ in placed)))
        unrecognised += (Unrecognised("figure", f"{u}：{sentence.text}", sentence.locus) for u in theirs)
    figures = _settled(marks.settled(headcount.settled(figures)))
    return Narrative(
        tuple(figures),
        tuple(found_sums),
        tuple(found_shares),
        tuple(dict.fromkeys(warnings)),
        tuple(unrecognised),
    )


def _infer(clauses: Clauses, words: NarrativeWords) -> None:
    """Name a total that only says «支出» by the parts it lists: basic and project make the whole."""
    for frame in clauses.frames:
        total = frame.total
        if total is None or total.explicit or total.phrase.stopped or total.phrase.mentions:
            continue
        children = {part.subject for part in frame.parts if part.explicit and part.subject is not None}
        parents = [words.subjects[code].parent for code in children if code in words.subjects]
        for parent in dict.fromkeys(parents):
            near = all(words.descends(code, parent) for code in children)
            many = parents.count(parent) >= 2
            if parent == _ECONOMIC_PARENT and total.context != parent:
                continue
            if parent is None or not near or not (many or clauses.before.subject == parent):
                continue
            if total.phrase.bare or (many and parent == "total_expenditure" and total.phrase.dated):
                total.subject = parent


def _mark_grand_totals(clauses: Clauses) -> None:
    """«收入总计…，支出总计…» hold money carried over: such a total isn't what was spent."""
    carrying = [
        frame.total for frame in clauses.frames if any(_CARRIED.search(part.label) for part in frame.parts)
    ]
    for mention in clauses.mentions:
        balanced = mention.context == "income" or mention in carrying
        mention.grand = "总计" in mention.label and balanced


def _settle_budgets(clauses: Clauses) -> None:
    """«全年预算» is the budget where the sentence names no other of the same thing."""
    named = {mention.subject for mention in clauses.mentions if mention.role == "budget"}
    changed = any(_ADJUSTED.search(mention.label) for mention in clauses.mentions)
    for mention in clauses.mentions:
        if mention.role == "adjusted" and mention.subject not in named and not changed:
            mention.role = "budget"


def _money(
    clauses: Clauses, words: NarrativeWords, fiscal_year: int | None
) -> Iterator[tuple[int, NarrativeFigure]]:
    sentence = clauses.sentence
    beside_others = any(mention.phrase.others for mention in clauses.mentions)
    for mention in clauses.mentions:
        if (beside_others and _OWN_LEVEL.search(mention.label)) or _told_in_pieces(mention):
            continue
        if _ANOTHER.search(mention.label) and _OURS.search(sentence.plain, mention.number.end):
            continue
        code = _code(mention, words, fiscal_year)
        if code is not None and mention.number.value is not None:
            code = code + _GENERAL if _of_general_budget(mention) else code
            yield (
                mention.number.start,
                NarrativeFigure(code, mention.number.value, sentence.text, locus=sentence.locus),
            )


def _told_in_pieces(mention: Mention) -> bool:
    """Whether a list tells one thing in several amounts: «在职工资福利支出…，离退休工资福利支出…»."""
    if mention.frame is None or mention.subject is None:
        return False
    own = (mention.subject, mention.role, mention.year)
    return any(
        (part.subject, part.role, part.year) == own and part.number.value != mention.number.value
        for part in mention.frame.parts
        if part is not mention and part.plain
    )


def _unsure(clauses: Clauses, owned: Owned, words: NarrativeWords, fiscal_year: int | None) -> Iterator[str]:
    """A warning for each figure of the record that is printed but not exactly: «约3万元»."""
    for mention in clauses.mentions:
        if owned.owner(mention.number.start):
            continue
        if mention.number.value is None and _code(mention, words, fiscal_year) is not None:
            printed = f"{mention.label}{mention.number.printed}"
            yield f"{clauses.sentence.locus.printed()}：“{printed}”不是确数，未取数"


def _code(mention: Mention, words: NarrativeWords, fiscal_year: int | None) -> str | None:
    """The record's code of an amount, or None for one that is no figure of this year's."""
    subject = mention.subject
    if subject not in words.subjects or words.subjects[subject].silent:
        return None
    if not (mention.plain and mention.money) or mention.phrase.stopped:
        return None
    if mention.monthly and mention.role == "final":
        return None
    if (
        mention.year is not None
        and mention.year != fiscal_year
        and (fiscal_year is not None or mention.year < 0)
    ):
        return None
    if mention.role not in ("budget", "final") or not _at_home(mention, words):
        return None
    if subject == "total_expenditure" and mention.grand:
        return None
    if subject in THREE_PUBLIC:
        return f"{subject}.{mention.role}"
    return subject if mention.role == "final" else f"{subject}.budget"


def _of_general_budget(mention: Mention) -> bool:
    """Whether spending is called that of the general budget only, or a project part of such spending."""
    frame = mention.frame
    total = frame.total if frame is not None else None
    if mention.subject == "project_expenditure" and total is not None:
        return _of_general_budget(total)
    if mention.subject != "total_expenditure":
        return False
    return _GENERAL_BUDGET.search(mention.label) is not None


def _settled(figures: list[NarrativeFigure]) -> list[NarrativeFigure]:
    """The general budget's spending is the department's whole where it spends no other money."""
    others = any(
        figure.code in _OTHER_BUDGETS and isinstance(figure.value, Quantity) and figure.value.value
        for figure in figures
    )
    return [
        replace(figure, code=figure.code.removesuffix(_GENERAL)) if figure.code.endswith(_GENERAL) else figure
        for figure in figures
        if not (others and figure.code.endswith(_GENERAL))
    ]


def _at_home(mention: Mention, words: NarrativeWords) -> bool:
    """Whether the list an amount stands in is of its own kind, the department's, not another thing's."""
    subject, frame = mention.subject, mention.frame
    economic = subject is not None and words.subjects[subject].parent == _ECONOMIC_PARENT
    if frame is None:
        return not economic or mention.context == _ECONOMIC_PARENT
    total = frame.total
    if total is None or total.subject is None or frame.doubtful:
        return False
    return total.subject == _ECONOMIC_PARENT if economic else words.descends(subject, total.subject)
