"""The types of columns, and whether rows stand in an order."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from textlab.errors import TableError

if TYPE_CHECKING:
    import pandas as pd

DTYPES = {"text": "str", "int": "int64", "float": "float64"}


def typed(values: pd.Series, name: str, column: str, kind: str) -> pd.Series | None:
    """``values`` as the type of ``kind``; None where they are of it already."""
    import pandas as pd

    as_promised = values.dtype == pd.api.types.pandas_dtype(DTYPES[kind])
    if as_promised and kind != "text":
        return None
    if kind != "float" and values.isna().any():
        row = int(values.isna().to_numpy().argmax())
        raise TableError(f"table '{name}', column '{column}', row {row}: no value, wanted {kind}")
    if kind == "text":
        return None if as_promised else values.astype(str)
    numbers = pd.to_numeric(values, errors="coerce")
    wrong = numbers.isna() & values.notna()
    if kind == "int":
        wrong |= numbers % 1 != 0
    if wrong.any():
        row = int(wrong.to_numpy().argmax())
        raise TableError(
            f"table '{name}', column '{column}', row {row}: "
            f"wanted {kind}, found {values.iloc[row]!r}"
        )
    return numbers.astype("int64" if kind == "int" else "float64")


def in_order(frame: pd.DataFrame, columns: Iterable[str], *, strictly: bool = False) -> bool:
    """Whether the rows of ``frame`` stand in the order of ``columns``; ``-n`` means descending.

    ``strictly``: no two rows have the same values in all of them. Text is in code point order.
    A missing value is in no order, nor is a column of neither text nor numbers.
    """
    import numpy as np

    tied = np.True_
    for column in columns:
        compared = _with_next(frame[column.removeprefix("-")], descending=column.startswith("-"))
        if compared is None:
            return False
        before, equal = compared
        if not (before | equal | ~tied).all():
            return False
        tied = tied & equal
    return not (strictly and tied.any())


def _with_next(values: pd.Series, *, descending: bool) -> tuple[Any, Any] | None:
    """For each row but the last: whether its value comes before the next one, or equals it."""
    import pandas as pd
    import pyarrow as pa
    import pyarrow.compute as pc

    if values.dtype == pd.api.types.pandas_dtype("str"):
        texts = pa.array(values)
        pair = texts.slice(0, max(len(texts) - 1, 0)), texts.slice(1)
        compared = (pc.greater if descending else pc.less)(*pair), pc.equal(*pair)
        before, equal = (pc.fill_null(c, False).to_numpy(zero_copy_only=False) for c in compared)
        return before, equal
    numbers = values.to_numpy()
    if numbers.dtype.kind not in "iuf":
        return None
    above, below = numbers[:-1], numbers[1:]
    return above > below if descending else above < below, above == below
