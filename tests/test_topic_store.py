from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tests.planted_topics import K, as_bytes, counts_fixture, model_fixture  # noqa: F401
from textlab.errors import ResultsError
from textlab.topics.model import TopicModel, fit_topics


def test_save_and_load(tmp_path: Path, counts: pd.DataFrame) -> None:
    names = {"文00": 'a,"b"', "文01": "NA", "文02": "two\nlines", "文03": "", "文04": "\r"}
    odd = counts.assign(unit=counts["unit"].replace(names))
    model = fit_topics(odd, K, seed=5)
    model.save(tmp_path / "new" / "model")
    loaded = TopicModel.load(tmp_path / "new" / "model")
    assert as_bytes(loaded) == as_bytes(model)
    pd.testing.assert_frame_equal(loaded.document_topics, model.document_topics, check_exact=True)
    pd.testing.assert_frame_equal(loaded.topics, model.topics, check_exact=True)
    pd.testing.assert_frame_equal(loaded.infer(odd), model.document_topics, check_exact=True)
    suffixes = {file.suffix for file in (tmp_path / "new" / "model").iterdir()}
    assert suffixes == {".npy", ".json", ".csv"}


def test_load_refuses_what_is_no_model(tmp_path: Path, model: TopicModel) -> None:
    with pytest.raises(ResultsError, match=r"missing model\.json, topic_term\.npy"):
        TopicModel.load(tmp_path)
    model.save(tmp_path)
    np.save(tmp_path / "alpha.npy", np.ones(3), allow_pickle=False)
    with pytest.raises(ResultsError, match="contradicts itself"):
        TopicModel.load(tmp_path)
    np.save(tmp_path / "alpha.npy", np.array([{}], dtype=object), allow_pickle=True)
    with pytest.raises(ResultsError, match=r"cannot be read: .*allow_pickle=False"):
        TopicModel.load(tmp_path)
    (tmp_path / "model.json").write_text("{", encoding="utf-8")
    with pytest.raises(ResultsError, match="cannot be read"):
        TopicModel.load(tmp_path)
