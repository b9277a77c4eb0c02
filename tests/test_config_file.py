from __future__ import annotations

from pathlib import Path

import pytest

from tests.study_files import MINIMAL, write
from textlab.config import read_study
from textlab.errors import StudyError


def test_missing_study_file_is_named_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match=r"absent\.toml: no such study file; name one"):
        read_study(tmp_path / "absent.toml")
    with pytest.raises(StudyError, match=r"study\.toml: no such study file"):
        read_study(tmp_path)


def test_file_in_place_of_a_folder_is_named(tmp_path: Path) -> None:
    write(tmp_path, MINIMAL)
    with pytest.raises(
        StudyError, match=r"study.toml/study\.toml: cannot be read: Not a directory"
    ):
        read_study(tmp_path / "study.toml" / "study.toml")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('[corpus]\npath = "texts\n', "line 2"),
        ("[corpus]\npath = texts\n", "line 2"),
        ('[corpus]\npath = "a"\npath = "b"\n', "line 3"),
        ('[corpus\npath = "texts"\n', "line 1"),
        ('[corpus]\npath = "texts"\nfrom = 2024-02-30\n', "line 3"),
        ('[corpus]\npath = "texts\\city"\n', "line 2"),
    ],
)
def test_broken_toml_is_refused_with_its_line(tmp_path: Path, text: str, line: str) -> None:
    with pytest.raises(StudyError) as caught:
        read_study(write(tmp_path, text))
    message = str(caught.value)
    assert message.startswith(f"{tmp_path / 'study.toml'}: not valid TOML: ")
    assert line in message
    assert "\n" not in message


def test_empty_study_file_is_told_the_least_that_it_needs(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match=r"\[corpus\] is missing.*path = \"FOLDER\""):
        read_study(write(tmp_path, ""))


@pytest.mark.parametrize("text", [MINIMAL, MINIMAL.replace("\n", "\r\n")])
def test_byte_order_mark_and_line_ends_do_no_harm(tmp_path: Path, text: str) -> None:
    study = read_study(write(tmp_path, b"\xef\xbb\xbf" + text.encode()))
    assert study.corpus.path == "texts"


@pytest.mark.parametrize(
    ("encoding", "line"), [("gb18030", "line 4"), ("utf-16", "line 1"), ("big5", "line 4")]
)
def test_other_encodings_are_refused_with_their_line(
    tmp_path: Path, encoding: str, line: str
) -> None:
    text = f'{MINIMAL}[study]\ntitle = "政策文本"\n'
    with pytest.raises(StudyError) as caught:
        read_study(write(tmp_path, text.encode(encoding)))
    where = f"{tmp_path / 'study.toml'}, {line}: "
    assert str(caught.value) == f"{where}not UTF-8; save it as UTF-8 text"
