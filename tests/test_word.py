"""Word files, made by python-docx and finished by hand."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml

from tests.corpus_files import row, write
from tests.helpers import time_limit
from textlab.reading.documents import read_documents
from textlab.reading.extract import Extract, UnreadableError
from textlab.reading.formats import extract
from textlab.reading.word import read_word

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def saved(document: Document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def read(*paragraphs: str) -> Extract:
    """What is read of a document with these ``<w:p>``, given as XML."""
    document = docx.Document()
    for paragraph in paragraphs:
        element = parse_xml(paragraph.replace(">", f" {NAMES}>", 1))
        document.element.body.insert(-1, element)
    return read_word(saved(document))


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def test_paragraphs_headings_and_tables_in_their_order(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("岚江市政府工作报告", style="Title")
    document.add_heading("一、过去一年工作回顾", level=1)
    document.add_paragraph("全市经济稳中有进，")
    document.add_paragraph("")
    table = document.add_table(rows=2, cols=3)
    for cell, text in zip(
        table._cells, ["指标", "2023年", "2024年", "粮食", "56", ""], strict=True
    ):
        cell.text = text
    document.add_heading("（一）营商环境", level=2)
    document.add_paragraph("企业投资信心增强。")
    write(tmp_path, {"a.docx": saved(document)})
    found = row(read_documents(tmp_path), "a.docx")
    assert found["text"].split("\n") == [
        *("# 岚江市政府工作报告", "", "# 一、过去一年工作回顾", "", "全市经济稳中有进，", ""),
        *("指标\t2023年\t2024年", "粮食\t56\t", "", "## （一）营商环境", ""),
        *("企业投资信心增强。", "", ""),
    ]
    assert (found["set_aside"], found["layout"], found["left_out"]) == ("", "", "")
    assert found["title"] == "岚江市政府工作报告"


def styled(name: str, change: Callable[[Any], None] = lambda style: None) -> str:
    """The line of a paragraph in a style of one's own."""
    document = docx.Document()
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    change(style)
    document.add_paragraph("总体要求", style=style)
    return read_word(saved(document)).text.strip("\n")


def outline(level: str) -> Callable[[Any], None]:
    xml = f'<w:pPr {NAMES}><w:outlineLvl w:val="{level}"/></w:pPr>'
    return lambda style: style.element.append(parse_xml(xml))


def based_on(other: str) -> Callable[[Any], None]:
    xml = f'<w:basedOn {NAMES} w:val="{other}"/>'
    return lambda style: style.element.insert(1, parse_xml(xml))


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("标题 3", "### 总体要求"),
        ("标题2", "## 总体要求"),
        ("标题 9", "###### 总体要求"),
        ("副标题", "## 总体要求"),
        ("标题", "# 总体要求"),
        ("正文缩进", "总体要求"),
        ("标题 2 字", "总体要求"),
    ],
)
def test_chinese_names_of_heading_styles(name: str, line: str) -> None:
    assert styled(name) == line


def test_style_is_a_heading_by_its_outline_or_by_what_it_is_based_on() -> None:
    assert styled("公文一级", outline("0")) == "# 总体要求"
    assert styled("公文正文", outline("9")) == "总体要求"

    assert styled("公文小标题", based_on("Heading4")) == "#### 总体要求"

    def body(style: Any) -> None:
        based_on("Heading4")(style)
        outline("9")(style)

    assert styled("公文正文", body) == "总体要求"


def test_styles_that_are_based_on_each_other_end() -> None:
    with time_limit():
        assert styled("公文正文", lambda style: setattr(style, "base_style", style)) == "总体要求"


def test_paragraph_may_state_its_outline_itself() -> None:
    outline = '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>'
    assert read(f"<w:p>{outline}{run('总体要求')}</w:p>").text == "## 总体要求\n\n"


def test_long_paragraph_in_the_style_of_a_heading_is_none() -> None:
    document = docx.Document()
    document.add_heading("全" * 60)
    document.add_heading("全" * 61)
    assert read_word(saved(document)).text == f"# {'全' * 60}\n\n{'全' * 61}\n\n"


def test_breaks_tabs_and_hyphens() -> None:
    signs = "<w:tab/>", "<w:br/>", '<w:br w:type="page"/>', "<w:cr/>", "<w:noBreakHyphen/>"
    inside = "".join(f"<w:t>甲</w:t>{sign}" for sign in signs)
    tabs = '<w:pPr><w:tabs><w:tab w:val="left" w:pos="9"/></w:tabs></w:pPr>'
    assert (
        read(f"<w:p>{tabs}<w:r>{inside}<w:t>乙</w:t></w:r></w:p>").text == "甲\t甲\n甲甲\n甲-乙\n\n"
    )


def test_links_insertions_and_controls_are_read_and_deletions_are_not() -> None:
    found = read(
        f"<w:p>{run('全面')}<w:ins>{run('推进')}</w:ins><w:hyperlink>{run('乡村')}</w:hyperlink>"
        f"<w:del><w:r><w:delText>建设</w:delText></w:r></w:del><w:moveFrom>{run('工作')}</w:moveFrom>"
        f"<w:smartTag>{run('振兴')}</w:smartTag></w:p>",
        f"<w:sdt><w:sdtContent><w:p>{run('控件')}</w:p></w:sdtContent></w:sdt>",
    )
    assert found.text == "全面推进乡村振兴\n\n控件\n\n"
    assert found.left_out == "deleted text: 2"


def test_pinyin_and_formulas() -> None:
    ruby = f"<w:ruby><w:rt>{run('lán')}</w:rt><w:rubyBase>{run('岚')}</w:rubyBase></w:ruby>"
    maths = "<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>"
    assert read(f"<w:p><w:r>{ruby}</w:r>{run('江')}{maths}</w:p>").text == "岚江x=1\n\n"


def test_text_box_is_read_once_behind_its_paragraph() -> None:
    box = f"<w:txbxContent><w:p>{run('文本框')}</w:p></w:txbxContent>"
    both = f"<mc:Choice>{box}</mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
    found = read(
        f"<w:p>{run('前')}<w:r><mc:AlternateContent>{both}</mc:AlternateContent></w:r>"
        f"{run('后')}</w:p>",
        f"<w:p>{run('下一段')}</w:p>",
    )
    assert found.text == "前后\n\n文本框\n\n下一段\n\n"


def test_cells_of_merged_and_nested_tables_are_read_once() -> None:
    document = docx.Document()
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "合并"
    table.cell(1, 0).paragraphs[0].text = "第一段"
    table.cell(1, 0).add_paragraph("第二段", style="Heading 1")
    table.cell(1, 1).add_table(1, 2).cell(0, 1).text = "内表"
    assert read_word(saved(document)).text == "合并\n第一段 第二段\t内表\n\n"


def test_contents_heads_and_feet_are_left_out_and_counted() -> None:
    document = docx.Document()
    document.styles.add_style("toc 1", WD_STYLE_TYPE.PARAGRAPH)
    document.add_paragraph("一、总体要求\t3", style="toc 1")
    document.add_paragraph("正文。")
    section = document.sections[0]
    section.header.paragraphs[0].text = "岚江市人民政府"
    section.footer.paragraphs[0].text = "— 1 —"
    document.add_comment(document.paragraphs[1].runs[0], text="请核")
    found = read_word(saved(document))
    assert found.text == "正文。\n\n"
    assert found.left_out == "comments: 2; page heads and feet: 10; table of contents: 7"


def test_notes_follow_the_body() -> None:
    document = docx.Document()
    document.add_paragraph("正文。")
    notes = {"footnotes": "脚注", "endnotes": "尾注"}
    packed = io.BytesIO(saved(document))
    with zipfile.ZipFile(packed) as file:
        parts = {name: file.read(name).decode("latin-1") for name in file.namelist()}
    for kind, text in notes.items():
        note = f'<w:{kind[:-1]} w:id="2"><w:p>{run(text)}</w:p></w:{kind[:-1]}>'
        part = f"<w:{kind} {NAMES}>{note}</w:{kind}>"
        parts[f"word/{kind}.xml"] = part.encode().decode("latin-1")
        link = f'<Relationship Id="{kind}" Type="{RELATED}/{kind}" Target="{kind}.xml"/>'
        links = "word/_rels/document.xml.rels"
        parts[links] = parts[links].replace("</Relationships>", f"{link}</Relationships>")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, content in parts.items():
            file.writestr(name, content.encode("latin-1"))
    assert read_word(out.getvalue()).text == "正文。\n\n尾注\n\n脚注\n\n"


def test_empty_document_is_empty() -> None:
    with pytest.raises(UnreadableError, match=r"^empty$"):
        extract(".docx", saved(docx.Document()))


def test_large_document_is_read_in_seconds() -> None:
    with time_limit():
        found = read(*[f"<w:p>{run('全面推进乡村振兴。')}</w:p>"] * 12_000)
    assert found.text.count("全面推进乡村振兴。") == 12_000
