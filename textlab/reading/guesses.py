"""What kind of document a text is, who published it and who issued it, where nobody has said."""

from __future__ import annotations

import re
from pathlib import Path

from textlab.reading.page_top import (
    BYLINE,
    CHARACTERS,
    ISSUERS,
    SOURCES,
    labelled,
    labels,
    top_lines,
)

_END = r"[）)》”」]?(?:（[^（）]{1,40}）|\([^()]{1,40}\))?$"
# What a title calls the document; the first that fits.
KINDS_OF_TITLE = {
    "newscast": r"新闻联播",
    "interpretation": r"解读|图解|读懂|答记者问|政策问答|新闻发布会",
    "report": rf"政府工作报告|(?:工作|情况|执行|审议|调研|评估|年度)的?报告{_END}",
    "speech": rf"上的(?:讲话|致辞|发言|演讲)|(?:讲话|致辞|贺词)(?:全文|实录|稿)?{_END}",
    "decision": rf"(?:的|关于.*)(?:决定|决议){_END}",
    "opinions": rf"(?:的|关于.*|实施|指导|若干)意见{_END}",
    "notice": rf"(?:的|关于.*)(?:通知|公告|通告|批复|函){_END}|^(?:通知|公告|通告){_END}",
    "plan": rf"(?:规划|纲要|方案|计划|工作要点|若干措施){_END}",
    "regulation": rf"(?:条例|办法|规定|细则|规则){_END}",
}
KINDS = (*KINDS_OF_TITLE, "newspaper", "web")

_PAPER = re.compile(r"(?:[日晚早时商]|都市|青年|经济|农民|法治|环境|学习|文汇)报(?:社|数字报)?$")
_SITE = re.compile(r"网$|网站|门户|客户端|新媒体|公众号|发布$|在线$|新闻$|澎湃|微信")
_PRINTED = re.compile(
    r"本报(?:讯|记者|评论员|通讯员|全媒体)|[日晚]报(?:全媒体)?(?:首席)?记者|新华社记者"
    r"|^[ \t\u3000]{0,20}第[\dA-Z一二三四五六七八]{1,2}版|[下上]转第?\s?[\dA-Z]{1,2}\s?版",
    re.MULTILINE,
)
_SAVED_PAGE = re.compile(
    r"首页\s?[>＞»›/|]|(?:当前|所在|您的)位置|分享[至到]|发布时间\s?[:：]|浏览(?:次数|量)"
    r"|无障碍浏览|网站标识码|ICP备|网易号|\]\(https?://"
)
_REPORTING = re.compile(r"记者(?:在|看到|了解到|采访|走进|来到|深入|从|获悉|手记)|告诉记者|侧记")

_SOURCE_LINE = re.compile(
    rf"^[ \t\u3000]{{0,20}}[（(【\[]?(?:{labels(SOURCES)})[ \u3000]{{0,3}}[:：]([^\n]{{1,80}})",
    re.MULTILINE | re.IGNORECASE,
)
_NOBODY = frozenset({"本站", "本网", "网络", "互联网", "原创", "转载", "其他", "未知", "综合"})
_ISSUER = re.compile(
    r"([^，。：:“”《》]{1,40}?(?:委员会|委|政府|国务院|办公[厅室]|[局厅院部会]))"
    r"(?=[ 、]?(?:关于|印发))"
)
_PAPER_NAMED = re.compile(
    r"(?:^|[□■●\s（(])([\u4e00-\u9fff]{2,4}[日晚早商]报)(?:社|全媒体)?(?:首席)?(?=记者|通讯员|$)",
    re.MULTILINE,
)
_SEAT = re.compile(
    r"(?:\d{4}年)?(?:中共|中国共产党)?"
    r"([\u4e00-\u9fff]{1,10}?(?:自治[区州县旗]|[省市县区州盟旗]))(?:委|(?:人民)?政府)"
)


def guess_genre(text: str, file: str, title: str = "", source: str = "") -> str:
    """The kind of the document, one of :data:`KINDS`; ``""`` if nothing speaks for one.

    A kind that the name of ``file`` has as a word of its own (``lan_2023_decision.txt``) is
    believed first, then what ``title`` says (…的决定), then the medium: a newspaper by ``source``,
    its bylines and page numbers, a web page by its site, its buttons or its format.
    """
    words = re.split(r"[^a-z]+", Path(file).stem.lower())
    said = [kind for kind in KINDS if kind in words]
    called = [kind for kind, marks in KINDS_OF_TITLE.items() if re.search(marks, title)]
    return next(iter(said + called), "") or _medium(text, file, source)


def _medium(text: str, file: str, source: str) -> str:
    if _PAPER.search(source):
        return "newspaper"
    if _SITE.search(source):
        return "web"
    top = text[:CHARACTERS]
    if _PRINTED.search(top):
        return "newspaper"
    if _SAVED_PAGE.search(top) or _SAVED_PAGE.search(text[-2000:]):
        return "web"
    if _REPORTING.search(top) or any(BYLINE.match(line.text) for line in top_lines(text)):
        return "newspaper"
    return "web" if Path(file).suffix.lower() in {".html", ".htm"} else ""


def guess_source(text: str, title: str = "") -> str:
    """Who published the text: its label (来源：), else who issued it; ``""`` if nobody is named.

    The issuer is the one in a table of facts (发文机关：) or before 关于 in ``title``
    (中共岚江市委关于…); failing both, the newspaper whose reporter signs.
    """
    lines = top_lines(text)
    line = _SOURCE_LINE.search(text)
    found = (
        _name(labelled(lines, SOURCES))
        or (_name(line[1]) if line else "")
        or _name(labelled(lines, ISSUERS))
    )
    if found:
        return found
    issuer = _ISSUER.match(title)
    if issuer:
        return issuer[1]
    paper = _PAPER_NAMED.search(text[:CHARACTERS])
    return paper[1] if paper else ""


def _name(value: str) -> str:
    """The name at the beginning of a label's value, without brackets, links and what follows."""
    value = re.sub(r"^[\s《\[（(“\"]+", "", re.sub(r"\]\([^)]{0,300}\)?", "]", value))
    name = re.split(r"[\s》\]）)”\"|｜，,；;。]", value, maxsplit=1)[0]
    known = re.search(r"[^\W\d_]{2}", name) and len(name) <= 40 and name not in _NOBODY
    return name if known else ""


def guess_place(title: str, source: str = "") -> str:
    """Whose Party committee or government issued the document (中共岚江市委: 岚江市); else ``""``.

    By the form of the name alone, without a gazetteer: for places that none has, such as former
    or invented ones. The name is as the document writes it.
    """
    found = _SEAT.match(title) or _SEAT.match(source)
    return found[1] if found else ""
