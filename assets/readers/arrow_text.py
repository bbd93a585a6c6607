"""Arrow columns of text and whole numbers from plain lists, without the detour that imports pandas.

``pyarrow.array`` looks for pandas (a second or two) whenever it meets a Python list; a run in which no
file has changed only wants its cached tables. What does not belong here: typed columns of the contracts.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray


def texts(values: Sequence[str | None]) -> pa.Array:
    """A text column; None becomes NULL."""
    encoded = [b"" if v is None else v.encode("utf-8") for v in values]
    offsets = array("i", [0])
    end = 0
    for one in encoded:
        end += len(one)
        offsets.append(end)
    absent = values.count(None)
    return pa.StringArray.from_buffers(
        len(values),
        pa.py_buffer(offsets.tobytes()),
        pa.py_buffer(b"".join(encoded)),
        _validity(values) if absent else None,
        absent,
    )


def taken(distinct: Sequence[str | None], which: NDArray[np.int32]) -> pa.Array:
    """A text column of few distinct values; ``which`` names the value of each row by its place."""
    places = pa.Array.from_buffers(pa.int32(), len(which), [None, pa.py_buffer(which)])
    return texts(distinct).take(places)


def fixed_width(data: bytes, width: int, rows: int) -> pa.Array:
    """A text column of ASCII texts that are all equally long."""
    offsets = array("i", range(0, width * rows + 1, width)) if width else array("i", [0] * (rows + 1))
    return pa.StringArray.from_buffers(rows, pa.py_buffer(offsets.tobytes()), pa.py_buffer(data))


def integers(values: Sequence[int]) -> pa.Array:
    """A column of 64-bit integers without NULL."""
    return pa.Array.from_buffers(pa.int64(), len(values), [None, pa.py_buffer(array("q", values).tobytes())])


def constant(value: str | None, length: int) -> pa.Array:
    """The same text in every row."""
    if value is None:
        return pa.nulls(length, pa.string())
    encoded = value.encode("utf-8")
    step = len(encoded)
    offsets = array("i", range(0, step * (length + 1), step)) if step else array("i", [0] * (length + 1))
    return pa.StringArray.from_buffers(
        length, pa.py_buffer(offsets.tobytes()), pa.py_buffer(encoded * length)
    )


def whole(value: int, length: int) -> pa.Array:
    """The same integer in every row."""
    return integers([value] * length)


def table_of(rows: Sequence[dict[str, object]], columns: Sequence[tuple[str, pa.DataType]]) -> pa.Table:
    """Plain rows as a table of text and integer columns.

    Raises:
        TypeError: a column of another type.
    """
    made = []
    for name, kind in columns:
        values = [row.get(name) for row in rows]
        if kind == pa.string():
            made.append(texts([None if v is None else str(v) for v in values]))
        elif kind == pa.int64():
            made.append(integers([int(str(v)) for v in values]))
        else:
            raise TypeError(f"{name}: {kind} is neither text nor integer")
    return pa.Table.from_arrays(made, schema=pa.schema(list(columns)))


def _validity(values: Sequence[str | None]) -> pa.Buffer:
    bits = np.array([v is not None for v in values])
    return pa.py_buffer(np.packbits(bits, bitorder="little").tobytes())
