"""One form for every character: half-width letters and digits, ideographs and not radicals."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping

# Full-width letters, digits and the signs that stand in numbers and names; not the punctuation,
# which is as it should be in Chinese text.
_WIDE = [*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)]
_WIDE += [ord(sign) for sign in "％＋－．／＆＃＝＿＠＊＜＞"]
WIDTH = {wide: wide - 0xFEE0 for wide in _WIDE}

# Forms of Chinese punctuation for vertical setting, of small and of half width.
_FORMS = "︐︑︒︓︔︕︖︵︶﹐﹑﹔﹕﹖﹗﹙﹚｡､｢｣"
_SIGNS = "，、。：；！？（），、；：？！（）。、「」"
PUNCTUATION = dict(zip(map(ord, _FORMS), map(ord, _SIGNS), strict=True))


def _ideographs(codes: Iterable[int]) -> dict[int, int]:
    """The character that Unicode calls the same one (NFKC), where it is a single other one."""
    forms = {code: unicodedata.normalize("NFKC", chr(code)) for code in codes}
    return {code: ord(form) for code, form in forms.items() if len(form) == 1 and form != chr(code)}


# Text copied out of a PDF often holds radicals in place of the characters that look the same.
# Unicode gives characters for the Kangxi radicals; of the supplement those are listed here that
# are whole characters and not parts of them (Unicode: EquivalentUnifiedIdeograph). Two Kangxi
# radicals are read as the mainland's character and not, as NFKC does, as its older form.
_SUPPLEMENT = (
    "⼾⾭⺁⺄⺊⺒⺓⺝⺟⺠⺧⺩⺪⺫⺬⺮⺻⻁⻄⻅⻆⻉⻋⻑"
    "⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳"
)
_CHARACTERS = (
    "户青厂乙卜巳幺月母民牛王疋目示竹聿虎西见角贝车長"
    "长门雨青韦页风飞食马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟"
)
RADICALS = _ideographs(range(0x2F00, 0x2FD6)) | dict(
    zip(map(ord, _SUPPLEMENT), map(ord, _CHARACTERS), strict=True)
)
# Ideographs that stand in Unicode a second time, for the sake of older encodings.
COMPATIBLE = _ideographs([*range(0xF900, 0xFB00), *range(0x2F800, 0x2FA20)])

FORMS = WIDTH | PUNCTUATION | RADICALS | COMPATIBLE


def replacer(characters: Mapping[int, int]) -> Callable[[str], str]:
    """A function that changes each character of a text as ``characters`` (code points) says.

    Few texts hold any of them, and looking for them is ten times faster than to translate
    every character.
    """
    ranges: list[list[int]] = []
    for code in sorted(characters):
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    pattern = re.compile(
        "[" + "".join(f"{re.escape(chr(low))}-{re.escape(chr(high))}" for low, high in ranges) + "]"
    )
    usual = {chr(code): chr(other) for code, other in characters.items()}
    return lambda text: pattern.sub(lambda found: usual[found.group()], text)


one_form = replacer(FORMS)
