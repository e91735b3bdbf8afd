"""What an indicator's names say of its values: whether more is better, or less, and what «下降3%» means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from extract.forms.wording import compact

Way = Literal["more", "less", "either"]

_MORE = re.compile(
    r"(?:处理|处置|办结|办理|整改|回复|答复|化解|调处|调解|查处|查办|消除|纠正|追回|受理|解决|结案|完成|达标|合格|满意|及时|降低|下降|减少|破案|挽回|支出|支付|拨付)"
    r"(?:完成|到位|达标|及时)?(?:率|进度)"
)
_HANDLED = re.compile(
    r"演练|热线|宣传|培训|教育|排查|查处|查办|打击|处理|处置|接待|检查|整治|整改|预防|防范|调解|化解|渠道|平台|救助|慰问|报告|办理|监测|帮扶|救治|补贴|补助|保障|服务|修复|治理|人员|人口|盘活|利用"
)
_EITHER = re.compile(
    r"控制率|偏差|偏离|结余|结转|变动率|变化率|天数|时长|三公|负债|债务|降低|下降|减少|压减|节约|节支|节省|预算|密度"
)
_LESS = re.compile(
    r"投诉|差错|错误|失误|事故|违规|违法|违纪|发案|死亡|伤亡|超支|上访|信访|逾期|延误|缺陷|返工|退回|拖欠|时限|响应时间|办结时间|能耗|水耗|电耗|排放|浓度|噪声|失业|返贫|辍学|"
    r"发病|患病|感染|漏损|损耗|空置|闲置|等待"
)
_SPENDING = re.compile(r"费(?!用?减免)|支出|造价|单价|价格")
_COST = "成本"


@dataclass(frozen=True, slots=True)
class Bearing:
    """`way` says which values are good where the target has no operator, `falls` and `rises` that the
    name itself is of a fall («能耗降低率») or a growth («收入增长率»), `cost` that money is spent on it."""

    way: Way
    falls: bool = False
    rises: bool = False
    cost: bool = False


@lru_cache(maxsize=2048)
def bearing_of(level1: str, level2: str, level3: str) -> Bearing:
    """Which way an indicator points, by its names.

    >>> bearing_of("产出指标", "质量指标", "群众投诉率").way
    'less'
    """
    name, levels = compact(level3) or compact(level2), compact(level1 + level2)
    rises = re.search(r"增长|增幅|增加|提高|提升|上升", name) is not None
    falls = re.search(r"降低|下降|减少|降幅|压减", name) is not None
    cost = _COST in levels or _COST in name
    return Bearing(_way(name, cost), falls, rises, cost)


def _way(name: str, cost: bool) -> Way:
    if _MORE.search(name):
        return "more"
    if _EITHER.search(name):
        return "either"
    if _LESS.search(name):
        return "either" if _HANDLED.search(name) else "less"
    if cost:
        return "less"
    return "either" if _SPENDING.search(name) else "more"
