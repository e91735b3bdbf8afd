"""What counts as a paragraph's words: insertions, results of fields, symbols, numbers of lists, headings."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.readers.docx_numerals import ordinal
from tests.readers.docx_builder import paragraph, read, run, shown, texts

INSTRUCTION = '<w:r><w:instrText xml:space="preserve"> PAGEREF _Toc1 </w:instrText></w:r>'


def field(kind: str, inside: str = "") -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}">{inside}</w:fldChar></w:r>'


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.docx"


def words(path: Path, content: str, **parts: str) -> str:
    """The text of a paragraph with this content."""
    return "\n".join(texts(read(path, paragraph(content), **parts)))


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (f"<w:ins>{run('701.92')}</w:ins>", "701.92"),
        (f"<w:del><w:r><w:delText>661.46</w:delText></w:r></w:del>{run('701.92')}", "701.92"),
        (f"<w:del>{run('661.46')}</w:del>{run('701.92')}", "701.92"),
        (f"<w:moveFrom>{run('旧')}</w:moveFrom><w:moveTo>{run('新')}</w:moveTo>", "新"),
        (f"<w:ins>{run('甲')}<w:del>{run('乙')}</w:del></w:ins>", "甲"),
        (run("明") + run("暗", "<w:vanish/>"), "明"),
        (run("明", '<w:vanish w:val="0"/>'), "明"),
        (f"<w:hyperlink>{run('链接')}</w:hyperlink>", "链接"),
        (f"<w:smartTag><w:customXml>{run('标记')}</w:customXml></w:smartTag>", "标记"),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{run('控件')}</w:sdtContent></w:sdt>", "控件"),
        (f"<w:fldSimple w:instr='PAGE'>{run('3')}</w:fldSimple>", "3"),
        ("<w:r><w:t>13</w:t><w:softHyphen/><w:t>61</w:t></w:r>", "1361"),
        (run("13\u00ad61"), "1361"),
        ("<w:r><w:t>A</w:t><w:noBreakHyphen/><w:t>1</w:t></w:r>", "A-1"),
        (
            "<w:r><w:t>一</w:t><w:tab/><w:t>二</w:t><w:br/><w:t>三</w:t><w:cr/><w:t>四</w:t></w:r>",
            "一\t二\n三\n四",
        ),
        ("<w:r><w:t>一</w:t><w:br w:type='page'/><w:lastRenderedPageBreak/><w:t>二</w:t></w:r>", "一二"),
        ("<w:r><w:t xml:space='preserve'> 24 </w:t><w:t>人</w:t></w:r>", " 24 人"),
        ("<w:r><w:t> 24\n </w:t><w:t>人</w:t></w:r>", "24人"),
        ("<w:r><w:t>\u3000概况\u3000</w:t></w:r>", "\u3000概况\u3000"),
        (
            f"<w:r><w:ruby><w:rt>{run('gōu')}</w:rt><w:rubyBase>{run('勾')}</w:rubyBase></w:ruby></w:r>",
            "勾",
        ),
        ("<m:oMath><m:r><m:t>1/2</m:t></m:r></m:oMath>", "1/2"),
        (
            "<m:oMath><m:f><m:num><m:r><m:t>24</m:t></m:r></m:num><m:den><m:r><m:t>25</m:t></m:r></m:den></m:f></m:oMath>",
            "24/25",
        ),
        (run("支出") + "<w:r><w:footnoteReference w:id='7'/></w:r>", "支出"),
    ],
)
def test_words_of_a_paragraph(path: Path, content: str, expected: str) -> None:
    assert words(path, content) == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (field("begin") + INSTRUCTION + field("separate") + run("12") + field("end") + run("页"), "12页"),
        (field("begin") + INSTRUCTION + field("end") + run("页"), "页"),
        (
            field("begin")
            + (field("begin") + INSTRUCTION + field("separate") + run("内") + field("end"))
            + field("separate")
            + run("外")
            + field("end"),
            "外",
        ),
        (
            field("begin")
            + INSTRUCTION
            + field("separate")
            + run("甲")
            + (field("begin") + INSTRUCTION + field("separate") + run("乙") + field("end"))
            + field("end"),
            "甲乙",
        ),
        (field("begin") + INSTRUCTION + run("没有结束"), "没有结束"),
        (field("end") + field("separate") + run("没有开始"), "没有开始"),
        (field("begin", "<w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData>") + field("end"), "☑"),
        (
            field("begin", '<w:ffData><w:checkBox><w:default w:val="0"/></w:checkBox></w:ffData>')
            + field("end"),
            "□",
        ),
        (
            field(
                "begin",
                '<w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="优"/><w:listEntry w:val="良"/>'
                "</w:ddList></w:ffData>",
            )
            + field("end"),
            "良",
        ),
    ],
)
def test_fields(path: Path, content: str, expected: str) -> None:
    assert words(path, content) == expected


def test_field_over_several_paragraphs_keeps_its_result(path: Path) -> None:
    document = read(
        path,
        paragraph(field("begin") + INSTRUCTION + field("separate") + run("一、概况"))
        + paragraph(run("二、支出") + field("end") + run("尾")),
    )
    assert texts(document) == ["一、概况", "二、支出尾"]


@pytest.mark.parametrize(
    ("font", "code", "expected"),
    [
        ("Wingdings 2", "F052", "☑"),
        ("Wingdings 2", "0052", "☑"),
        ("Wingdings 2", "F0A3", "□"),
        ("Wingdings", "F0FE", "☑"),
        ("Wingdings", "F0A8", "□"),
        ("Symbol", "F0B3", "≥"),
        ("Symbol", "F0A3", "≤"),
        ("MS Gothic", "2612", "☒"),
        ("Wingdings", "zz", ""),
    ],
)
def test_symbols(path: Path, font: str, code: str, expected: str) -> None:
    assert words(path, f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>{run("是")}') == f"{expected}是"


@pytest.mark.parametrize(
    ("fonts", "text", "expected"),
    [
        ('<w:rFonts w:ascii="Wingdings 2"/>', "\uf052", "☑"),
        ('<w:rFonts w:ascii="Wingdings 2"/>', "R", "☑"),
        ('<w:rFonts w:ascii="宋体" w:hAnsi="Symbol"/>', "\uf0b395", "≥95"),
        ("", "\uf0a3是\uf052否", "□是☑否"),
        ('<w:rFonts w:ascii="Arial"/>', "R", "R"),
    ],
)
def test_characters_of_symbol_fonts(path: Path, fonts: str, text: str, expected: str) -> None:
    assert words(path, run(text, fonts)) == expected


def test_paragraph_whose_mark_was_deleted_is_one_with_the_next(path: Path) -> None:
    document = read(
        path, paragraph(run("支出701.92"), "<w:rPr><w:del/></w:rPr>") + paragraph("万元") + paragraph("完")
    )
    assert texts(document) == ["支出701.92万元", "完"]


STYLES = """
<w:style w:styleId="a1"><w:name w:val="heading 1"/></w:style>
<w:style w:styleId="b1"><w:name w:val="自定"/><w:basedOn w:val="a1"/></w:style>
<w:style w:styleId="c1"><w:name w:val="章"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:styleId="d1"><w:name w:val="暗"/><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:styleId="e1"><w:name w:val="暗二"/><w:basedOn w:val="d1"/></w:style>
<w:style w:styleId="f1"><w:name w:val="圈"/><w:basedOn w:val="f1"/></w:style>
<w:style w:styleId="g1"><w:name w:val="标题 2"/></w:style>
<w:style w:styleId="h1"><w:name w:val="正文文本"/><w:pPr>
  <w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:styleId="k1"><w:name w:val="节"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
"""


@pytest.mark.parametrize(
    ("properties", "kind"),
    [
        ('<w:pStyle w:val="a1"/>', "heading"),
        ('<w:pStyle w:val="b1"/>', "heading"),
        ('<w:pStyle w:val="c1"/>', "heading"),
        ('<w:pStyle w:val="g1"/>', "heading"),
        ('<w:pStyle w:val="Heading3"/>', "heading"),
        ('<w:pStyle w:val="标题1"/>', "heading"),
        ('<w:pStyle w:val="f1"/>', "text"),
        ('<w:pStyle w:val="a1"/><w:outlineLvl w:val="9"/>', "text"),
        ('<w:outlineLvl w:val="2"/>', "heading"),
        ("", "text"),
    ],
)
def test_headings(path: Path, properties: str, kind: str) -> None:
    document = read(path, paragraph("部门概况", properties), styles=STYLES.replace("\n", ""))
    assert [block.kind for block in document.paragraphs()] == [kind]


def test_hidden_through_styles(path: Path) -> None:
    styles = STYLES.replace("\n", "")
    by_run = paragraph(run("明") + run("暗", '<w:rStyle w:val="e1"/>'))
    by_paragraph = paragraph(run("暗") + run("明", '<w:vanish w:val="false"/>'), '<w:pStyle w:val="d1"/>')
    assert texts(read(path, by_run + by_paragraph, styles=styles)) == ["明", "明"]


def level(index: int, form: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:suff w:val="nothing"/><w:lvlText w:val="{text}"/></w:lvl>'
    )


NUMBERING = (
    '<w:abstractNum w:abstractNumId="5">'
    + level(0, "chineseCounting", "%1、")
    + level(1, "chineseCountingThousand", "（%2）", '<w:pStyle w:val="k1"/>')
    + level(2, "decimal", "%1.%2.%3 ", "<w:isLgl/>")
    + level(3, "bullet", "\uf06c")
    + '</w:abstractNum><w:abstractNum w:abstractNumId="6">'
    + level(0, "ideographTraditional", "%1.")
    + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="5"/></w:num>'
    + '<w:num w:numId="2"><w:abstractNumId w:val="5"/>'
    + '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    + '<w:num w:numId="3"><w:abstractNumId w:val="6"/></w:num>'
)


def item(text: str, index: int = 0, number: str = "1") -> str:
    listed = f'<w:numPr><w:ilvl w:val="{index}"/><w:numId w:val="{number}"/></w:numPr>'
    return paragraph(text, listed)


def test_lists_count_by_level_and_start_anew(path: Path) -> None:
    body = (
        item("概况")
        + item("机构", 1)
        + item("编制", 1)
        + item("支出")
        + item("基本", 1)
        + item("细目", 2)
        + item("圆点", 3)
        + item("乙表", 0, "3")
        + item("另起", 0, "2")
        + item("再续", 0, "2")
        + item("不编", 0, "0")
        + item("不明", 0, "77")
    )
    assert texts(read(path, body, numbering=NUMBERING)) == [
        "一、概况",
        "（一）机构",
        "（二）编制",
        "二、支出",
        "（一）基本",
        "2.1.1 细目",
        "圆点",
        "甲.乙表",
        "一、另起",
        "二、再续",
        "不编",
        "不明",
    ]


def test_lists_by_style_and_in_cells(path: Path) -> None:
    styled = paragraph("由样式", '<w:pStyle w:val="h1"/>')
    tied = paragraph("由列表", '<w:pStyle w:val="k1"/>')
    row = "<w:tbl><w:tr><w:tc>" + item("", 0, "3") + "</w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>"
    document = read(path, styled + tied + row, styles=STYLES.replace("\n", ""), numbering=NUMBERING)
    assert texts(document) == ["（一）由样式", "（二）由列表"]
    assert shown(document) == [["甲.", ""]]


def test_number_is_parted_from_a_text_that_begins_with_a_figure(path: Path) -> None:
    numbering = NUMBERING.replace('<w:suff w:val="nothing"/>', "").replace("%1、", "%1")
    assert texts(read(path, item("2024年", 0), numbering=numbering)) == ["一 2024年"]


@pytest.mark.parametrize(
    ("number", "form", "text"),
    [
        (10, "chineseCounting", "十"),
        (12, "chineseCounting", "十二"),
        (20, "chineseCountingThousand", "二十"),
        (101, "chineseCountingThousand", "一百零一"),
        (110, "japaneseCounting", "一百一十"),
        (10, "ideographDigital", "一〇"),
        (3, "chineseLegalSimplified", "叁"),
        (2, "ideographTraditional", "乙"),
        (11, "ideographTraditional", "11"),
        (3, "ideographZodiac", "寅"),
        (3, "decimalEnclosedCircleChinese", "③"),
        (12, "decimalFullWidth", "１２"),
        (4, "decimalZero", "04"),
        (28, "lowerLetter", "bb"),
        (4, "upperRoman", "IV"),
        (1999, "lowerRoman", "mcmxcix"),
        (7, "somethingNew", "7"),
    ],
)
def test_ordinals(number: int, form: str, text: str) -> None:
    assert ordinal(number, form) == text
