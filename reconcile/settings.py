"""What a bureau may set: thresholds, how grave a rule is, which rules are off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from reconcile.finding import Severity


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for one report: the share by which a budget may be adjusted, the multiple of a target
    from which it was set too low, the share of sentences from which a narrative is a copy; severities
    other than the rules' own by code, and the codes of rules that are off."""

    adjustment_limit: Decimal = Decimal("0.2")
    overshoot: Decimal = Decimal("1.3")
    copied_share: Decimal = Decimal("0.8")
    severities: Mapping[str, Severity] = field(default_factory=dict)
    off: frozenset[str] = frozenset()
