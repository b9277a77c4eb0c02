"""What a line or paragraph is: body, heading, caption, or furniture of the page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from textlab.cleaning.lines import Line
from textlab.language.matching import Matcher

# In characters: a title of one clause, or of several.
LONGEST_TITLE, HEADING_WIDTH = 60, 40
SENTENCE_SIGNS, CLOSERS = frozenset("。！？!?…；;：:"), frozenset("”’」』）)》\"'\n")
SENTENCE_END = re.compile(r"[。！？!?…；;：:][”’」』）)》\"']*$")
ASKS = re.compile(r"[？！?!][”’」』]?$")
COMMA, WITHIN_SENTENCES = re.compile("[，,、]"), re.compile("[。；;]")
OPEN_ENDS = tuple("，、,“‘（《〈【—~～-/·")
# More signs than close any sentence, so that a long text costs no more than a short one.
CLOSING_SIGNS = 12
PUNCTUATED = re.compile(r"[，。；！？、,;!?]")

# 一、 （二） 第三章 1. 一是
NUMBERING = re.compile(
    r"[（(][一二三四五六七八九十百]{1,4}[）)]|[一二三四五六七八九十百]{1,4}、"
    r"|第[一二三四五六七八九十百零]{1,4}[章节编篇条部]|[一二三四五六]是|\d{1,2}[.、．](?!\d)"
)

_HAN = r"[\u4e00-\u9fff]"
_NAME = r"[\u4e00-\u9fff·]{2,4}"
_GAP, _WORD = r"[\s:：/|｜\d（()）]", r"[^\s:：/|｜\d（()），。；]"
FURNITURE_LINES = (
    # bylines and credits: □某某日报记者 某某, 责任编辑：某某
    r"[□■●◆▲○◎]\s*\S{0,20}(?:记者|通讯员|报道|文/).*",
    rf"(?:\S{{0,12}}(?:全媒体|本报))?(?:首席)?(?:记者|通讯员)[ :：]?{_NAME}(?:[ 、]{_NAME})*"
    r"(?:\s*(?:文|图|摄|报道)\S{0,3})?",
    # a dateline that has a line to itself
    rf"(?:本报|{_HAN}{{2,6}}(?:社|网|日报))\S{{0,12}}(?:讯|电|消息)(?:[（(][^）)]{{0,20}}[）)])?[：:]?",
    r"(?:(?:信息)?来源|稿源|责任编辑|责编|编辑|作者|校对|审核|审校|监制)\s*[:：/｜|].*",
    r"(?:制图|制表|摄影|供图|文|图|值班编委)\s*[:：/｜|].*",
    # the printed page: 下转第2版, 第3页, - 4 -, 2023年10月18日 星期三
    r"[下上]?[转接]?第?\s*[\dA-Z一二三四五六七八九十]{1,3}\s*版(?:[:：].{0,12})?",
    r"第\s*\d+\s*页(?:\s*共\s*\d+\s*页)?|[-—–]\s*\d{1,3}\s*[-—–]|\d{1,3}",
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?",
    r"[（(]《[^》]{1,12}》\s*\d{8}\s+\d{1,2}:\d{2}[)）]",
    r"\d{4}年\d{1,2}月\d{1,2}日\s+星期[一二三四五六日天](?:\s.{0,12})?",
    # buttons, counters and the way to the page
    # (short ones: a line of a column may well begin with such a verb)
    r"分享(?:至|到)[^，。；]{0,20}",
    rf"(?:分享|打印|收藏|举报|点赞|评论|转发|复制链接){_WORD}{{0,5}}(?:{_GAP}+{_WORD}{{1,16}})*{_GAP}*",
    r"(?:返回顶部|返回首页|关闭窗口|无障碍浏览|进入关怀版|扫一扫)[^，。；]{0,20}",
    r"[上下]一[篇条](?:[\s:：].*)?|(?:发布|更新)(?:时间|日期)\s*[:：].*",
    r"(?:浏览|阅读|点击|访问)(?:次数|量|数)?\s*[:：].*|字体?\s*[:：].*",
    r"(?:当前|您现在的|您的|所在)位置\s*[:：].*|\S{0,16}首页\s*[>＞»›/|].*",
    # links and comments that a converter has left
    r"<!--.*-->|!?\[[^\]]{0,40}\]\([^)\s]*\)(?:[\s|·/>]{0,9}!?\[[^\]]{0,40}\]\([^)\s]*\)){0,40}",
    r"https?://\S+",
    # the foot of a site
    r"(?:声明|Copyright)\s*[:：©].*|版权所有.*|网站标识码.*",
    # (who takes part in a programme is listed with several names, and that is text)
    r"[主承]办单位\s*[:：][^，。；、]{1,24}(?:人民政府|委员会|办公[厅室])(?:\s+\S{2,6}\s*[:：].{0,40})?",
    r"\S{1,2}(?:ICP备|公网安备).*",
)
FURNITURE = re.compile(r"[（(【\[]?(?:" + "|".join(FURNITURE_LINES) + r")[）)】\]]?", re.DOTALL)
LONGEST_FURNITURE = 100
BREADCRUMB = re.compile(r"[>＞»›]")
DISCLAIMER = re.compile(r"[（(【\[]?(?:特别声明|免责声明|版权声明|郑重声明|Notice)\s*[:：]")
CAPTION = re.compile(
    r"^(?:图为|图[一二三四五六七八九十\d]*[:：]|[上下左右]图)|[（(]?[\u4e00-\u9fff]{2,4}\s*摄[）)]?$"
)

# From one of these to the end of a saved web page nothing belongs to the article.
TAIL = re.compile(
    r"(?:相关推荐|热点推荐|热门推荐|推荐阅读|相关阅读|延伸阅读|猜你喜欢|为你推荐|往期回顾|"
    r"相关新闻|热门新闻|热点新闻|热门文章|相关文章|大家都在看|更多精彩|最新评论|网友评论|"
    r"友情链接|网站地图)[:：]?"
)
FURNITURE_OR_TAIL = re.compile(f"{FURNITURE.pattern}|{TAIL.pattern}", re.DOTALL)


def is_furniture(text: str) -> bool:
    """Whether a line belongs to the page and not to the text that it carries."""
    if DISCLAIMER.match(text):
        return True
    if len(text) > LONGEST_FURNITURE:
        return False
    if FURNITURE_OR_TAIL.fullmatch(text):
        return True
    return len(BREADCRUMB.findall(text)) >= 2 and not is_terminated(text)


def begins_tail(text: str) -> bool:
    """Whether the rest of the document, from this line on, is a web page's tail."""
    return bool(TAIL.fullmatch(text))


def begins_anew(line: Line) -> bool:
    """Whether the line starts something of its own: a mark, a number, a dateline."""
    return bool(
        line.mark or NUMBERING.match(line.text) or line.text.startswith(("本报讯", "新华社"))
    )


def is_terminated(text: str) -> bool:
    """Whether the text ends as a sentence or a clause of a list does."""
    last = text[-1:]
    if last not in CLOSERS:
        return last in SENTENCE_SIGNS
    return bool(SENTENCE_END.search(text, max(len(text) - CLOSING_SIGNS, 0)))


def is_prose(lines: Sequence[Line]) -> bool:
    """Whether the lines have punctuation, as sentences do and most headings do not."""
    # From the end, where prose has punctuation soon: a long group costs no more than a short one.
    return PUNCTUATED.search(lines[-1].text) is not None or any(
        PUNCTUATED.search(line.text) for line in lines[-2::-1]
    )


def role_of(text: str, mark: str = "", *, alone: bool = False, first: bool = False) -> str:
    """body, heading or caption, from the text and the Markdown mark before it.

    An unmarked heading is short and does not end as a sentence does. One with a comma, or a
    question, must stand ``alone`` on a line; ``first``: it opens the document.
    """
    if mark:
        return "heading" if mark == "heading" else "body"
    if len(text) <= LONGEST_FURNITURE and _is_caption(text):
        return "caption"
    if is_terminated(text):
        asked = alone and _is_question(text, first=first)
        return "heading" if asked else "body"
    if not PUNCTUATED.search(text):
        return "heading" if len(text) <= LONGEST_TITLE else "body"
    short = len(text) <= HEADING_WIDTH
    titled = NUMBERING.match(text) or (alone and _is_two_part_title(text))
    return "heading" if short and titled else "body"


def _is_caption(text: str) -> bool:
    # Most lines have neither character, and need not be looked through for more.
    return ("图" in text or "摄" in text) and bool(CAPTION.search(text))


def _is_question(text: str, *, first: bool) -> bool:
    """Whether the text is a question or a call of one clause, as headings are."""
    whole = len(text) <= HEADING_WIDTH and not WITHIN_SENTENCES.search(text)
    return whole and bool(ASKS.search(text)) and (first or not COMMA.search(text))


def _is_two_part_title(text: str) -> bool:
    """Whether a short line has a comma or two and does not stop where a sentence must go on."""
    open_ended = WITHIN_SENTENCES.search(text) or text.endswith(OPEN_ENDS)
    return len(COMMA.findall(text)) <= 2 and not open_ended


def pull_quotes(headings: Iterable[str], texts: Sequence[str]) -> frozenset[str]:
    """Of ``headings``, the pieces of sentences: set apart like titles, and in ``texts`` twice."""
    candidates = {text for text in headings if COMMA.search(text)}
    if not candidates:
        return frozenset()
    found = Counter(text for _, _, text in Matcher(candidates).find("\n".join(texts)))
    return frozenset(text for text, times in found.items() if times > 1)
