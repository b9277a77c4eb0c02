"""The texts of a figure, and whether each can be read: inside the page, and over no other."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.figure import Figure
from matplotlib.text import Text

from textlab.output.style import house_style


def seen(figure: Figure) -> list[Text]:
    """All texts of ``figure`` that are drawn."""
    found = [text for text in figure.findobj(Text) if isinstance(text, Text)]
    return [text for text in found if text.get_visible() and text.get_text().strip()]


def boxes(figure: Figure) -> np.ndarray:
    """Left, lower, right and upper edge of every text, in pixels."""
    canvas: Any = figure.canvas
    figure.draw_without_rendering()
    with house_style():
        renderer = canvas.get_renderer()
        return np.array([text.get_window_extent(renderer).extents for text in seen(figure)])


def assert_legible(figure: Figure, *, margin: float = 0.5) -> None:
    """No text is nearer to the edge than ``margin`` millimetres, and none lies over another."""
    left, lower, right, upper = boxes(figure).T
    width, height = figure.bbox.size
    edge = margin * figure.dpi / 25.4
    assert min(left.min(), lower.min()) >= edge
    assert right.max() <= width - edge
    assert upper.max() <= height - edge
    across = np.minimum.outer(right, right) - np.maximum.outer(left, left)
    up = np.minimum.outer(upper, upper) - np.maximum.outer(lower, lower)
    texts = [text.get_text() for text in seen(figure)]
    clashing = np.argwhere(np.triu((across > 0.5) & (up > 0.5), 1))
    assert [(texts[i], texts[j]) for i, j in clashing] == []
