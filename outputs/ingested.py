"""What `ingest` and `check` say: a line a submission, a line a file that was not read, a closing summary."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace

from models import store_settings
from models.store_read import Database
from outcome import Outcome
from outputs import wording
from outputs.ending import FLAGGED, OK, UNREAD, gravest
from reconcile.finding import Judgement
from reconcile.rulebook import Rulebook


def line(outcome: Outcome) -> str:
    """«云岭县水利局 2024年度 第1版 3个文件 有问题：错误2 核实1 提示0，已说明 1 处», or
    «未能读取：a.docx：…»."""
    if outcome.failure is not None:
        return f"未能读取：{outcome.failure.printed()}"
    words = []
    if outcome.report is not None:
        words += [outcome.report.department, f"{outcome.report.fiscal_year}年度"]
    if outcome.revision is not None:
        words.append(f"第{outcome.revision}版")
    if outcome.sources:
        words.append(f"{len(outcome.sources)}个文件")
    status = wording.STATUS[outcome.status]
    severities = _severities(outcome.judgement)
    words += ["所属单位报送后重新核对"] if outcome.again else []
    told = f"{status}：{wording.counted(severities)}" if severities else status
    return " ".join([*words, told + wording.explained(outcome.judgement)])


@dataclass(slots=True)
class Summary:
    """What the outcomes so far come to."""

    statuses: Counter[str] = field(default_factory=Counter)
    severities: Counter[str] = field(default_factory=Counter)
    verdicts: Counter[str] = field(default_factory=Counter)
    years: set[int] = field(default_factory=set)
    created: int = 0
    waived: int = 0
    told: dict[int, Outcome] = field(default_factory=dict)

    def add(self, outcome: Outcome) -> None:
        """Count an outcome; one of a submission judged again counts in the place of the one before it, and
        not at all where that was not of these."""
        number = outcome.submission_id
        if number is not None:
            before = self.told.get(number)
            if outcome.again and before is None:
                return
            if outcome.again and before is not None:
                self._take_off(before)
                outcome = replace(outcome, created=before.created)
            self.told[number] = replace(outcome, sources=(), report=None)
        severities = _severities(outcome.judgement)
        self.statuses[outcome.status] += 1
        self.severities.update(severities)
        for tally in outcome.judgement.tallies if outcome.judgement else ():
            self.verdicts.update({verdict: getattr(tally, verdict) for verdict in wording.VERDICT})
        self.created += outcome.created
        self.waived += sum(one.waived for one in outcome.judgement.findings) if outcome.judgement else 0
        if outcome.report is not None and outcome.report.fiscal_year is not None:
            self.years.add(outcome.report.fiscal_year)

    def _take_off(self, outcome: Outcome) -> None:
        one = Summary()
        one.add(replace(outcome, again=False))
        self.statuses -= one.statuses
        self.severities -= one.severities
        self.verdicts -= one.verdicts
        self.created -= one.created
        self.waived -= one.waived

    @property
    def code(self) -> int:
        """The exit code that these outcomes come to."""
        return gravest(UNREAD if self.statuses["failed"] else OK, FLAGGED if self.severities.total() else OK)

    @property
    def submissions(self) -> int:
        return self.statuses.total() - self.statuses["failed"]

    def ingested(self) -> str:
        """«共 12 份报告：新入库 10 份，无变化 2 份；…»."""
        unchanged, failed = self.statuses["unchanged"], self.statuses["failed"]
        return (
            f"共 {self.submissions} 份报告：新入库 {self.created} 份，无变化 {unchanged} 份；"
            f"{self._judged()}；未能读取的文件 {failed} 个。"
        )

    def checked(self) -> str:
        return f"重新核对 {self.submissions} 份报告：{self._judged()}。"

    def compared(self) -> str:
        """«核对 812 处：相符 790 处，…»; empty where nothing was compared."""
        return wording.compared(self.verdicts) if self.verdicts.total() else ""

    def _judged(self) -> str:
        counts = "、".join(f"{word} {self.severities[code]}" for code, word in wording.SEVERITY.items())
        waived = f"，已说明 {self.waived} 处" if self.waived else ""
        flagged, incomplete = self.statuses["flagged"], self.statuses["incomplete"]
        return f"有问题 {flagged} 份，材料不全 {incomplete} 份（{counts}）{waived}"


def _severities(judgement: Judgement | None) -> list[str]:
    return [one.severity.value for one in judgement.findings if one.flagged] if judgement else []


def by_which_settings(db: Database) -> str:
    """Which settings hold, and whether some of what is stored was judged by others; empty where nobody
    ever set anything."""
    kept = store_settings.in_force(db)
    label = Rulebook((), *kept).label if kept else ""
    others = store_settings.judged_otherwise(db, label)
    said = f"设置：{label or '缺省'}。" if label or others else ""
    return f"{said}另有 {others} 份报告是按别的设置核对的，要统一请运行 gouji check。" if others else said
