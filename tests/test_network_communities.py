"""Communities, places on paper, and the file for Gephi."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.network_tables import LEXICON, groups, tables
from textlab.analysis.layout import APART, layout
from textlab.analysis.network import Network, network
from textlab.errors import ResultsError
from textlab.output.graphml import write_graphml


@pytest.fixture(scope="module")
def found() -> Network:
    return network(*tables(groups(3, 5)), lexicon=LEXICON)


def test_terms_that_meet_are_a_community(found: Network) -> None:
    members = found.terms.groupby("community")["term"].agg(set).tolist()
    wanted = [set(LEXICON[start : start + 5]) for start in (0, 5, 10)]
    # Of equal size: by the first name in code point order.
    assert members == sorted(wanted, key=min)


def test_communities_are_numbered_by_size() -> None:
    held = groups(2, 4)
    held |= {f"e#{i}{j}": [LEXICON[8 + i], LEXICON[8 + j]] for i in range(6) for j in range(i)}
    terms = network(*tables(held), lexicon=LEXICON, min_count=1).terms
    assert terms["community"].value_counts().sort_index().tolist() == [6, 4, 4]
    assert set(terms.loc[terms["community"] == 1, "term"]) == set(LEXICON[8:14])


def test_the_partition_is_as_good_as_any_that_networkx_finds(found: Network) -> None:
    graph = nx.Graph()
    graph.add_weighted_edges_from(found.links[["term_a", "term_b", "npmi"]].values.tolist())
    ours = found.terms.groupby("community")["term"].agg(set).tolist()
    best = max(
        nx.community.modularity(graph, nx.community.louvain_communities(graph, seed=seed))
        for seed in range(10)
    )
    assert nx.community.modularity(graph, ours) >= best - 1e-9


def test_places_depend_on_the_seed_and_nothing_else(found: Network) -> None:
    again = network(*tables(groups(3, 5)), lexicon=LEXICON)
    other = network(*tables(groups(3, 5)), lexicon=LEXICON, seed=1)
    pd.testing.assert_frame_equal(found.terms, again.terms, check_exact=True)
    assert not np.allclose(found.terms["x"], other.terms["x"])


def test_nodes_of_a_community_are_nearer_to_each_other(found: Network) -> None:
    places, community = found.terms[["x", "y"]].to_numpy(), found.terms["community"].to_numpy()
    distance = np.hypot(*(places[:, np.newaxis] - places).T)
    same = community[:, np.newaxis] == community
    within = distance[same & (distance > 0)].mean()
    assert within < distance[~same].mean() / 2


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 30), st.integers(0, 2**32 - 1))
def test_nodes_lie_within_the_sheet_and_apart(size: int, seed: int) -> None:
    draws = np.random.default_rng(seed)
    weights = np.triu(draws.random((size, size)) * (draws.random((size, size)) < 0.2), 1)
    places = layout(weights + weights.T, draws.integers(1, 4, size), seed=seed)
    assert places.shape == (size, 2)
    assert np.abs(places).max() <= 1
    distance = np.hypot(*(places[:, np.newaxis] - places).T) + 9 * np.eye(size)
    assert distance.min() > APART * 0.9


def test_graphml_is_read_as_it_was_written(found: Network, tmp_path: Path) -> None:
    alone = found.terms.iloc[:1].assign(term="独", x=np.nan, y=np.nan, n=2, category='<&">')
    path = write_graphml(pd.concat([found.terms, alone]), found.links, tmp_path / "x.graphml")
    graph = nx.read_graphml(path)
    assert not graph.is_directed()
    assert set(graph) == {*found.terms["term"], "独"}
    assert graph.nodes["独"]["category"] == '<&">'
    assert not {"x", "y"} & set(graph.nodes["独"])
    for row in found.terms.to_dict("records"):
        node = graph.nodes[row["term"]]
        wanted = [row[name] for name in ("term", "n", "community", "strength")]
        assert [node[name] for name in ("label", "n", "community", "strength")] == wanted
        assert (node["x"], node["y"]) == pytest.approx((1000 * row["x"], 1000 * row["y"]))
    assert graph.size() == len(found.links)
    for row in found.links.to_dict("records"):
        edge = graph.edges[row["term_a"], row["term_b"]]
        assert (edge["weight"], edge["n"]) == (row["npmi"], row["n"])


def test_graphml_is_the_same_for_any_order_of_rows(found: Network, tmp_path: Path) -> None:
    one = write_graphml(*found, tmp_path / "a.graphml").read_bytes()
    terms, links = (table.sample(frac=1, random_state=1) for table in found)
    assert write_graphml(terms, links, tmp_path / "b.graphml").read_bytes() == one


def test_a_character_that_xml_forbids_does_not_break_the_file(
    found: Network, tmp_path: Path
) -> None:
    terms = found.terms.replace(LEXICON[0], "a\x00\x0b")
    path = write_graphml(terms, found.links[:0], tmp_path / "x.graphml")
    assert "a\ufffd\ufffd" in nx.read_graphml(path)


def test_a_network_without_links_is_a_file_too(tmp_path: Path) -> None:
    empty = network(*tables({"d1#1": []}), lexicon=LEXICON)
    assert not nx.read_graphml(write_graphml(*empty, tmp_path / "x.graphml"))


def test_a_folder_that_is_a_file_is_said(found: Network, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ResultsError, match="cannot write"):
        write_graphml(*found, tmp_path / "file" / "x.graphml")
