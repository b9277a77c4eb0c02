"""The statistics of a whole study: its options, what it refuses, and texts that have little."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import pytest

import textlab as tl
from tests.small import TEXTS, write_corpus, write_study
from tests.small import quick_figures as quick_figures
from textlab.errors import StudyError, TextlabError
from textlab.pipeline.run import Results

OPTIONS = """
[statistics]
pair_resamples = 20
min_count = 2
group_by = ["year", "genre"]
keyness_by = "year"
reference = "2023"
period = "month"

[collocations]
nodes = ["新质生产力", "海洋强省"]
min_count = 1
concordance = false

[network]
min_count = 1
"""


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    return write_corpus(tmp_path / "texts")


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Results:
    folder = tmp_path_factory.mktemp("options")
    write_corpus(folder / "texts")
    return tl.run(write_study(folder, OPTIONS))


def run(texts: Path, body: str, *, until: str | None = None) -> Results:
    return tl.run(write_study(texts.parent, body), until=until)


def test_keywords_by_other_columns_and_their_categories(asked: Results) -> None:
    table = asked.table("keyword_by_group")
    assert set(zip(table["by"], table["group"], strict=True)) == {
        ("year", "2023"), ("year", "2024"), ("genre", "newspaper"),
    }  # fmt: skip
    whole = table[table["by"] == "genre"].set_index("keyword")["count"]
    years = table[table["by"] == "year"].groupby("keyword")["count"].sum()
    assert whole.to_dict() == years.to_dict()
    assert whole["新质生产力"] == 3
    categories = asked.table("category_by_group")
    assert set(categories["by"]) == {"doc_id", "place", "year", "genre"}


def test_keyness_and_collocations_by_another_column_against_a_reference(asked: Results) -> None:
    for name in ("keyness", "collocation_contrast"):
        assert set(asked.table(name)["group"]) == {"2024"}, name
    row = asked.table("keyness").set_index("term").loc["机器人"]
    assert (row["n_target"], row["n_reference"]) == (1, 2)


def test_change_by_month_within_each_place(asked: Results) -> None:
    change = asked.table("keyword_change")
    pairs = change[["place", "period_from", "period_to"]].drop_duplicates()
    own = pairs[pairs["place"] == "青石市"]
    assert own.to_numpy().tolist() == [["青石市", "2023-03", "2024-03"]]
    # Of all texts, each month with the next, and the first with the last.
    assert len(pairs[pairs["place"] == ""]) == 4
    assert all("not testable" in reason for reason in change["reason"])


def test_nodes_that_stand_nowhere_are_named(asked: Results) -> None:
    assert set(asked.table("collocations")["node"]) == {"新质生产力"}
    assert "[collocations] nodes that stand nowhere in the texts: 海洋强省" in asked.warnings


def test_no_lines_of_texts_are_published_where_none_are_wanted(asked: Results) -> None:
    assert "tables/concordance.csv" not in asked.files
    assert not (asked.folder / "tables" / "concordance.csv").exists()


def test_the_graph_opens_and_has_the_terms_of_its_tables(asked: Results) -> None:
    graph = nx.read_graphml(asked.folder / "tables" / "network.graphml")
    assert set(graph.nodes) == set(asked.table("network_terms")["term"])
    assert graph.number_of_edges() == len(asked.table("network_links")) > 0


def test_the_readme_of_the_tables_has_each_of_them(asked: Results) -> None:
    text = (asked.folder / "tables" / "README.md").read_text(encoding="utf-8")
    tables = [Path(n).name for n in asked.files if n.startswith("tables/") and n.endswith(".csv")]
    assert len(tables) > 35
    for name in tables:
        assert f"## {name}" in text


@pytest.mark.parametrize(
    ("key", "stage"),
    [('group_by = ["gener"]', "keywords"), ('keyness_by = "gener"', "keyness")],
)
def test_a_column_that_is_not_there_names_those_that_are(texts: Path, key: str, stage: str) -> None:
    with pytest.raises(StudyError) as raised:
        run(texts, f"[statistics]\n{key}", until=stage)
    assert "no column 'gener'" in str(raised.value)
    assert "did you mean 'genre'" in str(raised.value) and "year" in str(raised.value)


def test_a_reference_that_is_no_group_names_the_groups(texts: Path) -> None:
    with pytest.raises(TextlabError, match=r"青石\b.*青石市.*白鹭市|青石市, 白鹭市"):
        run(texts, '[statistics]\nreference = "青石"', until="keyness")


@pytest.mark.parametrize("names", [("jia_1", "jia_2"), ("jia_1",)], ids=["one place", "one text"])
def test_one_place_and_one_text_have_tables(tmp_path: Path, names: tuple[str, ...]) -> None:
    assert set(names) <= set(TEXTS)
    made = run(write_corpus(tmp_path / "texts", names), "[topics]\nk = 'auto'")
    for name in ("keyness", "place_similarity", "collocation_contrast"):
        assert made.table(name).empty, name
    assert any("fewer than two places" in warning for warning in made.warnings)
    style = made.table("style")
    assert style["value"].notna().any() and (style["value"].notna() | (style["reason"] != "")).all()
    row = made.table("keyword_by_place").set_index("keyword").loc["新质生产力"]
    assert row["reason"] == (
        f"{len(names)} document{'s' * (len(names) - 1)}: interval over {row['units']} paragraphs, "
        "for these texts only"
    )


def test_texts_without_a_place_have_tables(tmp_path: Path) -> None:
    texts = write_corpus(tmp_path / "texts")
    rows = [f"{name},{name}.txt,," for name in TEXTS]
    (texts / "documents.csv").write_text("\n".join(["doc_id,file,place,date", *rows]), "utf-8")
    made = run(texts, '[places]\nfrom = "document"')
    assert made.table("keyword_by_place").empty and made.table("keyness").empty
    assert made.table("keyword_change").empty
    assert made.table("dispersion")["n"].sum() > 0
