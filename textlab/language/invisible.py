"""Characters that no reader sees: they are dropped from texts, and refused in terms."""

from __future__ import annotations

import re

# Of text that runs from right to left.
BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
# What they mean lies in one font or another: a firm's logo, a bullet, a character that Unicode
# did not have then. The replacement character U+FFFD is none of them, and stays: it shows where
# a character was lost before.
PRIVATE = "\ue000-\uf8ff\U000f0000-\U0010ffff"
# Unicode's property Default_Ignorable_Code_Point without BIDI: zero-width characters, variation
# selectors, tags.
_IGNORABLE = (
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065\u206a-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff"
)
# Controls other than white space; marks of annotation, embedded objects, noncharacters.
_CONTROLS = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufff0-\ufffc\ufffe\uffff"

UNSEEN = f"{BIDI}{PRIVATE}{_IGNORABLE}{_CONTROLS}"
INVISIBLE = re.compile(f"[{UNSEEN}]+")
# What most texts consist of; a pattern without far ranges is searched for several times faster.
_UNUSUAL = re.compile("[^\t\n\r -~·\u2010-\u2027\u3000-\u30ff\u4e00-\u9fff\uff01-\uff5e]")

_KINDS = (
    (re.compile(f"[{BIDI}]"), "bidi control"),
    (re.compile(f"[{PRIVATE}]"), "private-use character"),
)


def has_invisible(text: str) -> bool:
    """Whether ``text`` holds an invisible character."""
    unusual = _UNUSUAL.search(text)
    return unusual is not None and INVISIBLE.search(text, unusual.start()) is not None


def kind_of(character: str) -> str:
    """What an invisible character is called in the ledger."""
    return next((name for form, name in _KINDS if form.match(character)), "invisible character")
