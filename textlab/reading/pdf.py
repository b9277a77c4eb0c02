"""``.pdf`` -> the lines of its text, in reading order, and where on which page each stands."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from typing import TYPE_CHECKING, Any

from textlab.reading.boxes import Box, line_of, pieces_of, rows_of
from textlab.reading.extract import Extract, UnreadableError, inked, noted
from textlab.reading.page_heads import page_heads
from textlab.reading.page_lines import lines_of

if TYPE_CHECKING:
    from pdfplumber.page import Page
    from pdfplumber.pdf import PDF

MOST_PAGES = 5_000
# More characters than that on one page are a drawing, or an attack.
MOST_CHARACTERS = 200_000
# Of all characters, so many at most may be unknown.
MOST_UNKNOWN = 0.2
UNKNOWN = "\ufffd"
WITHOUT_UNICODE = re.compile(r"\(cid:\d+\)|[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff]")
# Printed twice, a little apart, to look bold: in sizes of the type.
OVERPRINT = 0.12


def read_pdf(data: bytes) -> Extract:
    """The text of a PDF and, in ``layout``, page and box of each of its lines.

    Columns are read one after another, headings across them where they stand. The lines are
    those of the page; indents and wider gaps are shown by wide spaces and blank lines, cells of
    a table without rules by tabs (where cells are full sentences, column by column). A sign
    that has no Unicode value is shown as U+FFFD.

    Left out, and counted in ``left_out``: running heads and feet, page numbers, text that is
    turned, outside the page or printed twice on one spot, and pages without any text. Not read
    at all: pictures, and what is written in them.

    Raises :class:`UnreadableError` for an encrypted PDF, one without text (scanned), one whose
    characters have no Unicode values, and one of very many pages, and whatever pdfplumber does
    for a broken one.
    """
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            return _read(pdf)
    except PdfminerException as error:
        if error.args and isinstance(error.args[0], PDFPasswordIncorrect):
            raise UnreadableError("encrypted; save it without its password") from None
        raise


def _read(pdf: PDF) -> Extract:
    if len(pdf.pages) > MOST_PAGES:
        raise UnreadableError(
            f"has {len(pdf.pages):,} pages, and at most {MOST_PAGES:,} are read; split it"
        )
    left_out: Counter[str] = Counter()
    pages: list[list[Box]] = []
    scanned = 0
    for page in pdf.pages:
        characters = _characters(page, left_out)
        scanned += not characters and bool(page.images)
        pages.append(pieces_of(characters))
        page.close()
    _check_legible(pages, scanned)
    pages = _without_heads(pages, [float(page.height) for page in pdf.pages], left_out)
    lines = list(lines_of(pages))
    notes = dict(left_out)
    if scanned:
        notes[f"{scanned} page(s) of pictures, without text"] = 0
    text = "".join(f"{line.text}\n" for line in lines)
    return Extract(text, "\n".join(line.layout for line in lines), noted(notes))


def _characters(page: Page, left_out: Counter[str]) -> list[Box]:
    """The characters of a page that stand upright on it, each once."""
    characters = page.chars
    if len(characters) > MOST_CHARACTERS:
        raise UnreadableError(
            f"page {page.page_number} has {len(characters):,} characters, "
            f"and at most {MOST_CHARACTERS:,} are read"
        )
    x0, top, x1, bottom = page.cropbox
    kept: list[Box] = []
    spots = _Spots()
    for character in characters:
        box = _box(character)
        if not character["upright"]:
            left_out["turned text"] += inked(box.text)
        elif not (x0 <= (box.x0 + box.x1) / 2 <= x1 and top <= box.middle <= bottom):
            left_out["text outside the page"] += inked(box.text)
        elif spots.taken(box):
            left_out["text printed twice on one spot"] += inked(box.text)
        else:
            kept.append(box)
    return kept


class _Spots:
    """Where which characters have been printed already."""

    def __init__(self) -> None:
        self.known: dict[tuple[str, int, int], Box] = {}

    def taken(self, box: Box) -> bool:
        """Whether the same character stands on the spot; if not, it does from now on."""
        near = OVERPRINT * box.size
        x, y = int(box.x0 // near), int(box.top // near)
        for across, down in product((-1, 0, 1), repeat=2):
            other = self.known.get((box.text, x + across, y + down))
            if other and abs(other.x0 - box.x0) <= near and abs(other.top - box.top) <= near:
                return True
        self.known[box.text, x, y] = box
        return False


def _box(character: Mapping[str, Any]) -> Box:
    text = WITHOUT_UNICODE.sub(UNKNOWN, character["text"])
    x0, top, x1, bottom, size = (
        float(character[name]) for name in ("x0", "top", "x1", "bottom", "size")
    )
    return Box(" ".join(text.split()) or " ", x0, top, x1, bottom, max(size, 1.0))


def _check_legible(pages: Iterable[Sequence[Box]], scanned: int) -> None:
    text = "".join(piece.text for pieces in pages for piece in pieces)
    if not text:
        what = f"no text, only pictures ({scanned} pages)" if scanned else "no text"
        raise UnreadableError(f"{what}; run text recognition (OCR) and save it as .txt")
    unknown = text.count(UNKNOWN)
    if unknown > MOST_UNKNOWN * len(text):
        raise UnreadableError(
            f"{unknown:,} of its {len(text):,} characters have no Unicode value; "
            "run text recognition (OCR) and save it as .txt"
        )


def _without_heads(
    pages: Sequence[Sequence[Box]], heights: Sequence[float], left_out: Counter[str]
) -> list[list[Box]]:
    rows = [rows_of(pieces) for pieces in pages]
    lines = [[line_of(row) for row in page] for page in rows]
    kept = []
    for page, shown, heads in zip(rows, lines, page_heads(lines, heights), strict=True):
        for at, kind in heads.items():
            left_out[kind] += inked(shown[at].text)
        kept.append([piece for at, row in enumerate(page) if at not in heads for piece in row])
    return kept
