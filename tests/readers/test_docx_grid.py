"""The layout grid: merges, missing cells, contradicting widths; no phantom column, no place covered twice."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.readers.docx_grid import Layout, RawCell, RawRow, lay_out
from tests.readers.docx_builder import read, shown


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.docx"


def test_spans_and_vertical_merges_cover_their_places(path: Path) -> None:
    document = read(
        path,
        """
        @ 1000 1000 1000
        财政供养人员 [v] | 编制数 [2]
        ^ | 24 | 25
        经费 [3]
        """,
    )
    assert shown(document) == [
        ["财政供养人员", "编制数", "编制数"],
        ["财政供养人员", "24", "25"],
        ["经费", "经费", "经费"],
    ]
    (grid,) = document.grids()
    assert [(cell.row_span, cell.column_span) for cell in grid.cells] == [
        (2, 1),
        (1, 2),
        (1, 1),
        (1, 1),
        (1, 3),
    ]


def test_two_merges_under_each_other_stay_two(path: Path) -> None:
    document = read(path, "@ 9 9\n产出 [v] | a\n^ | b\n效益 [v] | c\n^ | d")
    assert [row[0] for row in shown(document)] == ["产出", "产出", "效益", "效益"]
    (grid,) = document.grids()
    assert [cell.row_span for cell in grid.cells if cell.column == 0] == [2, 2]


def test_continuation_without_a_start_begins_a_merge_of_its_own(path: Path) -> None:
    document = read(path, "@ 900 900\n甲 | 乙\n孤 [^] | 1\n^ | 2")
    assert shown(document) == [["甲", "乙"], ["孤", "1"], ["孤", "2"]]


def test_continuation_of_another_width_is_not_swallowed(path: Path) -> None:
    document = read(path, "@ 900 900 900\n甲 [v 2] | 乙\n丙 [^] | 丁 | 戊")
    assert shown(document) == [["甲", "甲", "乙"], ["丙", "丁", "戊"]]


def test_words_under_a_merge_are_left_out_and_reported(path: Path) -> None:
    document = read(path, "@ 900 900\n100 [v] | 乙\n999 [^] | 丁")
    assert shown(document) == [["100", "乙"], ["100", "丁"]]
    assert any("第2行第1列" in warning for warning in document.warnings)


def test_old_horizontal_merge_is_a_span(path: Path) -> None:
    document = read(path, "@ 900 900 900\n甲 [h] | [<] | 乙\n1 | 2 | 3")
    assert shown(document) == [["甲", "甲", "乙"], ["1", "2", "3"]]


def test_old_horizontal_merge_goes_together_with_a_vertical_one(path: Path) -> None:
    document = read(path, "@ 900 900 900\n甲 [h v] | [<] | 1\n[h ^] | [<] | 2")
    assert shown(document) == [["甲", "1"], ["甲", "2"]]


def test_rows_may_begin_late_and_end_early(path: Path) -> None:
    document = read(path, "@ 900 900 900\n甲 | 乙 | 丙\n{before 1} 1 | 2\n{after 1} 3 | 4\n5 | 6")
    assert shown(document) == [["甲", "乙", "丙"], ["·", "1", "2"], ["3", "4", "·"], ["5", "6", "·"]]


@pytest.mark.parametrize("jitter", [30, 45, 60, -30, -60])
def test_edges_that_jitter_make_no_phantom_column(path: Path, jitter: int) -> None:
    low, high = sorted((2000, 2000 + jitter))
    document = read(
        path,
        f"""
        @ {low} {high - low} {4000 - high}
        指标 [w{low}] | 值 [2 w{4000 - low}]
        数量 [2 w{high}] | 5 [w{4000 - high}]
        """,
    )
    assert shown(document) == [["指标", "值"], ["数量", "5"]]


def test_merge_goes_on_over_jittering_edges(path: Path) -> None:
    document = read(path, "@ 2000 40 1960\n产出 [v] | 1 [2]\n[^ 2] | 2")
    assert shown(document) == [["产出", "1"], ["产出", "2"]]


def test_narrow_column_with_a_cell_of_its_own_stays(path: Path) -> None:
    document = read(path, "@ 2000 60 1940\n甲 | 、 | 乙\n丙 [2] | 丁")
    assert shown(document) == [["甲", "、", "乙"], ["丙", "丙", "丁"]]


def test_grid_columns_that_no_cell_uses_are_none(path: Path) -> None:
    document = read(path, "@ 500 500 500 500\n甲 [2] | 乙 [2]\n1 [2] | 2 [2]")
    assert shown(document) == [["甲", "乙"], ["1", "2"]]


def test_without_a_table_grid_spans_are_enough(path: Path) -> None:
    document = read(path, "@\n甲 [2] | 乙\n1 | 2 | 3")
    assert shown(document) == [["甲", "甲", "乙"], ["1", "2", "3"]]


def test_table_grid_of_another_count_is_not_believed(path: Path) -> None:
    document = read(path, "@ 4000 1000\n甲 [2] | 乙\n1 | 2 | 3")
    assert shown(document) == [["甲", "甲", "乙"], ["1", "2", "3"]]


def test_row_without_spans_is_placed_by_its_widths(path: Path) -> None:
    document = read(
        path,
        """
        @ 1000 1000 1000 1000
        一 | 二 | 三 | 四
        头 [w1010] | 长 [w2020] | 尾 [w980]
        """,
    )
    assert shown(document)[1] == ["头", "长", "长", "尾"]


def test_rows_without_any_spans_meet_the_table_grid_by_width(path: Path) -> None:
    document = read(
        path,
        """
        @ 1000 1000 2000 2000
        编制数 [w2000] | 在职 [w2000] | 率 [w2000]
        三公 [w1000] | 决算 [w3000] | 预算 [w2000]
        """,
    )
    assert shown(document) == [["编制数", "编制数", "在职", "率"], ["三公", "决算", "决算", "预算"]]


def test_wrong_table_grid_yields_to_the_cells_own_widths(path: Path) -> None:
    document = read(
        path,
        """
        @ 3000 3000 3000
        一 [w1000] | 二 [w4000] | 三 [w4000]
        一二 [w5000] | 三 [w4000]
        """,
    )
    assert shown(document) == [["一", "二", "三"], ["一二", "一二", "三"]]


def test_widths_in_percent_place_a_row_too(path: Path) -> None:
    document = read(path, "@ 1000 1000 2000\n一 [p1250] | 二 [p1250] | 三 [p2500]\n一二 [p2500] | 三 [p2500]")
    assert shown(document)[1] == ["一二", "一二", "三"]


def test_block_of_another_structure_brings_its_own_edges(path: Path) -> None:
    document = read(
        path,
        """
        @ 3000 3000 3000
        一 [w3000] | 二 [w3000] | 三 [w3000]
        左 [w4500] | 右 [w4500]
        """,
    )
    assert shown(document) == [["一", "二", "二", "三"], ["左", "左", "右", "右"]]


def test_short_row_of_doubtful_widths_fills_from_the_left(path: Path) -> None:
    document = read(path, "@ 1000 1000 1000\n一 | 二 | 三\n甲 [w700] | 乙 [w800]")
    assert shown(document)[1] == ["甲", "乙", "·"]


def test_span_beyond_the_table_is_cut_and_reported(path: Path) -> None:
    document = read(path, "@ 1000 1000 1000\n一 | 二 | 三\n甲 | 乙 [9]")
    assert shown(document)[1] == ["甲", "乙", "乙"]
    assert any("表1第2行" in warning for warning in document.warnings)


def test_row_with_more_cells_than_the_table_has_columns_keeps_them(path: Path) -> None:
    document = read(path, "@ 1000 1000\n一 | 二\n甲 | 乙 | 丙")
    assert shown(document) == [["一", "二", "·"], ["甲", "乙", "丙"]]


@pytest.mark.parametrize("span", ["0", "-3", "x", "99999999999999999999"])
def test_absurd_spans_do_no_harm(path: Path, span: str) -> None:
    document = read(path, f"@ 1000 1000\n一 | 二\n甲 | 乙 [{span}]")
    assert shown(document)[1] == ["甲", "乙"]


def test_deleted_and_hidden_rows_are_not_there(path: Path) -> None:
    document = read(path, "@ 900 900\n甲 [v] | 乙\n{del} 旧 [^] | 1\n{hidden} 藏 [^] | 2\n^ | 3")
    assert shown(document) == [["甲", "乙"], ["甲", "3"]]


def test_deleted_cell_is_not_there(path: Path) -> None:
    body = "<w:tc><w:tcPr><w:cellDel/></w:tcPr><w:p><w:r><w:t>旧</w:t></w:r></w:p></w:tc>"
    rows = "".join(
        f"<w:tr>{cells}</w:tr>"
        for cells in (
            "<w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc>" + body,
            "<w:tc><w:p><w:r><w:t>乙</w:t></w:r></w:p></w:tc>",
        )
    )
    assert shown(read(path, f"<w:tbl>{rows}</w:tbl>")) == [["甲"], ["乙"]]


def test_table_without_a_cell_is_no_table(path: Path) -> None:
    assert not list(read(path, "<w:tbl><w:tblPr/><w:tr/></w:tbl>").grids())


cells = st.builds(
    RawCell,
    st.sampled_from(["", "1", "中文"]),
    st.integers(1, 4),
    st.sampled_from([0.0, 500.0, 1000.0, 1040.0, 2000.0, -0.25, -0.5]),
    st.sampled_from(["", "start", "continue"]),
    st.booleans(),
)
rows = st.builds(
    RawRow,
    st.lists(cells, min_size=1, max_size=5).map(tuple),
    st.integers(0, 2),
    st.integers(0, 2),
    st.sampled_from([0.0, 1000.0]),
)


@given(
    st.lists(rows, min_size=1, max_size=6), st.lists(st.sampled_from([0.0, 40.0, 500.0, 1000.0]), max_size=7)
)
def test_no_place_is_covered_twice_and_no_cell_is_lost(table: list[RawRow], grid: list[float]) -> None:
    layout = lay_out(table, grid)
    covered = Counter(
        (row, column)
        for cell in layout.cells
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    )
    assert set(covered.values()) == {1}
    assert max(row for row, _ in covered) == layout.rows - 1
    assert max(column for _, column in covered) == layout.columns - 1
    assert _cell_count(table, layout) == sum(cell.row_span for cell in layout.cells)


def _cell_count(table: list[RawRow], layout: Layout) -> int:
    """Cells written, with old horizontal merges counted once."""
    return sum(1 + sum(not cell.joins_left for cell in row.cells[1:]) for row in table[: layout.rows])
