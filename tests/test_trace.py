"""How an occurrence is shown in the raw text that it was counted from."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pandas as pd
import pytest

from tests.files import write_file
from textlab.cleaning.position import line_ends
from textlab.errors import ResultsError, UnknownNameError
from textlab.output.tables import write_csv
from textlab.pipeline.trace import FAR, Occurrence, _shown, trace_topic
from textlab.schema import contract

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


PASSAGES = {
    "a.txt": "标题\n\n  发展新质生产力，加快建设现代化产业体系。\n第二段在这里\n分两行写。\n",
    "b.txt": "长" * 100 + "\r\n农田建设。\r\n",
}


@pytest.fixture
def results(tmp_path: Path) -> Path:
    """Results with two topics, of which one has passages, and the corpus that they are of."""
    corpus = tmp_path / "texts"
    for name, text in PASSAGES.items():
        write_file(corpus / name, text.encode())
    folder = tmp_path / "results"
    published = {
        "documents": pd.DataFrame(
            [
                (name[0], name, *[""] * 5, sha256(text.encode()).hexdigest(), "", len(text))
                for name, text in PASSAGES.items()
            ],
            columns=list(contract("documents_read").columns),
        ),
        "topics": pd.DataFrame(
            [(3, "产业", 1, "产业", 0.5, 1.0, 2.0), (7, "其他", 1, "会议", 0.5, 1.0, 2.0)],
            columns=list(contract("topics").columns),
        ),
        "topic_passages": pd.DataFrame(
            [
                (3, 1, "a", "青石市", "a.txt", 3, 3, 3, 22, 6, 26, "a#1", 0.987, 30),
                (3, 2, "a", "青石市", "a.txt", 4, 1, 5, 5, 27, 39, "a#2", 0.8, 25),
                (3, 3, "b", "白鹭市", "b.txt", 1, 1, 1, 100, 0, 100, "b#0", 0.5, 20),
            ],
            columns=list(contract("topic_passages").columns),
        ),
        "paragraphs": pd.DataFrame(
            [
                (para_id, para_id[0], 1, "body", place, "", "", 0, 1, 1)
                for para_id, place in (("a#1", "青石市"), ("b#0", "白鹭市"))
            ],
            columns=list(contract("paragraph_list").columns),
        ),
    }
    for name, table in published.items():
        write_csv(table, folder / "tables" / f"{name}.csv")
    write_file(folder / "run.json", json.dumps({"corpus": str(corpus)}))
    return folder


def test_a_topic_is_traced_to_its_passages(results: Path) -> None:
    assert list(trace_topic(results, 3)) == [
        "topic 3 (产业): 3 passages in 2 documents",
        "a.txt:3:3 share 0.99\t发展新质生产力，加快建设现代化产业体系。",
        "a.txt:4:1 share 0.80\t第二段在这里…",
        f"b.txt:1:1 share 0.50\t{'长' * 60}…",
    ]


def test_passages_of_one_place_or_document(results: Path) -> None:
    of_place = list(trace_topic(results, 3, place="白鹭市"))
    assert of_place[0] == "topic 3 (产业): 1 passages in 1 documents, of the 3 that are listed"
    assert [line.partition(" ")[0] for line in of_place[1:]] == ["b.txt:1:1"]
    assert len(list(trace_topic(results, 3, doc="a"))) == 3


def test_a_topic_without_passages(results: Path) -> None:
    assert list(trace_topic(results, 7)) == [
        "topic 7 (其他): no passages: no paragraph of some length is about it"
    ]


def test_what_cannot_be_traced_is_named(results: Path) -> None:
    with pytest.raises(UnknownNameError, match="no topic 4 in these results; there are: 3, 7"):
        list(trace_topic(results, 4))
    with pytest.raises(UnknownNameError, match="no place 'x' in these results; there are: 白鹭市"):
        list(trace_topic(results, 3, place="x"))
    write_file(results.parent / "texts" / "a.txt", "变了")
    with pytest.raises(ResultsError, match="not the file that was counted"):
        list(trace_topic(results, 3))
    (results / "tables" / "topic_passages.csv").unlink()
    with pytest.raises(ResultsError, match=r"topic_passages.csv: no such table"):
        list(trace_topic(results, 3))
