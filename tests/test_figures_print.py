"""Figures on paper: legible, in one style, the same bytes, Chinese in the PDF."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent
from typing import Any

import matplotlib
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib import colors
from matplotlib._pylab_helpers import Gcf
from matplotlib.figure import Figure
from matplotlib.font_manager import fontManager
from PIL import Image

import textlab as tl
from tests.figure_tables import (
    DOCUMENTS,
    ENGLISH,
    PLACES,
    TERMS,
    keywords,
    shares,
    similarity,
    topics,
)
from tests.figure_texts import assert_legible, boxes, seen
from textlab.errors import ResultsError, StudyError
from textlab.output.figures.lettering import GETA, display, fit, text_width
from textlab.output.style import font_characters, font_path, house_style

english: dict[str, Any] = {"language": "en", "labels": ENGLISH}
FIGURES: dict[str, Callable[[], Figure]] = {
    "heatmap of two": lambda: tl.figures.keyword_heatmap(keywords(PLACES[:2], TERMS[:3])),
    "heatmap of four": lambda: tl.figures.keyword_heatmap(keywords(PLACES[:4])),
    "heatmap of twelve": lambda: tl.figures.keyword_heatmap(keywords(PLACES[:12])),
    "heatmap of 31": lambda: tl.figures.keyword_heatmap(keywords(PLACES)),
    "heatmap, English": lambda: tl.figures.keyword_heatmap(keywords(PLACES), **english),
    "heatmap of documents": lambda: tl.figures.keyword_heatmap(
        keywords(DOCUMENTS, by="doc_id"), by="doc_id"
    ),
    "bars of one term": lambda: tl.figures.keyword_bars(keywords(PLACES[:2]), top=1),
    "bars of four": lambda: tl.figures.keyword_bars(keywords(PLACES[:4])),
    "bars of 31": lambda: tl.figures.keyword_bars(keywords(PLACES)),
    "bars, English": lambda: tl.figures.keyword_bars(keywords(PLACES[:4]), **english),
    "bars of documents": lambda: tl.figures.keyword_bars(
        keywords(DOCUMENTS, by="doc_id"), by="doc_id"
    ),
    "terms of two topics": lambda: tl.figures.topic_terms(topics(2)),
    "terms of twenty": lambda: tl.figures.topic_terms(topics(20)),
    "terms, English": lambda: tl.figures.topic_terms(topics(12), **english),
    "shares of four": lambda: tl.figures.topic_shares(shares(PLACES[:4], 6), topics(6)),
    "shares of 31": lambda: tl.figures.topic_shares(shares(PLACES, 20), topics(20)),
    "shares, English": lambda: tl.figures.topic_shares(shares(PLACES, 12), topics(12), **english),
    "shares of documents": lambda: tl.figures.topic_shares(
        shares(DOCUMENTS, 2, by="doc_id"), topics(2)
    ),
    "clusters of two": lambda: tl.figures.similarity_clustermap(similarity(PLACES[:2])),
    "clusters of twelve": lambda: tl.figures.similarity_clustermap(similarity(PLACES[:12])),
    "clusters of 31": lambda: tl.figures.similarity_clustermap(
        similarity(PLACES), measure="jensen_shannon"
    ),
    "clusters of documents": lambda: tl.figures.similarity_clustermap(
        similarity(DOCUMENTS, by="doc")
    ),
}


@pytest.mark.parametrize("name", FIGURES)
def test_every_text_is_legible_inside_and_alone(name: str) -> None:
    figure = FIGURES[name]()
    assert min(float(text.get_fontsize()) for text in seen(figure)) >= 8
    assert_legible(figure)
    width, height = figure.bbox.size
    millimetre = figure.dpi / 25.4
    assert round(width / millimetre) in (89, 183)
    assert height / millimetre <= (330 if "English" in name else 285)  # a page, where it can be
    assert not Gcf.figs


def test_more_content_makes_a_larger_sheet_not_smaller_text() -> None:
    figure = tl.figures.similarity_clustermap(similarity([f"unit_{i:03d}" for i in range(80)]))
    width, height = figure.get_size_inches() * 25.4
    assert min(width, height) > 80 * 3.5
    assert len({text.get_fontsize() for text in seen(figure)}) == 1


def test_a_character_that_the_font_lacks_is_the_printers_mark() -> None:
    assert ord("𠮷") not in font_characters()
    table = keywords(["𠮷\u200b\n州", "甲市"], ["😀经济", "增长"])
    figure = tl.figures.keyword_heatmap(table)
    assert boxes(figure).size  # any warning is an error here
    shown = {text.get_text() for text in seen(figure)}
    assert {f"{GETA} 州", f"{GETA}经济"} <= shown


def test_dollars_are_dollars() -> None:
    figure = tl.figures.keyword_heatmap(keywords(["$a_b$", "甲市"], ["x^2$", "增长"]))
    assert boxes(figure).size
    assert {"$a_b$", "x^2$"} <= {text.get_text() for text in seen(figure)}


@settings(max_examples=100, deadline=None)
@given(
    names=st.lists(st.text(st.sampled_from("新质生产力、·aWi _-0."), max_size=30), unique=True),
    width=st.floats(15, 45),
    lines=st.integers(1, 3),
)
def test_names_fit_and_stay_apart(names: list[str], width: float, lines: int) -> None:
    shown = display(names)
    fitted = fit(shown, width, lines=lines)
    for name, text in zip(shown, fitted, strict=True):
        parts = text.split("\n")
        assert len(parts) <= lines
        assert max(map(text_width, parts)) <= width
        if "…" not in text:
            assert "".join(parts).replace(" ", "") == name.replace(" ", "")
    assert len(set(fitted)) == len(set(shown))


def test_long_names_are_wrapped_at_words_and_then_shortened() -> None:
    name = "Rural revitalisation and agricultural modernisation"
    assert fit([name], 45, lines=2) == ["Rural revitalisation and\nagricultural modernisation"]
    assert fit([name], 20, lines=1)[0].endswith("…")
    assert fit(["创新驱动·营商环境·乡村振兴"], 26, lines=2) == ["创新驱动·\n营商环境·乡村振兴"]


@settings(max_examples=100, deadline=None)
@given(text=st.text(st.sampled_from("新质、·aWiAVT _-0."), max_size=60), width=st.floats(8, 60))
def test_what_is_too_wide_keeps_as_much_as_there_is_room_for(text: str, width: float) -> None:
    shown = display([text])[0]
    (fitted,) = fit([shown], width)
    if text_width(shown) <= width:
        assert fitted == shown
    else:
        lengths = [n for n in range(len(shown)) if text_width(shown[:n] + "…") <= width]
        assert fitted == shown[: max(lengths)].rstrip() + "…"


def test_names_that_differ_at_the_end_only_are_shortened_in_the_middle() -> None:
    first, second = fit([f"{'0' * 40}_a", f"{'0' * 40}_b"], 30)
    assert (first[-2:], second[-2:]) == ("_a", "_b")


def test_the_style_ends_with_its_block() -> None:
    before = dict(matplotlib.rcParams) | {"backend": ""}
    with house_style():
        assert matplotlib.rcParams["pdf.fonttype"] == matplotlib.rcParams["ps.fonttype"] == 42
        assert not matplotlib.rcParams["axes.unicode_minus"]
        assert not matplotlib.rcParams["text.parse_math"]
        family = matplotlib.rcParams["font.family"]
        assert fontManager.findfont(family[0], fallback_to_default=False) == font_path()
    tl.figures.topic_terms(topics(2))
    assert dict(matplotlib.rcParams) | {"backend": ""} == before
    assert colors.to_rgba("b") == (0, 0, 1, 1)  # seaborn's themes may redefine it
    assert "zhplot" not in sys.modules


def test_a_notebooks_own_settings_do_not_reach_the_figures(tmp_path: Path) -> None:
    plain = tl.figures.save_figure(tl.figures.topic_terms(topics(2)), tmp_path, "plain")
    theirs: Any = {"font.size": 20, "axes.facecolor": "red", "savefig.bbox": "tight"}
    with matplotlib.rc_context(theirs):
        figure = tl.figures.topic_terms(topics(2))
        set_otherwise = tl.figures.save_figure(figure, tmp_path, "theirs")
    for one, other in zip(plain, set_otherwise, strict=True):
        assert one.read_bytes() == other.read_bytes()


def test_saving_by_hand_is_in_the_style_too(tmp_path: Path) -> None:
    figure = tl.figures.topic_terms(topics(2))
    figure.savefig(tmp_path / "x.pdf")
    assert b"/CIDFontType2" in (tmp_path / "x.pdf").read_bytes()  # TrueType, not Type 3
    figure.savefig(tmp_path / "x.png")
    with Image.open(tmp_path / "x.png") as image:
        assert image.info["dpi"] == pytest.approx((300, 300), abs=0.1)


def test_a_notebook_shows_the_figure() -> None:
    figure = tl.figures.topic_terms(topics(2))
    png = figure._repr_png_()  # type: ignore[attr-defined]
    with Image.open(io.BytesIO(png)) as image:
        assert image.size == tuple(np.floor(figure.bbox.size).astype(int))


@pytest.mark.parametrize("name", ["heatmap of four", "bars of four"])
def test_two_saves_are_equal_to_the_byte(name: str, tmp_path: Path) -> None:
    figure = FIGURES[name]()
    first = tl.figures.save_figure(figure, tmp_path / "a", "x")
    again = tl.figures.save_figure(figure, tmp_path / "b", "x")
    anew = tl.figures.save_figure(FIGURES[name](), tmp_path / "c", "x")
    assert [path.name for path in first] == ["x.png", "x.pdf"]
    assert sorted(path.name for path in (tmp_path / "a").iterdir()) == ["x.pdf", "x.png"]
    for one, two, three in zip(first, again, anew, strict=True):
        assert one.read_bytes() == two.read_bytes() == three.read_bytes()
        assert b"atplotlib" not in one.read_bytes()
    assert b"Date" not in first[1].read_bytes()
    with Image.open(first[0]) as image:
        assert image.info["dpi"] == pytest.approx((300, 300), abs=0.1)


def test_another_process_time_and_hash_seed_give_the_same_bytes(tmp_path: Path) -> None:
    script = """
        import sys, textlab as tl
        from tests.figure_tables import *
        figure = tl.figures.topic_shares(shares(PLACES[:4], 6), topics(6))
        tl.figures.save_figure(figure, sys.argv[1], "x")
    """
    figure = tl.figures.topic_shares(shares(PLACES[:4], 6), topics(6))
    here = tl.figures.save_figure(figure, tmp_path / "here", "x")
    there = tmp_path / "there"
    other = os.environ | {"PYTHONHASHSEED": "7", "TZ": "Asia/Shanghai", "MPLBACKEND": "svg"}
    root = Path(tl.__file__).parents[1]
    command = [sys.executable, "-c", dedent(script), str(there)]
    subprocess.run(command, check=True, env=other, cwd=root)
    for path in here:
        assert path.read_bytes() == (there / path.name).read_bytes()


@pytest.mark.parametrize("name", ["", "a/b", "..", "folder/"])
def test_a_figure_wants_a_plain_name(name: str, tmp_path: Path) -> None:
    with pytest.raises(StudyError, match="plain file name"):
        tl.figures.save_figure(tl.figures.topic_terms(topics(1)), tmp_path, name)


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ResultsError, match="cannot write"):
        tl.figures.save_figure(tl.figures.topic_terms(topics(1)), tmp_path / "file", "x")


def ink(image: Image.Image, box: np.ndarray, size: np.ndarray) -> float:
    """The share of dark pixels of ``image`` in ``box``, given in the pixels of a ``size``."""
    left, lower, right, upper = (box / np.tile(size, 2)) * np.tile(image.size, 2)
    part = image.convert("L").crop(
        (round(left), round(image.size[1] - upper), round(right), round(image.size[1] - lower))
    )
    return float((np.asarray(part) < 128).mean())


def test_chinese_is_on_the_page_of_the_pdf(tmp_path: Path) -> None:
    pdfium = pytest.importorskip("pypdfium2")
    figure = tl.figures.keyword_bars(keywords(["岚江市", "青禾市"], ["新质生产力", "增长"]))
    png, pdf = tl.figures.save_figure(figure, tmp_path, "x")
    found, size = boxes(figure), np.array(figure.bbox.size)
    document = pdfium.PdfDocument(pdf.read_bytes())
    page = document[0].render(scale=300 / 72).to_pil()
    assert "新质生产力" in document[0].get_textpage().get_text_range()
    document.close()
    names = {text.get_text(): box for text, box in zip(seen(figure), found, strict=True)}
    margin = np.array([0.0, 0.0, 5.0, size[1]])
    assert ink(page, margin, size) == 0
    with Image.open(png) as raster:
        for name in ("岚江市", "青禾市", "新质生产力", "地区"):
            assert ink(page, names[name], size) > 0.1
            wanted = ink(raster, names[name], size)
            assert ink(page, names[name], size) == pytest.approx(wanted, rel=0.25)
