"""A corpus that a test can write in a moment: four documents, two places, two years."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from textlab.output.figures import paper

TEXTS = {
    "jia_1": (
        "青石市", "2023-03-01",
        "青石市加快发展新质生产力\n\n企业主动推进智改数转，工厂车间装上机器人，人工智能走进生产线。\n\n"
        "全市工业投资增长，企业订单充足，新质生产力成为高质量发展的重要支撑。\n\n"
        "车间里机器人运转，企业负责人说，人工智能让工厂省了电，也省了人。\n",
    ),
    "jia_2": (
        "青石市", "2024-03-01",
        "青石市工业开门红\n\n新质生产力带来新订单，企业车间昼夜运转，机器人在工厂里搬运。\n\n"
        "人工智能检测零件，企业的工厂合格率提高，智改数转让车间更高效。\n\n"
        "全市企业抓订单，工业投资再增长，高质量发展迈出新步伐。\n",
    ),
    "yi_1": (
        "白鹭市", "2023-05-01",
        "白鹭市全面推进乡村振兴\n\n农民在高标准农田里插秧，粮食安全的底线守得牢，农村道路修到田头。\n\n"
        "合作社带领农民种水稻，农村产业兴旺，乡村振兴的路子越走越宽。\n\n"
        "高标准农田建设加快，农民的水稻丰收，粮食安全有了保障。\n",
    ),
    "yi_2": (
        "白鹭市", "2024-05-01",
        "白鹭市春耕正忙\n\n农民抢抓农时，水稻育秧面积扩大，高标准农田灌溉便利。\n\n"
        "乡村振兴让农村面貌一新，合作社的水稻卖出好价钱，农民增收。\n\n"
        "守住粮食安全底线，农村干部下到田间，推动高质量发展。\n",
    ),
}  # fmt: skip


def write_corpus(folder: Path, names: tuple[str, ...] = tuple(TEXTS)) -> Path:
    """The texts and their manifest in ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = ["doc_id,file,place,date,genre"]
    for name in names:
        place, date, text = TEXTS[name]
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        rows.append(f"{name},{name}.txt,{place},{date},newspaper")
    (folder / "documents.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return folder


def write_study(folder: Path, body: str = "", *, corpus: str = "texts") -> Path:
    """A study file in ``folder``: few resamples, two topics, and ``body``."""
    sections = {"corpus": f'path = "{corpus}"', "statistics": "resamples = 50", "topics": "k = 2"}
    for section in list(sections):
        if f"[{section}]" in body:
            del sections[section]
    text = "\n".join(f"[{name}]\n{keys}" for name, keys in sections.items())
    file = folder / "study.toml"
    file.write_text(f"{text}\n{body}\n", encoding="utf-8")
    return file


def tree(folder: Path) -> dict[str, bytes]:
    """The published files of a results folder."""
    wanted = ("manifest.json", "tables/*", "figures/*", "model/*")
    paths = [path for pattern in wanted for path in folder.glob(pattern)]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(paths)}


@pytest.fixture(scope="module", autouse=True)
def quick_figures() -> Iterator[None]:
    """For modules that import it: figures are coarse pictures, also where they are called PDF.

    A font of ten megabytes is cut down for each PDF; what the files hold is tested elsewhere.
    """
    encode = paper._encoded
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paper, "_encoded", lambda figure, kind, dpi: encode(figure, "png", dpi=40))
        yield
