"""What the README says exists: study keys, tables, commands, figures, numbers."""

from __future__ import annotations

import ast
import csv
import json
import re
import tomllib
from pathlib import Path

import click
import pytest

import textlab as tl
from textlab.cli import cli
from textlab.config import Study, make_study
from textlab.contracts import TABLES
from textlab.pipeline.study_stages import CONTRACTS, PUBLISHED, STAGES

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PUBLISHED_TABLES = {PUBLISHED.get(t, t) for stage in STAGES.values() for t in stage.publishes}
SICHUAN = ROOT / "results" / "sichuan-2024"


def test_the_study_in_the_readme_is_valid_and_names_every_key() -> None:
    block = re.search(r"```toml\n(.*?)```", README, re.DOTALL)
    assert block
    values = tomllib.loads(block[1])
    make_study(values)
    for name, field in Study.model_fields.items():
        if name != "file":
            keys = {f.alias or key for key, f in field.annotation.model_fields.items()}  # type: ignore[union-attr]
            assert set(values[name]) == keys, name


def test_the_readme_lists_every_published_table_and_no_other() -> None:
    section = README.split("## What is in the tables")[1].split("`count` is")[0]
    cells = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    listed = {name for cell in cells for name in re.findall(r"`(\w+)`", cell)}
    assert listed == PUBLISHED_TABLES
    assert {CONTRACTS.get(name, name) for name in listed} <= set(TABLES)


def test_commands_and_options_in_the_docs_exist() -> None:
    texts = [
        README,
        *(p.read_text("utf-8") for p in (ROOT / "CHANGELOG.md", ROOT / "CONTRIBUTING.md")),
    ]
    commands = {c for text in texts for c in re.findall(r"(?:bin/|`)textlab ([a-z]+)", text)}
    assert {"init", "run", "plan", "trace"} <= commands <= set(cli.commands)
    options = {o for text in texts for o in re.findall(r"(--[a-z-]+)\b", text)}
    known = {
        option
        for command in cli.commands.values()
        for parameter in command.params
        if isinstance(parameter, click.Option)
        for option in parameter.opts
    }
    assert options <= known


def test_targets_of_make_in_the_docs_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    for name in ("README.md", "CONTRIBUTING.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert set(re.findall(r"`make ([a-z]+)`", text)) <= targets


def test_files_that_the_docs_link_to_exist() -> None:
    for link in re.findall(r"\]\(([^)#]+)\)", README):
        assert (ROOT / link).exists(), link


def test_the_readme_counts_the_lexicon_rightly() -> None:
    said = re.search(r"the (\d+) terms of textlab's own", README)
    assert said and int(said[1]) == len(tl.read_lexicon())


def test_the_facade_gives_all_that_it_names() -> None:
    for name in tl.__all__:
        assert getattr(tl, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'tokenise'"):
        tl.tokenise  # type: ignore[attr-defined]  # noqa: B018


def test_numbers_in_the_readme_are_those_of_the_committed_results() -> None:
    with (SICHUAN / "tables" / "segmentation_audit.csv").open(encoding="utf-8-sig") as stream:
        audit = {row["term"]: row for row in csv.DictReader(stream)}
    rows = re.findall(r"^\| (\S+), five pages \| (\d+) \| (\d+) \| (\d+) \|$", README, re.MULTILINE)
    assert len(rows) == 3
    for term, string, counted, plain in rows:
        found = audit[term]
        assert (found["string"], found["counted"], found["plain_jieba"]) == (string, counted, plain)


def test_committed_results_hold_no_passage_and_no_path() -> None:
    """Cells are ids, terms, numbers and names; the longest are titles and publishers.

    What the package itself says (reasons) is in English. Lines of texts are never committed.
    """
    assert "results/**/concordance.csv" in (ROOT / ".gitignore").read_text("utf-8").split()
    for path in sorted(SICHUAN.glob("tables/*.csv")):
        if path.stem == "concordance":
            continue
        with path.open(encoding="utf-8-sig", newline="") as stream:
            cells = [cell for row in csv.reader(stream) for cell in row]
        longest = max(len(re.sub(r"[\x00-\x7f]", "", cell)) for cell in cells)
        assert longest <= (64 if path.stem == "documents" else 40), (path.name, longest)
    manifest = json.loads((SICHUAN / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["study"]["corpus"]["path"] is None
    assert manifest["study"]["corpus"]["manifest"] == "documents.csv"


def test_what_type_checkers_see_is_what_the_facade_gives() -> None:
    """The two lists in ``textlab/__init__.py``, one for mypy and one for Python, agree."""
    tree = ast.parse((ROOT / "textlab" / "__init__.py").read_text(encoding="utf-8"))
    seen = {
        alias.name: node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("textlab")
        for alias in node.names
    }
    assert seen.pop("figures") == "textlab.output"
    assert seen.pop("measures") == "textlab.statistics"
    assert seen == tl._PUBLIC
