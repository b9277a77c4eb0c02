"""Figures: each takes a result table and returns a matplotlib figure ready for print."""

from textlab.output.figures.change import keyword_change_plot
from textlab.output.figures.correspondence import correspondence_map
from textlab.output.figures.effects import effects_plot
from textlab.output.figures.keyness import keyness_plot
from textlab.output.figures.keywords import category_bars, keyword_bars, keyword_heatmap
from textlab.output.figures.maps import similarity_map
from textlab.output.figures.network import network_plot
from textlab.output.figures.paper import save_figure
from textlab.output.figures.periods import topic_periods
from textlab.output.figures.selection import selection_curves
from textlab.output.figures.similarity import similarity_clustermap
from textlab.output.figures.topic_map import topic_map_plot
from textlab.output.figures.topics import topic_share_intervals, topic_shares, topic_terms

__all__ = [
    "category_bars",
    "correspondence_map",
    "effects_plot",
    "keyness_plot",
    "keyword_bars",
    "keyword_change_plot",
    "keyword_heatmap",
    "network_plot",
    "save_figure",
    "selection_curves",
    "similarity_clustermap",
    "similarity_map",
    "topic_map_plot",
    "topic_periods",
    "topic_share_intervals",
    "topic_shares",
    "topic_terms",
]
