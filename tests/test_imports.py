"""What the modules import, what that loads, and what the façade gives."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import textlab
from tests.import_rules import FACADE, LAYERS, OPENING_MODULES, ROOT, RULES, Rule, layer_of

HEAVY = {
    *("pandas", "numpy", "scipy", "sklearn", "statsmodels", "gensim", "matplotlib", "seaborn"),
    *("jieba", "pyarrow"),
}


def module_name(file: Path) -> str:
    parts = file.relative_to(ROOT.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(file): file for file in sorted(ROOT.rglob("*.py"))}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
@pytest.mark.parametrize("module", MODULES)
def test_module_keeps_the_rule(module: str, rule: Rule) -> None:
    assert rule(module, MODULES[module].read_text(encoding="utf-8")) == []


def test_modules_of_every_layer_are_looked_at() -> None:
    found = {layer_of(module) for module in MODULES}
    assert found - {""} >= set(LAYERS)
    assert FACADE in MODULES
    assert set(MODULES) >= OPENING_MODULES


def loaded_by(statement: str) -> set[str]:
    """The heavy packages that a fresh Python has loaded after ``statement``."""
    code = f"{statement}\nimport sys\nprint(*({HEAVY!r} & sys.modules.keys()))"
    command = [sys.executable, "-c", code]
    run = subprocess.run(command, cwd=ROOT.parent, capture_output=True, text=True, check=True)
    return set(run.stdout.split())


@pytest.mark.parametrize(
    "module",
    ["textlab", *(f"textlab.{name}" for name in ("errors", "schema", "seeds", "config", "cli"))],
)
def test_light_modules_load_nothing_heavy(module: str) -> None:
    assert loaded_by(f"import {module}") == set()


def test_verbs_load_what_they_need_when_they_are_asked_for() -> None:
    assert loaded_by("import textlab\ntextlab.count") >= {"pandas"}
    assert "gensim" not in loaded_by("import textlab\ntextlab.count")


def test_facade_shows_type_checkers_what_it_gives() -> None:
    body = ast.parse(MODULES[FACADE].read_text(encoding="utf-8")).body
    block = next(
        node
        for node in body
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
    )
    shown = {
        alias.asname or alias.name: f"{node.module}.{alias.name}"
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    public = vars(textlab)["_PUBLIC"]
    given = {name: f"{module}.{name}" for name, module in public.items()}
    assert shown == given | vars(textlab)["_MODULES"]
    assert set(textlab.__all__) == {"__version__", *shown}


def test_facade_gives_every_name_and_no_other() -> None:
    for name in textlab.__all__:
        assert getattr(textlab, name) is not None
    assert set(dir(textlab)) >= set(textlab.__all__)
    with pytest.raises(AttributeError, match="module 'textlab' has no attribute 'keynes'"):
        getattr(textlab, "keynes")  # noqa: B009
