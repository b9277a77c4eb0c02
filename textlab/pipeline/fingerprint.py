"""What a stage depends on, as hashes: parameters, inputs, files, packages and source code."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).resolve().parent.parent


def file_hash(path: Path) -> str:
    """The sha256 of a file's bytes."""
    digest = sha256()
    with path.open("rb") as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def fingerprint(parts: dict[str, Any]) -> str:
    """One short hash of ``parts``, which hold only what JSON can hold."""
    text = json.dumps(parts, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return sha256(text.encode("ascii")).hexdigest()[:32]


def versions(packages: Iterable[str]) -> dict[str, str]:
    """The installed version of each package; those of extras may be missing."""
    return {package: _version(package) for package in sorted(packages)}


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def sources(roots: Iterable[str]) -> dict[str, str]:
    """The sha256 of the source of ``roots`` (modules or folders) and all of textlab they import.

    And of the data that these modules have beside them, in a folder ``data``.

    Read from the files, so that an edit counts even where nothing was imported yet.
    """
    found: set[Path] = set()
    waiting = [path for root in roots for path in _files(root)]
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += [target for name in _imports(path) for target in _module(name)]
    data = {file for path in found for file in (path.parent / "data").glob("*") if file.is_file()}
    return {
        path.relative_to(PACKAGE.parent).as_posix(): _source_hash(path)
        for path in sorted(found | data)
    }


@cache
def _source_hash(path: Path) -> str:
    return sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()[:16]


def _files(module: str) -> list[Path]:
    path = PACKAGE.parent.joinpath(*module.split("."))
    return sorted(path.rglob("*.py")) if path.is_dir() else [path.with_suffix(".py")]


def _module(name: str) -> list[Path]:
    """The file of a dotted name, which may be a module, a folder, or a name inside a module."""
    path = PACKAGE.parent.joinpath(*name.split("."))
    choices = (path.with_suffix(".py"), path / "__init__.py", path.parent.with_suffix(".py"))
    return [choice for choice in choices if choice.is_file()][:1]


@cache
def _imports(path: Path) -> tuple[str, ...]:
    return tuple(sorted(set(_names(ast.parse(path.read_bytes())))))


def _names(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith("textlab."))
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "textlab":
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
