"""Small tables for tests, and the ways in which pages break a text."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from signal import SIGALRM, alarm, signal
from types import FrameType

import pandas as pd

from textlab.cleaning.paragraphs import clean_text
from textlab.schema import check

DEMO_SOURCE = Path(__file__).parent / "demo_source"
CLOSING = "，。、；：？！”’）》】…%"


def make_documents(
    texts: Mapping[str, str], *, place: str = "", set_aside: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """Documents with these texts by doc_id, each from the file ``<doc_id>.txt``."""
    aside = set_aside or {}
    rows = [
        {"doc_id": doc_id, "file": f"{doc_id}.txt", "text": text, "place": place}
        | {"set_aside": aside.get(doc_id, "")}
        for doc_id, text in texts.items()
    ]
    columns = (
        "doc_id file title place date genre source sha256 text layout guessed set_aside".split()
    )
    table = pd.DataFrame(rows).reindex(columns=pd.Index(columns), fill_value="")
    return check(table, "documents")


def make_paragraphs(
    texts: Sequence[str | tuple[str, str]], *, doc_id: str = "a", start: int = 0
) -> pd.DataFrame:
    """A paragraph for each text, or (text, role), one behind the other in the raw file."""
    rows = []
    for position, given in enumerate(texts, 1):
        text, role = (given, "body") if isinstance(given, str) else given
        end = start + len(text)
        origin = f"{start}+{len(text)}" if text else ""
        row = [f"{doc_id}#{position:04d}", doc_id, 1, position, role, text, origin, start, end]
        rows.append([*row, "", "", ""])
        start = end + 1
    columns = "para_id doc_id article position role text origin raw_start raw_end".split()
    columns += ["place", "place_basis", "duplicate_of"]
    return check(pd.DataFrame(rows, columns=pd.Index(columns)), "paragraphs")


def cleaned(raw: str) -> list[str]:
    """The texts of the paragraphs of ``raw``."""
    return [traced.text for _, traced in clean_text(raw)]


def roles(raw: str) -> list[tuple[str, str]]:
    """Role and text of the paragraphs of ``raw``."""
    return [(role, traced.text) for role, traced in clean_text(raw)]


def demo_bodies() -> dict[str, list[str]]:
    """The body paragraphs of the project's own sources, by document."""
    found = {}
    for path in sorted(DEMO_SOURCE.glob("*.txt")):
        lines = path.read_text("utf-8").splitlines()
        found[path.stem] = [line.partition("] ")[2] for line in lines if line.startswith("[")]
    return found


def wrap(text: str, width: int, indent: int = 2) -> list[str]:
    """``text`` in lines of ``width`` Han characters, as a page sets it.

    Characters of ASCII are half as wide, no line begins with a closing sign, and a number is
    not broken. ``indent``: by how much the first line is shorter.
    """
    units = re.findall(rf"(?:[A-Za-z0-9.]+|.)[{CLOSING}]*", text)
    lines, line, room = [], "", float(width - indent)
    for unit in units:
        # A closing sign hangs over the edge.
        wide = sum(0.5 if character.isascii() else 1.0 for character in unit.rstrip(CLOSING))
        if line and wide > room:
            lines.append(line)
            line, room = "", float(width)
        line += unit
        room -= sum(0.5 if character.isascii() else 1.0 for character in unit)
    return [*lines, line]


def damaged(
    paragraphs: Sequence[str],
    width: int,
    rng: random.Random,
    *,
    spaced: float = 0.2,
    blank: float = 0.2,
    indent: str = "　　",
) -> str:
    """The paragraphs wrapped, some lines letter-spaced, blank lines at some line ends."""
    out = []
    for paragraph in paragraphs:
        for number, line in enumerate(wrap(paragraph, width)):
            shown = " ".join(line) if rng.random() < spaced else line
            out.append(shown if number else indent + shown)
            if rng.random() < blank:
                out.append("")
    return "\n".join(out)


@contextmanager
def time_limit(seconds: int = 20) -> Iterator[None]:
    """Fail, instead of hanging, where something is not linear."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise AssertionError(f"not done after {seconds} s")

    before = signal(SIGALRM, stop)
    alarm(seconds)
    try:
        yield
    finally:
        alarm(0)
        signal(SIGALRM, before)
