"""The one vocabulary: which wordings mean which code, as data, with room for a region's own."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from extract.forms.narrative_words import NarrativeWords, default_words
from extract.forms.wording import HAN, label

STANDARD = Path(__file__).with_name("vocabulary.toml")

_BARE_NUMBER = re.compile(rf"^\d(?=[{HAN}]{{3}})")
"""A numbering whose point was never typed, or not recognised: «2因公出国（境）费»."""

Wordings = Mapping[str, Mapping[str, tuple[str, ...]]]


class BadVocabularyError(ValueError):
    """A vocabulary file that can't be used; its text is Chinese and names file and remedy."""


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """`patterns[block][code]` fits a label in its normal form; `sentences` are the narrative's words."""

    patterns: Mapping[str, Mapping[str, re.Pattern[str]]]
    sentences: NarrativeWords
    _seen: dict[tuple[str, str], str | None]

    def code(self, block: str, text: str) -> str | None:
        """The code that `text` stands for in a block, or None.

        >>> standard().code("expenses", "1、公务用车购置和维护经费：")
        'vehicles'
        """
        key = (block, text)
        try:
            return self._seen[key]
        except KeyError:
            return self._seen.setdefault(key, self._match(block, label(text)))

    def _match(self, block: str, words: str) -> str | None:
        if not words or len(words) > 40:
            return None
        patterns = self.patterns[block].items()
        for known in dict.fromkeys((words, _BARE_NUMBER.sub("", words))):
            for code, pattern in patterns:
                if pattern.fullmatch(known):
                    return code
        return None


@cache
def standard() -> Vocabulary:
    """The vocabulary that comes with gouji."""
    return _compiled(_read(STANDARD), default_words())


def load(extra: Path | None) -> Vocabulary:
    """The standard vocabulary, with the wordings of one more file tried first.

    The file has the standard file's shape; its block `narrative` adds plain words for the figures of
    sentences, by their codes. Raises BadVocabularyError for any other file.
    """
    if extra is None:
        return standard()
    known = _read(STANDARD)
    added = dict(_read(extra))
    sentences = _sentences(extra, added.pop("narrative", {}))
    for block, codes in added.items():
        for code, wordings in codes.items():
            if code not in known.get(block, {}):
                raise BadVocabularyError(
                    f"{extra}：没有 [{block}] {code} 这一栏。请改用自带词表的栏目和代码。"
                )
            _check_patterns(f"{extra}：[{block}] {code}", wordings)
    merged = {
        block: {code: (*added.get(block, {}).get(code, ()), *wordings) for code, wordings in codes.items()}
        for block, codes in known.items()
    }
    return _compiled(merged, sentences, first=added)


def _sentences(path: Path, wordings: Mapping[str, tuple[str, ...]]) -> NarrativeWords:
    try:
        return default_words().with_wordings(wordings)
    except ValueError as error:
        raise BadVocabularyError(f"{path}：[narrative] {error}。请改用叙述部分已有的代码。") from error


def _read(path: Path) -> Wordings:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        message = f"{path}：词表读不出来（{error}）。请按自带词表的格式（TOML，UTF-8）改正。"
        raise BadVocabularyError(message) from error
    for block, codes in data.items():
        if not isinstance(codes, dict) or not all(_is_wordings(value) for value in codes.values()):
            raise BadVocabularyError(f'{path}：[{block}] 应为 代码 = ["说法", …]。请按自带词表的格式改正。')
    return {block: {code: tuple(words) for code, words in codes.items()} for block, codes in data.items()}


def _is_wordings(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(word, str) and word for word in value)


def _compiled(wordings: Wordings, sentences: NarrativeWords, first: Wordings | None = None) -> Vocabulary:
    """Codes are tried in the file's order; those that a region's file names come before all others."""
    patterns = {}
    for block, codes in wordings.items():
        early = (first or {}).get(block, {})
        ordered = [*early, *(code for code in codes if code not in early)]
        patterns[block] = {code: _pattern(codes[code]) for code in ordered}
    return Vocabulary(patterns, sentences, {})


def _check_patterns(where: str, wordings: tuple[str, ...]) -> None:
    for words in wordings:
        try:
            re.compile(words)
        except re.error as error:
            message = f"{where} 的说法「{words}」写错了（{error}）。请改正括号等符号。"
            raise BadVocabularyError(message) from error


def _pattern(wordings: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{words})" for words in wordings))
