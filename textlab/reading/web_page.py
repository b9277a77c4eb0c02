"""Saved web pages: ``.html`` and ``.htm`` -> the lines of their main text."""

from __future__ import annotations

import re
from typing import Any

from textlab.language.encoding import UndecodableError, decode
from textlab.reading.extract import Extract, UnreadableError, inked, noted

UNSEEN = {"head", "script", "style", "noscript", "template", "title"}
# Of what trafilatura returns; all else runs on within a line.
BLOCKS = {
    *("head", "p", "list", "item", "table", "row", "cell", "quote", "code", "body", "div", "del"),
    *("dl", "dt", "dd", "ol", "ul", "li", "pre", "blockquote", "article", "section", "main"),
}
BREAKS = ("lb", "br")
# No blank line between two of them.
RUN_ON = {"row", "item"}
# A cell with so many blocks in it holds a part of the page, and is no entry of a table.
MANY_BLOCKS = 4
# trafilatura takes ten seconds and more for so many, and four times as long for twice as many.
MOST_TAGS = 200_000
# What is shorter trafilatura takes for a failure, and gives the whole page in a lump instead. Its
# own limit of 250 is meant for alphabets: in Chinese that is a long notice.
SHORT_TEXT = 100
SHORTEST_TITLE = 5
MARK = re.compile(r"^(?:#{1,6}|-) ", re.MULTILINE)
TAG = re.compile("<[a-zA-Z]")


def read_web_page(data: bytes) -> Extract:
    """The main text of a web page, as trafilatura tells it from what surrounds it.

    In doubt more is kept (``favor_recall``): what cleaning knows as furniture it marks itself.
    A paragraph, heading, item or line break gives a line, with blank lines between paragraphs;
    headings begin with ``#``, items with ``-``; a table gives a line a row, its cells separated
    by tabs. Comments of readers, scripts and forms are left out. ``left_out`` counts the
    characters of the page that are not in the text. Nothing is looked up in the network.

    Raises :class:`UnreadableError` for what cannot be decoded, is no page or has no text.
    """
    return _read(_source(data))


def _source(data: bytes) -> str:
    try:
        source, _ = decode(data)
    except UndecodableError as error:
        raise UnreadableError(str(error)) from None
    tags = sum(1 for _ in TAG.finditer(source))
    if tags > MOST_TAGS:
        raise UnreadableError(
            f"holds {tags:,} HTML tags, and pages of at most {MOST_TAGS:,} are read; "
            "save its text as .txt"
        )
    # A fragment without <html> is no page to trafilatura until it is put into one.
    return source if "<html" in source.lower() else f"<html><body>{source}</body></html>"


def _read(source: str) -> Extract:
    from trafilatura import bare_extraction, load_html
    from trafilatura.settings import use_config

    config = use_config()
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", str(SHORT_TEXT))
    tree = load_html(source)
    found = None
    if tree is not None:
        found = bare_extraction(
            tree, favor_recall=True, include_comments=False, include_tables=True, config=config
        )
    body = getattr(found, "body", None)
    if tree is None or body is None:
        raise UnreadableError("no text was found in this web page; save its text as .txt")
    page = _Page()
    page.block(body)
    text = "".join(f"{line}\n" for line in [*_title(tree, page.lines), *page.lines])
    around = _seen(tree) - inked(MARK.sub("", text))
    return Extract(text, left_out=noted({"page around the text": around} if around > 0 else {}))


def _title(tree: Any, lines: list[str]) -> list[str]:
    """The heading of the page that is missing from ``lines``, with a blank line behind it.

    That is a text of the page with which its ``<title>`` begins: trafilatura may leave it out
    where it stands apart from the body.
    """
    stated = " ".join((tree.findtext(".//title") or "").split())
    shown = {
        text
        for element in tree.iter()
        if element.tag not in UNSEEN
        and isinstance(element.tag, str)
        and len(text := " ".join((element.text or "").split())) >= SHORTEST_TITLE
        and stated.startswith(text)
        # What is short against the rest may be the name of the site.
        and 2 * len(text) >= len(stated)
    }
    title = max(shown, key=len, default="")
    there = not title or any(title in line for line in lines)
    return [] if there else [f"# {title}", ""]


def _seen(tree: Any) -> int:
    """The characters of a page that a reader sees, white space apart."""
    seen = 0
    waiting = [tree]
    while waiting:
        element = waiting.pop()
        if element.tag not in UNSEEN:
            seen += inked(element.text or "") if isinstance(element.tag, str) else 0
            waiting.extend(element)
        seen += inked(element.tail or "")
    return seen


class _Page:
    """The lines of a tree of blocks, a blank one between two blocks."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.parts: list[str] = []
        self.begins = True

    def block(self, element: Any) -> None:
        """Add the lines of an element that stands for itself."""
        self._end_block()
        if element.tag in RUN_ON and element.getprevious() is not None:
            self.begins = False
        if element.tag == "row" and not _is_layout(element):
            self.parts.append("\t".join(" ".join(_run(cell).split()) for cell in element).strip())
        else:
            self.parts.append(_mark(element))
            self._inside(element)
        self._end_block()

    def _inside(self, element: Any) -> None:
        self.parts.append(element.text or "")
        for child in element:
            if child.tag in BREAKS:
                self._end_line()
            elif child.tag in BLOCKS:
                self.block(child)
            elif isinstance(child.tag, str):
                self._inside(child)
            self.parts.append(child.tail or "")

    def _end_line(self) -> None:
        line = "".join(self.parts)
        self.parts = []
        if line.strip().strip("#- "):
            if self.begins and self.lines:
                self.lines.append("")
            self.lines.append(re.sub(r"[\r\n]+", " ", line).lstrip(" ").rstrip())
            self.begins = False

    def _end_block(self) -> None:
        self._end_line()
        self.begins = True


def _mark(element: Any) -> str:
    if element.tag == "head":
        level = element.get("rend", "")[1:]
        return "#" * (int(level) if level in set("123456") else 2) + " "
    return "- " if element.tag == "item" else ""


def _run(cell: Any) -> str:
    """The text of a cell, a space between its blocks."""
    parts = [cell.text or ""]
    for child in cell:
        apart = " " if child.tag in BLOCKS or child.tag in BREAKS else ""
        parts += [apart, _run(child), apart, child.tail or ""]
    return "".join(parts)


def _is_layout(row: Any) -> bool:
    """Whether a row of a table only sets parts of the page side by side."""
    filled = [cell for cell in row if "".join(cell.itertext()).strip()]
    return len(filled) < 2 or any(
        sum(child.tag in BLOCKS for child in cell.iterdescendants()) >= MANY_BLOCKS
        for cell in filled
    )
