"""The narrative's vocabulary: which words name which figure, read once from narrative.toml.

Matching is over folded text (see `sentences.fold`). A region adds its own wordings with `with_wordings`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from extract.forms.sentences import fold

_BRACKETED = re.compile(r"\([^()]*\)")
Group = dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Subject:
    """What an amount can be about. `parent` is the subject whose sum it is a part of, `inside` are
    wordings that name it only in a list of its parent's."""

    code: str
    wordings: tuple[str, ...]
    parent: str | None = None
    strict: bool = False
    silent: bool = False
    inside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class NarrativeWords:
    """The whole vocabulary; compared by identity, so that what is compiled from it can be kept."""

    subjects: dict[str, Subject]
    words: Group
    headcount: Group
    marks: Group
    classes: Group

    def with_wordings(self, extra: Mapping[str, Sequence[str]]) -> NarrativeWords:
        """The same with a region's own wordings, plain words by code; unknown codes raise ValueError."""
        subjects, classes = dict(self.subjects), dict(self.classes)
        headcount = dict(self.headcount)
        for code, wordings in extra.items():
            added = tuple(re.escape(_BRACKETED.sub("", fold(word))) for word in wordings)
            if code in subjects:
                known = subjects[code]
                subjects[code] = replace(known, wordings=added + known.wordings)
            elif code in classes:
                classes[code] = added + classes[code]
            elif code in ("authorized", "on_duty"):
                headcount[code] = added + headcount[code]
            else:
                raise ValueError(f"叙述部分没有“{code}”这一项")
        return replace(self, subjects=subjects, classes=classes, headcount=headcount)

    def inside(self, label: str, total: str | None) -> str | None:
        """The subject that a short label names within a list of a known total: 接待费 among 三公."""
        for code, subject in self.subjects.items():
            if (
                total is not None
                and subject.parent == total
                and any(re.fullmatch(w, label) for w in subject.inside)
            ):
                return code
        return None

    def descends(self, code: str | None, ancestor: str | None) -> bool:
        """Whether a subject is a part, at any depth, of another."""
        while code is not None and code in self.subjects:
            code = self.subjects[code].parent
            if code is not None and code == ancestor:
                return True
        return False


@cache
def default_words() -> NarrativeWords:
    """The vocabulary that comes with the program."""
    with Path(__file__).with_name("narrative.toml").open("rb") as file:
        table: dict[str, Any] = tomllib.load(file)
    subjects = {
        code: Subject(
            code,
            tuple(entry["wordings"]),
            entry.get("parent"),
            entry.get("strict", False),
            entry.get("silent", False),
            tuple(entry.get("inside", ())),
        )
        for code, entry in table["subjects"].items()
    }
    marks = {name: tuple(words) for name, words in table["marks"].items() if name != "classes"}
    return NarrativeWords(
        subjects, _group(table["words"]), _group(table["headcount"]), marks, _group(table["marks"]["classes"])
    )


def _group(table: Mapping[str, Sequence[str]]) -> Group:
    return {name: tuple(words) for name, words in table.items()}


def alternation(wordings: Sequence[str]) -> str:
    """One pattern for many, longer wordings first."""
    return "|".join(sorted(wordings, key=len, reverse=True))
