"""The text of a file: its encoding is found by its byte order mark, its lines are checked."""

import hashlib
import io
from collections.abc import Iterator
from typing import Any, BinaryIO

from engine.errors import FileError

MAX_LINE = 2**20
"""Bytes. A file without line breaks is refused before it fills the memory."""

_SIGNATURES = (
    (b"PK\x03\x04", "a spreadsheet (xlsx, ods) or another zip archive"),
    (b"\xd0\xcf\x11\xe0", "a spreadsheet (xls) or another Office file"),
    (b"\x1f\x8b", "compressed (gzip)"),
    (b"BZh", "compressed (bzip2)"),
    (b"\xfd7zXZ", "compressed (xz)"),
    (b"\x28\xb5\x2f\xfd", "compressed (zstd)"),
    (b"\x89PNG", "a picture (png)"),
    (b"\xff\xd8\xff", "a picture (jpeg)"),
    (b"GIF8", "a picture (gif)"),
    (b"%PDF", "a PDF document"),
    (b"PAR1", "a Parquet file"),
    (b"\x93NUMPY", "a NumPy array"),
    (b"\x89HDF", "an HDF5 file"),
    (b"SQLite format", "a SQLite database"),
    (b"\xff\xfe\0\0", "UTF-32"),
    (b"\0\0\xfe\xff", "UTF-32"),
)
"""What the first bytes of files say that people take for text."""

_UTF_8_MARK = b"\xef\xbb\xbf"
_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_HEAD = 16
"""Bytes that are looked at before any are decoded."""


class CheckedBytes(io.RawIOBase):
    """The bytes of `stream`, which is buffered and is not closed, checked and digested.

    Reading raises FileError for NUL bytes, unless they are UTF-16, and for lines over MAX_LINE.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._head = stream.read(_HEAD)
        self._sha = hashlib.sha256(self._head)
        self._lines = 0
        self._line_length = 0
        for signature, kind in _SIGNATURES:
            if self._head.startswith(signature):
                raise FileError(f"it is {kind}, not CSV; save the data as CSV in UTF-8")
        self.encoding = "UTF-16" if self._head.startswith(_UTF_16_MARKS) else "UTF-8"
        self._head = self._head.removeprefix(_UTF_8_MARK)

    @property
    def digest(self) -> str:
        """SHA-256 of what has been read, in hexadecimal digits."""
        return self._sha.hexdigest()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        if self._head:
            chunk, self._head = self._head[: len(buffer)], self._head[len(buffer) :]
        else:
            chunk = self._stream.read(len(buffer))
            self._sha.update(chunk)
        self._check(chunk)
        buffer[: len(chunk)] = chunk
        return len(chunk)

    def _check(self, chunk: bytes) -> None:
        if self.encoding == "UTF-8" and (index := chunk.find(b"\0")) >= 0:
            raise FileError(
                f"line {self._lines + _line_breaks(chunk[:index]) + 1}: a NUL byte; the file is no"
                " text, or UTF-16 without a byte order mark"
            )
        self._lines += _line_breaks(chunk)
        unbroken = len(chunk) - 1 - max(chunk.rfind(b"\n"), chunk.rfind(b"\r"))
        self._line_length = unbroken + (self._line_length if unbroken == len(chunk) else 0)
        if self._line_length > MAX_LINE:
            raise FileError(f"line {self._lines + 1}: it is longer than {MAX_LINE:,} bytes")


def read_lines(data: CheckedBytes) -> Iterator[str]:
    """The lines of `data` with their line breaks, whichever those are (LF, CRLF or CR).

    Raises FileError for what is not in the encoding of `data`.
    """
    text = io.TextIOWrapper(io.BufferedReader(data, 2**16), data.encoding, newline="")
    number = 0
    try:
        for number, line in enumerate(text, 1):  # noqa: B007 - it is used where reading fails
            yield line
    except UnicodeDecodeError as error:
        number += 1 + _line_breaks(error.object[: error.start])
        raise FileError(
            f"line {number}: it is not {data.encoding}; save the file as UTF-8"
        ) from error


def _line_breaks(data: bytes) -> int:
    """The line breaks in `data`, which has one kind of them: a CRLF may be cut in two."""
    return data.count(b"\n") or data.count(b"\r")
