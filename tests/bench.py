"""Times, each beside its bar: ``make bench``. Not a test; the machine's noise is part of it.

The real corpora are looked for in ../shared/corpora; what is not there is left out, and said so.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.bench_segmentation import bench_segmentation
from tests.bench_topics import bench_topics

ROOT = Path(__file__).resolve().parent.parent
CORPORA = ROOT.parent / "shared" / "corpora"
TEXTLAB = [sys.executable, "-m", "textlab.cli"]


def seconds(*command: str | Path, at: Path = ROOT) -> float:
    started = time.perf_counter()
    run = subprocess.run([*map(str, command)], cwd=at, capture_output=True, text=True)
    if run.returncode:
        print(run.stdout[-5000:], run.stderr[-5000:], sep="\n")
    run.check_returncode()
    return time.perf_counter() - started


def report(what: str, took: float, bar: float) -> None:
    print(
        f"{what:<62} {took:8.2f} s   bar {bar:g} s   {'' if took <= bar else 'MISSED'}", flush=True
    )


def convert(source: Path, target: Path) -> int:
    """The paragraphs of each docx as a txt file; how many files."""
    import docx

    files = sorted(source.glob("*.docx"))
    for file in files:
        lines = (paragraph.text for paragraph in docx.Document(str(file)).paragraphs)
        (target / f"{file.stem}.txt").write_text("\n\n".join(lines), encoding="utf-8")
    return len(files)


def bench_help() -> None:
    report("textlab --help, best of five", min(seconds(*TEXTLAB, "--help") for _ in range(5)), 0.5)


def bench_sichuan(folder: Path) -> None:
    source = CORPORA / "sichuan-2024"
    if not source.is_dir():
        print("the Sichuan study: left out, its texts are not there")
        return
    study = ROOT / "studies" / "sichuan-2024.toml"
    to = folder / "sichuan"
    command: list[str | Path] = [*TEXTLAB, "run", study, "--corpus", source, "--results", to]
    report("the Sichuan study, from cold", seconds(*command), 30)
    report("the Sichuan study, nothing changed", seconds(*command), 3)


def bench_provincial(folder: Path) -> None:
    source = CORPORA / "provincial-2025"
    if not source.is_dir():
        print("the provincial reports: left out, they are not there")
        return
    texts = folder / "texts"
    texts.mkdir()
    n = convert(source, texts)
    rows = [
        f"{path.name},{path.stem[5:].removesuffix('政府工作报告')}"
        for path in sorted(texts.iterdir())
    ]
    (texts / "documents.csv").write_text("\n".join(["file,place", *rows]), encoding="utf-8")
    study = folder / "provincial.toml"
    study.write_text('[corpus]\npath = "texts"\n', encoding="utf-8")
    report(f"{n} provincial reports as txt, from cold", seconds(*TEXTLAB, "run", study), 90)
    bench_statistics(folder, study)
    plain(texts, folder / "results" / "provincial" / "tables")


def bench_statistics(folder: Path, study: Path) -> None:
    """The stages that compute statistics, of a run from cold with two workers."""
    to = folder / "statistics"
    seconds(*TEXTLAB, "run", study, "--results", to, "--workers", "2")
    took = json.loads((to / "run.json").read_text(encoding="utf-8"))["seconds"]
    stages = ("keywords", "keyness", "similarity", "collocations", "style")
    each = ", ".join(f"{stage} {took[stage]:.1f}" for stage in stages)
    report("all statistics of these reports, two workers", sum(took[s] for s in stages), 60)
    print(f"  {each}")


def plain(texts: Path, tables: Path) -> None:
    """What a plain script counts, beside what textlab counts."""
    import jieba
    import pandas as pd

    jieba.setLogLevel(60)
    tokenizer = jieba.Tokenizer()
    count = Counter[str]()
    for path in sorted(texts.glob("*.txt")):
        count.update(tokenizer.lcut(path.read_text(encoding="utf-8")))
    audit = pd.read_csv(tables / "segmentation_audit.csv").set_index("term")
    print("\nthe same reports: term, in the text, textlab, jieba.lcut and Counter")
    for term in ("新质生产力", "高质量发展", "中国式现代化", "营商环境"):
        string, counted = (audit[column].to_dict()[term] for column in ("string", "counted"))
        print(f"  {term:　<8} {string:5} {counted:5} {count[term]:5}")
    print()


# Times of the process and not of the clock, best of three; and what the tables themselves hold.
CLEANING = """
import json, resource, sys, time
import textlab as tl
folder, megabytes = sys.argv[1], float(sys.argv[2])
fastest, documents, paragraphs = 1e9, None, None
for _ in range(3):
    del documents, paragraphs
    started = time.process_time()
    documents = tl.read_documents(folder)
    paragraphs = tl.clean(documents)
    fastest = min(fastest, time.process_time() - started)
tables = sum(table.memory_usage(deep=True).sum() for table in (documents, paragraphs))
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"speed": megabytes / fastest, "peak": peak, "tables": tables / 2**20}))
"""


def bench_cleaning(folder: Path) -> None:
    source = CORPORA / "newscast-2022"
    if not source.is_dir():
        print("reading and cleaning newscasts: left out, they are not there")
        return
    for times in (1, 4):
        texts = folder / f"newscast-{times}"
        for number in range(times):
            shutil.copytree(source, texts / str(number))
        size = sum(path.stat().st_size for path in texts.rglob("*.md")) / 1e6
        run = subprocess.run(
            [sys.executable, "-c", CLEANING, texts, str(size)],
            capture_output=True,
            check=True,
            text=True,
        )
        found = json.loads(run.stdout)
        met = "" if found["speed"] >= 5 else "MISSED"
        what = f"reading and cleaning {size:.1f} MB of newscasts, one core"
        print(f"{what:<62} {found['speed']:8.2f} MB/s   bar 5 MB/s   {met}")
        print(f"  peak {found['peak']:.0f} MB, the tables {found['tables']:.0f} MB", flush=True)
        shutil.rmtree(texts)


def bench_words(folder: Path) -> None:
    source = CORPORA / "newscast-2022"
    if source.is_dir():
        bench_segmentation(source, folder)
    else:
        print("segmentation of newscasts: left out, they are not there")


def bench_tests(folder: Path) -> None:
    clone = folder / "clone"
    seconds("git", "clone", "-q", ROOT, clone)
    report("make test in a fresh clone, with the install", seconds("make", "test", at=clone), 600)


def main() -> None:
    folder = Path(tempfile.mkdtemp(prefix="textlab-bench-"))
    try:
        bench_help()
        bench_sichuan(folder)
        bench_provincial(folder)
        bench_cleaning(folder)
        bench_words(folder)
        bench_topics(CORPORA / "newscast-2022", folder)
        bench_tests(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
