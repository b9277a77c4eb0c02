"""Saved web pages, as portals of governments make them."""

from __future__ import annotations

from pathlib import Path

import pytest
from trafilatura import load_html

from tests.corpus_files import row, write
from tests.helpers import time_limit
from textlab.reading import web_page
from textlab.reading.documents import read_documents
from textlab.reading.extract import UnreadableError, inked
from textlab.reading.formats import extract
from textlab.reading.web_page import read_web_page

SENTENCES = ["全市上下优化营商环境，企业投资信心增强。", "农民抢抓农时，水稻育秧面积扩大。"]
PROSE = [sentence * 3 for sentence in SENTENCES * 9]
TITLE = "关于促进岚江产业发展的意见"
PORTAL = f"""<!DOCTYPE html>
<html><head><meta charset="gb2312"><title>{TITLE}_岚江市人民政府</title>
<style>p {{ color: red }}</style><script>var x = "营商环境";</script></head><body>
<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/a">政务公开</a></li></ul></div>
<div class="main"><h1>{TITLE}</h1>
<div class="TRS_Editor"><p>　　各县（市、区）人民政府：</p><p>　　优化<b>营商</b>环境，
现提出以下意见。</p><h2>一、总体要求</h2><p>第一行<br>第二行</p>
<table><tr><th>指标</th><th>2024年</th></tr><tr><td>粮食<br>（万吨）</td><td>58</td></tr></table>
<h3>附件</h3><ul><li>任务分工表</li><li>重点项目清单</li></ul><p>{PROSE[0]}</p></div></div>
<div class="footer">版权所有：岚江市人民政府 网站标识码：510</div></body></html>"""


def page(body: str, title: str = "") -> bytes:
    return f"<html><head><title>{title}</title></head><body>{body}</body></html>".encode()


def lines(data: bytes) -> list[str]:
    return [line for line in read_web_page(data).text.split("\n") if line]


@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "utf-16"])
def test_headings_tables_and_lists_of_a_portal_page(tmp_path: Path, codec: str) -> None:
    write(tmp_path, {"a.html": PORTAL.encode(codec)})
    found = row(read_documents(tmp_path), "a.html")
    assert found["text"].split("\n") == [
        *(f"# {TITLE}", "", "各县（市、区）人民政府：", "", "优化营商环境， 现提出以下意见。", ""),
        *("## 一、总体要求", "", "第一行", "第二行", "", "指标\t2024年", "粮食 （万吨）\t58", ""),
        *("### 附件", "", "- 任务分工表", "- 重点项目清单", "", PROSE[0], ""),
    ]
    # What is left out: the way to the page, and its foot.
    around = len("首页政务公开版权所有：岚江市人民政府网站标识码：510")
    assert found["left_out"] == f"page around the text: {around}"
    assert (found["title"], found["layout"], found["set_aside"]) == (TITLE, "", "")


def test_lines_of_an_old_page_stay_lines() -> None:
    text = "<br>".join(f"&nbsp;&nbsp;{line}" for line in PROSE)
    assert lines(page(f"<div>{text}</div>")) == [f"\xa0\xa0{line}" for line in PROSE]


def test_page_laid_out_in_tables_is_read_as_paragraphs() -> None:
    inner = "".join(f"<p>{line}</p>" for line in PROSE)
    layout = f"<table><tr><td>{TITLE}</td></tr><tr><td>{inner}</td></tr></table>"
    assert lines(page(layout)) == [TITLE, *PROSE]
    beside = f"<table><tr><td>要闻<br>公告</td><td>{inner}</td></tr></table>"
    assert lines(page(beside)) == ["要闻", "公告", *PROSE]


def test_title_that_stands_apart_is_put_back() -> None:
    prose = "<br><br>".join(PROSE)
    found = lines(page(f"<div> {TITLE}</div><div class=content>{prose}</div>", f"{TITLE}-岚江市"))
    assert found == [f"# {TITLE}", *PROSE]


def test_title_that_is_there_is_not_put_twice() -> None:
    prose = "".join(f"<p>{line}</p>" for line in [TITLE, *PROSE])
    assert lines(page(prose, f"{TITLE}-岚江市")) == [TITLE, *PROSE]
    # Nor is the name of the site, which may come first,
    site = page(
        f"<div>岚江市人民政府</div><div class=content>{prose}</div>", f"岚江市人民政府-{TITLE}"
    )
    assert lines(site) == [TITLE, *PROSE]
    # nor is one that is nowhere on the page.
    assert lines(page("".join(f"<p>{line}</p>" for line in PROSE), TITLE)) == PROSE


def test_repeated_paragraphs_are_all_kept() -> None:
    assert lines(page(f"<p>{PROSE[0]}</p>" * 4)) == [PROSE[0]] * 4


@pytest.mark.parametrize(
    "data",
    [
        "<p>岚江市发布通知。</p>".encode(),
        "岚江市发布通知。".encode(),
        b'<?xml version="1.0" encoding="gb2312"?><html><body><p>'
        + "岚江市发布通知。".encode("gb18030")
        + b"</p></body></html>",
    ],
)
def test_fragments_and_xhtml_are_read(data: bytes) -> None:
    assert lines(data) == ["岚江市发布通知。"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "no text was found in this web page; save its text as .txt"),
        (page(""), "no text was found"),
        (page("<script>var x = '岚江';</script>"), "no text was found"),
        (page("<p>岚江\x00</p>"), "holds NUL bytes"),
        (page("<p>岚江</p>")[:-20] + b"\xff\xff", "not UTF-8 (byte "),
        (page("<b>" * 200_000), "holds 200,004 HTML tags, and pages of at most 200,000 are read"),
    ],
)
def test_what_is_no_page_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        extract(".html", data)
    assert str(caught.value).startswith(reason)


def test_surrogates_written_as_entities_are_no_text() -> None:
    assert lines(page(f"<p>&#xD800;{PROSE[0]}</p>")) == [f"\ufffd{PROSE[0]}"]


def test_deep_page_ends() -> None:
    deep = page("<div>" * 5_000 + PROSE[0] + "</div>" * 5_000)
    with time_limit():
        try:
            assert extract(".html", deep).text
        except UnreadableError as reason:
            assert "no text was found" in str(reason)


PIECES = ["<p>岚江</p>", "<li>岚江</li>", "<tr><td>1</td><td>2</td></tr>", "岚江<br>", "<b>岚</b>"]


@pytest.mark.parametrize("piece", [*PIECES, "岚江", "&lt;", "\n", "<h2>岚江市发布</h2>"])
def test_lines_of_a_large_page_are_made_in_seconds(piece: str) -> None:
    # Of the walk over what trafilatura finds, which has its own limit: the number of tags.
    source = page(piece * (1_000_000 // len(piece.encode())), "岚江市发布" * 1_000)
    tree = load_html(source)
    assert tree is not None
    body = tree.find("body")
    found = web_page._Page()
    with time_limit():
        found.block(body)
        seen = web_page._seen(body)
        assert web_page._title(tree, found.lines) == []
    assert inked(web_page.MARK.sub("", "\n".join(found.lines))) == seen


def test_page_of_as_many_tags_as_are_read_is_read_in_time() -> None:
    with time_limit(120):
        assert read_web_page(page(f"<p>{PROSE[0]}</p>" * 5_000)).text.count(PROSE[0]) == 5_000
