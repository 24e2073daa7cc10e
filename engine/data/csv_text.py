"""The text of a file: its encoding is found by its byte order mark, its lines are checked."""

import hashlib
import io
from collections.abc import Iterator
from functools import partial
from typing import Any, BinaryIO

from engine.errors import FileError

MAX_LINE = 2**20
"""Characters. A file without line breaks is refused before it fills the memory."""

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
)
"""What the first bytes of files say that people take for text."""

_UTF_8_MARK = b"\xef\xbb\xbf"
_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_HEAD = 16
"""Bytes that are looked at before any are decoded."""


class DigestedBytes(io.RawIOBase):
    """The bytes of `stream`, which is buffered and is not closed, with a digest of those read."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.head = stream.read(_HEAD)
        """The first bytes, which are read again unless taken out of here."""
        self._sha = hashlib.sha256(self.head)

    @property
    def digest(self) -> str:
        """SHA-256 of what has been read, in hexadecimal digits."""
        return self._sha.hexdigest()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        if self.head:
            chunk, self.head = self.head[: len(buffer)], self.head[len(buffer) :]
        else:
            chunk = self._stream.read(len(buffer))
            self._sha.update(chunk)
        buffer[: len(chunk)] = chunk
        return len(chunk)


def read_lines(data: DigestedBytes) -> Iterator[str]:
    """The lines of `data` with their line breaks, whichever those are (LF, CRLF or CR).

    UTF-8, with or without its mark, or UTF-16 with its mark. Raises FileError for anything else,
    for NUL characters and for lines longer than MAX_LINE.
    """
    _refuse_binary(data.head)
    encoding = "UTF-16" if data.head.startswith(_UTF_16_MARKS) else "UTF-8"
    data.head = data.head.removeprefix(_UTF_8_MARK)
    text = io.TextIOWrapper(io.BufferedReader(data, 2**16), encoding, newline="")
    number = 0
    try:
        for number, line in enumerate(iter(partial(text.readline, MAX_LINE), ""), 1):
            if "\0" in line:
                raise FileError(
                    f"line {number}: a NUL character; the file is no text, or UTF-16 without a"
                    " byte order mark"
                )
            if len(line) == MAX_LINE:
                raise FileError(f"line {number}: it is longer than {MAX_LINE:,} characters")
            yield line
    except UnicodeDecodeError as error:
        number += 1 + _line_breaks(error.object[: error.start])
        raise FileError(f"line {number}: it is not {encoding}; save the file as UTF-8") from error


def _refuse_binary(head: bytes) -> None:
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            raise FileError(f"it is no text, but {kind}; save the data as CSV")


def _line_breaks(data: bytes) -> int:
    return data.count(b"\n") + data.count(b"\r") - data.count(b"\r\n")
