"""``textlab trace RESULTS --topic N``: the passages of a topic, in their files."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from tests.topic_commands import Textlab, results
from tests.topic_commands import done_fixture as done_fixture
from tests.topic_commands import here_fixture as here_fixture
from tests.topic_commands import textlab_fixture as textlab_fixture
from tests.topic_texts import CARE, FARM, PLANT, WORDS


def test_trace_of_a_topic(textlab: Textlab, here: Path) -> None:
    topics = pd.read_csv(results(here) / "tables" / "topics.csv", encoding="utf-8-sig")
    found = set()
    for number, rows in topics.groupby("topic"):
        said = textlab("trace", "results/study", "--topic", str(number), at=here)
        assert (said.code, said.err) == (0, [])
        label = rows["label"].iloc[0]
        assert re.match(rf"topic {number} \({label}\): 5 passages in \d documents$", said.out[0])
        subject = max((FARM, PLANT, CARE), key=lambda words: len(set(words) & set(rows["term"])))
        found.add(subject[0])
        assert len(said.out) == 6
        for line in said.out[1:]:
            file, row, column, share, begins = re.match(
                r"([^:]+):(\d+):(\d+) share (0\.\d\d)\t(.+)…$", line
            ).groups()  # type: ignore[union-attr]
            raw = (here / "texts" / file).read_text(encoding="utf-8").splitlines()[int(row) - 1]
            assert raw[int(column) - 1 :].startswith(begins) and float(share) > 0.5
            own = [word for word in raw.rstrip("。").split("，") if word in subject]
            assert len(own) > WORDS / 2
    assert found == {FARM[0], PLANT[0], CARE[0]}


def test_trace_of_a_topic_of_one_place_and_one_document(textlab: Textlab, here: Path) -> None:
    every = textlab("trace", "results/study", "--topic", "1", at=here).out[1:]
    files = sorted({line.partition(":")[0] for line in every})
    for file in files:
        doc_id = file.removesuffix(".txt")
        one = textlab("trace", "results/study", "--topic", "1", "--doc", doc_id, at=here)
        assert one.out[1:] == [line for line in every if line.startswith(file)]
        assert one.out[0].endswith(
            f"{len(one.out) - 1} passages in 1 documents, of the 5 that are listed"
        )
    place = textlab("trace", "results/study", "--topic", "1", "--place", "青石市", at=here)
    assert place.out[1:] == [line for line in every if line[3] in "36"]
    assert "no place '青石'" in textlab.refused(
        "trace", "results/study", "--topic", "1", "--place", "青石", at=here
    )


def test_trace_refuses_other_topics_and_both_ways_at_once(textlab: Textlab, here: Path) -> None:
    command = ("trace", "results/study")
    for wrong in ([], ["水稻", "--topic", "1"]):
        assert "trace wants a TERM, or --topic N, and one of them only" in textlab.refused(
            *command, *wrong, at=here
        )
    assert "no topic 9 in these results; there are: 1, 2, 3" in textlab.refused(
        *command, "--topic", "9", at=here
    )
    assert "--topic" in textlab.refused(*command, "--topic", "0", at=here)
    assert "--topic" in textlab.refused(*command, "--topic", "one", at=here)
    assert "results folder of textlab run?" in textlab.refused(
        "trace", "texts", "--topic", "1", at=here
    )
    first = textlab(*command, "--topic", "1", at=here).out[1].partition(":")[0]
    (here / "texts" / first).write_text("变了", encoding="utf-8")
    assert f"{first}: not the file that was counted" in textlab.refused(
        *command, "--topic", "1", "--corpus", "texts", at=here
    )
