"""The parts of speech that jieba tells apart, and which of them a study's wish names.

The set is that of ICTCLAS (Institute of Computing Technology, Beijing), coarser in jieba's
dictionary, with some tags of jieba's own.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from textlab.errors import UnknownNameError


class PartOfSpeech(NamedTuple):
    """A tag, its name in Chinese grammar, and what that is in English."""

    tag: str
    name: str
    meaning: str


TAGS = tuple(
    PartOfSpeech(*entry.split(" ", 2))
    for entry in (
        "n 名词 noun",
        "nr 人名 name of a person",
        "nrfg 人名 name of a person, mostly of history",
        "nrt 音译人名 foreign name of a person",
        "ns 地名 name of a place",
        "nt 机构团体名 name of an organisation",
        "nz 其他专名 other proper name",
        "ng 名语素 noun morpheme",
        "t 时间词 time word",
        "tg 时语素 time morpheme",
        "s 处所词 word of place",
        "f 方位词 localiser",
        "v 动词 verb",
        "vd 副动词 verb used as adverb",
        "vi 不及物动词 intransitive verb",
        "vn 名动词 verb used as noun: 发展, 建设",
        "vq 动词“过” verb with 过",
        "vg 动语素 verb morpheme",
        "a 形容词 adjective",
        "ad 副形词 adjective used as adverb",
        "an 名形词 adjective used as noun",
        "ag 形语素 adjective morpheme",
        "b 区别词 attributive word",
        "bg 区别语素 attributive morpheme",
        "z 状态词 descriptive word",
        "zg 未分语素 rare single character, not classified",
        "r 代词 pronoun",
        "rr 人称代词 personal pronoun",
        "rz 指示代词 demonstrative",
        "rg 代语素 pronoun morpheme",
        "m 数词 numeral",
        "mg 数语素 numeral morpheme",
        "mq 数量词 numeral with measure word",
        "q 量词 measure word",
        "qe 量词 measure word (in jieba's model only)",
        "qg 量语素 measure morpheme",
        "d 副词 adverb",
        "df 副词“不要” the adverb 不要",
        "dg 副语素 adverb morpheme",
        "p 介词 preposition",
        "c 连词 conjunction",
        "u 助词 particle",
        "ud 助词“得” the particle 得",
        "ug 助词“过” the particle 过",
        "uj 助词“的” the particle 的",
        "ul 助词“了” the particle 了",
        "uv 助词“地” the particle 地",
        "uz 助词“着” the particle 着",
        "y 语气词 modal particle",
        "yg 语气语素 modal morpheme",
        "e 叹词 interjection",
        "en 叹词 interjection (in jieba's model only)",
        "o 拟声词 onomatopoeia",
        "i 成语 idiom: 因地制宜",
        "in 成语 idiom used as noun",
        "l 习用语 set phrase: 高新技术",
        "ln 习用语 set phrase used as noun",
        "j 简称略语 abbreviation: 三农, 政协",
        "jn 简称略语 abbreviation used as noun",
        "h 前接成分 prefix",
        "k 后接成分 suffix",
        "g 语素 morpheme",
        "eng 外文 Latin letters",
        "w 标点符号 punctuation (in jieba's model only)",
        "x 非语素字 sign, or a character without a tag",
    )
)
# Though it begins like an interjection.
_ALONE = {"eng"}


def tags_named(wanted: Iterable[str]) -> frozenset[str]:
    """The tags that a study means: ``n`` all that begin with it (n, nr, ns, nz ...), not ``vn``.

    A tag behind a minus is taken out again: ``["n", "-nr"]`` are nouns but for the names of
    people. Where several fit, the longest decides. With nothing but minuses all others are meant.

    Raises :class:`UnknownNameError` for a tag that jieba does not have.
    """
    if isinstance(wanted, str):
        raise UnknownNameError(f"tags want a list such as ['n', 'v'], found the text {wanted!r}")
    signs = {name.removeprefix("-"): not name.startswith("-") for name in wanted}
    known = [part.tag for part in TAGS]
    for name in signs:
        if name not in known:
            raise UnknownNameError(f"there is no tag '{name}'; there are: {', '.join(known)}")
    otherwise = bool(signs) and not any(signs.values())
    return frozenset(tag for tag in known if _decided(tag, signs, otherwise))


def _decided(tag: str, signs: dict[str, bool], otherwise: bool) -> bool:
    fitting = [
        name for name in signs if tag == name or (tag.startswith(name) and tag not in _ALONE)
    ]
    return signs[max(fitting, key=len)] if fitting else otherwise
