"""How an occurrence is shown in the raw text that it was counted from."""

from __future__ import annotations

import pytest

from textlab.cleaning.position import line_ends
from textlab.pipeline.trace import FAR, Occurrence, _shown

OTHER = "另一篇讲的是别的事。\n" * 12


def shown(text: str, line: int, column: int, end_line: int, end_column: int) -> str:
    here = Occurrence("a.txt", line, column, end_line, end_column, "alone", 0)
    return _shown(text, [0, *line_ends(text)], here)


def test_a_term_over_a_line_end_is_shown_whole() -> None:
    assert shown("发展新质\n生产力。", 1, 3, 2, 3) == "发展【新质⏎生产力】。"


@pytest.mark.parametrize(
    ("text", "where", "expected"),
    [
        # Forward: the second half stands further down.
        (f"发展新质\n{OTHER}生产力。", (1, 3, 14, 3), "发展【新质】… line 14 …【生产力】。"),
        # Backward: the first half is the end of the file, without a line end.
        (f"生产力。\n{OTHER}发展新质", (14, 3, 1, 3), "【新质】… line 1 …【生产力】"),
    ],
)
def test_of_a_stitched_term_both_pieces_are_shown(
    text: str, where: tuple[int, int, int, int], expected: str
) -> None:
    assert len(OTHER) > FAR
    assert expected in shown(text, *where)
