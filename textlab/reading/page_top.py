"""The first lines of a document as a title is looked for in them: what they are, what they say."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from textlab.language.invisible import INVISIBLE
from textlab.language.width import one_form

# So much of a document is looked at: a page's head stands in it, and a line of 50 MB costs nothing.
CHARACTERS = 20_000
LINES = 40
WIDEST = 1000

TITLES = "标题 名称 文件名称 信息名称 题名 title"
ISSUED = "成文日期 成文时间 发文日期 发文时间 印发日期 印发时间 签发日期"
PUBLISHED = (
    "发布日期 发布时间 公开日期 公开时间 发表时间 生成日期 信息时间 日期 时间 date "
    "更新日期 更新时间"
)
SOURCES = "来源 信息来源 文章来源 稿件来源 稿源 转自 source"
ISSUERS = "发文机关 发文机构 发文单位 发布机构 发布机关 发布单位 制发机关 公开主体"
OTHERS = (
    "索引号 主题分类 信息分类 服务对象 体裁分类 组配分类 发文字号 文号 主题词 关键词 有效性 "
    "效力状态 公开方式 公开形式 公开范围 内容概述 作者 记者 通讯员 责任编辑 责编 编辑 校对 审核 "
    "浏览次数 浏览量 阅读次数 阅读量 点击数 点击 访问量 字体 字号 分享 打印 摄影 供图 制图 图 文 "
    "tags author url link layout categories keywords description"
)


@cache
def labels(names: str) -> str:
    """An expression for any of ``names``, spaced out as tables print them (索 引 号) or not."""
    ordered = sorted(names.split(), key=lambda name: (-len(name), name))
    return "|".join(r"[ \u3000]{0,2}".join(name) for name in ordered)


_ALL = labels(" ".join((TITLES, ISSUED, PUBLISHED, SOURCES, ISSUERS, OTHERS)))
LABEL = re.compile(rf"(?:^|[\s|｜（(【\[])({_ALL})\s{{0,3}}[:：|]\s{{0,3}}", re.IGNORECASE)
_FACT = re.compile(rf"\s{{0,9}}(?:{_ALL})\s{{0,3}}\t", re.IGNORECASE)

_GAPS = r"[\s|｜·/]"
PASSED_OVER = re.compile(
    "|".join(
        (
            # ways through a site: 首页 > 新闻 > 正文, a row of links, a row of short words
            r"[^>＞»›]{1,30}[>＞»›].*[>＞»›].*|.{0,16}首页\s*[>＞»›/|].*",
            r"(?:当前|您现在的|您的|所在|您)\s?位置.*",
            r"(?:[-+]\s)?(?:!?\[[^\]]{0,60}\]\([^)\s]{0,300}\)[\s|·/>]{0,9}){1,40}",
            rf"(?:[^\s|｜·/]{{2,4}}{_GAPS}{{1,9}}){{4,40}}[^\s|｜·/]{{2,4}}",
            # buttons and counters
            r"分享[至到].{0,20}|(?:分享|打印|收藏|举报|点赞|评论|转发|复制链接|登录|注册|申请入驻|返回|"
            r"关闭|扫一扫|无障碍|进入关怀版|长者版|繁体|大\s?中\s?小)[^，。]{0,4}",
            r"[上下]一[篇条页版].*|https?://\S+|<!--.*-->|Copyright.*|版权所有.*",
            # the printed page: 第2版：要闻, 岚江日报, an issue number, a date
            r"第?\s*[\dA-Z一二三四五六七八九十]{1,3}\s*版(?:[:：\s].{0,12})?|.{1,8}[日晚早时商]报社?",
            r"(?:总?第)\s*\d+\s*期.{0,20}|(?:农历|今日).{0,20}",
            r"[（(]?(?=.{0,4}\d)[\d年月日时分秒星期周一二三四五六天/.:：\-－—（）()\s]+(?:讯|电)?[）)]?",
            r"[（(]?[二一][〇○零一二三四五六七八九]{3}年[一二三四五六七八九十]{1,2}月"
            r"[一二三四五六七八九十]{1,3}日[）)]?",
            # credits, reference numbers, and the site's own name
            r"[文图][/／].*",
            r"\S{1,12}[〔\[（(]\d{4}[〕\]）)]\s?第?\d{1,5}\s?号",
            r".{1,14}(?:网站|政府网|新闻网|门户|客户端|公众号|信息公开平台)",
        )
    ),
    re.IGNORECASE,
)
_MENU = (
    "首页 网站首页 要闻 新闻 新闻中心 要闻动态 政务动态 政务公开 信息公开 政府信息公开 政务服务 "
    "办事服务 互动交流 公示公告 通知公告 政策文件 政策法规 政策解读 党政信息 数据开放 专题专栏 "
    "正文 目录 详情 微信 微博 头条 视频 图片 导航 搜索"
)
NAVIGATION = frozenset(_MENU.split())
BYLINE = re.compile(
    r"[□■●◆▲○◎]|.{0,12}(?:记者|通讯员)[\s:：]|(?:作者|来源|发布(?:时间|日期))\s?[:：]"
)
ISSUE_LINE = re.compile(r"[（(].*[）)]|(?:19|20)\d{2}年\d{1,2}月\d{1,2}日.*")
SUBTITLE = re.compile(r"[—–―─]|--")

_HEADING = re.compile(r"(#{1,6})\s*")
_LINK = re.compile(r"!?\[([^\]]{0,100})\]\([^)\s]{0,500}\)")
_SPACED_OUT = re.compile(r"(?:\S ){2,60}\S|[\u4e00-\u9fff] [\u4e00-\u9fff]")
_TELLING = re.compile(r"[^\W_]")


class TopLine(NamedTuple):
    """A line without its marks: ``level`` of a Markdown heading (0 for none), width of its indent.

    ``raw`` keeps links as they are; ``apart`` says that a blank line stands before it.
    """

    text: str
    raw: str
    level: int
    indent: int
    apart: bool


def top_lines(text: str, most: int = LINES) -> list[TopLine]:
    """The first lines of ``text`` that say something: rules and blank lines are left out."""
    found: list[TopLine] = []
    apart = False
    for line in text[:CHARACTERS].splitlines():
        visible = INVISIBLE.sub("", line)
        if not _TELLING.search(visible):
            apart = True
            continue
        found.append(_line(visible, apart))
        apart = False
        if len(found) == most:
            break
    return found


def _line(visible: str, apart: bool) -> TopLine:
    raw = one_form(" ".join(visible.split()))
    if "\t" in visible and _FACT.match(visible):
        # A row of a table, as a Word file gives it.
        raw = " | ".join(" ".join(cell.split()) for cell in visible.split("\t"))
    mark = _HEADING.match(raw)
    text = _LINK.sub(r"\1", raw) if "](" in raw else raw
    text = text.strip("#*= ").removeprefix("- ").strip("*_ ")
    if " " in text and _SPACED_OUT.fullmatch(text):
        text = text.replace(" ", "")
    margin = visible[: len(visible) - len(visible.lstrip())]
    indent = sum(2 if sign == "\u3000" else 1 for sign in margin)
    return TopLine(text, raw, len(mark[1]) if mark else 0, indent, apart)


def is_passed_over(line: TopLine) -> bool:
    """Whether the line belongs to the page or names facts of the document, and is no title."""
    text = line.text
    if not text or text in NAVIGATION or LABEL.match(text):
        return True
    if len(text) > 200:
        return False
    forms = (text,) if text == line.raw else (text, line.raw)
    return any(map(PASSED_OVER.fullmatch, forms))


def labelled(lines: list[TopLine], names: str) -> str:
    """What the first of the labels ``names`` says in ``lines``, up to the next label; else ""."""
    wanted = re.compile(labels(names), re.IGNORECASE)
    for line in lines:
        marks = list(LABEL.finditer(line.text[:WIDEST]))
        ends = [mark.start() for mark in marks[1:]] + [WIDEST]
        for mark, end in zip(marks, ends, strict=bool(marks)):
            value = line.text[mark.end() : end].strip(" |｜\"'")
            if value and wanted.fullmatch(mark[1]):
                return value
    return ""
