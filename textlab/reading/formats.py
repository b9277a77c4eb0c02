"""Which reader a file's suffix calls, and what is said where it fails."""

from __future__ import annotations

from collections.abc import Callable

from textlab.reading.extract import Extract, UnreadableError
from textlab.reading.pdf import read_pdf
from textlab.reading.spreadsheet import read_spreadsheet
from textlab.reading.web_page import read_web_page
from textlab.reading.word import read_word

# Each imports the package that it needs when it is first called.
READERS: dict[str, Callable[[bytes], Extract]] = {
    ".docx": read_word,
    **dict.fromkeys((".htm", ".html", ".shtml", ".xhtml"), read_web_page),
    ".pdf": read_pdf,
    ".xlsx": read_spreadsheet,
}
LONGEST_REASON = 200


def extract(suffix: str, data: bytes) -> Extract:
    """The text of a file of the format ``suffix``.

    Raises :class:`UnreadableError`, and nothing else, with the reason for the ledger.
    """
    try:
        found = READERS[suffix](data)
    except UnreadableError:
        raise
    except ImportError as error:
        raise UnreadableError(
            f"reading '{suffix}' wants {error.name or 'further packages'}, which cannot be "
            'imported; pip install "textlab[documents]"'
        ) from None
    except MemoryError:
        raise UnreadableError("reading it takes too much memory") from None
    # Parsers of other people's formats fail in ways of their own, of which no list is complete,
    # and one file must not end the run: its reason is kept.
    except Exception as error:  # noqa: BLE001
        reason = " ".join(f"a broken {suffix}: {type(error).__name__}: {error}".split())
        raise UnreadableError(reason[:LONGEST_REASON].rstrip(": ")) from None
    if not found.text.strip():
        raise UnreadableError("empty")
    if any("\ud800" <= character <= "\udfff" for character in found.text):
        raise UnreadableError("holds surrogates, which are no characters by themselves")
    return found
