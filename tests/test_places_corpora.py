"""Places in the shared corpora: names, counts and positions only, no passage of them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from textlab.cleaning.paragraphs import clean
from textlab.places.attribution import attribute_places
from textlab.places.inference import infer_place
from textlab.reading.documents import read_documents

ROOT = Path(__file__).resolve().parents[1]
CORPORA = ROOT.parent / "shared" / "corpora"

pytestmark = pytest.mark.skipif(
    not CORPORA.is_dir(), reason="needs ../shared/corpora beside the checkout"
)


def told(name: str, manifest: Path | None = None) -> tuple[pd.DataFrame, pd.DataFrame]:
    documents = read_documents(CORPORA / name, manifest)
    return documents, attribute_places(clean(documents), documents)


@pytest.fixture(scope="module")
def sichuan() -> pd.DataFrame:
    _, paragraphs = told("sichuan-2024", ROOT / "corpus/sichuan-2024/documents.csv")
    return paragraphs[paragraphs["role"] != "furniture"]


def test_a_report_on_seven_cities_is_theirs_and_the_province_s(sichuan: pd.DataFrame) -> None:
    report = sichuan[sichuan["doc_id"].str.startswith("004")]
    body = report[report["role"] == "body"]
    assert Counter(body["place"]) == {
        **{
            "成都市": 3,
            "达州市": 3,
            "南充市": 3,
            "绵阳市": 2,
            "德阳市": 1,
            "眉山市": 1,
            "资阳市": 1,
        },
        **{"四川省": 6, "": 1},
    }
    assert body.loc[body["place"] == "", "place_basis"].tolist() == ["several"]
    assert set(report.loc[report["role"] == "heading", "place"]) == {"四川省"}


def test_the_other_pages_are_one_city_s_throughout(sichuan: pd.DataFrame) -> None:
    for start, place in (
        ("000", "眉山市"),
        ("001", "眉山市"),
        ("002", "乐山市"),
        ("003", "乐山市"),
    ):
        page = sichuan[sichuan["doc_id"].str.startswith(start)]
        assert set(page["place"]) == {place}


def test_without_a_manifest_three_of_five_pages_tell_their_place() -> None:
    documents = read_documents(CORPORA / "sichuan-2024")
    found = infer_place(documents)
    assert [found[doc_id] for doc_id in sorted(found.index)] == [
        *("眉山市", "眉山市", "乐山市", "", ""),
    ]


def test_in_a_government_s_report_every_paragraph_is_the_government_s() -> None:
    documents, paragraphs = told("provincial-2025")
    if (documents["set_aside"] != "").any():
        pytest.skip("needs python-docx")
    places = infer_place(documents)
    assert len(places) == places.nunique() == 31
    for doc_id, place in places.items():
        assert str(doc_id)[5:7] == place[:2]
    assert (paragraphs["place"] == paragraphs["doc_id"].map(places)).all()
    counted = paragraphs["place_basis"].value_counts()
    assert not set(counted.index) & {"", "document", "several"}
    assert counted["inferred"] > 0.9 * len(paragraphs)


def test_a_national_newscast_has_no_place_of_its_own() -> None:
    documents = read_documents(CORPORA / "newscast-2022")
    assert set(infer_place(documents)) == {""}
    days = documents[documents["doc_id"].isin(["20220315", "20220718", "20221120"])]
    paragraphs = attribute_places(clean(days), days)
    counted = paragraphs[paragraphs["role"] != "furniture"]
    assert (counted["place"] == "").mean() > 0.8
    assert not set(counted["place_basis"]) & {"document", "inferred"}
