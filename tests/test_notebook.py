"""The notebook runs as it is, and writes what the pipeline writes."""

from __future__ import annotations

import shutil
from pathlib import Path

import jupytext
import nbformat
import pytest
from nbclient import NotebookClient
from nbformat import NotebookNode

import textlab as tl
from tests.small import quick_figures  # noqa: F401

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOK = ROOT / "notebooks" / "01_first_look.ipynb"


def read_notebook() -> NotebookNode:
    notebook: NotebookNode = nbformat.read(NOTEBOOK, as_version=4)  # type: ignore[no-untyped-call]
    return notebook


def test_the_notebook_and_its_twin_say_the_same_and_hold_no_output() -> None:
    notebook = read_notebook()
    twin = jupytext.read(NOTEBOOK.with_suffix(".py"))
    assert [(c.cell_type, c.source) for c in notebook.cells] == [
        (c.cell_type, c.source) for c in twin.cells
    ]
    assert all(not cell.get("outputs") for cell in notebook.cells)


# Jupyter's own libraries warn of each other's deprecations; ours are still errors elsewhere.
@pytest.mark.filterwarnings("default")
def test_the_notebook_writes_the_same_bytes_as_the_pipeline(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "corpus" / "demo", tmp_path / "corpus" / "demo")
    (tmp_path / "notebooks").mkdir()
    notebook = read_notebook()
    client = NotebookClient(
        notebook,
        timeout=300,
        kernel_name="python3",
        resources={"metadata": {"path": str(tmp_path / "notebooks")}},
    )
    client.execute()
    figures = [
        output
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if "image/png" in output.get("data", {})
    ]
    assert len(figures) == 6

    shutil.copy(ROOT / "study.toml", tmp_path)
    made = tl.run(tmp_path / "study.toml")
    tables = sorted((tmp_path / "results" / "01_first_look").glob("*.csv"))
    assert len(tables) == 9
    for table in tables:
        ours = made.folder / "tables" / table.name
        assert table.read_bytes() == ours.read_bytes(), table.name
