"""A megabyte of what each rule finds hardest takes seconds."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.helpers import make_paragraphs, time_limit
from tests.places_tables import document, tell, told
from textlab.places.attribution import attribute_places
from textlab.places.inference import infer_place

WORST = {
    "one name": "成都" * 200_000,
    "names strung": "成都、" * 130_000,
    "subjects": "。成都将" * 100_000,
    "offices": "成都市市长" * 80_000,
    "titles without end": "成都市" + "副市长、" * 100_000,
    "offices of a level": "，市局" * 130_000,
    "speakers": "成都市市长张三说，" * 45_000,
    "quotes": "“" * 350_000,
    "pairs of quotes": "“”" * 180_000,
    "numbers": "1" * 1_000_000,
    "dates": "2024年" * 150_000,
    "no end": "路" * 350_000,
    "questions": "？" * 350_000,
    "counties": "四川省眉山市东坡区" * 40_000,
    "own references": "，全市" * 130_000,
    "reported": "他说，四川将" * 60_000,
    "topics": "。在四川" * 90_000,
    "spaces": " " * 1_000_000,
}


@pytest.mark.parametrize("case", WORST)
def test_one_paragraph(case: str) -> None:
    with time_limit(30):
        for place in ("四川省", ""):
            tell(WORST[case], place)


@pytest.mark.parametrize("case", WORST)
def test_title_and_text_of_a_document(case: str) -> None:
    text = WORST[case]
    with time_limit(20):
        infer_place(document(title=text, source=text, text=text, file=f"{text[:200]}.txt"))


def test_many_paragraphs() -> None:
    texts = [
        *(["“路"] * 15_000),
        *(f"成都市市长张{chr(0x4E00 + n)}说，路" for n in range(15_000)),
        *(["此外，"] * 15_000),
    ]
    with time_limit(60):
        assert len(told(texts)) == 45_000


def test_many_documents() -> None:
    listed = document("四川省")
    paragraphs = make_paragraphs(["路"])
    many = [listed.assign(doc_id=f"d{n}", file=f"d{n}") for n in range(300)]
    documents = pd.concat([listed, *many], ignore_index=True)
    documents["place"] = [f"第{n}号市" for n in range(len(documents))]
    with time_limit(20):
        assert attribute_places(paragraphs, documents)["place"].tolist() == ["第0号市"]
