"""PDFs written by hand: Chinese text at given places, in a font that every reader knows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

WIDTH, HEIGHT = 595, 842


class Text(NamedTuple):
    """A run of text: left edge and top in points from the upper left corner, and its size."""

    x: float
    y: float
    text: str
    size: float = 10
    turned: bool = False


def column(
    x: float, y: float, lines: Sequence[str], size: float = 10, step: float = 15
) -> list[Text]:
    """Lines of one column, each ``step`` points below the last."""
    return [Text(x, y + step * number, line, size) for number, line in enumerate(lines)]


def make_pdf(
    pages: Sequence[Sequence[Text]],
    *,
    picture: bool = False,
    encoding: str = "UniGB-UCS2-H",
    ordering: str = "GB1",
    entries: str = "",
    page_entries: str = "",
) -> bytes:
    """A PDF of ``pages``, each with a small picture if asked.

    ``encoding`` and ``ordering`` say what the codes of characters mean, ``entries`` go into the
    trailer, ``page_entries`` into every page.
    """
    kids = " ".join(f"{7 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>",
        f"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /{encoding} "
        "/DescendantFonts [4 0 R] >>",
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /W [1 95 500] "
        f"/CIDSystemInfo << /Registry (Adobe) /Ordering ({ordering}) /Supplement 4 >> "
        "/FontDescriptor 5 0 R >>",
        "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [0 -120 1000 880] "
        "/ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>",
        _stream(
            "\xff\x00\x00",
            "/Type /XObject /Subtype /Image /Width 1 /Height 1 "
            "/ColorSpace /DeviceRGB /BitsPerComponent 8",
        ),
    ]
    for number, page in enumerate(pages):
        content = "".join(map(_shown, page)) + ("q 9 0 0 9 9 9 cm /P Do Q\n" if picture else "")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] {page_entries} "
            "/Resources << /Font << /F 3 0 R >> /XObject << /P 6 0 R >> >> "
            f"/Contents {8 + 2 * number} 0 R >>"
        )
        objects.append(_stream(content))
    return assemble(objects, entries)


def _shown(run: Text) -> str:
    place = f"{run.x} {HEIGHT - run.y - 0.88 * run.size:.3f} Tm"
    matrix = f"0 1 -1 0 {place}" if run.turned else f"1 0 0 1 {place}"
    return f"BT /F {run.size} Tf {matrix} <{run.text.encode('utf-16-be').hex()}> Tj ET\n"


def _stream(content: str, entries: str = "") -> str:
    return f"<< /Length {len(content)} {entries} >>\nstream\n{content}\nendstream"


def assemble(objects: Sequence[str], entries: str = "") -> bytes:
    """The objects, numbered from 1, with the table that says where each begins."""
    out = b"%PDF-1.7\n"
    starts = []
    for number, content in enumerate(objects, 1):
        starts.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    table = "".join(f"{start:010d} 00000 n \n" for start in starts)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}"
    end += f"trailer\n<< /Size {size} /Root 1 0 R {entries} >>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + end.encode("latin-1")
