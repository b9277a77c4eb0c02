"""The architecture of DESIGN.md as rules on the source of every module.

Each rule takes a module's name and source and returns its breaches, so that the tests can also
show each rule a made-up module that breaks it.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import textlab

ROOT = Path(textlab.__file__).parent
FACADE = "textlab"
# Folders whose module gives the names of the modules in it.
PUBLIC_FOLDERS = {FACADE, "textlab.output.figures", "textlab.statistics.measures"}

# A layer imports itself and the layers before it.
LAYERS = (
    *("errors", "workers", "rows", "contract", "contracts_topics", "contracts", "schema"),
    *("seeds", "sections", "config", "language", "reading", "cleaning", "places", "tokens"),
    *("statistics", "analysis", "topics", "output", "pipeline", "cli_options", "cli_topics", "cli"),
)
ALLOWED = {layer: set(LAYERS[: number + 1]) for number, layer in enumerate(LAYERS)}
# The two kinds of analysis know nothing of each other; what draws and writes computes nothing.
ALLOWED["topics"] -= {"analysis"}
ALLOWED["output"] = {"errors", "contract", "contracts", "schema", "sections", "config", "output"}
COMPUTING = ("gensim", "jieba", "sklearn", "scipy.stats", "statsmodels", "ahocorasick_rs", "rjieba")

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
    if module in PUBLIC_FOLDERS or not is_folder(module):
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
