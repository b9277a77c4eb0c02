"""Renders the clean sources beside this file as the demo corpus, texts as found in the wild.

Usage: python tests/demo_source/build.py [FOLDER]     (FOLDER: corpus/demo of this checkout)

Writes 24 texts, documents.csv (the manifest) and truth.json (exact counts of twenty terms and
the paragraphs of every document, taken from the clean sources by ``str.count`` and nothing
else). Standard library only; the same sources give the same bytes. README.md says what a
source may hold.
"""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import NamedTuple

HERE = Path(__file__).resolve().parent

EMPHASIS = {
    "岚江市": ("新质生产力", "智改数转", "人工智能"),
    "青禾市": ("乡村振兴", "粮食安全", "高标准农田"),
    "碧川市": ("绿色低碳", "生态优先", "美丽河湖"),
    "澜川市": ("营商环境", "政务服务", "一网通办"),
}
SHARED = (
    *("高质量发展", "现代化产业体系", "民生福祉", "科技创新"),
    *("公共服务", "文旅融合", "深化改革", "中国式现代化"),
)
TERMS = (*(term for terms in EMPHASIS.values() for term in terms), *SHARED)

MESSY = {
    "lanjiang_2024_newspaper": "a newspaper column, wrapped at 16 to 20 characters; blank lines "
    "between paragraphs and, at column breaks, inside sentences",
    "qinghe_2023_decision": "GB18030 with Windows line ends; wrapped at 18 characters; paragraphs "
    "begin with two ideographic spaces, without blank lines between; every second one has "
    "full-width digits",
    "lanchuan_2024_decision": "wrapped at 22 characters; every fifth line is letter-spaced; stray "
    "spaces around digits",
    "qinghe_2024_web": "a saved web page with navigation, buttons, a disclaimer, and "
    "recommendations whose headlines hold emphasis terms",
    "lanchuan_2023_newspaper": "a newspaper page with a folio line and two articles",
    "bichuan_2024_newspaper": "reprints the second half of bichuan_2023_decision",
}

UNIT = re.compile(r"[0-9A-Za-z０-９.%]+|——|……|.")
OPENING = tuple("“‘（《〈【")
CLOSING = tuple("，。、；：？！”’）》〉】—…")
DIGITS = re.compile(r"[0-9.%]+")
FULL_WIDTH = {ord(sign): ord(sign) + 0xFEE0 for sign in "0123456789%."}


class Element(NamedTuple):
    """A piece of a source: its role (heading, body or furniture), topic and text."""

    role: str
    topic: str | None
    text: str


class Source(NamedTuple):
    """A source file: what its header says, and its elements in order, the title first."""

    meta: dict[str, str]
    elements: list[Element]

    @property
    def own(self) -> list[Element]:
        """The elements that belong to the text."""
        return [element for element in self.elements if element.role != "furniture"]


def read_source(path: Path) -> Source:
    """The source in ``path``; a ``@reprint`` line stands for the rest of another source."""
    header, _, body = path.read_text(encoding="utf-8").partition("---\n")
    meta = dict(line.split(": ", 1) for line in header.splitlines())
    return Source(meta, [e for line in body.splitlines() for e in _elements(line, path.parent)])


def _elements(line: str, folder: Path) -> Iterator[Element]:
    if line.startswith("@reprint "):
        _, doc_id, heading = line.split(" ", 2)
        elements = read_source(folder / f"{doc_id}.txt").elements
        yield from elements[[element.text for element in elements].index(heading) :]
    elif line.startswith("□"):
        yield Element("furniture", None, line)
    elif line.startswith("#"):
        yield Element("heading", None, line.lstrip("#").strip())
    else:
        topic, _, text = line.removeprefix("[").partition("] ")
        yield Element("body", topic, text)


def plain(source: Source) -> str:
    """A paragraph a line; blank lines between them except in the decisions of 2024."""
    title, *rest = [element.text for element in source.elements]
    dense = source.meta["genre"] == "decision" and source.meta["date"].startswith("2024")
    return f"{title}\n\n" + ("\n" if dense else "\n\n").join(rest) + "\n"


def markdown(source: Source, info: str = "") -> str:
    """A web page as a converter saves it: headings with marks, date and source below the title."""
    title, *rest = source.own
    published = f"发布时间：{source.meta['date']}{info}　来源：{source.meta['source']}"
    marked = [f"## {e.text}" if e.role == "heading" else e.text for e in rest]
    return "\n\n".join([f"# {title.text}", published, *marked]) + "\n"


def saved_page(source: Source) -> str:
    """The page with all that stands around the article (saved_page.md)."""
    template = (HERE / "saved_page.md").read_text(encoding="utf-8")
    article = markdown(source, " 16:20").replace("　来源", "　字体：大 中 小　来源")
    return template.replace("{article}\n", article)


def two_articles(source: Source) -> str:
    """A page of the newspaper: folio line, page name, and the articles one below the other."""
    day = date.fromisoformat(source.meta["date"])
    folio = f"{day.year}年{day.month}月{day.day}日　星期{'一二三四五六日'[day.weekday()]}"
    texts = [element.text for element in source.elements]
    return "\n\n".join(["第2版：要闻", folio, *texts, "责任编辑：陆明远"]) + "\n"


def newspaper_column(source: Source) -> str:
    """Wrapped at 18 give or take one, in columns of 12 lines; a blank line ends a column."""
    ragged = Random(42)  # the first seeds were tried: this one breaks most terms
    lines: list[str] = []
    for element in source.elements:
        if element.role == "body":
            lines += [*wrap(element.text, lambda: 17 + int(3 * ragged.random())), ""]
        else:
            lines += [element.text, ""]
    return "\n".join(_break_columns(lines, height=12))


def _break_columns(lines: Iterable[str], height: int) -> Iterator[str]:
    """``lines`` with a blank one behind every ``height`` of them, inside a sentence."""
    printed = 0
    before = ""
    for line in lines:
        if line and printed >= height:
            if before and not before.endswith(CLOSING):
                yield ""
                printed = 0
            elif not before:
                printed = 0
        yield line
        printed += bool(line)
        before = line


def office_file(source: Source) -> str:
    """Wrapped at 18, two ideographic spaces before each paragraph, digits full-width in places."""
    title, *rest = source.own
    # Set by hand, as a title is: not inside a word.
    lines = [f"　　{title.text[:16]}", f"　　　　{title.text[16:]}", ""]
    for number, element in enumerate(rest):
        text = element.text.translate(FULL_WIDTH) if number % 2 else element.text
        lines += wrap("　　" + text, lambda: 18)
    return "\r\n".join(lines) + "\r\n"


def letter_spaced(source: Source) -> str:
    """Wrapped at 22; every fifth line is letter-spaced, others have spaces around digits."""
    lines: list[str] = []
    for element in source.own:
        wrapped = [element.text] if element.role == "heading" else wrap(element.text, lambda: 22)
        for line in wrapped[:-1]:
            spaced = len(lines) % 5 == 1
            lines.append(" ".join(UNIT.findall(line)) if spaced else loosen(line, len(lines)))
        lines += [loosen(wrapped[-1], len(lines)), ""]
    return "\n".join(lines)


def loosen(line: str, number: int) -> str:
    """``line`` with a space behind its numbers, before them, on both sides, or neither."""
    before, behind = " " * (number // 2 % 2), " " * (number % 2)
    return DIGITS.sub(rf"{before}\g<0>{behind}", line).strip()


def wrap(text: str, width: Callable[[], float]) -> list[str]:
    """``text`` in lines of ``width()`` Han characters, asked anew for each line.

    Latin letters and digits take half the width and stay together. Closing signs hang on
    behind the line; opening ones go over to the next.
    """
    lines: list[str] = []
    line: list[str] = []
    limit = width()
    for unit in UNIT.findall(text):
        over = _measure([*line, unit]) > limit
        if line and over and not unit.startswith(CLOSING):
            carried = [line.pop()] if line[-1] in OPENING else []
            lines.append("".join(line))
            line, limit = carried, width()
        line.append(unit)
    return [*lines, "".join(line)]


def _measure(units: Iterable[str]) -> float:
    text = "".join(units)
    return len(text) - len(text.encode("ascii", "ignore")) / 2


RENDERERS: dict[str, Callable[[Source], str]] = {
    "lanjiang_2024_newspaper": newspaper_column,
    "qinghe_2023_decision": office_file,
    "lanchuan_2024_decision": letter_spaced,
    "qinghe_2024_web": saved_page,
    "lanchuan_2023_newspaper": two_articles,
}


def render(source: Source) -> tuple[str, bytes]:
    """The name and the bytes of the file that ``source`` becomes."""
    doc_id, web = source.meta["doc_id"], source.meta["genre"] == "web"
    text = RENDERERS.get(doc_id, markdown if web else plain)(source)
    encoding = "gb18030" if doc_id == "qinghe_2023_decision" else "utf-8"
    return f"{doc_id}.{'md' if web else 'txt'}", text.encode(encoding)


def manifest(sources: list[Source]) -> bytes:
    """documents.csv."""
    columns = ["doc_id", "file", "title", "place", "date", "genre", "source", "sha256", "year"]
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    for source in sources:
        file, data = render(source)
        added = {"file": file, "sha256": sha256(data).hexdigest(), "year": source.meta["date"][:4]}
        writer.writerow(source.meta | added)
    return out.getvalue().encode("utf-8")


def truth(sources: list[Source]) -> bytes:
    """truth.json: what the clean sources hold."""
    documents = {
        source.meta["doc_id"]: {
            "counts": {t: sum(element.text.count(t) for element in source.own) for t in TERMS},
            "paragraphs": [
                {"role": role, "topic": topic, "characters": len(text), "starts": text[:8]}
                for role, topic, text in source.own
            ],
        }
        for source in sources
    }
    whole = {"documents": documents, "emphasis": EMPHASIS, "shared": SHARED, "messy": MESSY}
    return (json.dumps(whole, indent=1, ensure_ascii=False, sort_keys=True) + "\n").encode("utf-8")


def build(folder: Path) -> None:
    """Write the corpus into ``folder``."""
    sources = [read_source(path) for path in sorted(HERE.glob("*.txt"))]
    folder.mkdir(parents=True, exist_ok=True)
    for source in sources:
        file, data = render(source)
        (folder / file).write_bytes(data)
    (folder / "documents.csv").write_bytes(manifest(sources))
    (folder / "truth.json").write_bytes(truth(sources))


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parents[1] / "corpus" / "demo")
