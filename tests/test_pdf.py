"""PDFs, from bytes to lines with page and box."""

from __future__ import annotations

import io
from pathlib import Path

import matplotlib
import pytest
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties

from tests.corpus_files import row, write
from tests.helpers import time_limit
from tests.pdf_files import Text, assemble, column, make_pdf
from textlab.cleaning.paragraphs import clean
from textlab.output.style import font_path
from textlab.reading import pdf
from textlab.reading.child import Extractor
from textlab.reading.documents import read_documents
from textlab.reading.extract import UnreadableError
from textlab.reading.formats import extract
from textlab.reading.pdf import read_pdf
from textlab.tokens.occurrences import locate
from textlab.tokens.segmentation import find_terms

# Two columns that break 营商环境 and 高质量发展 over a line, a column and a page.
LEFT = [
    "　　岚江市把发展新质生产力作为重",
    "要任务，加快推进传统产业改造升级，",
    "优化企业营商",
    "环境，全市上下凝心聚力抓落实，推",
    "动各项工作取得新的成效，农业、工",
    "业和服务业稳步增长，居民收入增长",
    "快于经济增长，城乡面貌明显改善高",
]
RIGHT = [
    "质量发展迈出坚实步伐，企业投资的",
    "信心明显增强，市场主体活力进一步",
    "迸发，对外开放水平不断提高，民生",
    "福祉持续增进，生态环境质量持续改",
    "善，社会大局保持和谐稳定，为实现",
    "全年目标任务打下了坚实基础，营商",
]
NEXT = ["环境持续向好。", "　　会议要求，各级各部门要守住粮食", "安全底线，确保农业稳产增收。"]


def two_pages() -> bytes:
    def page(number: int, *texts: Text) -> list[Text]:
        head = Text(50, 30, f"岚江市政府公报　　2024年第{number}版", 9)
        return [head, *texts, Text(290, 800, f"{number}", 9)]

    title = Text(150, 60, "岚江市经济形势分析会召开", 18)
    first = [*column(50, 100, LEFT, 10), *column(270, 100, RIGHT, 10)]
    return make_pdf([page(1, title, *first), page(2, *column(50, 100, NEXT, 10))])


def test_columns_heads_and_page_numbers() -> None:
    found = read_pdf(two_pages())
    assert found.text.split("\n") == [
        *(
            "岚江市经济形势分析会召开",
            "",
            "　　" + LEFT[0].strip(),
            *LEFT[1:],
            *RIGHT,
            *NEXT[:1],
        ),
        *("　　" + NEXT[1].strip(), NEXT[2], ""),
    ]
    heads = 2 * len("岚江市政府公报2024年第1版")
    assert found.left_out == f"page numbers: 2; running heads and feet: {heads}"


def test_layout_has_a_line_for_each_line_of_text() -> None:
    found = read_pdf(two_pages())
    lines, boxes = found.text.split("\n"), found.layout.split("\n")
    assert len(boxes) == len(lines) - 1
    assert [not box for box in boxes] == [not line for line in lines[:-1]]
    assert boxes[0] == "1 150.0 60.0 366.0 78.0"
    assert boxes[2:4] == ["1 70.0 100.0 210.0 110.0", "1 50.0 115.0 220.0 125.0"]
    assert boxes[9] == "1 270.0 100.0 430.0 110.0"
    assert boxes[15] == "2 50.0 100.0 120.0 110.0"


def test_terms_of_a_pdf_lead_back_to_page_and_box(tmp_path: Path) -> None:
    documents = read_documents(write(tmp_path, {"a.pdf": two_pages(), "b.txt": "营商环境\n"}))
    assert row(documents, "a.pdf")["set_aside"] == ""
    paragraphs = clean(documents)
    found = locate(find_terms(paragraphs, ["营商环境", "高质量发展"]), paragraphs, documents)
    columns = ["doc_id", "keyword", "line", "page", "box"]
    assert [list(place) for place in found[columns].itertuples(index=False)] == [
        ["a", "营商环境", 5, 1, "50.0 130.0 110.0 140.0"],
        ["a", "高质量发展", 9, 1, "50.0 190.0 210.0 200.0"],
        ["a", "营商环境", 15, 1, "270.0 175.0 430.0 185.0"],
        ["b", "营商环境", 1, 0, ""],
    ]


def test_pdf_of_another_program_is_read_alike() -> None:
    stream = io.BytesIO()
    font = FontProperties(fname=font_path())
    with matplotlib.rc_context({"pdf.fonttype": 42}), PdfPages(stream) as file:
        for number, columns in enumerate([[LEFT[1:], RIGHT], [RIGHT, LEFT[1:]]], 1):
            figure = Figure(figsize=(8.27, 11.69))
            texts = [(0.1, 0.96, "岚江市政府公报"), (0.5, 0.03, f"— {number} —")]
            for x, lines in zip((0.1, 0.55), columns, strict=True):
                texts += [(x, 0.85 - n / 50, line) for n, line in enumerate(lines)]
            for x, y, text in texts:
                figure.text(x, y, text, fontproperties=font, size=10)
            file.savefig(figure)
    found = read_pdf(stream.getvalue())
    assert found.text.split() == [*LEFT[1:], *RIGHT, *RIGHT, *LEFT[1:]]
    assert found.left_out == "page numbers: 6; running heads and feet: 14"
    assert {line.split()[0] for line in found.layout.split("\n") if line} == {"1", "2"}


def test_text_that_is_turned_outside_or_printed_twice_is_left_out_and_counted() -> None:
    page = column(50, 100, ["　　营商环境好坏", "ll 11 二二"])
    page += [Text(50.4, 100.3, "　　营商环境好坏"), Text(20, 400, "旋转", turned=True)]
    page += [Text(700, 100, "裁切线")]
    found = read_pdf(make_pdf([page]))
    assert found.text == "　　营商环境好坏\nll 11 二二\n"
    assert found.left_out == (
        "text outside the page: 3; text printed twice on one spot: 6; turned text: 2"
    )


def test_gaps_between_paragraphs_are_blank_lines() -> None:
    page = [*column(50, 100, ["第一行文字", "第二行文字", "第三行文字"]), Text(50, 165, "另一段")]
    assert read_pdf(make_pdf([page])).text.split("\n")[2:] == ["第三行文字", "", "另一段", ""]


def test_pages_of_pictures_among_others_are_counted() -> None:
    found = read_pdf(make_pdf([[Text(50, 50, "岚江市")], [], []], picture=True))
    assert found.text == "岚江市\n"
    assert found.left_out == "2 page(s) of pictures, without text: 0"
    assert read_pdf(make_pdf([[Text(50, 50, "岚江市")], []])).left_out == ""


LOCK = f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{'a1' * 32}> /U <{'b2' * 32}> >>"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "a broken .pdf: PdfminerException: No /Root object!"),
        (b"%PDF-1.7\n" + bytes(1000), "a broken .pdf: "),
        (two_pages()[:300], "a broken .pdf: "),
        (make_pdf([[]], picture=True), "no text, only pictures (1 pages); run text recognition"),
        (make_pdf([[]]), "no text; run text recognition"),
        (make_pdf([]), "no text; run text recognition"),
        (
            make_pdf([[Text(50, 50, "岚江市")]], entries=f"{LOCK} /ID [<00> <00>]"),
            "encrypted; save it without its password",
        ),
        (
            make_pdf([[Text(50, 50, "岚江市")]], encoding="Identity-H", ordering="Identity"),
            "3 of its 3 characters have no Unicode value; run text recognition",
        ),
    ],
)
def test_what_gives_no_text_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        extract(".pdf", data)
    assert str(caught.value).startswith(reason)


def test_pdf_of_too_many_pages_or_characters_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MOST_CHARACTERS", 20)
    with pytest.raises(UnreadableError, match=r"page 2 has 21 characters, and at most 20 are read"):
        read_pdf(make_pdf([[Text(50, 50, "岚" * 20)], [Text(50, 50, "岚" * 21)]]))
    monkeypatch.setattr(pdf, "MOST_PAGES", 1)
    with pytest.raises(UnreadableError, match=r"has 2 pages, and at most 1 are read; split it"):
        read_pdf(two_pages())


def test_a_tenth_of_unknown_characters_is_shown_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    def without(character: str) -> str:
        return "(cid:12)" if character == "甲" else character

    opened = pdf._box
    monkeypatch.setattr(pdf, "_box", lambda c: opened({**c, "text": without(c["text"])}))
    assert (
        read_pdf(make_pdf([[Text(50, 50, "营商环境甲岚江市发展")]])).text
        == "营商环境\ufffd岚江市发展\n"
    )


def forms_within_forms(levels: int) -> bytes:
    """A page of few bytes that draws a form ten times, which draws another ten times..."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R "
        "/Resources << /XObject << /X 5 0 R >> >> >>",
        "<< /Length 5 >>\nstream\n/X Do\nendstream",
    ]
    for level in range(levels):
        inner = f"/Resources << /XObject << /X {6 + level} 0 R >> >>" if level < levels - 1 else ""
        content = "/X Do " * 10 if inner else "q Q"
        head = f"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length {len(content)} {inner}"
        objects.append(f"<< {head} >>\nstream\n{content}\nendstream")
    return assemble(objects)


def test_page_that_would_never_end_is_given_up() -> None:
    with Extractor() as extractor, time_limit(60):
        assert extractor(".pdf", two_pages()).text
        extractor.seconds = 2
        with pytest.raises(UnreadableError, match=r"not read within 2 seconds"):
            extractor(".pdf", forms_within_forms(12))
