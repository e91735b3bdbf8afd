"""A bureau's settings file, read: what it says of all reports, and of those of some years and regions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from hashlib import sha256
from typing import Any

from extract.bureau import department_key
from extract.report import Report
from reconcile.finding import Severity
from reconcile.settings import Settings

Threshold = Decimal | tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What one block of the file sets, and for which reports: of these years (all, where none is named),
    of departments whose name or 预算编码 begins with one of these words (all, where none is named)."""

    thresholds: Mapping[str, Threshold] = field(default_factory=dict)
    severities: Mapping[str, Severity] = field(default_factory=dict)
    off: frozenset[str] = frozenset()
    on: frozenset[str] = frozenset()
    years: tuple[int, ...] = ()
    regions: tuple[str, ...] = ()

    def holds_for(self, report: Report) -> bool:
        if self.years and report.fiscal_year not in self.years:
            return False
        whose = (department_key(report.department), department_key(report.department_code or ""))
        beginnings = tuple(map(department_key, self.regions))
        return not beginnings or any(name.startswith(beginnings) for name in whose)


@dataclass(frozen=True, slots=True)
class Rulebook:
    """A settings file: its blocks in order, its name and its text. Without blocks everything is as it
    comes with gouji."""

    changes: tuple[Change, ...] = ()
    name: str = ""
    text: str = ""

    @property
    def label(self) -> str:
        """«岳州.toml（9f2c41ab）»: the file's name and how its text's hash begins; empty without one."""
        return f"{self.name}（{sha256(self.text.encode()).hexdigest()[:8]}）" if self.name else ""

    def settings_for(self, report: Report) -> Settings:
        """What holds for a report: the later of two blocks that fit it overrides the earlier."""
        return self._merged([change for change in self.changes if change.holds_for(report)])

    def everywhere(self) -> Settings:
        """What holds where no block for years or regions fits."""
        return self._merged([one for one in self.changes if not one.years and not one.regions])

    def _merged(self, changes: list[Change]) -> Settings:
        values: dict[str, Any] = {}
        severities: dict[str, Severity] = {}
        off: frozenset[str] = frozenset()
        for change in changes:
            values |= change.thresholds
            severities |= change.severities
            off = (off - change.on) | change.off
        return Settings(**values, severities=severities, off=off, source=self.label)


STANDARD = Rulebook()
"""Everything as it comes with gouji."""
