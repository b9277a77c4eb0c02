"""Figures: each takes a result table and returns a matplotlib figure ready for print."""

from textlab.output.figures.change import keyword_change_plot
from textlab.output.figures.correspondence import correspondence_map
from textlab.output.figures.keyness import keyness_plot
from textlab.output.figures.keywords import category_bars, keyword_bars, keyword_heatmap
from textlab.output.figures.maps import similarity_map
from textlab.output.figures.network import network_plot
from textlab.output.figures.paper import save_figure
from textlab.output.figures.similarity import similarity_clustermap
from textlab.output.figures.topics import topic_shares, topic_terms

__all__ = [
    "category_bars",
    "correspondence_map",
    "keyness_plot",
    "keyword_bars",
    "keyword_change_plot",
    "keyword_heatmap",
    "network_plot",
    "save_figure",
    "similarity_clustermap",
    "similarity_map",
    "topic_shares",
    "topic_terms",
]
