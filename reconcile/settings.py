"""What a bureau may set: thresholds, how grave a rule is, which rules are off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from reconcile.finding import Severity

SEVERITY_WORDS: Mapping[str, Severity] = {
    "错误": Severity.ERROR,
    "核实": Severity.WARNING,
    "提示": Severity.NOTICE,
}


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for one report: the share by which a budget may be adjusted, the multiple of a target
    from which it was set too low, the share of sentences from which a narrative is a copy; severities
    other than the rules' own by code, and the codes of rules that are off; the least points of 优, 良 and 中.
    `source` names the file that says so, empty where nobody set anything.
    """

    adjustment_limit: Decimal = Decimal("0.2")
    overshoot: Decimal = Decimal("1.3")
    copied_share: Decimal = Decimal("0.8")
    severities: Mapping[str, Severity] = field(default_factory=dict)
    off: frozenset[str] = frozenset()
    grade_bands: tuple[Decimal, ...] = (Decimal(90), Decimal(80), Decimal(60))
    source: str = ""

    def stated(self, titles: Mapping[str, str]) -> str:
        """In Chinese, for whoever reads the judgement later: the file, then a line for each kind of thing
        it sets otherwise; empty where nobody set anything. `titles` are the rules' by their codes."""
        if not self.source:
            return ""
        plain = Settings()
        values = "，".join(
            f"{name} {said(getattr(self, key))}"
            for key, name in THRESHOLDS.items()
            if getattr(self, key) != getattr(plain, key)
        )
        words = {severity: word for word, severity in SEVERITY_WORDS.items()}
        severities = "、".join(
            f"{titles[code]}（{code}）为{words[self.severities[code]]}"
            for code in titles
            if code in self.severities and code not in self.off
        )
        off = "、".join(f"{title}（{code}）" for code, title in titles.items() if code in self.off)
        told = (("阈值", values), ("程度", severities), ("已关闭的规则", off))
        return "\n".join([self.source, *(f"{what}：{words}" for what, words in told if words)])


THRESHOLDS: Mapping[str, str] = {
    "adjustment_limit": "预算调整幅度",
    "overshoot": "指标值偏低的倍数",
    "copied_share": "雷同句子的比例",
    "grade_bands": "优、良、中的最低分",
}


def said(value: Decimal | tuple[Decimal, ...]) -> str:
    """A threshold as it would be written down."""
    return f"{value:f}" if isinstance(value, Decimal) else "、".join(f"{one:f}" for one in value)
