"""Why a file was not read: a value for the outside, an exception only between a reader and the file loop."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Reason = Literal[
    "not_a_document",
    "empty",
    "truncated",
    "too_large",
    "hostile",
    "encrypted",
    "needs_ocr",
    "unsupported",
    "lock_file",
    "no_access",
    "no_table",
    "two_departments",
    "no_year",
    "no_department",
    "timeout",
    "crashed",
    "broken",
]


@dataclass(frozen=True, slots=True)
class Failure:
    """A file or folder that was not read: `path` as the user gave it, `message` and `remedy` in Chinese."""

    path: str
    reason: Reason
    message: str
    remedy: str

    def printed(self) -> str:
        return f"{self.path}：{self.message}。{self.remedy}"


class Unreadable(Exception):
    """Raised by a reader that can't go on; the file loop turns it into a Failure."""

    def __init__(self, reason: Reason, message: str, remedy: str) -> None:
        super().__init__(message)
        self.reason: Reason = reason
        self.message = message
        self.remedy = remedy

    def __reduce__(self) -> tuple[type[Unreadable], tuple[Reason, str, str]]:
        return (Unreadable, (self.reason, self.message, self.remedy))
