"""A corpus of three subjects, cut into words as they are written: six documents, three places."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from pathlib import Path

FARM = (
    "农民 水稻 粮食 农田 灌溉 种子 化肥 耕地 果园 蔬菜 小麦 玉米 养殖 畜牧 渔业 大豆 农机 丰收"
).split()
PLANT = (
    "工厂 车间 企业 订单 零件 机械 钢铁 化工 芯片 汽车 设备 工人 电池 材料 模具 仓库 物流 工业"
).split()
CARE = (
    "学生 教师 医院 医生 学校 课程 护士 药品 患者 养老 社保 体育 教材 门诊 疫苗 儿童 老人 就业"
).split()
SUBJECTS = (FARM, PLANT, CARE)
PLACES = ("青石市", "白鹭市", "云台市")
DOCUMENTS = tuple(f"doc{number}" for number in range(1, 7))
PARAGRAPHS, WORDS = 12, 30


def text_of(number: int, subjects: Sequence[Sequence[str]] = SUBJECTS) -> str:
    """The text of a document: half of its paragraphs are about a subject of its own."""
    rng = random.Random(number)
    paragraphs = []
    for at in range(PARAGRAPHS):
        own = subjects[(number if at % 2 else at // 2) % len(subjects)]
        words = [rng.choice(own) for _ in range(WORDS - 4)]
        words += [rng.choice(rng.choice(subjects)) for _ in range(4)]
        rng.shuffle(words)
        paragraphs.append("，".join(words) + "。")
    return "\n\n".join(paragraphs) + "\n"


def write_subjects(
    folder: Path,
    names: Iterable[str] = DOCUMENTS,
    *,
    subjects: Sequence[Sequence[str]] = SUBJECTS,
    more: dict[str, str] | None = None,
) -> Path:
    """These documents, and ``more`` (doc_id: text), with a manifest, in ``folder``.

    Documents 1 to 3 are of 2023, one of each place; 4 to 6 are of 2024.
    """
    folder.mkdir(parents=True, exist_ok=True)
    rows = ["doc_id,file,place,date,genre"]
    texts = {name: text_of(int(name[-1]), subjects) for name in names} | (more or {})
    for name, text in texts.items():
        number = int(name[-1])
        place, year = PLACES[number % 3], 2023 + (number > 3)
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        rows.append(f"{name},{name}.txt,{place},{year}-03-01,newspaper")
    (folder / "documents.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return folder
