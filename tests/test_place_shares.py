from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from textlab.errors import ModelError, UnknownNameError
from textlab.schema import check
from textlab.topics.by_place import place_shares


def shares_table() -> pd.DataFrame:
    rows = [("a", 0.9, 0.1), ("b", 0.3, 0.7), ("c", 0.5, 0.5), ("d", 0.0, 1.0)]
    return pd.DataFrame(
        [(unit, topic, share) for unit, *both in rows for topic, share in enumerate(both, 1)],
        columns=["unit", "topic", "share"],
    )


TOKENS = pd.Series({"a": 100, "b": 300, "c": 50, "d": 70})
PLACES = pd.Series({"a": "岚江市", "b": "岚江市", "c": "", "d": "碧川市"})


def test_place_shares_by_hand() -> None:
    made = place_shares(shares_table(), TOKENS, PLACES)
    assert made["place"].tolist() == ["岚江市", "岚江市", "碧川市", "碧川市"]
    assert made["topic"].tolist() == [1, 2, 1, 2]
    # (100 * .9 + 300 * .3) / 400 = .45
    np.testing.assert_allclose(made["share"], [0.45, 0.55, 0, 1], atol=1e-12)
    assert made["documents"].tolist() == [2, 2, 1, 1]
    shuffled = place_shares(shares_table().sample(frac=1, random_state=1), TOKENS, PLACES)
    assert shuffled.to_csv() == made.to_csv()


def test_place_shares_without_places() -> None:
    made = place_shares(shares_table(), TOKENS, PLACES.map(lambda _: ""))
    assert made.empty
    check(made, "topic_by_place")


def test_place_shares_of_unknown_units() -> None:
    with pytest.raises(UnknownNameError, match=r"^tokens wants .* missing for 1, the first 'b'$"):
        place_shares(shares_table(), TOKENS.drop("b"), PLACES)
    with pytest.raises(UnknownNameError, match=r"^places wants .* missing for 2, the first 'a'$"):
        place_shares(shares_table(), TOKENS, PLACES.drop(["d", "a"]))
    with pytest.raises(ModelError, match=r"found 0 for 'c'$"):
        place_shares(shares_table(), TOKENS.replace(50, 0), PLACES)
