"""Facts from a seed: a department whose every figure ties out with every other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from random import Random

from samples.facts import Building, Expense, Facts, Funding, Indicator, Project, claims
from samples.invented import DONE, DUTIES, GOALS, PEOPLE, REASONS, THRIFT, TRADES, Trade

CENT = Decimal("0.01")
YUAN_CENT = Decimal("0.000001")
TEN = Decimal(10)


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a sample is to be. `step` is one unit of its money's last printed place, in 万元; `size` scales
    all its amounts; `cost` puts 成本指标 beside 产出 (`own`) or inside it (`within`); `dashes` leaves
    what isn't there unprinted, `forms` adds a form a project, `weak` misses many targets."""

    slug: str
    wording: str
    place: str
    level: str
    trade: str
    seed: int
    year: int = 2024
    step: Decimal = CENT
    size: int = 100
    government_fund: bool = False
    cost: str = "within"
    dashes: bool = False
    forms: bool = False
    weak: bool = False


def facts(recipe: Recipe) -> Facts:
    """The submission of the recipe: the same seed gives the same facts."""
    dice = Random(recipe.seed)
    trade = TRADES[recipe.trade]
    words = _words(trade, recipe)
    authorized = dice.randint(24, 90)
    on_duty = authorized - dice.randint(0, 4)
    expenses = _expenses(dice, recipe, trade)
    basic = _economic(dice, recipe, _row(expenses, "operating").final or Decimal(0))
    funding = _funding(
        dice, recipe, sum(basic.values(), Decimal(0)), _row(expenses, "project").final or Decimal(0)
    )
    indicators = _indicators(dice, trade, recipe.cost, recipe.weak)
    total = sum((row.score for row in indicators), funding.score)
    variant = dice.randrange(2)
    done = Facts(
        slug=recipe.slug,
        wording=recipe.wording,
        department=recipe.place + trade.name,
        department_code=str(dice.randint(101, 899)) + "001",
        place=recipe.place,
        level=recipe.level,
        year=recipe.year,
        narrative_year=recipe.year,
        report_date=date(recipe.year + 1, dice.randint(3, 6), dice.randint(1, 28)),
        people=tuple(dice.sample(PEOPLE, 4)),
        duties=tuple(duty.format(**words) for duty in DUTIES),
        authorized=Decimal(authorized),
        on_duty=Decimal(on_duty),
        control_rate=ratio(Decimal(on_duty), Decimal(authorized)),
        expenses=expenses,
        buildings=_buildings(dice),
        thrift=THRIFT[variant],
        funding=funding,
        expected=GOALS[variant].format(**words),
        actual=DONE[variant].format(**words),
        indicators=indicators,
        total_score=total,
        grade=grade(total),
        said={},
        projects=_projects(dice, expenses, trade) if recipe.forms else (),
    )
    return replace(done, said=claims(done) | basic | {"basic_expenditure": sum(basic.values(), Decimal(0))})


def ratio(part: Decimal, whole: Decimal) -> Decimal:
    """part / whole, to a hundredth of a per cent."""
    return (part / whole).quantize(Decimal("0.0001"), ROUND_HALF_UP)


def grade(total: Decimal) -> str:
    """优 from 90, 良 from 80, 中 from 60, else 差."""
    return "优" if total >= 90 else "良" if total >= 80 else "中" if total >= 60 else "差"


def _words(trade: Trade, recipe: Recipe) -> dict[str, str]:
    words = {"field": trade.field, "served": trade.served, "level": recipe.level}
    for index, (deed, unit, count) in enumerate(trade.deeds):
        words |= {f"deed{index}": deed, f"unit{index}": unit, f"count{index}": str(count)}
    return words


def _money(dice: Random, recipe: Recipe, low: int, high: int) -> Decimal:
    """An amount between the two, both in hundredths of the recipe's size."""
    units = int(recipe.size / recipe.step)
    return dice.randint(low * units // 100, high * units // 100) * recipe.step


def _row(rows: tuple[Expense, ...], item: str) -> Expense:
    return next(row for row in rows if row.item == item)


def _falling(dice: Random, recipe: Recipe, item: str, low: int, high: int, name: str = "") -> Expense:
    """A row that spent less than planned, and less than the year before."""
    final = _money(dice, recipe, low, high)
    budget = final + _money(dice, recipe, 0, max(low // 20, 1))
    return Expense(item, budget + _money(dice, recipe, 0, 2), budget, final, name)


def _total(item: str, rows: list[Expense]) -> Expense:
    return Expense(
        item,
        sum((row.prior_final or Decimal(0) for row in rows), Decimal(0)),
        sum((row.budget or Decimal(0) for row in rows), Decimal(0)),
        sum((row.final or Decimal(0) for row in rows), Decimal(0)),
    )


def _expenses(dice: Random, recipe: Recipe, trade: Trade) -> tuple[Expense, ...]:
    nothing = None if recipe.dashes else recipe.step * 0
    purchase = Expense("vehicle_purchase", nothing, nothing, nothing)
    running = _falling(dice, recipe, "vehicle_running", 3, 6)
    overseas = Expense("overseas", nothing, nothing, nothing)
    reception = _falling(dice, recipe, "reception", 2, 4)
    vehicles = _total("vehicles", [purchase, running])
    projects = [
        _falling(dice, recipe, "project_business", 60, 180),
        _falling(dice, recipe, "project_operations", 30, 90),
        *(_falling(dice, recipe, "project_special", 80, 260, name) for name in trade.funds),
    ]
    operating = _falling(dice, recipe, "operating", 70, 120)
    adjusted = recipe.step * -dice.randint(100, 900) if recipe.dashes else _money(dice, recipe, 1, 4)
    return (
        _total("three_public", [vehicles, overseas, reception]),
        vehicles,
        purchase,
        running,
        overseas,
        reception,
        _total("project", projects),
        *projects,
        operating,
        _falling(dice, recipe, "office", 10, 20),
        _falling(dice, recipe, "utilities_travel", 8, 16),
        _falling(dice, recipe, "meeting_training", 3, 8),
        _falling(dice, recipe, "procurement", 40, 90),
        Expense("basic_adjustment", recipe.step * 0, adjusted, adjusted),
    )


def _economic(dice: Random, recipe: Recipe, operating: Decimal) -> dict[str, Decimal]:
    """Basic spending by economic class; goods and services are the operating row."""
    return {
        "wages": _money(dice, recipe, 300, 700),
        "goods_services": operating,
        "transfers": _money(dice, recipe, 20, 90),
        "debt_interest": recipe.step * 0,
        "capital": _money(dice, recipe, 1, 6),
        "other_expenditure": recipe.step * 0,
    }


def _funding(dice: Random, recipe: Recipe, basic: Decimal, project: Decimal) -> Funding:
    executed = basic + project
    annual = executed + _money(dice, recipe, 5, 30)
    initial = annual - _money(dice, recipe, 10, 60)
    fund = _money(dice, recipe, 5, 40) if recipe.government_fund else recipe.step * 0
    rate = ratio(executed, annual)
    nothing = None if recipe.dashes else recipe.step * 0
    return Funding(
        initial_budget=initial,
        annual_budget=annual,
        executed=executed,
        weight=TEN,
        execution_rate=rate,
        score=(TEN * rate).quantize(CENT, ROUND_HALF_UP),
        general_public_budget=executed - fund,
        government_fund=fund,
        special_account=nothing,
        other=nothing,
        basic=basic,
        project=project,
    )


def _buildings(dice: Random) -> tuple[Building, ...]:
    approved, planned = Decimal(dice.randint(8, 30) * 100), Decimal(dice.randint(80, 300))
    actual, paid = approved - dice.randint(0, 40), planned - dice.randint(0, 9)
    return (Building(approved, actual, ratio(actual, approved), planned, paid, ratio(paid, planned)),)


def _indicators(dice: Random, trade: Trade, cost: str, weak: bool) -> tuple[Indicator, ...]:
    """Ninety points: output 50, benefit 30, satisfaction 10; or output 40, cost 10 and the rest alike."""
    rows = []
    for deed, unit, count in trade.deeds:
        done = count + (count * dice.randint(0, 15)) // 100
        rows.append(_met("产出指标", "数量指标", deed, f"≥{count}{unit}", f"{done}{unit}", "6"))
    rows += [
        _met(
            "产出指标", "质量指标", f"{trade.field}项目验收合格率", "≥95%", f"{dice.randint(95, 100)}%", "8"
        ),
        _met("产出指标", "质量指标", "资金使用合规率", "100%", "100%", "4.5"),
        _met("产出指标", "时效指标", "年度任务按时完成率", "≥95%", f"{dice.randint(95, 100)}%", "9.5"),
    ]
    spent = dice.randint(90, 100)
    level1, level2 = ("成本指标", "经济成本指标") if cost == "own" else ("产出指标", "成本指标")
    controlled = _met(level1, level2, "项目成本控制率", "≤100%", f"{spent}%", "10")
    rows += [
        *([controlled] if cost == "within" else []),
        _met("效益指标", "经济效益指标", f"带动{trade.field}相关产值增长率", "≥5%", "5.8%", "8"),
        _met("效益指标", "社会效益指标", f"{trade.field}政策知晓率", "≥90%", f"{dice.randint(90, 97)}%", "7"),
        _met("效益指标", "生态效益指标", "公共机构能耗下降率", "≥2%", "2.1%", "7.5"),
        _met("效益指标", "可持续影响指标", f"{trade.field}长效机制覆盖率", "≥90%", "92%", "7.5"),
        _met(
            "满意度指标",
            "服务对象满意度指标",
            f"{trade.served}满意度",
            "≥90%",
            f"{dice.randint(91, 97)}%",
            "10",
        ),
        *([controlled] if cost == "own" else []),
    ]
    short = (0, 1, 2, 3, 5) if weak else (dice.randrange(3),)
    for index in short:
        rows[index] = _missed(rows[index], "0.5" if weak else "0.92", dice.choice(REASONS))
    return tuple(rows)


def _missed(row: Indicator, share: str, reason: str) -> Indicator:
    """The same indicator, missed by half of what lacks to the share; it scores the share, to half a point."""
    number = "".join(filter(str.isdigit, row.target))
    reached = int(int(number) * (Decimal(share) + 1) / 2)
    score = (row.weight * Decimal(share) * 2).to_integral_value(ROUND_FLOOR) / 2
    unit = row.target.removeprefix(f"≥{number}")
    return replace(row, actual=f"{reached}{unit}", score=score, deviation=reason)


def _met(level1: str, level2: str, level3: str, target: str, actual: str, points: str) -> Indicator:
    return Indicator(level1, level2, level3, target, actual, Decimal(points), Decimal(points))


def _projects(dice: Random, expenses: tuple[Expense, ...], trade: Trade) -> tuple[Project, ...]:
    """A form for every project row, so that the forms add up to project spending."""
    rows = [row for row in expenses if row.item.startswith("project_")]
    names = {
        "project_business": f"{trade.field}业务工作经费",
        "project_operations": f"{trade.field}运行维护经费",
    }
    return tuple(_project(dice, row, row.name or names[row.item], trade) for row in rows)


def _project(dice: Random, row: Expense, name: str, trade: Trade) -> Project:
    annual, executed = row.budget or Decimal(0), row.final or Decimal(0)
    rate = ratio(executed, annual)
    score = (TEN * rate).quantize(CENT, ROUND_HALF_UP)
    funding = Funding(annual, annual, executed, TEN, rate, score)
    deed, unit, count = trade.deeds[dice.randrange(3)]
    indicators = (
        _met("产出指标", "数量指标", deed, f"≥{count}{unit}", f"{count}{unit}", "30"),
        _met("产出指标", "质量指标", "验收合格率", "≥95%", "96%", "20"),
        _met("效益指标", "社会效益指标", f"{trade.served}受益率", "≥90%", "93%", "30"),
        _met("满意度指标", "服务对象满意度指标", f"{trade.served}满意度", "≥90%", "95%", "10"),
    )
    total = sum((row.score for row in indicators), score)
    return Project(
        name,
        funding,
        f"完成{deed}{count}{unit}。",
        f"已完成{deed}{count}{unit}。",
        indicators,
        total,
        grade(total),
    )
