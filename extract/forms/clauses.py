"""A sentence's amounts in their places: what each is about, which list it belongs to, of which year.

A list opens with 其中 (or 包括, 由, a bracket …) behind its total and ends where the words no longer
fit: at a stronger delimiter, at a subject that is no part of the total. What is not sure stays out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extract.forms.amounts import Number, masked, numbers
from extract.forms.narrative_words import NarrativeWords
from extract.forms.phrases import Phrase, Role, items, patterns, peel, read_phrase, role_of, subjects_in
from extract.forms.sentences import Sentence

UNKNOWN = "?"
"""The topic of a sentence that is about something the vocabulary doesn't know."""

OTHER_YEAR = -1

_DELIMITERS = re.compile(r"[，,；;。:!?！？|]")
_OPENER = r"(?:按[^，,；;:]{2,12}分类?,?)?(?:其中(?:主要)?(?:包括|包含|含|有)?|(?:主要)?包括|包含|具体(?:为|是|包括)|分为|如下|明细|由|含|按[^，,；;:]{2,12}分类?)"
_OPENS_BEFORE = re.compile(
    _OPENER + r"(?:以下|下列|共)?(?:[\d一二两三四五六七八九十]+(?:项|个方面|部分|大?类))?[:，,]*$"
)
_OPENS_CHUNK = re.compile("^" + _OPENER)
_NOUN_TOPIC = re.compile(
    r"(?:专项|项目|资金|工作|建设|工程|活动|培训|费|款|事务|服务|运行|补助|补贴|会议|平台|系统|※)$"
)
_SPENDING_HEADING = re.compile(r"支出|预算|决算|收支|资金|经费|财务|概况|基本情况")
_OTHER_HEADING = re.compile(r"指标|效益|产出|满意|问题|措施|打算|建议|职责|职能|成效|成绩|亮点")
_WHOLE_YEAR = re.compile(r"全年|年度|本年|决算|总|合计|当年|今年|(?:19|20)\d\d")


@dataclass(slots=True)
class Frame:
    """An open list: its total (None for a bracket that stands inside a label) and its parts so far."""

    total: Mention | None
    bracket: bool
    opener: str = ""
    parts: list[Mention] = field(default_factory=list)
    widest: int = 0
    change: Number | None = None

    @property
    def doubtful(self) -> bool:
        """Whether the parts may be those of a change named right before them («增加20万元，其中：…»)."""
        if self.change is None or self.change.value is None:
            return False
        limit = abs(self.change.value.value)
        return all(part.number.value is not None and part.number.value.value <= limit for part in self.parts)


@dataclass(slots=True, eq=False)
class Mention:
    """An amount with its phrase, as resolved in its sentence. `separator` ranks the delimiter before it."""

    number: Number
    phrase: Phrase
    separator: int
    depth: int = 0
    frame: Frame | None = None
    subject: str | None = None
    explicit: bool = False
    context: str | None = None
    role: Role | None = None
    year: int | None = None

    @property
    def plain(self) -> bool:
        return self.phrase.relation == "plain"

    @property
    def money(self) -> bool:
        return self.number.kind == "money"


@dataclass(frozen=True, slots=True)
class Carry:
    """What a sentence leaves to the next of its paragraph."""

    subject: str | None = None
    role: Role | None = None
    year: int | None = None


@dataclass(slots=True)
class Clauses:
    sentence: Sentence
    mentions: list[Mention]
    frames: list[Frame]
    before: Carry
    carry: Carry


def read_clauses(
    sentence: Sentence, words: NarrativeWords, fiscal_year: int | None, before: Carry = Carry()
) -> Clauses:
    """Every amount of money and every percentage of a sentence, in its place."""
    found = numbers(sentence.plain, sentence.locus)
    return _Walk(sentence, words, fiscal_year, before, found).run()


class _Walk:
    """One pass over a sentence's numbers, left to right."""

    def __init__(
        self,
        sentence: Sentence,
        words: NarrativeWords,
        fiscal_year: int | None,
        before: Carry,
        found: tuple[Number, ...],
    ) -> None:
        self.sentence, self.words, self.fiscal_year, self.before = sentence, words, fiscal_year, before
        self.found = found
        self.text = masked(sentence.plain, found)
        self.heading, self.heading_role = _heading(sentence, words)
        self.mentions: list[Mention] = []
        self.stack: list[Frame] = []
        self.frames: list[Frame] = []
        self.topic: str | None = None
        self.role: Role | None = None
        self.year: int | None = None
        self.years: set[int] = set()
        self.queue: list[str] = []
        self.context = before.subject or self.heading

    def run(self) -> Clauses:
        end = 0
        for number in self.found:
            if number.kind in ("money", "rate", "points", "score"):
                self._step(number, self.text[end : number.start])
                end = number.end
        self._silent(self.text[end:])
        main = [m for m in self.mentions if m.plain and m.money and m.frame is None]
        topics = [m.subject for m in main] or [self.topic]
        roles = [m.role for m in main] or [self.role]
        year = next(iter(self.years)) if len(self.years) == 1 else None
        carry = Carry(topics[-1] if topics[-1] != UNKNOWN else None, roles[-1], year)
        return Clauses(self.sentence, self.mentions, self.frames, self.before, carry)

    def _step(self, number: Number, between: str) -> None:
        """Take one number with the text since the one before it."""
        inside = self._brackets(between)
        body = inside.replace("\0", "").rstrip(":")
        cut = max((m.end() for m in _DELIMITERS.finditer(body)), default=0)
        silent, chunk = body[:cut], body[cut:]
        separator = _rank(between)
        opener = self._opener(silent, chunk)
        if opener and _OPENS_CHUNK.match(chunk):
            chunk = _OPENS_CHUNK.sub("", chunk, count=1)
        self._silent(silent)
        for piece in self._distributed(chunk, number):
            self._take(Mention(number, read_phrase(piece, self.words), separator), opener)
            opener = ""

    def _brackets(self, between: str) -> str:
        """Open and close the brackets that hold amounts; gives the text after the last of them."""
        start = 0
        for match in re.finditer("[⟨⟩]", between):
            if match[0] == "⟩":
                while self.stack and not self.stack.pop().bracket:
                    pass
            else:
                last = self.mentions[-1] if self.mentions else None
                direct = (
                    last is not None
                    and last.plain
                    and last.money
                    and not between[start : match.start()].strip("\0")
                )
                self._open(last if direct else None, bracket=True, opener="(")
            start = match.end()
        return between[start:]

    def _open(self, total: Mention | None, bracket: bool, opener: str) -> None:
        frame = Frame(total, bracket, opener)
        last = self.mentions[-1] if self.mentions else None
        if last is not None and last.phrase.relation == "change" and last.money:
            frame.change = last.number
        self.stack.append(frame)
        self.frames.append(frame)

    def _opener(self, silent: str, chunk: str) -> str:
        match = _OPENS_CHUNK.match(chunk) or _OPENS_BEFORE.search(silent[-40:])
        return match[0] if match else ""

    def _depth(self) -> int:
        return sum(frame.bracket for frame in self.stack)

    def _last_plain(self) -> Mention | None:
        """The amount that 其中 speaks of: the last that is no comparison and stands in no closed bracket."""
        depth = self._depth()
        for mention in reversed(self.mentions):
            if mention.plain and mention.money and mention.depth == depth:
                return mention
        brackets = [frame for frame in self.stack if frame.bracket]
        return brackets[-1].total if brackets else None

    def _silent(self, text: str) -> None:
        """Clauses without an amount: they can set the topic, the year and the role."""
        for piece in _DELIMITERS.split(text[-400:])[-8:]:
            if not piece:
                continue
            phrase = read_phrase(piece, self.words)
            if phrase.relation in ("change", "base"):
                continue
            if phrase.dated:
                self._date(phrase)
            rest = _without_topic_words(piece, self.words)
            if phrase.mentions:
                code = read_phrase(rest, self.words).subject
                self.topic = self.context = code or UNKNOWN
                self.role = phrase.role if code and not phrase.weak else self.role
            elif _NOUN_TOPIC.search(rest):
                self.topic = UNKNOWN
            elif not peel(read_phrase(rest, self.words).label, patterns(self.words)) and not phrase.weak:
                self.role = phrase.role or self.role

    def _date(self, phrase: Phrase) -> int | None:
        self.year = _absolute(phrase, self.fiscal_year)
        if self.year is not None:
            self.years.add(self.year)
        return self.year

    def _distributed(self, chunk: str, number: Number) -> list[str]:
        """The phrases an amount belongs to: its own; the next of «分别为»; each of «均为»."""
        if "分别" in chunk and number.kind == "money":
            self.queue = items(chunk.partition("分别")[0], self.words)
            tail = chunk.partition("分别")[2]
            wanted = self._following(number)
            if len(self.queue) != wanted or wanted < 2:
                self.queue = []
                return ["※" + chunk]
            self.queue = [item + tail for item in self.queue]
            return [self.queue.pop(0)]
        if self.queue and not chunk.strip("、和及与"):
            return [self.queue.pop(0)]
        self.queue = []
        each = re.search(r"(?:均|都|各)为?$", chunk)
        if each:
            joint = items(chunk[: each.start()], self.words)
            return joint if len(joint) > 1 else [chunk]
        return [chunk]

    def _following(self, number: Number) -> int:
        """How many amounts stand in a row from this one on, parted by nothing but 、 or ，."""
        count, end = 0, number.start
        for other in self.found:
            if other.start < number.start:
                continue
            if count and (
                other.kind != number.kind
                or self.text[end : other.start] not in ("、", "，", ",", "和", "及", "与")
            ):
                break
            count, end = count + 1, other.end
        return count

    def _take(self, mention: Mention, opener: str) -> None:
        mention.depth = self._depth()
        if not mention.money or not mention.plain:
            mention.frame = self.stack[-1] if self.stack else None
            self.mentions.append(mention)
            return
        if opener:
            self._close_to_bracket_if_parted(mention)
            total = self._last_plain()
            if total is not None:
                self._open(total, bracket=False, opener=opener)
        else:
            self._close_lists(mention)
        frame = self.stack[-1] if self.stack else None
        mention.frame = frame
        self._resolve(mention, frame)
        if frame is not None:
            frame.parts.append(mention)
            if len(frame.parts) > 1:
                frame.widest = max(frame.widest, mention.separator)
        self.mentions.append(mention)

    def _close_to_bracket_if_parted(self, mention: Mention) -> None:
        """A new 其中 after a full stop speaks of the last amount, whatever list that stood in."""
        if mention.separator >= 4:
            while self.stack and not self.stack[-1].bracket:
                self.stack.pop()

    def _close_lists(self, mention: Mention) -> None:
        while self.stack and not self.stack[-1].bracket and not self._fits(mention, self.stack[-1]):
            closed = self.stack.pop()
            if closed.total is not None and mention.phrase.bare:
                self.topic = closed.total.subject or UNKNOWN

    def _fits(self, mention: Mention, frame: Frame) -> bool:
        """Whether an amount goes on with a list; when in doubt it doesn't."""
        total, subject = frame.total, mention.phrase.subject
        if total is None or mention.separator >= 4:
            return False
        if total.subject == "income" and subject != "income":
            subject = None
        explicit = [part.subject for part in frame.parts if part.explicit]
        if subject is not None and total.subject not in (None, UNKNOWN):
            return self.words.descends(subject, total.subject)
        if subject is not None and any(self.words.descends(code, subject) for code in explicit):
            return False
        parted = len(frame.parts) >= 2 and mention.separator > max(frame.widest, 1)
        if parted or (mention.separator == 3 and len(frame.parts) >= 2 and frame.widest < 3):
            return False
        if mention.phrase.bare:
            return len(frame.parts) == 1 or mention.separator <= frame.widest
        return not mention.phrase.dated or _absolute(mention.phrase, self.fiscal_year) == total.year

    def _resolve(self, mention: Mention, frame: Frame | None) -> None:
        phrase = mention.phrase
        total = frame.total if frame is not None else None
        mention.subject = self._subject(mention, frame)
        mention.explicit = phrase.subject is not None
        self.topic = mention.subject or UNKNOWN
        mention.context = self.context
        if frame is None:
            if mention.subject is not None and self.words.descends(mention.subject, self.context) is False:
                self.context = mention.subject
            mention.year = self._date(phrase) if phrase.dated else self._current_year(mention)
            mention.role = self._main_role(mention)
            if phrase.role and not phrase.weak:
                self.role = phrase.role
        elif phrase.dated:
            mention.year = _absolute(phrase, self.fiscal_year)
            mention.role = self._part_role(phrase, total)
        else:
            mention.year = total.year if total is not None else self.year
            mention.role = self._part_role(phrase, total)

    def _subject(self, mention: Mention, frame: Frame | None) -> str | None:
        phrase = mention.phrase
        if phrase.subject is not None:
            return phrase.subject
        if not phrase.bare or phrase.role is None:
            return None
        if frame is not None:
            last = frame.parts[-1] if frame.parts else None
            contrast = (
                last is not None and last.phrase.role and not last.phrase.weak and last.role != phrase.role
            )
            return last.subject if last is not None and contrast else None
        if self.topic is not None:
            return self.topic if self.topic != UNKNOWN else None
        if self.heading not in (None, "total_expenditure"):
            return self.heading if self.heading != UNKNOWN else None
        return "total_expenditure" if self._whole_department(phrase) else None

    def _whole_department(self, phrase: Phrase) -> bool:
        """Whether a bare «2024年支出» is the department's own: said of a year, under no other heading."""
        above = self.sentence.headings
        return (
            _WHOLE_YEAR.search(phrase.label) is not None
            and self.before.subject in (None, "total_expenditure", "income")
            and not any(_OTHER_HEADING.search(heading) for heading in above)
            and (not above or any(_SPENDING_HEADING.search(heading) for heading in above))
        )

    def _current_year(self, mention: Mention) -> int | None:
        if self.year is None and self.before.year is not None:
            return self.before.year
        return self.year

    def _part_role(self, phrase: Phrase, total: Mention | None) -> Role | None:
        if phrase.role and not phrase.weak:
            return phrase.role
        if total is not None and total.role is not None:
            return total.role
        return phrase.role

    def _main_role(self, mention: Mention) -> Role | None:
        phrase = mention.phrase
        if phrase.role and (not phrase.weak or phrase.bare):
            return phrase.role
        if self.role is not None:
            return self.role if self.role == "final" or not self._said_of_amount() else None
        before = self.before
        if before.role == "final":
            return "final"
        if before.role is not None:
            child = self.words.descends(mention.subject, before.subject)
            return before.role if child and phrase.role is None else None
        if self.heading_role is not None:
            return self.heading_role
        if phrase.weak:
            return phrase.role
        return "final" if self.fiscal_year is not None and mention.year == self.fiscal_year else None

    def _said_of_amount(self) -> bool:
        """Whether the sentence's role was said of an amount before, not announced for what follows."""
        return any(m.frame is None and m.plain and m.phrase.role for m in self.mentions)


def _rank(between: str) -> int:
    """4 full stop, 3 semicolon, 2 comma, 1 anything less."""
    return (
        4
        if re.search(r"[。!?！？]", between)
        else 3
        if re.search("[；;]", between)
        else 2
        if re.search("[，,]", between)
        else 1
    )


def _absolute(phrase: Phrase, fiscal_year: int | None) -> int | None:
    if phrase.year is not None:
        return phrase.year
    if phrase.shift == 0:
        return fiscal_year
    return fiscal_year + phrase.shift if fiscal_year is not None and phrase.shift is not None else OTHER_YEAR


def _without_topic_words(piece: str, words: NarrativeWords) -> str:
    """A clause without the words that only announce: 方面, 情况如下."""
    topics = sorted(patterns(words).topics, key=len, reverse=True)
    changed = True
    while changed:
        changed = False
        for word in topics:
            if piece.endswith(word):
                piece, changed = piece[: -len(word)], True
    return piece


def _heading(sentence: Sentence, words: NarrativeWords) -> tuple[str | None, Role | None]:
    """The one subject of the innermost heading that has any, and the role it gives to bare amounts."""
    for heading in reversed(sentence.headings):
        if heading == sentence.plain:
            continue
        spans = subjects_in(heading, words)
        codes = {span.code for span in spans}
        if codes:
            code = codes.pop() if len(codes) == 1 else UNKNOWN
            return code, _heading_role(heading, words)
        role = _heading_role(heading, words)
        if role is not None:
            return None, role
    return None, None


def _heading_role(heading: str, words: NarrativeWords) -> Role | None:
    role, weak = role_of(heading, subjects_in(heading, words), words)
    if role == "budget" and not re.search(r"预算(?:安排|批复|编制|下达|总体)?(?:情况)?$", heading):
        return None
    return role if not weak or role == "final" else None
