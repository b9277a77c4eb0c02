"""Word files: ``.docx`` -> text, a line a paragraph or a row of a table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from textlab.reading.extract import Extract, inked, noted
from textlab.reading.limits import unpacked

if TYPE_CHECKING:
    from docx.document import Document

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

PARAGRAPH, TABLE, TEXT_BOX = WORD + "p", WORD + "tbl", WORD + "txbxContent"
# Properties; what tracked changes have deleted or moved away; the pinyin over a character; the
# second copy of a text box that Word writes for older programs.
PASSED_OVER = {
    *(WORD + name for name in ("pPr", "rPr", "del", "moveFrom", "rt")),
    COMPATIBILITY + "Fallback",
}
SIGNS = {WORD + "tab": "\t", WORD + "ptab": "\t", WORD + "cr": "\n", WORD + "noBreakHyphen": "-"}

HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
TITLES = {"title": 1, "标题": 1, "subtitle": 2, "副标题": 2}
CONTENTS = re.compile(r"(?:toc|目录)\s*\d", re.IGNORECASE)
DEEPEST, BODY_TEXT = 6, "9"
# Some give whole paragraphs the style of a heading, so as to see them in the navigation.
LONGEST_HEADING = 60

PAGE_PARTS = {
    "header": "page heads and feet",
    "footer": "page heads and feet",
    "comments": "comments",
}
NOTE_PARTS = ("footnotes", "endnotes")


def read_word(data: bytes) -> Extract:
    """The text of a Word file.

    Read are, in their order, the paragraphs of the body (a line each, and one more for each line
    break), the rows of its tables (a line each, cells separated by tabs), and text boxes, behind
    the paragraph that they are fixed to; then footnotes and endnotes. Paragraphs stand between
    blank lines. One in the style of a heading (Heading 2, 标题 2, Title, or any with an outline
    level) begins with as many ``#`` as its level. Text inserted under tracked changes is read.

    Left out, and counted in ``left_out``: page heads and feet, comments, deleted text, the
    table of contents. Not in the file as text, and so not read: pictures, automatic numbers.

    Raises :class:`UnreadableError` for what is no archive, or one packed to burst, and whatever
    python-docx does for an archive that is no Word file.
    """
    import docx

    return _read(docx.Document(unpacked(data, ".docx, without a password")))


def _read(document: Document) -> Extract:
    left_out: Counter[str] = Counter()
    walk = _Walk(_levels(document), left_out)
    blocks = list(walk.blocks(document.element.body))
    for kind, root in _parts(document):
        if kind in NOTE_PARTS:
            blocks += walk.blocks(root)
        else:
            left_out[PAGE_PARTS[kind]] += inked("".join(map(_text, root.iter(PARAGRAPH))))
    left_out["deleted text"] += sum(
        inked(element.text or "") for element in document.element.iter(WORD + "delText")
    )
    text = "".join(f"{block}\n" for block in blocks)
    return Extract(text, left_out=noted(+left_out))


class _Walk:
    """The blocks of a story (body, cell, note): paragraphs and tables, each with a blank line."""

    def __init__(self, levels: dict[str, int | None], left_out: Counter[str]) -> None:
        self.levels = levels
        self.left_out = left_out

    def blocks(self, story: Any) -> Iterator[str]:
        for element in _outermost(story, (PARAGRAPH, TABLE)):
            if element.tag == TABLE:
                yield self._table(element)
                continue
            yield from self._paragraph(element)
            for box in _outermost(element, (TEXT_BOX,)):
                yield from self.blocks(box)

    def _paragraph(self, element: Any) -> Iterator[str]:
        text = _text(element).strip("\n")
        if not text.strip():
            return
        level = self._level(element)
        if level is None:
            self.left_out["table of contents"] += inked(text)
        elif level > 0 and len(text) <= LONGEST_HEADING:
            yield f"{'#' * min(level, DEEPEST)} {' '.join(text.split())}\n"
        else:
            yield f"{text}\n"

    def _table(self, table: Any) -> str:
        rows = (self._row(row) for row in _outermost(table, (WORD + "tr",)))
        return "".join(f"{row}\n" for row in rows if row.strip())

    def _row(self, row: Any) -> str:
        cells = (" ".join(self._cell(cell)) for cell in _outermost(row, (WORD + "tc",)))
        return "\t".join(cells)

    def _cell(self, cell: Any) -> Iterator[str]:
        for block in self.blocks(cell):
            yield " ".join(block.lstrip("# ").split())

    def _level(self, paragraph: Any) -> int | None:
        """Of a heading 1 and more, of other paragraphs no more than 0, of a contents line None."""
        style = paragraph.find(f"{WORD}pPr/{WORD}pStyle")
        level = self.levels.get(style.get(WORD + "val", ""), 0) if style is not None else 0
        return None if level is None else _outline(paragraph) or level


def _outermost(element: Any, tags: Sequence[str]) -> Iterator[Any]:
    """The elements of ``tags`` within ``element``, but none within another of them.

    Between them may stand what groups them (content controls, insertions, links).
    """
    for child in element:
        if child.tag in tags:
            yield child
        elif child.tag not in PASSED_OVER:
            yield from _outermost(child, tags)


def _text(element: Any) -> str:
    """The characters of a paragraph, without those of its text boxes."""
    parts = []
    for child in element:
        if child.tag in (WORD + "t", MATHS + "t"):
            parts.append(child.text or "")
        elif child.tag == WORD + "br":
            # A page or a column may end within a word.
            parts.append("\n" if child.get(WORD + "type", "textWrapping") == "textWrapping" else "")
        elif child.tag in SIGNS:
            parts.append(SIGNS[child.tag])
        elif child.tag != TEXT_BOX and child.tag not in PASSED_OVER:
            parts.append(_text(child))
    return "".join(parts)


def _levels(document: Document) -> dict[str, int | None]:
    """The level of each paragraph style, which a style may have from the one it is based on."""
    styles = {
        style.get(WORD + "styleId", ""): style
        for style in document.styles.element.iterchildren(WORD + "style")
    }
    levels: dict[str, int | None] = {}
    for name in styles:
        level: int | None = 0
        followed: list[str] = []
        while name in styles and name not in levels and level == 0:
            followed.append(name)
            level = levels[name] = _own_level(styles[name])
            base = styles[name].find(WORD + "basedOn")
            name = base.get(WORD + "val", "") if base is not None else ""
        level = level if level != 0 else levels.get(name, 0)
        levels |= dict.fromkeys(followed, level)
    return levels


def _own_level(style: Any) -> int | None:
    name_of = style.find(WORD + "name")
    name = name_of.get(WORD + "val", "").strip().lower() if name_of is not None else ""
    if CONTENTS.fullmatch(name):
        return None
    heading = HEADING.fullmatch(name)
    return int(heading[1]) if heading else TITLES.get(name) or _outline(style)


def _outline(element: Any) -> int:
    """The outline level that a paragraph or style states itself: 0 if none, -1 for body text."""
    stated = element.find(f"{WORD}pPr/{WORD}outlineLvl")
    value = stated.get(WORD + "val", "") if stated is not None else ""
    if value == BODY_TEXT:
        return -1
    return int(value) + 1 if value in set("012345678") else 0


def _parts(document: Document) -> Iterator[tuple[str, Any]]:
    """Kind and root of the document's other stories, in the order of their names."""
    from docx.oxml import parse_xml

    related = sorted(
        (part.reltype.removeprefix(RELATED), str(part.target_part.partname), part.target_part.blob)
        for part in document.part.rels.values()
        if not part.is_external
    )
    for kind, _, blob in related:
        if kind in PAGE_PARTS or kind in NOTE_PARTS:
            yield kind, parse_xml(blob)
