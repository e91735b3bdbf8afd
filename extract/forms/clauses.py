"""A sentence's amounts in their places: which list each belongs to, and what it is about.

A list opens with 其中 (or 包括, 由, a bracket …) behind its total and ends where the words no longer
fit: at a stronger delimiter, at a subject that is no part of the total. What is not sure stays out.
"""

from __future__ import annotations

import re
from dataclasses import replace

from extract.forms.amounts import Number, masked
from extract.forms.context import DELIMITERS, UNKNOWN, Context
from extract.forms.mentions import Carry, Clauses, Frame, Mention
from extract.forms.narrative_words import NarrativeWords
from extract.forms.phrases import Phrase, dated_items, items, read_phrase
from extract.forms.sentences import Sentence

_BY = r"按[^，,；;:]{2,12}分类?"
_OPENER = (
    rf"(?:{_BY},?)?(?:其中(?:主要)?(?:包括|包含|含|有)?|(?:主要)?包括|包含"
    rf"|(?:分项)?(?:情况|具体)(?:为|是|包括)|分为|分别(?:为|是)(?=.)|(?:具体)?(?:情况)?如下|明细|由|含|{_BY})"
)
_COUNTED = r"(?:以下|下列|共)?(?:[\d一二两三四五六七八九十]+(?:项|个方面|部分|大?类))?"
_OPENS_BEFORE = re.compile(rf"{_OPENER}{_COUNTED}[:，,]*$")
_OPENS_CHUNK = re.compile(f"^{_OPENER}")
_ENDS_OPENER = tuple("中括含有体为是下细由分类项面")
_EACH = re.compile(r"(?:均|都|各)为?$")
_NAMED_BEHIND = re.compile(
    r"(?:全部|主要|分别|均)*(?:用于|用作|作为|属于|为|是|系)(?P<name>[^，,；;。:、!?！？⟨⟩|\d]{2,40})(?=[，,；;。、⟨⟩]|$)"
)
_GOVERNS = re.compile(r"^[^比较]*(?:增加|减少|压减|压缩|缩减|核减|调增|调减|节约|节省|降低)了?[^增减]{2,}$")
_NAMES_BEHIND = tuple("全主分均用作属为是系")
_BRACKETS = re.compile("[⟨⟩]")
_AMOUNTS = ("money", "rate", "points", "score")
_NOT_OF_PROJECTS = ("total_expenditure", "basic_expenditure", "project_expenditure", "income")
_JOINTS = ("、", "，", ",", "和", "及", "与")
_FULL_STOP, _SEMICOLON, _COMMA = re.compile("[。!?！？]"), re.compile("[；;]"), re.compile("[，,]")


def read_clauses(
    sentence: Sentence,
    found: tuple[Number, ...],
    words: NarrativeWords,
    fiscal_year: int | None,
    before: Carry,
) -> Clauses:
    """Every amount of money and every percentage of a sentence, in its place."""
    return _Walk(sentence, found, words, fiscal_year, before).run()


def announced(
    sentence: Sentence, found: tuple[Number, ...], words: NarrativeWords, fiscal_year: int | None
) -> Carry:
    """What a sentence without an amount leaves to the next of its paragraph."""
    context = Context(sentence, words, fiscal_year, Carry())
    context.announce(masked(sentence.plain, found))
    return context.carry([])


def has_amounts(found: tuple[Number, ...]) -> bool:
    """Whether a sentence's numbers hold any that a clause is about."""
    return any(number.kind in _AMOUNTS for number in found)


class _Walk:
    """One pass over a sentence's numbers, left to right."""

    def __init__(
        self,
        sentence: Sentence,
        found: tuple[Number, ...],
        words: NarrativeWords,
        fiscal_year: int | None,
        before: Carry,
    ) -> None:
        self._sentence, self._words, self._before = sentence, words, before
        self._found = [n for n in found if n.kind in _AMOUNTS]
        self._text = masked(sentence.plain, found)
        self._context = Context(sentence, words, fiscal_year, before)
        self._mentions: list[Mention] = []
        self._stack: list[Frame] = []
        self._frames: list[Frame] = []
        self._queue: list[str] = []
        self._shared = 0
        self._end = 0

    def run(self) -> Clauses:
        for place, number in enumerate(self._found):
            between = self._text[self._end : number.start]
            self._end = number.end
            self._step(place, between)
        rest = self._text[self._end :]
        return Clauses(self._sentence, self._mentions, self._frames, self._before, lambda: self._carry(rest))

    def _carry(self, rest: str) -> Carry:
        self._context.announce(rest)
        return self._context.carry(self._mentions)

    def _step(self, place: int, between: str) -> None:
        """Take one number with the text since the one before it."""
        body = self._brackets(between).replace("\0", "").rstrip(":")
        cut = max((match.end() for match in DELIMITERS.finditer(body)), default=0)
        silent, chunk = body[:cut], body[cut:]
        inline = _OPENS_CHUNK.match(chunk)
        opener = inline or (
            silent.rstrip(":，,").endswith(_ENDS_OPENER) and _OPENS_BEFORE.search(silent[-40:])
        )
        words = opener[0] if opener else ""
        if inline:
            chunk = chunk[inline.end() :]
        elif not opener and silent == ":" and self._mentions and self._mentions[-1].plain:
            words = ":"
        self._context.announce(silent)
        for piece in self._distributed(chunk, place):
            piece = self._named_behind(piece, place)
            phrase = self._governed(read_phrase(piece, self._words), between)
            mention = Mention(self._found[place], phrase, _rank(between))
            self._take(mention, words)
            words = ""

    def _brackets(self, between: str) -> str:
        """Open and close the brackets that hold amounts; gives the text after the last of them."""
        start = 0
        for match in _BRACKETS.finditer(between):
            if match[0] == "⟩":
                self._close_bracket()
            else:
                last = self._mentions[-1] if self._mentions else None
                directly = not between[start : match.start()].strip("\0")
                self._open(last if directly and last and last.plain and last.money else None, "(", True)
            start = match.end()
        return between[start:]

    def _close_bracket(self) -> None:
        while self._stack:
            frame = self._stack.pop()
            if frame.bracket:
                self._context.closed(frame)
                return

    def _open(self, total: Mention | None, opener: str, bracket: bool = False) -> None:
        last = self._mentions[-1] if self._mentions else None
        changed = last is not None and last.phrase.relation == "change" and last.money
        frame = Frame(total, bracket, opener, change=last.number if last is not None and changed else None)
        frame.rival, frame.opened_at = self._rival(total), len(self._mentions)
        self._stack.append(frame)
        self._frames.append(frame)

    def _rival(self, total: Mention | None) -> Mention | None:
        """The amount right before a total that is the same thing's in the other role."""
        if total is None:
            return None
        plain = [m for m in self._mentions if m.plain and m.money]
        place = plain.index(total)
        other = plain[place - 1] if place else None
        if other is None or other.subject is None or other.subject != total.subject:
            return None
        same = other.frame is total.frame and other.year == total.year and other.role != total.role
        return other if same and None not in (other.role, total.role) else None

    def _last_plain(self) -> Mention | None:
        """The amount that 其中 speaks of: the last that is no comparison and stands in no closed bracket."""
        brackets = [frame for frame in self._stack if frame.bracket]
        start = brackets[-1].opened_at if brackets else 0
        for mention in reversed(self._mentions[start:]):
            if mention.plain and mention.money and mention.depth == len(brackets):
                return mention
        return brackets[-1].total if brackets else None

    def _distributed(self, chunk: str, place: int) -> list[str]:
        """The phrases an amount belongs to: its own; the next of «分别为»; each of «均为»."""
        if "分别" in chunk and self._found[place].kind == "money":
            named, _, tail = chunk.partition("分别")
            row = self._in_a_row(place)
            names = (
                dated_items(items(named, self._words), self._words)
                if not read_phrase(named, self._words).bare
                else self._again(named, row)
            )
            if len(names) < 2 or len(names) != row:
                self._queue = []
                return ["※" + chunk]
            self._queue = [name + tail for name in names]
            self._shared = len(names)
            return [self._queue.pop(0)]
        if self._queue and not chunk.strip("、和及与"):
            return [self._queue.pop(0)]
        self._queue = []
        each = _EACH.search(chunk[-2:])
        joint = items(chunk[: -len(each[0])], self._words) if each else []
        return joint if len(joint) > 1 else [chunk]

    def _governed(self, phrase: Phrase, between: str) -> Phrase:
        """An amount in a row behind a verb of change is a change too: «压减会议费20万元、接待费5万元»."""
        last = (
            self._mentions[-1].phrase if self._mentions and between.startswith(("、", "和", "及")) else None
        )
        if last is None or last.relation != "change" or phrase.relation != "plain":
            return phrase
        return replace(phrase, relation="change", sign=last.sign) if _GOVERNS.search(last.label) else phrase

    def _named_behind(self, chunk: str, place: int) -> str:
        """The words of an amount that is named behind: «701万元为基本支出», «支出701万元用于基本支出»."""
        number = self._found[place]
        if number.kind != "money" or self._text[number.end : number.end + 1] not in _NAMES_BEHIND:
            return chunk
        stop = self._found[place + 1].start if place + 1 < len(self._found) else len(self._text)
        match = _NAMED_BEHIND.match(self._text, number.end, stop)
        if match is None:
            return chunk
        phrase = read_phrase(chunk, self._words)
        if not phrase.bare or phrase.relation != "plain":
            return chunk
        self._end = match.end()
        return chunk.lstrip("、和及与") + match["name"]

    def _again(self, named: str, row: int) -> list[str]:
        """«…预算分别为A、B，决算分别为C、D»: the names of the row before, in the other role."""
        before = self._mentions[-row:]
        if self._shared != row or any(not m.plain or not m.phrase.wording for m in before):
            return items(named, self._words)
        return [mention.phrase.wording + named for mention in before]

    def _in_a_row(self, place: int) -> int:
        """How many amounts stand in a row from this one on, parted by nothing but a joint."""
        first = self._found[place]
        count, end = 1, first.end
        for other in self._found[place + 1 :]:
            if other.kind != first.kind or self._text[end : other.start] not in _JOINTS:
                break
            count, end = count + 1, other.end
        return count

    def _take(self, mention: Mention, opener: str) -> None:
        mention.depth = sum(frame.bracket for frame in self._stack)
        mention.label = mention.phrase.label
        if not mention.money or not mention.plain:
            mention.frame = self._stack[-1] if self._stack else None
            self._mentions.append(mention)
            if mention.money:
                self._context.compared(mention.phrase)
            return
        if opener:
            self._open_list(mention, opener)
        else:
            self._close_lists(mention)
        frame = self._stack[-1] if self._stack else None
        mention.frame = frame
        self._context.resolve(mention, frame)
        if frame is not None:
            frame.parts.append(mention)
            if len(frame.parts) > 1:
                frame.widest = max(frame.widest, mention.separator)
        self._mentions.append(mention)

    def _open_list(self, mention: Mention, opener: str) -> None:
        """A new 其中 speaks of the last amount; «按…分» divides a list's total once more."""
        total = self._last_plain()
        if opener.startswith("按") and self._stack and not self._stack[-1].bracket:
            total = self._stack[-1].total
            self._stack.pop()
        if mention.separator >= 4:
            while self._stack and not self._stack[-1].bracket:
                self._stack.pop()
        if total is not None:
            self._open(total, opener)

    def _close_lists(self, mention: Mention) -> None:
        self._doubt_nested(mention)
        while self._stack and not self._stack[-1].bracket and not self._fits(mention, self._stack[-1]):
            closed = self._stack.pop()
            if mention.phrase.bare:
                self._context.closed(closed)

    def _acts(self, phrase: Phrase) -> bool:
        """Whether a label begins with a verb: another deed, not another part of the list."""
        return phrase.subject is None and phrase.label.startswith(self._words.words["acts"])

    def _doubt_nested(self, mention: Mention) -> None:
        """A nameless amount behind a list in a list can belong to either, unless delimiters tell."""
        depth = next((i for i, frame in enumerate(reversed(self._stack)) if frame.bracket), len(self._stack))
        lists = self._stack[len(self._stack) - depth :]
        if len(lists) < 2 or mention.phrase.subject is not None or mention.separator in (1, 4):
            return
        inner = lists[-1]
        if len(inner.parts) < 2 or mention.separator <= max(inner.widest, 1):
            for frame in lists:
                frame.ambiguous = True

    def _fits(self, mention: Mention, frame: Frame) -> bool:
        """Whether an amount goes on with a list; when in doubt it doesn't."""
        total, phrase = frame.total, mention.phrase
        if total is None or mention.separator >= 4:
            return False
        subject = None if total.subject == "income" else phrase.subject
        if subject is not None and total.subject not in (None, UNKNOWN):
            inside = self._words.descends(subject, total.subject)
            return inside or (total.subject == "project_expenditure" and subject not in _NOT_OF_PROJECTS)
        if subject is not None and any(self._words.descends(part.subject, subject) for part in frame.parts):
            return False
        if len(frame.parts) >= 2 and mention.separator > max(frame.widest, 1):
            return False
        if self._acts(phrase) and not any(self._acts(part.phrase) for part in frame.parts):
            return False
        if phrase.bare and not (len(frame.parts) == 1 or mention.separator <= frame.widest):
            return False
        return not phrase.dated or self._context.absolute(phrase) == total.year


def _rank(between: str) -> int:
    """4 full stop, 3 semicolon, 2 comma, 1 anything less."""
    ranks = ((4, _FULL_STOP), (3, _SEMICOLON), (2, _COMMA))
    return next((rank for rank, pattern in ranks if pattern.search(between)), 1)
