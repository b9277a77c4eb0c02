"""Putting a study's results in place: tables, figures, their README and the manifest."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

from textlab.config import Study
from textlab.output.files import write_bytes
from textlab.output.readme import results_readme
from textlab.pipeline.fingerprint import file_hash
from textlab.pipeline.provenance import manifest
from textlab.pipeline.stages import Stage
from textlab.pipeline.store import Output
from textlab.pipeline.study_stages import PUBLISHED, order

README = "tables/README.md"
# The folders of a results folder that a run fills.
PUBLIC = ("tables/", "figures/", "model/")


def publish(study: Study, stages: list[Stage], outputs: dict[str, Output]) -> dict[str, str]:
    """Put tables, figures and the topic model in place one by one, then the manifest of them.

    Returns the hash of each file, by its name in the results folder.

    What an earlier run published and this one did not make is withdrawn: tables of two studies
    never stand side by side.
    """
    root = study.results_folder
    earlier = _published_before(root)
    # Of two outputs with a table of one name the later one has all that the earlier one had.
    sources = {
        name: (output.folder / name, digest)
        for output in outputs.values()
        for name, digest in output.files.items()
        if name.startswith(PUBLIC)
    }
    files = {name: digest for name, (_, digest) in sources.items()}
    for name, (source, digest) in sources.items():
        target = root / name
        if not target.is_file() or file_hash(target) != digest:
            write_bytes(target, source.read_bytes())
    readme = _readme(study, files)
    files = dict(sorted((files | {README: sha256(readme).hexdigest()}).items()))
    if not (root / README).is_file() or file_hash(root / README) != files[README]:
        write_bytes(root / README, readme)
    for name in earlier - set(files):
        (root / name).unlink(missing_ok=True)
    record = manifest(study, outputs, stages, files)
    text = json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    write_bytes(root / "manifest.json", text.encode("utf-8"))
    return files


def _readme(study: Study, files: dict[str, str]) -> bytes:
    """What each table and column is, its formula and limits: of the tables that are there."""
    stems = [Path(name).stem for name in files if name.endswith(".csv")]
    made = dict.fromkeys(table for stage in order() for table in stage.publishes)
    listed = [table for table in made if PUBLISHED.get(table, table) in stems]
    tables = {table: f"{PUBLISHED.get(table, table)}.csv" for table in listed}
    return results_readme(tables, title=study.study.title or study.name).encode("utf-8")


def _published_before(root: Path) -> set[str]:
    """The files that the manifest in place lists; none where there is no readable one."""
    try:
        files = json.loads((root / "manifest.json").read_text(encoding="utf-8"))["files"]
    except (OSError, ValueError, KeyError):
        return set()
    return {name for name in files if name.startswith(PUBLIC)}
