"""Figures: each takes a result table and returns a matplotlib figure ready for print."""

from textlab.output.figures.keywords import keyword_bars, keyword_heatmap
from textlab.output.figures.paper import save_figure
from textlab.output.figures.similarity import similarity_clustermap
from textlab.output.figures.topics import topic_shares, topic_terms

__all__ = [
    "keyword_bars",
    "keyword_heatmap",
    "save_figure",
    "similarity_clustermap",
    "topic_shares",
    "topic_terms",
]
