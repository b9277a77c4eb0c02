"""One megabyte of what each rule likes least goes through cleaning, and nothing hangs.

A rule that is not linear takes minutes or years for it; the limit is only there to end that.
"""

from __future__ import annotations

import pytest

from tests.helpers import make_documents, time_limit
from textlab.cleaning.ledger import ledger
from textlab.cleaning.paragraphs import clean
from textlab.cleaning.simplify import simplify
from textlab.language.encoding import UndecodableError, decode

LONG, LIMIT = 1_000_000, 120

CHARACTERS = [
    *[
        " ",
        "\u3000",
        "\t",
        "占",
        "占 ",
        "占  ",
        "占\u200b ",
        "占 占占 ",
        "占 1 ",
        "ab 占 占 ",
        "， ",
    ],
    *["，占 ", "1 ", "% ", "1 2 占  ", "A ", "\ufe0f", "\ue000", "⼈", "Ａ", "𠮷", "**占", "**"],
    *["中,", "1,", ":", "?!", "：:", "A:", "12:30 ", "“", "中 A,", "(", ")", "(（", "((中", "(一"],
    *["](", "[](", "![", "<!", "://"],
]
MARKS = ["- ", "-  ", "—~", ":|", "#", "> ", "· ", "* "]
ROLES = [
    *["首页>", "首页 > ", "7 ", "。”", "：", "一", "一、", "第", "1.", "十", "图", "张三 摄"],
    *["记者 张三 ", "记者 张三、", "本报", "□ ", "□记者", "来源：", "编辑|", "打印 ", "打印|"],
    *["[a](b) ", "![a](b)|", "<!--", "https://", "第1版", "- 1", "2024-01-01 ", "星期一 ", "ICP备"],
    *["声明：", "分享到", "上一篇", "下转", "（责任编辑：", "【来源】", "相关推荐"],
]
LINES = [
    *["\n", " \n", "\r\n", "占\n", "。\n", "# 占\n", "- 占\n", "a b\n", "新质\n", "发\n\n展"],
    *["一、总则\n", "相关推荐\n", "记者 张三\n", "新质 生 产 力\n", "图为现场\n\n"],
    *["改革，再出发\n", "“一网通办，\n", "办得好”\n", "为何如此？\n"],
    "全市上下要凝心聚力，真抓实干奋\n",
    "全市上下要凝心聚力\n\n，真抓\n",
    "要聚焦企业关切，建立常态化沟通机\n制，让政策直达基层、直达快享，切\n\n城市夜景\n\n",
]


@pytest.mark.parametrize("pattern", [*CHARACTERS, *MARKS, *ROLES, *LINES])
def test_a_megabyte_of_it_is_cleaned_and_accounted_for(pattern: str) -> None:
    raw = pattern * (LONG // len(pattern.encode())) + "占占 x"
    documents = make_documents({"a": raw})
    with time_limit(LIMIT):
        paragraphs = clean(documents)
        rows = ledger(documents, paragraphs)
    dropped = rows["characters"][rows["what"] == "dropped"].sum()
    assert len(raw) == paragraphs["text"].str.len().sum() + dropped
    assert paragraphs["text"].iloc[-1].endswith("x")


@pytest.mark.parametrize("pattern", ["為", "乾", "坏土", "發\n", "a"])
def test_a_megabyte_is_simplified(pattern: str) -> None:
    pytest.importorskip("opencc", reason="the extra 'traditional' is not installed")
    raw = pattern * (LONG // len(pattern.encode()))
    with time_limit(LIMIT):
        assert len(simplify(raw)) == len(raw)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_fifty_megabytes_in_one_line_are_decoded(encoding: str) -> None:
    one = "高质量发展，AI"
    times = 50_000_000 // len(one.encode(encoding))
    data = (one * times).encode(encoding)
    with time_limit(LIMIT):
        assert len(decode(data)[0]) == len(one) * times


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("進一步優化", "big5"),
        ("산업을 진흥", "euc_kr"),
        ("àé\x81 ", "latin-1"),
        ("高质量发展的决定", "utf-16-le"),
    ],
)
def test_ten_megabytes_in_one_line_are_refused(text: str, encoding: str) -> None:
    one = text.encode(encoding)
    with time_limit(LIMIT), pytest.raises(UndecodableError):
        decode(one * (10_000_000 // len(one)))
