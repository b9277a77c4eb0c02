"""Times of segmentation beside plain jieba, both sides in one run: part of ``make bench``.

Ratios are of the process's own time, the best of three turns each, taken by turns; where several
processes work they are of the clock. Not a test: nothing is asserted.
"""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from itertools import accumulate
from pathlib import Path
from typing import Any

import pandas as pd

import textlab as tl
from textlab.language.dictionary import frequencies, private_copy, total
from textlab.language.lexicon import read_lexicon
from textlab.language.segmenter import cut

TEXTLAB = [sys.executable, "-m", "textlab.cli"]
TURNS = 3
ROOT = Path(__file__).resolve().parent.parent

# What is in use today: a script that reads, segments and counts, and writes a row a document.
PLAIN = """
import csv, sys
from collections import Counter
from pathlib import Path
import jieba
jieba.setLogLevel(60)
terms = Path(sys.argv[2]).read_text(encoding="utf-8").split()
with open(sys.argv[3], "w", encoding="utf-8", newline="") as stream:
    rows = csv.writer(stream)
    rows.writerow(["doc_id", "keyword", "count"])
    for path in sorted(Path(sys.argv[1]).rglob("*.md")):
        count = Counter(jieba.lcut(path.read_text(encoding="utf-8")))
        rows.writerows([path.stem, term, count[term]] for term in terms)
"""


def ratio(what: str, ours: float, theirs: float, bar: float) -> None:
    """``theirs`` over ``ours``, beside the least that is wanted."""
    found = theirs / ours
    met = "" if found >= bar else "MISSED"
    print(
        f"{what:<62} {ours:7.2f} s {theirs:7.2f} s {found:6.1f}   bar {bar:g}   {met}", flush=True
    )


def best(*sides: Callable[[], Any], clock: Callable[[], float] = time.process_time) -> list[float]:
    """The best time of each side, taken by turns."""
    fastest = [float("inf")] * len(sides)
    for _ in range(TURNS):
        for number, side in enumerate(sides):
            started = clock()
            side()
            fastest[number] = min(fastest[number], clock() - started)
    return fastest


def bench_segmentation(source: Path, folder: Path) -> None:
    """The table of the segmentation bars, on the texts in ``source``."""
    print(f"\n{'segmentation, newscasts of a year':<62}   textlab     other  ratio")
    paragraphs = tl.clean(tl.read_documents(source))
    texts = paragraphs.loc[paragraphs["role"] != "furniture", "text"].tolist()
    tokenizer = private_copy("jieba").Tokenizer()
    tokenizer.FREQ, tokenizer.total = frequencies(), total()
    tokenizer.initialized = True

    def spans() -> None:
        for text in texts:
            list(accumulate(map(len, cut(text))))

    def lcut() -> None:
        for text in texts:
            tokenizer.lcut(text)

    def counter() -> None:
        count = Counter[str]()
        for text in texts:
            count.update(tokenizer.lcut(text))

    spans_took, lcut_took = best(spans, lcut)
    ratio("segmentation alone, against jieba.lcut", spans_took, lcut_took, 10)
    streamed, tabled, counted = best(
        lambda: tl.count_terms(paragraphs), lambda: tl.count(tl.tokenize(paragraphs)), counter
    )
    ratio("count_terms, against Counter over jieba.lcut", streamed, counted, 8)
    ratio("tokenize and count, the same", tabled, counted, 6)
    bench_promise(paragraphs)
    bench_workers(paragraphs, folder)
    bench_whole_way(source, folder)


def bench_promise(paragraphs: pd.DataFrame) -> None:
    """What 5,000 terms cost."""
    words = sorted(word for word, n in frequencies().items() if n and 4 <= len(word) <= 8)
    own = set(read_lexicon()["term"])
    terms = [*own, *random.Random(1).sample(sorted(set(words) - own), 5000 - len(own))]
    none = ["龘龘龘龘"]
    with_terms, without = best(
        lambda: tl.count_terms(paragraphs, terms), lambda: tl.count_terms(paragraphs, none)
    )
    cost = with_terms / without - 1
    met = "" if cost < 0.15 else "MISSED"
    what = "count_terms with a lexicon of 5,000 terms, and with none"
    print(f"{what:<62} {with_terms:7.2f} s {without:7.2f} s {cost:6.1%}   bar 15%   {met}")


# Of a script given so worker processes import nothing again, as of the command line.
WORKERS = """
import sys, time
import pandas as pd
import textlab as tl
paragraphs, took = pd.read_parquet(sys.argv[1]), {1: 1e9, 2: 1e9}
for _ in range(3):
    for count in took:
        started = time.perf_counter()
        tl.count_terms(paragraphs, workers=count)
        took[count] = min(took[count], time.perf_counter() - started)
print(took[2], took[1])
"""


def bench_workers(paragraphs: pd.DataFrame, folder: Path) -> None:
    """Two worker processes against one, on four years."""
    ids = ("doc_id", "para_id")
    copies = (
        paragraphs.assign(**{name: f"{n}-" + paragraphs[name] for name in ids}) for n in range(4)
    )
    file = folder / "four-years.parquet"
    pd.concat(copies, ignore_index=True).to_parquet(file)
    command = [sys.executable, "-c", WORKERS, str(file)]
    run = subprocess.run(command, capture_output=True, check=True, text=True)
    two, one = map(float, run.stdout.split())
    ratio("count_terms of four years, two workers against one", two, one, 1.7)


def bench_whole_way(source: Path, folder: Path) -> None:
    """From raw files to keyword_by_document.csv, start-up included, and its memory."""
    terms = folder / "terms.txt"
    terms.write_text("\n".join(read_lexicon()["term"]), encoding="utf-8")
    peaks = []
    for times, bar in ((1, 3), (4, 5)):
        texts = folder / f"year-{times}"
        for number in range(times):
            for path in source.glob("*.md"):
                texts.mkdir(exist_ok=True)
                shutil.copy(path, texts / f"{number}-{path.name}")
        study = folder / f"year-{times}.toml"
        study.write_text(f'[corpus]\npath = "{texts.name}"\n', encoding="utf-8")
        whole = [*TEXTLAB, "run", str(study), "--until", "keywords", "--quiet"]
        plain = [sys.executable, "-W", "ignore", "-c", PLAIN, str(texts), str(terms)]
        two = timed([*whole, "--workers", "2", "--results", str(folder / f"two-{times}")])[0]
        one, peak = timed([*whole, "--results", str(folder / f"one-{times}")])
        theirs, their_peak = timed([*plain, str(folder / "plain.csv")])
        ratio(f"raw files to keyword_by_document.csv, years: {times}, one worker", one, theirs, bar)
        ratio(f"the same, years: {times}, two workers", two, theirs, bar)
        print(f"  peak memory, one worker: {peak:.0f} MB (plain script: {their_peak:.0f} MB)")
        peaks.append(peak)
    growth = peaks[1] / peaks[0] - 1
    met = "" if peaks[0] <= 900 and growth < 0.1 else "MISSED"
    print(f"  peak of a year {peaks[0]:.0f} MB (bar 900), of four {growth:+.0%} (bar +10%)   {met}")


# A process begins with the memory of the one that starts it, so a small one does.
LAUNCH = """
import resource, subprocess, sys, time
started = time.perf_counter()
code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode
print(code, time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def timed(command: list[str]) -> tuple[float, float]:
    """Seconds of the clock, and the largest resident memory of the process in MB."""
    launched = subprocess.run(
        [sys.executable, "-c", LAUNCH, *command], capture_output=True, check=True, text=True
    )
    code, took, peak = launched.stdout.split()
    if code != "0":
        raise RuntimeError(f"{' '.join(command)} ended with {code}")
    scale = 1024 if sys.platform != "darwin" else 1024**2
    return float(took), int(peak) / scale


def main() -> None:
    """This part alone: ``python -m tests.bench_segmentation``."""
    import tempfile

    source = ROOT.parent / "shared" / "corpora" / "newscast-2022"
    with tempfile.TemporaryDirectory() as folder:
        bench_segmentation(source, Path(folder))


if __name__ == "__main__":
    main()
