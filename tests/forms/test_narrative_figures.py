"""Sentences of the narrative to codes: what is read, and what must never be."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extract.quantity import Quantity
from tests.forms.narratives import narrative, told

READ = [
    # named behind the amount, or by the comparison before it
    (
        "支出101.7万元，其中71.5万元用于基本支出，30.2万元用于项目支出。",
        ["total_expenditure 101.7", "basic_expenditure 71.5", "project_expenditure 30.2"],
    ),
    ("2024年“三公”经费比预算节约1.3万元，全年实际支出5.2万元。", ["three_public.final 5.2"]),
    # the year's whole spending
    (
        "本年支出合计812.5万元，其中：基本支出500.3万元，占61.58%；项目支出312.2万元，占38.42%。",
        ["total_expenditure 812.5", "basic_expenditure 500.3", "project_expenditure 312.2"],
    ),
    (
        "2024年支出：640.32万元。其中：人员经费支出300万元，公用经费支出40.32万元，项目支出300万元。",
        ["total_expenditure 640.32", "project_expenditure 300"],
    ),
    (
        "2024年预算总金额930万元其中：基本支出600万元，项目支出330万元。完成率均达到100%。",
        ["total_expenditure.budget 930", "basic_expenditure.budget 600", "project_expenditure.budget 330"],
    ),
    (
        "2024年我單位支出總計1,034.56萬元，其中：基本支出1,000.00萬元，項目支出34.56萬元。",
        ["total_expenditure 1034.56", "basic_expenditure 1000", "project_expenditure 34.56"],
    ),
    (
        "２０２４年总支出１，２００．５０万元，由基本支出９００万元和项目支出３００．５万元构成。",
        ["total_expenditure 1200.5", "basic_expenditure 900", "project_expenditure 300.5"],
    ),
    (
        "2024年部门预算支出900万元，其中：基本支出500万元，项目支出400万元；"
        "实际支出850万元，其中：基本支出490万元，项目支出360万元。",
        [
            "total_expenditure.budget 900",
            "basic_expenditure.budget 500",
            "project_expenditure.budget 400",
            "total_expenditure 850",
            "basic_expenditure 490",
            "project_expenditure 360",
        ],
    ),
    (
        "2024年预算安排如下：基本支出7万元，项目支出6万元。",
        ["basic_expenditure.budget 7", "project_expenditure.budget 6"],
    ),
    (
        "2024年基本支出和项目支出分别为71.5万元、30.2万元。",
        ["basic_expenditure 71.5", "project_expenditure 30.2"],
    ),
    ("2023年当年预算执行数为50万元，2024年预算安排55万元。", ["total_expenditure.budget 55"]),
    ("基本支出预算 5000000 元，同比减少 200000 元，下降 3.85 %。", ["basic_expenditure.budget 500"]),
    # budgets approved by somebody, adjusted, and the whole told behind its parts
    (
        "2024年，本部门年初预算安排1500万元，调整后预算数1600万元，决算支出1580万元，预算执行率98.75%。",
        ["total_expenditure.budget 1500", "total_expenditure 1580"],
    ),
    ("2024年，县财政局批复我局部门预算1500万元。", ["total_expenditure.budget 1500"]),
    (
        "项目支出年初预算500万元，年中追加100万元，全年预算600万元，实际支出450万元。",
        ["project_expenditure.budget 500", "project_expenditure 450"],
    ),
    (
        "2024年基本支出500.3万元、项目支出312.2万元，支出共计812.5万元。",
        ["basic_expenditure 500.3", "project_expenditure 312.2", "total_expenditure 812.5"],
    ),
    (
        "2024年部门预算1500万元（其中：基本支出1000万元、项目支出500万元），"
        "实际支出1400万元（其中：基本支出950万元、项目支出450万元）。",
        [
            "total_expenditure.budget 1500",
            "basic_expenditure.budget 1000",
            "project_expenditure.budget 500",
            "total_expenditure 1400",
            "basic_expenditure 950",
            "project_expenditure 450",
        ],
    ),
    (
        "2024年度部门支出1380万元，分别为基本支出950万元、项目支出430万元。",
        ["total_expenditure 1380", "basic_expenditure 950", "project_expenditure 430"],
    ),
    (
        "2024年全年预算1500万元，1-12月累计支出1380万元。",
        ["total_expenditure.budget 1500", "total_expenditure 1380"],
    ),
    # the economic classes of basic spending
    ("2024年决算支出1400万元，其中：工资福利支出900万元，资本性支出500万元。", ["total_expenditure 1400"]),
    (
        "部门基本支出7015000元，其中工资福利支出（人员支出）6000000元，商品和服务支出（公用支出）1015000元。",
        ["basic_expenditure 701.5", "wages 600", "goods_services 101.5"],
    ),
    (
        "2024年基本支出8.5万元，比上年增加2万元，增长30.77%，其中：对个人和家庭的补助5万元、债务利息及费用支出0万元、"
        "资本性支出2.5万元、其他支出1万元。",
        [
            "basic_expenditure 8.5",
            "transfers 5",
            "debt_interest 0",
            "capital 2.5",
            "other_expenditure 1",
        ],
    ),
    (
        "按经济分类，基本支出中工资福利支出6万元，商品和服务支出2万元，资本性支出0.5万元。",
        ["wages 6", "goods_services 2", "capital 0.5"],
    ),
    ("2024年项目支出用于公共设施：商品和服务支出2万元，资本性支出3万元。", []),
    # 三公
    (
        "2024年度“三公”经费财政拨款支出年初预算为12万元，支出决算为9万元，完成预算的75%，其中：因公出国（境）费决算为0万元；"
        "公务用车购置及运行维护费支出决算为6万元；公务接待费支出决算为3万元。",
        [
            "three_public.budget 12",
            "three_public.final 9",
            "overseas.final 0",
            "vehicles.final 6",
            "reception.final 3",
        ],
    ),
    (
        "2024年，我局“三公”经费年初预算为6.5万元，支出决算为5.2万元，其中：公务用车购置及运行维护费预算为4万元，"
        "决算为3.5万元；公务接待费预算为2.5万元，决算为1.7万元。",
        [
            "three_public.budget 6.5",
            "three_public.final 5.2",
            "vehicles.budget 4",
            "vehicles.final 3.5",
            "reception.budget 2.5",
            "reception.final 1.7",
        ],
    ),
    (
        "2024年“三公”经费预算数、决算数分别为6.5万元、5.2万元。",
        ["three_public.budget 6.5", "three_public.final 5.2"],
    ),
    ("公务用车购置及运行费、因公出国（境）费2024年决算均为0万元。", ["vehicles.final 0", "overseas.final 0"]),
    (
        "“三公”经费预算6万元。公务用车购置及运行费、公务接待费预算分别为4万元、2万元，决算分别为3.5万元、1.5万元。",
        [
            "three_public.budget 6",
            "vehicles.budget 4",
            "reception.budget 2",
            "vehicles.final 3.5",
            "reception.final 1.5",
        ],
    ),
    (
        "2024年决算因公出国费0万元，公务接待费3万元，公车运行维护费6万元，合计9万元。",
        ["overseas.final 0", "reception.final 3", "vehicle_running.final 6", "three_public.final 9"],
    ),
    (
        "2024年“三公”经费预算12万元（上年13万元），决算9万元（上年10万元）。",
        ["three_public.budget 12", "three_public.final 9"],
    ),
    ("因公出国（境）费年初预算数和决算数均为0。", ["overseas.budget 0", "overseas.final 0"]),
    (
        "“三公”经费全年预算6万元，实际支出5.2万元。",
        ["three_public.budget 6", "three_public.final 5.2"],
    ),
    (
        "“三公”经费年初预算5万元，全年预算6万元，支出5.2万元。",
        ["three_public.budget 5", "three_public.final 5.2"],
    ),
    (
        "2023年“三公”经费决算数0.6万元，2024年预算数1.9万元，决算数0.7万元。",
        ["three_public.budget 1.9", "three_public.final 0.7"],
    ),
    (
        "“三公”经费全年支出5.2万，其中接待费1.7万，公车运行维护费3.5万。",
        ["three_public.final 5.2", "reception.final 1.7", "vehicle_running.final 3.5"],
    ),
    (
        "2024年“三公”经费预算总计12万元，其中公务接待费5万元；2023年“三公”经费合计支出8万元。",
        ["three_public.budget 12", "reception.budget 5"],
    ),
    (
        "2024年“三公”经费支出9万元，比上年累计支出12万元减少3万元，下降25%；因公出国(境)费用没有。",
        ["three_public.final 9", "overseas.final 无"],
    ),
    (
        "2024年“三公”经费支出9万元，较上年12减少3万元；公务接待费支出3万元，年初预算为5万元，差值为2万元。",
        ["three_public.final 9", "reception.final 3", "reception.budget 5"],
    ),
    (
        "公务接待费支出决算 3 万元，其中：国内公务接待支出 3 万（含外宾接待支出 0 万元），96人次。",
        ["reception.final 3"],
    ),
    (
        "2024年未发生因公出国（境）费用，公务用车购置费为零。",
        ["overseas.final 无", "vehicle_purchase.final 0"],
    ),
    # funds
    ("2024年全年政府性基金预算支出2.4万元。", ["government_fund 2.4"]),
    ("政府性基金拨款支出预算60万元，比2023年预算持平。", ["government_fund.budget 60"]),
    ("政府性基金预算本年收入60万元，支出55万元。", ["government_fund 55"]),
    ("本部门2024年度无政府性基金预算财政拨款收入和支出。", ["government_fund 无"]),
    ("本单位本年度没有国有资本经营预算收入和支出，故本表无数据。", ["state_capital 无"]),
    ("2024年度本单位没有使用政府性基金预算安排的支出。", ["government_fund 无"]),
    (
        "无政府性基金、国有资本经营预算、社会保险基金预算支出。",
        ["government_fund 无", "state_capital 无", "social_insurance 无"],
    ),
    (
        "2024年我单位无政府性基金预算支出、无国有资本经营预算支出、无社会保险基金预算支出。",
        ["government_fund 无", "state_capital 无", "social_insurance 无"],
    ),
    ("政府性基金预算支出情况：无。", ["government_fund 无"]),
    (
        "2024年国有资本经营预算支出为0，社会保险基金预算支出零支出。",
        ["state_capital 0", "social_insurance 0"],
    ),
    (
        "政府性基金预算支出0万元，国有资本经营预算支出0万元，社会保险基金预算支出0元。",
        ["government_fund 0", "state_capital 0", "social_insurance 0"],
    ),
]

NOT_READ = [
    "局属事业单位2024年支出300万元，其中基本支出200万元，项目支出100万元。",
    "2024年我局共收到财政拨款1400万元，其中基本支出拨款950万元，项目支出拨款450万元。",
    "截至2024年9月底，项目支出200万元，执行进度64%。",
    "一季度“三公”经费支出2万元；2024年1-9月基本支出300万元。",
    "2024年11月至12月项目支出20万元。",
    "组织干部下乡走访。2024年，支出12万元。",
    "开展春节走访慰问活动。2024年共支出12万元。",
    "2024年基本支出1000万元、执行950万元。",
    "一般公共服务（类）组织事务（款）行政运行（项）年初预算为30万元，支出决算为28万元，完成年初预算的93.33%。",
    "年初批复预算3个项目120万元（含2个延续项目80万元），调整预算后项目预算150万元，实际到位资金140万元。",
    "2024年度收入支出总计150万元，收支较上年决算数减少10万元,下降6.25%。",
    "收入总计150万元,支出总计150万元。",
    "收入预算37,151.47万元，其中：财政拨款收入37,000.00万元，比2023年预算增加100万元。",
    "2024年收入93.3万元，其中：一般公共预算拨款90万元，政府性基金3.3万元。",
    "项目支出包括阵地改造30万元，公寓修缮40万元。",
    "2024年宣传专项支出50万元，其中公务接待费2万元，差旅费3万元。",
    "2024年信息化建设项目支出50万元。",
    "2024年度我单位下属单位基本支出20万元，项目支出10万元。",
    "举办培训班18期，共支出经费12万元。",
    "压减三公经费，全年支出500万元。",
    "2024年“三公”经费支出决算数比2023年度减少3万元，下降25%，其中：公务接待费减少1万元。",
    "2024年“三公”经费支出XX万元，其中公务接待费***万元。",
    "因公出国(境)费  万元，占 %，比上年减少 万元。",
    "2024年公务接待费约3万元，控制在5万元以内。",
    "2024年基本支出700余万元，项目支出30-40万元。",
    "2024年公务接待费决算数与上年持平。",
    "2023年基本支出60万元，去年项目支出40万元。",
    "办公用房1000㎡，投资2600万元建设训练馆，发放补贴72.36万元，联系电话073012345678。",
    "账面负债从5.3亿元减至2921万元（实际负债1900万元，已核销1700万元），补助268名×2400元。",
    "培训党员1.2万名，惠及群众3万人次，2024926。",
    "2024年工资福利支出35万元，商品和服务支出23万元。",
    "2024 136.52万元为全年支出。",
    "2024年我单位无预算支出执行偏离绩效目标的情况。",
    "本单位加强管理，提高了服务水平。",
]


@pytest.mark.parametrize(("sentence", "expected"), READ, ids=[sentence[:24] for sentence, _ in READ])
def test_figures_read_from_a_sentence(sentence: str, expected: list[str]) -> None:
    assert told(narrative(sentence)) == expected


@pytest.mark.parametrize("sentence", NOT_READ, ids=[sentence[:24] for sentence in NOT_READ])
def test_what_is_no_figure_of_the_record(sentence: str) -> None:
    assert told(narrative(sentence)) == []


def test_the_general_budgets_spending_is_the_whole_where_there_is_no_other() -> None:
    general = "2024年一般公共预算支出1325万元，其中：基本支出900万元，项目支出425万元。"
    assert told(narrative(general, "无政府性基金预算支出。")) == [
        "total_expenditure 1325",
        "basic_expenditure 900",
        "project_expenditure 425",
        "government_fund 无",
    ]
    assert told(narrative(general, "2024年政府性基金预算支出55万元。")) == [
        "basic_expenditure 900",
        "government_fund 55",
    ]


def test_a_balance_with_money_carried_over_is_no_spending() -> None:
    found = narrative("2024年支出总计90万元，其中：基本支出50万元，项目支出30万元，年末结转10万元。")
    assert told(found) == ["basic_expenditure 50", "project_expenditure 30"]


def test_a_heading_says_what_bare_amounts_are_about() -> None:
    found = narrative(
        "三、“三公”经费支出情况",
        "（一）预算情况",
        "2024年年初预算数为4.4万元，决算数为3.3万元。",
        "四、政府性基金预算支出情况",
        "2024年支出1.2万元。",
        "（一）基本支出情况",
        "2024年支出88.8万元，主要用于人员。",
        "1.工资福利支出66.6万元。",
        "2.商品和服务支出22.2万元。",
    )
    assert told(found) == [
        "three_public.budget 4.4",
        "three_public.final 3.3",
        "government_fund 1.2",
        "basic_expenditure 88.8",
        "wages 66.6",
        "goods_services 22.2",
    ]


def test_nothing_but_none_under_a_heading_says_it_of_the_heading() -> None:
    found = narrative(
        "四、国有资本经营预算支出情况", "无。", "五、“三公”经费", "2024年无此项支出。", "六、改进措施", "无。"
    )
    assert told(found) == ["state_capital 无", "three_public.final 无"]


def test_a_known_figure_without_an_exact_value_is_warned_of() -> None:
    found = narrative("2024年公务接待费约3万元，基本支出700余万元。")
    assert told(found) == []
    assert [warning.partition("：")[2] for warning in found.warnings] == [
        "“2024年公务接待费约3万元”不是确数，未取数",
        "“基本支出700余万元”不是确数，未取数",
    ]


def test_a_sentence_goes_on_with_the_one_before_it() -> None:
    found = narrative("2024年“三公”经费支出决算为5.1万元。公务接待费1.1万元，公务用车运行维护费4万元。")
    assert told(found) == ["three_public.final 5.1", "reception.final 1.1", "vehicle_running.final 4"]


def test_a_bare_total_after_three_public_is_named_by_its_parts() -> None:
    found = narrative(
        "2024年“三公”经费预算为6万元。全年支出5.1万元，其中：公务接待费5.1万元、因公出国费0万元。"
    )
    assert told(found) == [
        "three_public.budget 6",
        "three_public.final 5.1",
        "reception.final 5.1",
        "overseas.final 0",
    ]


def test_weak_words_after_a_budget_stay_undecided() -> None:
    assert told(narrative("2024年“三公”经费预算为6万元。公务接待费支出1万元。")) == ["three_public.budget 6"]


def test_indicator_sections_hold_no_total_spending() -> None:
    found = narrative("1、产出指标情况分析", "2024年支出12万元，完成培训4次。")
    assert told(found) == []


def test_amounts_are_exact_in_one_unit_with_their_printed_places_and_place() -> None:
    found = narrative("封面", "2024年公务接待费决算7000.50元，因公出国（境）费决算0.012亿元。", pages=[1, 3])
    reception, overseas = (figure.value for figure in found.figures)
    assert isinstance(reception, Quantity)
    assert isinstance(overseas, Quantity)
    assert (reception.value, reception.step) == (Decimal("0.70005"), Decimal("0.000001"))
    assert (reception.unit, reception.text, reception.kind) == ("元", "7000.50元", "money")
    assert (overseas.value, overseas.step) == (Decimal(120), Decimal(10))
    assert reception.locus is not None
    assert (reception.locus.source, reception.locus.page, reception.locus.paragraph) == ("附件1.docx", 3, 1)
    assert found.figures[0].text == "2024年公务接待费决算7000.50元，因公出国（境）费决算0.012亿元。"


def test_without_a_known_year_the_years_in_the_text_are_believed() -> None:
    assert told(narrative("2022年基本支出60万元，上年项目支出40万元。", year=None)) == [
        "basic_expenditure 60"
    ]


def test_a_sentence_of_hundreds_of_numbers_is_said_not_to_be_read() -> None:
    found = narrative("、".join(f"甲{n}万元" for n in range(500)))
    assert told(found) == []
    assert ["500个数" in warning for warning in found.warnings] == [True]
