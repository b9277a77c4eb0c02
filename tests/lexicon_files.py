"""Lexicon files that tests write."""

from __future__ import annotations

from pathlib import Path

from tests.files import write_file

GOOD = (
    "term,category,label_en,variant_of,note\n"
    "新质生产力,industry,New quality productive forces,,since 2023\n"
    "智改数转,industry,Smart upgrading,,\n"
    '智转数改,industry,Smart upgrading,智改数转,"reordered, rare"\n'
)

# Every other line is at fault; see EXPECTED.
FAULTY = (
    "term,category,variant_of\n"
    "河长制,own,\n"
    "\n"
    "林长制,own,\n"
    "河长制,own,\n"
    "一网通办,own,\n"
    "县,own,\n"
    "最多跑一次,own,\n"
    f"{'一' * 50},own,\n"
    "揭榜挂帅,own,\n"
    "数字\t政府,own,\n"
    "数字政府,own,\n"
    "粮食,安全,own,\n"
    "链长制,own,\n"
    "绿水\u200b青山,own,\n"
    "山水林田,own,\n"
    "美丽中国,,\n"
    "美丽乡村,own,\n"
    "生态中国,own,美丽中国\n"
    "林长,own,林长制\n"
    "田长,own,田长制\n"
)
EXPECTED = {
    3: "no term",
    5: "the term '河长制' stands at 2 already",
    7: "'县' is one character; a term has two or more",
    9: f"'{'一' * 12}…' has 50 characters; a term has 49 or fewer",
    11: "'数字\t政府' has white space or a comma in it",
    13: "4 cells, but the header has 3 columns; a comma belongs in quotation marks",
    15: "'绿水\u200b青山' has an invisible character in it (U+200B)",
    17: "'美丽中国' has no category",
    19: "'生态中国' is a variant of '美丽中国', whose own line is at fault (17)",
    21: "'田长' is a variant of '田长制', which is no head term; did you mean '",
}
LEFT = "河长制 林长制 一网通办 最多跑一次 揭榜挂帅 数字政府 链长制 山水林田 美丽乡村 林长".split()


def write(folder: Path, text: str | bytes, name: str = "own.csv") -> Path:
    return write_file(folder / name, text)
