"""The architecture of DESIGN.md as rules on the source of every module.

Each rule takes a module's name and source and returns its breaches, so that the tests can also
show each rule a made-up module that breaks it.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from textwrap import dedent
from typing import NamedTuple

import pytest

import textlab

ROOT = Path(textlab.__file__).parent
FACADE = "textlab"

# A layer imports itself and the layers before it.
LAYERS = (
    *("errors", "schema", "seeds", "config", "language", "reading", "cleaning", "places"),
    *("tokens", "analysis", "topics", "output", "pipeline", "cli"),
)
ALLOWED = {layer: set(LAYERS[: number + 1]) for number, layer in enumerate(LAYERS)}
# The two kinds of analysis know nothing of each other; what draws and writes computes nothing.
ALLOWED["topics"] -= {"analysis"}
ALLOWED["output"] = {"errors", "schema", "config", "output"}
COMPUTING = ("gensim", "jieba", "sklearn", "scipy.stats", "statsmodels", "ahocorasick")

OPENING_LAYERS = {"config", "language", "places", "reading", "output", "pipeline"}
OPENING_MODULES = {"textlab.topics.store"}
SHELVES = {"shutil", "tempfile", "zipfile", "tarfile", "sqlite3", "gzip", "bz2", "lzma"}
OPENERS = {
    *("read_text", "read_bytes", "write_text", "write_bytes", "mkdir", "touch", "unlink", "rmdir"),
    *("iterdir", "glob", "rglob", "symlink_to", "hardlink_to", "savefig", "fromfile", "tofile"),
    *("savez", "savez_compressed", "savetxt", "loadtxt", "genfromtxt", "memmap", "to_parquet"),
    *("to_excel", "to_feather", "read_csv", "read_table", "read_parquet", "read_excel"),
    *("read_feather", "read_json", "read_html"),
}
OPENERS_OF = {
    "os": {
        *("open", "replace", "rename", "remove", "unlink", "mkdir", "makedirs", "rmdir"),
        *("walk", "scandir", "listdir", "link", "symlink"),
    },
    "np": {"load", "save"},
    "numpy": {"load", "save"},
    "io": {"open", "open_code", "FileIO"},
    "codecs": {"open"},
}

PICKLING = {"pickle", "_pickle", "cloudpickle", "dill", "joblib", "marshal", "shelve"}
FORBIDDEN_NAMES = {"LdaMulticore", "ldamulticore", "to_pickle", "read_pickle", "jieba_fast"}

HEAVY = {
    *("pandas", "numpy", "scipy", "sklearn", "statsmodels", "gensim", "matplotlib", "seaborn"),
    *("jieba", "pyarrow"),
}


class Import(NamedTuple):
    """A dotted name that a module imports: ``textlab.schema`` or ``textlab.schema.check``."""

    name: str
    line: int


def imports(module: str, source: str) -> Iterator[Import]:
    """All imports of a module, at its top or within a function, by statement or by call."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (Import(alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                base = ".".join([*module.split(".")[: -node.level], *([base] if base else [])])
            yield from (Import(f"{base}.{alias.name}", node.lineno) for alias in node.names)
        elif isinstance(node, ast.Call) and called(node) in {"import_module", "__import__"}:
            first = node.args[0] if node.args else None
            known = isinstance(first, ast.Constant) and isinstance(first.value, str)
            yield Import(ast.literal_eval(first) if known and first else "?", node.lineno)


def called(call: ast.Call) -> str:
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def layer_of(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def within(name: str, packages: tuple[str, ...] | set[str]) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def wrong_direction(module: str, source: str) -> list[str]:
    """Imports of a later layer, of a forbidden one, or of the façade."""
    if module == FACADE:
        return []
    layer = layer_of(module)
    if layer not in ALLOWED:
        return [f"the layer '{layer}' is not in the list"]
    breaches = []
    for name, line in imports(module, source):
        if name == "?":
            breaches.append(f"line {line}: imports what cannot be told beforehand")
        elif name == FACADE or (name.startswith("textlab.") and name != "textlab.__version__"):
            wanted = layer_of(name)
            if wanted not in ALLOWED:
                breaches.append(f"line {line}: imports the façade ({name})")
            elif wanted not in ALLOWED[layer]:
                breaches.append(f"line {line}: {layer} imports {wanted} ({name})")
    return breaches


def eager_facade(module: str, source: str) -> list[str]:
    """Imports that ``import textlab`` itself would carry out."""
    if module != FACADE:
        return []
    checked = "\n".join(map(ast.unparse, run_on_import(ast.parse(source).body)))
    light = ("__future__", "importlib", "typing")
    return [f"imports {name}" for name, _ in imports(module, checked) if not within(name, light)]


def run_on_import(body: Sequence[ast.AST]) -> Iterator[ast.AST]:
    """The simple statements that run when a module is imported: none within a function."""
    for node in body:
        if isinstance(node, ast.FunctionDef):
            continue
        typing_only = isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        blocks = ("orelse",) if typing_only else ("body", "orelse", "handlers", "finalbody")
        inner = [child for block in blocks for child in getattr(node, block, [])]
        if inner or typing_only:
            yield from run_on_import(inner)
        else:
            yield node


def filled_folder(module: str, source: str) -> list[str]:
    """An ``__init__.py`` that does more than say what its folder is for."""
    body = ast.parse(source).body
    if module in {FACADE, "textlab.output.figures"} or not is_folder(module):
        return []
    return [] if len(body) == 1 and ast.get_docstring(ast.parse(source)) else ["holds code"]


def is_folder(module: str) -> bool:
    return (ROOT.parent / Path(*module.split("."))).is_dir()


def computing_output(module: str, source: str) -> list[str]:
    """Statistics and models where tables are only written and drawn."""
    if layer_of(module) != "output":
        return []
    return [
        f"line {line}: imports {name}"
        for name, line in imports(module, source)
        if within(name, COMPUTING)
    ]


def opened_files(module: str, source: str) -> list[str]:
    """Whatever touches the disk where no file is to be opened."""
    if layer_of(module) in OPENING_LAYERS or module in OPENING_MODULES:
        return []
    breaches = [
        f"line {line}: imports {name}"
        for name, line in imports(module, source)
        if within(name, SHELVES)
        or name.rpartition(".")[2] in OPENERS_OF.get(name.rpartition(".")[0], ())
    ]
    opening = [node for node in ast.walk(ast.parse(source)) if opens(node)]
    return breaches + [
        f"line {getattr(node, 'lineno', 0)}: {ast.unparse(node)}" for node in opening
    ]


def opens(node: ast.AST) -> bool:
    if isinstance(node, ast.Name):
        return node.id == "open" and isinstance(node.ctx, ast.Load)
    if isinstance(node, ast.Attribute):
        owner = node.value.id if isinstance(node.value, ast.Name) else ""
        return node.attr in OPENERS or node.attr in OPENERS_OF.get(owner, ())
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        # Without a path to_csv gives a string; `open` alone may be a field.
        to_file = node.args or any(word.arg == "path_or_buf" for word in node.keywords)
        return node.func.attr == "open" or (node.func.attr == "to_csv" and bool(to_file))
    return False


def other_segmenters(module: str, source: str) -> list[str]:
    """jieba anywhere but in the one module that keeps its state to itself."""
    if module == "textlab.language.segmenter":
        return []
    return [
        f"line {line}: imports {name}"
        for name, line in imports(module, source)
        if within(name, ("jieba",))
    ]


def pickles_and_threads(module: str, source: str) -> list[str]:
    """Pickled data, and the LDA that gives other topics each time."""
    breaches = [
        f"line {line}: imports {name}"
        for name, line in imports(module, source)
        if within(name, PICKLING) or FORBIDDEN_NAMES & set(name.split("."))
    ]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.keyword) and node.arg == "allow_pickle":
            if ast.unparse(node.value) != "False":
                breaches.append(f"line {node.value.lineno}: allow_pickle is not False")
        elif isinstance(node, ast.Attribute) and node.attr in FORBIDDEN_NAMES:
            breaches.append(f"line {node.lineno}: {ast.unparse(node)}")
    return breaches


Rule = Callable[[str, str], list[str]]
RULES: tuple[Rule, ...] = (
    *(wrong_direction, eager_facade, filled_folder, computing_output),
    *(opened_files, other_segmenters, pickles_and_threads),
)


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
    # Places has no module yet.
    assert found - {""} >= set(LAYERS) - {"places"}
    assert FACADE in MODULES
    assert set(MODULES) >= OPENING_MODULES


@pytest.mark.parametrize(
    ("rule", "module", "source"),
    [
        (wrong_direction, "textlab.schema", "import textlab.config"),
        (wrong_direction, "textlab.schema", "from textlab import config"),
        (wrong_direction, "textlab.errors", "from .config import Study"),
        (wrong_direction, "textlab.language.lexicon", "from textlab.reading.manifest import KNOWN"),
        (wrong_direction, "textlab.language.lexicon", "from ..reading import manifest"),
        (wrong_direction, "textlab.language.lexicon", "from ..reading.manifest import KNOWN"),
        (
            wrong_direction,
            "textlab.reading.documents",
            "def f():\n    import textlab.cleaning.lines",
        ),
        (wrong_direction, "textlab.reading.x", "if True:\n    from textlab.tokens import counting"),
        (wrong_direction, "textlab.tokens.x", "import_module('textlab.analysis.keyness')"),
        (wrong_direction, "textlab.tokens.x", "importlib.import_module(name)"),
        (wrong_direction, "textlab.tokens.x", "__import__('textlab.pipeline')"),
        (wrong_direction, "textlab.topics.model", "from textlab.analysis import matrix"),
        (wrong_direction, "textlab.analysis.keyness", "from textlab.topics.lda import train"),
        (wrong_direction, "textlab.output.tables", "from textlab.analysis.measures import rate"),
        (wrong_direction, "textlab.output.tables", "from textlab.seeds import derive_seed"),
        (wrong_direction, "textlab.output.tables", "from textlab.language import lexicon"),
        (wrong_direction, "textlab.pipeline.run", "from textlab.cli import main"),
        (wrong_direction, "textlab.pipeline.run", "import textlab as tl"),
        (wrong_direction, "textlab.pipeline.run", "from textlab import keyness"),
        (wrong_direction, "textlab.pipeline.run", "from textlab import *"),
        (wrong_direction, "textlab.helpers", "x = 1"),
        (eager_facade, "textlab", "from textlab.errors import TextlabError"),
        (eager_facade, "textlab", "import pandas as pd"),
        (eager_facade, "textlab", "if True:\n    from textlab.config import read_study"),
        (eager_facade, "textlab", "figures = import_module('textlab.output.figures')"),
        (eager_facade, "textlab", "if TYPE_CHECKING:\n    pass\nelse:\n    import gensim"),
        (eager_facade, "textlab", "try:\n    import gensim\nexcept ImportError:\n    pass"),
        (filled_folder, "textlab.analysis", "import pandas as pd"),
        (filled_folder, "textlab.analysis", '"""Analysis."""\n\nx = 1'),
        (filled_folder, "textlab.analysis", ""),
        (computing_output, "textlab.output.tables", "from scipy.stats import chi2"),
        (computing_output, "textlab.output.tables", "from scipy import stats"),
        (computing_output, "textlab.output.figures.x", "import sklearn.manifold"),
        (opened_files, "textlab.analysis.x", "open('a.csv')"),
        (opened_files, "textlab.analysis.x", "with path.open() as file:\n    pass"),
        (opened_files, "textlab.analysis.x", "map(Path.read_bytes, files)"),
        (opened_files, "textlab.tokens.x", "path.write_text('x', encoding='utf-8')"),
        (opened_files, "textlab.topics.lda", "np.save(path, array)"),
        (opened_files, "textlab.cleaning.x", "frame.to_csv('a.csv')"),
        (opened_files, "textlab.cleaning.x", "frame.to_csv(path_or_buf='a.csv')"),
        (opened_files, "textlab.cleaning.x", "pd.read_csv('a.csv')"),
        (opened_files, "textlab.cleaning.x", "os.replace(a, b)"),
        (opened_files, "textlab.cleaning.x", "from os import replace"),
        (opened_files, "textlab.cleaning.x", "import shutil"),
        (opened_files, "textlab.cli", "folder.mkdir()"),
        (opened_files, "textlab.schema", "Path('a').read_text()"),
        (other_segmenters, "textlab.tokens.segmentation", "import jieba"),
        (other_segmenters, "textlab.tokens.segmentation", "def f():\n    from jieba import posseg"),
        (other_segmenters, "textlab.language.lexicon", "import jieba.analyse"),
        (pickles_and_threads, "textlab.pipeline.store", "import pickle"),
        (pickles_and_threads, "textlab.pipeline.store", "from joblib import dump"),
        (pickles_and_threads, "textlab.topics.store", "np.load(path, allow_pickle=True)"),
        (pickles_and_threads, "textlab.topics.store", "np.load(path, allow_pickle=trust)"),
        (pickles_and_threads, "textlab.topics.store", "frame.to_pickle('a')"),
        (pickles_and_threads, "textlab.topics.lda", "from gensim.models import LdaMulticore"),
        (pickles_and_threads, "textlab.topics.lda", "gensim.models.LdaMulticore(bow)"),
        (pickles_and_threads, "textlab.topics.lda", "import gensim.models.ldamulticore"),
    ],
)
def test_rule_finds_a_breach(rule: Rule, module: str, source: str) -> None:
    assert len(rule(module, source)) == 1


def test_rules_pass_what_is_right() -> None:
    source = '''
        """A module that keeps all the rules."""

        from textlab import __version__, schema
        from textlab.errors import nearest
        from textlab.tokens.counting import count
        from textlab.topics.labels import top_terms
        from . import vocabulary
        from .start import nmf_start

        import_module("textlab.schema")
        text = frame.to_csv(index=False, lineterminator="\\n").replace("a", "b")
        kept = table.open
        model.save(folder)
        open_documents = array.copy(order="C")
        '''
    for rule in RULES:
        assert rule("textlab.topics.x", dedent(source)) == []
    facade = """
        if TYPE_CHECKING:
            import pandas
        else:
            def __getattr__(name):
                return import_module(_PUBLIC[name])
        """
    assert eager_facade("textlab", dedent(facade)) == []


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
    assert shown == given | {"figures": "textlab.output.figures"}
    assert set(textlab.__all__) == {"__version__", *shown}


def test_facade_gives_every_name_and_no_other() -> None:
    for name in textlab.__all__:
        assert getattr(textlab, name) is not None
    assert set(dir(textlab)) >= set(textlab.__all__)
    with pytest.raises(AttributeError, match="module 'textlab' has no attribute 'keynes'"):
        getattr(textlab, "keynes")  # noqa: B009
