"""From glyphs to words: what stands on one line, and where a space or a break belongs."""

import pytest

from extract.readers.han_radicals import FOLDED, fold
from extract.readers.layout import Glyph
from extract.readers.text_flow import join_lines, lines_of, turned_text

EM = 10.0


def typeset(text: str, left: float = 0.0, top: float = 0.0, tracking: float = 0.0) -> list[Glyph]:
    """Glyphs as a file without space characters has them: «~» is a typed space, «_» an empty half em."""
    glyphs = []
    spaced = False
    for character in text:
        wide = EM if character >= "\u2e80" else EM / 2
        if character in "~_":
            spaced = character == "~"
            left += 0.25 * EM if spaced else 0.5 * EM
            continue
        glyphs.append(Glyph(character, left, top, left + wide, top + EM, spaced))
        spaced = False
        left += wide + tracking
    return glyphs


@pytest.mark.parametrize(
    ("drawn", "read"),
    [
        ("三公经费1.80万元", "三公经费1.80万元"),
        ("姓__名", "姓名"),
        ("编制数____控制率", "编制数 控制率"),
        ("OA~system", "OA system"),
        ("OA_system", "OA system"),
        ("24~30", "24 30"),
        ("24_30", "24 30"),
        ("2024~年", "2024年"),
        ("1,363.38", "1,363.38"),
    ],
)
def test_spaces_that_mean_something_are_kept(drawn: str, read: str) -> None:
    (line,) = lines_of(typeset(drawn))
    assert line.text == read


def test_letters_spread_over_a_line_are_no_words_of_their_own() -> None:
    (line,) = lines_of(typeset("支出1363.38万元", tracking=0.5 * EM))
    assert line.text == "支出1363.38万元"


def test_signs_whose_box_is_their_ink_stay_on_their_line() -> None:
    """Some fonts tell no ascent: a full stop's box is then low and small, a quotation mark's high."""
    glyphs = [
        Glyph("“", 0, 0.0, 5, 2.5), Glyph("4", 5, 0.5, 10, 7.5),
        Glyph(".", 10, 6.2, 12, 7.8), Glyph("5", 12, 0.5, 17, 7.5),
        Glyph(".", 5, 19.2, 7, 20.8), Glyph("9", 0, 13.5, 5, 20.5),
    ]  # fmt: skip
    assert [line.text for line in lines_of(glyphs)] == ["“4.5", "9."]


def two_lines(first: str, second: str, width: float) -> str:
    return join_lines([*lines_of(typeset(first)), *lines_of(typeset(second, top=15))], width)


@pytest.mark.parametrize(
    ("first", "second", "width", "joined"),
    [
        ("持续开展宣传工作，", "群众知晓率", 90, "持续开展宣传工作，群众知晓率"),
        ("持续开展宣传，", "群众知晓率", 150, "持续开展宣传，\n群众知晓率"),
        ("按期完成项目建设。", "2.群众满意", 90, "按期完成项目建设。\n2.群众满意"),
        ("annual~management", "report", 90, "annual management report"),
        ("GB-", "2312", 20, "GB-2312"),
        ("1363.3", "8", 32, "1363.38"),
        ("≥1363.3", "8万元", 36, "≥1363.38万元"),
        ("100.00", "%", 32, "100.00%"),
        ("1363.3", "8", 90, "1363.3\n8"),
        ("2023", "2024", 20, "2023\n2024"),
        ("1000", "24", 20, "1000\n24"),
        ("全年支出13", "63.38万元", 54, "全年支出1363.38万元"),
    ],
)
def test_lines_run_on_where_the_first_had_no_room(first: str, second: str, width: float, joined: str) -> None:
    assert two_lines(first, second, width) == joined


def test_text_that_runs_upwards_or_downwards() -> None:
    down = [Glyph(c, 0, 10 * i, 10, 10 * i + 10, turn=1) for i, c in enumerate("产出指标")]
    up = [Glyph(c, 0, 40 - 10 * i, 10, 50 - 10 * i, turn=3) for i, c in enumerate("效益指标")]
    assert turned_text(down) == "产出指标"
    assert turned_text(up) == "效益指标"


def test_folding_changes_radicals_and_nothing_else() -> None:
    assert "".join(map(fold, "⻋⼀⺠利＞（㎡①Ａ％")) == "车一民利＞（㎡①Ａ％"
    assert len(FOLDED) > 700
    assert all(len(ideograph) == 1 and ord(ideograph) not in FOLDED for ideograph in FOLDED.values())
