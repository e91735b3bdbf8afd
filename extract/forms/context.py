"""What holds while a sentence is read: its topic, its year, budget or final; and what an amount gets from it.

An amount whose own words leave something open takes it from its list's total, from the clauses
before it, from the sentence before, from the heading; where these leave a doubt it stays open.
"""

from __future__ import annotations

import re
from functools import lru_cache

from extract.forms.mentions import Carry, Frame, Mention
from extract.forms.narrative_words import NarrativeWords
from extract.forms.phrases import Phrase, Role, patterns, read_phrase, role_of, subjects_in
from extract.forms.sentences import Sentence

UNKNOWN = "?"
"""The topic of a sentence that is about something the vocabulary doesn't know."""

DELIMITERS = re.compile(r"[，,；;。:!?！？|]")
_OTHER_YEAR = -1
_NOUN_TOPIC = re.compile(
    r"(?:专项|项目|资金|工作|建设|工程|活动|培训|费|款|事务|服务|运行|补助|补贴|会议|平台|系统|※)$"
)
_SPENDING_HEADING = re.compile(r"支出|预算|决算|收支|资金|经费|财务|概况|基本情况")
_OTHER_HEADING = re.compile(r"指标|效益|产出|满意|问题|措施|打算|建议|职责|职能|成效|成绩|亮点")
_OTHERS_HEADING = re.compile(
    r"[(（]?[一二三四五六七八九十\d]{0,3}[)）、.．]*(?:各|局|县|市)?(?:属|所属|下属|二级|直属|下级|其他)(?:事业|预算|企业)?(?:单位|机构)"
)
_WHOLE_YEAR = re.compile(r"全年|年度|本年|决算|总|合计|当年|今年|(?:19|20)\d\d")
_ALL_YEAR = re.compile("全年|年度|本年|当年|今年")
_WHOLE = re.compile(r"全年|年度|本年|年初|决算|总|合计|部门|单位|预算安排")
_WHOLES = (
    (({"basic_expenditure"}, {"project_expenditure"}), "total_expenditure"),
    (({"overseas"}, {"reception"}, {"vehicles", "vehicle_running"}), "three_public"),
)
"""Which parts make which whole, where they are named before their sum: one of each set."""
_BUDGET_HEADING = re.compile(r"预算(?:安排|批复|编制|下达|总体)?(?:情况)?$")


class Context:
    """One sentence's topic, role and year, as they change from clause to clause."""

    def __init__(
        self, sentence: Sentence, words: NarrativeWords, fiscal_year: int | None, before: Carry
    ) -> None:
        self._sentence, self._words, self._fiscal_year = sentence, words, fiscal_year
        self._before = before
        self._heading, self._heading_role = _heading(sentence, words)
        self._main = before.subject or self._heading
        self._wording = ""
        self._role: Role | None = None
        self._role_of_amount = False
        self._year: int | None = None
        self._years: set[int] = set()
        self._others = any(_OTHERS_HEADING.match(heading) for heading in sentence.headings)
        self._month = False
        self._only_dates = True
        self._told: list[Mention] = []
        self.topic: str | None = None

    def announce(self, text: str) -> None:
        """Take clauses without an amount: they can set the topic, the year and the role."""
        for piece in DELIMITERS.split(text[-400:])[-8:]:
            if piece:
                self._announce(piece)

    def _announce(self, piece: str) -> None:
        phrase = read_phrase(piece, self._words)
        self._only_dates = self._only_dates and phrase.bare
        if phrase.relation in ("change", "base"):
            self.compared(phrase)
            return
        if phrase.dated:
            self._date(phrase)
            self._month = phrase.month and phrase.bare
        self._others = self._others or phrase.others
        rest = _without_topic_words(piece, self._words)
        if phrase.mentions:
            topic = read_phrase(rest, self._words)
            self.topic = topic.subject or UNKNOWN
            alone = len(phrase.mentions) == 1 and not phrase.stopped
            self._main = topic.subject or (phrase.mentions[0] if alone else UNKNOWN)
            self._wording = topic.wording
            if topic.subject and phrase.role and not phrase.weak:
                self._role, self._role_of_amount = phrase.role, False
        elif _NOUN_TOPIC.search(rest):
            self.topic = UNKNOWN
        elif phrase.role and not phrase.weak and read_phrase(rest, self._words).bare:
            self._role, self._role_of_amount = phrase.role, False

    def resolve(self, mention: Mention, frame: Frame | None) -> None:
        """Settle what an amount is about, and its role and year."""
        phrase = mention.phrase
        total = frame.total if frame is not None else None
        mention.subject = self._subject(phrase, frame)
        above = [code for code in phrase.mentions if self._words.descends(phrase.subject, code)]
        if above and frame is None:
            self._main = above[-1]
        mention.explicit = phrase.subject is not None or (frame is not None and mention.subject is not None)
        mention.context = self._main
        mention.label = self._label(mention)
        mention.monthly = self._monthly(phrase)
        self.topic = mention.subject or UNKNOWN
        if frame is not None:
            mention.year = self._part_year(phrase, total)
            mention.role = _part_role(phrase, total)
            return
        if mention.subject == "income" and len(phrase.mentions) > 1:
            self._main = phrase.mentions[0]
        elif mention.subject is not None and not self._words.descends(mention.subject, self._main):
            self._main = mention.subject
        mention.year = self._date(phrase) if phrase.dated else self._running_year()
        mention.role = self._main_role(mention)
        if phrase.role and not phrase.weak:
            self._role, self._role_of_amount = phrase.role, True
        self._after_parts(mention)

    def _after_parts(self, mention: Mention) -> None:
        """A nameless sum behind its parts is the whole's; a second amount of one thing is nobody's."""
        phrase, before = mention.phrase, self._told[-1] if self._told else None
        if phrase.bare and before is not None:
            parts = {
                told.subject for told in self._told if (told.role, told.year) == (before.role, before.year)
            }
            whole = next((code for needed, code in _WHOLES if all(parts & one for one in needed)), None)
            if whole and phrase.sums and phrase.role in (None, before.role):
                mention.subject, mention.role, mention.year = whole, before.role, before.year
                self.topic = self._main = whole
        thing = (mention.subject, mention.role, mention.year)
        same = [told for told in self._told if (told.subject, told.role, told.year) == thing]
        if phrase.bare and same and mention.role in ("budget", "final"):
            unsure = [told for told in same if told.phrase.weak or told.phrase.role is None]
            if not phrase.weak and all(told.number.value != mention.number.value for told in unsure):
                for told in unsure:
                    told.subject = None
            mention.subject, self.topic = None, UNKNOWN
        self._told.append(mention)

    def carry(self, mentions: list[Mention]) -> Carry:
        """What the next sentence of the paragraph is left with."""
        main = [m for m in mentions if m.plain and m.money and m.frame is None]
        topic = main[-1].subject if main else self.topic
        role = main[-1].role if main else self._role
        year = next(iter(self._years)) if len(self._years) == 1 else None
        return Carry(topic if topic != UNKNOWN else None, role, year, topic == UNKNOWN)

    def closed(self, frame: Frame) -> None:
        """A list has ended: what follows without a name of its own is about its total again."""
        if frame.total is not None:
            self.topic = frame.total.subject or UNKNOWN
            self._wording = frame.total.phrase.wording

    def absolute(self, phrase: Phrase) -> int | None:
        """The year that a phrase names; -1 for one that is certainly not the report's."""
        if phrase.year is not None:
            return phrase.year
        if phrase.shift == 0:
            return self._fiscal_year
        if self._fiscal_year is None or phrase.shift is None:
            return _OTHER_YEAR
        return self._fiscal_year + phrase.shift

    def _monthly(self, phrase: Phrase) -> bool:
        """Whether an amount is one month's: said in its own words, or of the clause before it."""
        if phrase.month or phrase.dated or _ALL_YEAR.search(phrase.label):
            self._month = phrase.month
        return self._month

    def _date(self, phrase: Phrase) -> int | None:
        self._year = self.absolute(phrase)
        if self._year is not None:
            self._years.add(self._year)
        return self._year

    def _running_year(self) -> int | None:
        return self._before.year if self._year is None else self._year

    def _part_year(self, phrase: Phrase, total: Mention | None) -> int | None:
        if phrase.dated:
            return self.absolute(phrase)
        return total.year if total is not None else self._year

    def _label(self, mention: Mention) -> str:
        """The amount's own words, with the name of its topic where they have none."""
        phrase = mention.phrase
        if phrase.subject is not None:
            self._wording = phrase.wording
        elif phrase.bare and mention.subject is not None and mention.subject == self.topic:
            return self._wording + phrase.label
        return phrase.label

    def compared(self, phrase: Phrase) -> None:
        """Take a comparison: whether what follows it bare is still about its subject is not certain."""
        if self.topic is None and phrase.compared is not None:
            self.topic = self._main = phrase.compared
        elif any(code != self.topic for code in phrase.mentions):
            self.topic = UNKNOWN

    def _subject(self, phrase: Phrase, frame: Frame | None) -> str | None:
        self._others = self._others or phrase.others or phrase.region
        if self._others:
            return None
        if phrase.subject is not None:
            return phrase.subject
        if frame is not None and frame.total is not None and not phrase.stopped:
            inside = self._words.inside(phrase.label, frame.total.subject)
            if inside is not None:
                return inside
        if not phrase.bare or phrase.role is None:
            return None
        if frame is not None:
            last = frame.parts[-1] if frame.parts else None
            if last is None or last.phrase.role is None or last.phrase.weak or last.role == phrase.role:
                return None
            return last.subject
        if self.topic == "income":
            return self._main if self._main not in ("income", UNKNOWN, "total_expenditure") else None
        if self.topic is not None:
            return self.topic if self.topic != UNKNOWN else None
        if self._goes_on(phrase):
            return self._before.subject
        if self._heading not in (None, "total_expenditure"):
            return self._heading if self._heading != UNKNOWN else None
        return "total_expenditure" if self._whole_department(phrase) else None

    def _goes_on(self, phrase: Phrase) -> bool:
        """Whether a bare «实际支出» is what was spent of the budget that the sentence before told last."""
        before = self._before
        known = before.subject in self._words.subjects and before.role == "budget"
        ours = self._fiscal_year is not None and before.year == self._fiscal_year
        return (
            known
            and ours
            and self._only_dates
            and not phrase.dated
            and (phrase.role, phrase.weak) == ("final", False)
        )

    def _whole_department(self, phrase: Phrase) -> bool:
        """Whether a bare «2024年支出» is the department's own: said of a year, under no other heading."""
        above = self._sentence.headings
        dated = self._only_dates and self._year is not None and self._year == self._fiscal_year
        return (
            (_WHOLE if dated or self._before.other else _WHOLE_YEAR).search(phrase.label) is not None
            and self._before.subject in (None, "total_expenditure", "income")
            and not any(_OTHER_HEADING.search(heading) for heading in above)
            and (not above or any(_SPENDING_HEADING.search(heading) for heading in above))
        )

    def _main_role(self, mention: Mention) -> Role | None:
        phrase, before = mention.phrase, self._before
        if phrase.role and (not phrase.weak or phrase.bare):
            return phrase.role
        if self._role is not None:
            return self._role if self._role == "final" or not self._role_of_amount else None
        if before.role == "final":
            return "final"
        if before.role is not None:
            child = self._words.descends(mention.subject, before.subject)
            return before.role if child and phrase.role is None else None
        if self._heading_role is not None:
            return self._heading_role
        if phrase.weak:
            return phrase.role
        last = self._told[-1] if self._told else None
        if last is not None and last.subject in self._words.subjects and phrase.subject is not None:
            subjects = self._words.subjects
            if subjects[phrase.subject].parent == subjects[last.subject or ""].parent:
                return last.role
        return "final" if self._fiscal_year is not None and mention.year == self._fiscal_year else None


def _part_role(phrase: Phrase, total: Mention | None) -> Role | None:
    """A part is of its total's role, unless its own words say budget or final; 支出 alone doesn't."""
    if phrase.role and not phrase.weak:
        return phrase.role
    return total.role if total is not None else None


def _without_topic_words(piece: str, words: NarrativeWords) -> str:
    """A clause without the words that only announce: 方面, 情况如下."""
    topics = patterns(words).topics
    while piece.endswith(topics):
        piece = piece[: -len(next(word for word in topics if piece.endswith(word)))]
    return piece


def _heading(sentence: Sentence, words: NarrativeWords) -> tuple[str | None, Role | None]:
    """The one subject of the innermost heading that has any, and the role that a heading within it gives."""
    role: Role | None = None
    for heading in reversed(sentence.headings):
        if heading == sentence.plain:
            continue
        subject, given = _one_heading(heading, words)
        role = role or given
        if subject is not None:
            return subject, role
    return None, role


@lru_cache(maxsize=1024)
def _one_heading(heading: str, words: NarrativeWords) -> tuple[str | None, Role | None]:
    spans = subjects_in(heading, words)
    codes = {span.code for span in spans}
    subject = None if not codes else codes.pop() if len(codes) == 1 else UNKNOWN
    role, _ = role_of(heading, spans, words)
    return subject, role if role == "final" or _BUDGET_HEADING.search(heading) else None
