"""Networks as GraphML files, for Gephi and the like."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pandas as pd

from textlab.output.files import write_bytes
from textlab.schema import arrange

_TYPES = {"str": "string", "int64": "long", "float64": "double"}
_SCALE = 1000  # Gephi's circles are 10 across
# What a file of XML 1.0 cannot hold, whichever way it is written.
_FORBIDDEN = re.compile("[^\\t\\n\\r -\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")


def write_graphml(terms: pd.DataFrame, links: pd.DataFrame, path: str | Path) -> Path:
    """Write the tables ``network_terms`` and ``network_links`` as one undirected graph.

    The ids of nodes are the terms; nodes have label (the term again, which is what Gephi shows),
    category, n, documents, degree, strength, community, x and y (a thousand times those of the
    table, as Gephi draws them); links have weight (the NPMI) and n, documents, expected, npmi,
    log_dice. A missing value is left out. The same tables give the
    same bytes, in any order of rows. A character that XML cannot hold becomes U+FFFD. Raises
    :class:`~textlab.errors.ResultsError` if the file cannot be written.
    """
    nodes = arrange(terms, "network_terms", ["term"])
    edges = arrange(links, "network_links", ["term_a", "term_b"])
    nodes = nodes.rename(columns={"term": "label"})
    nodes[["x", "y"]] *= _SCALE
    edges = edges.assign(weight=edges["npmi"])
    root = ElementTree.Element("graphml", xmlns="http://graphml.graphdrawing.org/xmlns")
    values = {"node": nodes, "edge": edges.drop(columns=["term_a", "term_b"])}
    for kind, table in values.items():
        for column, dtype in table.dtypes.items():
            given = {"id": f"{kind}_{column}", "for": kind}
            given |= {"attr.name": str(column), "attr.type": _TYPES[str(dtype)]}
            ElementTree.SubElement(root, "key", given)
    graph = ElementTree.SubElement(root, "graph", edgedefault="undirected")
    ends = {
        "node": [{"id": _legal(term)} for term in nodes["label"]],
        "edge": [
            {"source": _legal(a), "target": _legal(b)}
            for a, b in zip(edges["term_a"], edges["term_b"], strict=True)
        ],
    }
    for kind, table in values.items():
        rows = zip(ends[kind], table.to_dict("records"), strict=True)
        for attributes, row in rows:
            _add_data(ElementTree.SubElement(graph, kind, attributes), kind, row)
    ElementTree.indent(root)
    return write_bytes(path, ElementTree.tostring(root, "utf-8", xml_declaration=True))


def _add_data(parent: ElementTree.Element, kind: str, row: dict[Any, Any]) -> None:
    for column, value in row.items():
        if value == value:  # NaN is not
            ElementTree.SubElement(parent, "data", key=f"{kind}_{column}").text = _legal(str(value))


def _legal(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)
