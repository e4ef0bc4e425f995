from __future__ import annotations

import tracemalloc
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.feed.lines import BadLine, Line, split_lines


class Slowly(BytesIO):
    """Gives a few bytes at a time, as a pipe may."""

    def __init__(self, data: bytes, step: int) -> None:
        super().__init__(data)
        self._step = step

    def read1(self, _size: int | None = -1, /) -> bytes:
        return super().read1(self._step)


class Endless(BytesIO):
    """A line of many bytes that nobody ever wrote down, and a short one after it."""

    def __init__(self, chunks: int) -> None:
        super().__init__()
        self._chunks = chunks

    def read1(self, _size: int | None = -1, /) -> bytes:
        self._chunks -= 1
        return b"x" * 65536 if self._chunks > 0 else b"\nshort\n" if self._chunks == 0 else b""


def texts(stream: BytesIO, limit: int = 100, newline: bytes = b"\n") -> list[bytes | None]:
    return [line.data if isinstance(line, Line) else None for line in split_lines(stream, limit, newline)]


@given(st.lists(st.binary(max_size=20).filter(lambda data: b"\n" not in data), min_size=1), st.integers(1, 7))
def test_lines_are_those_of_the_bytes_however_they_arrive(lines: list[bytes], step: int) -> None:
    data = b"".join(line + b"\n" for line in lines)
    assert texts(Slowly(data, step)) == lines


@given(
    lines=st.lists(st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]), max_size=9)),
    step=st.integers(1, 7),
)
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le"])
def test_lines_of_wide_characters_are_split_at_whole_characters(lines: list[str], step: int, encoding: str) -> None:
    data = "".join(line + "\n" for line in lines).encode(encoding)
    found = texts(Slowly(data, step), newline="\n".encode(encoding))
    assert found == [line.encode(encoding) for line in lines]


def test_lines_last_one_needs_no_newline() -> None:
    assert texts(BytesIO(b"a\nb")) == [b"a", b"b"]


def test_lines_of_nothing_are_none() -> None:
    assert texts(BytesIO(b"")) == []


def test_lines_blank_one_counts() -> None:
    assert [line.number for line in split_lines(BytesIO(b"a\n\nb\n"), 10)] == [1, 2, 3]


@pytest.mark.parametrize("step", [1, 3, 1000])
def test_lines_over_the_limit_are_skipped_to_their_end(step: int) -> None:
    assert texts(Slowly(b"a\n" + b"x" * 11 + b"\nb\n", step), limit=10) == [b"a", None, b"b"]


@pytest.mark.parametrize("step", [1, 3, 1000])
def test_lines_at_the_limit_are_whole(step: int) -> None:
    assert texts(Slowly(b"x" * 10 + b"\nb", step), limit=10) == [b"x" * 10, b"b"]


def test_lines_over_the_limit_say_so_with_their_number() -> None:
    (_, bad, _) = split_lines(BytesIO(b"a\n" + b"x" * 11 + b"\nb"), 10)
    assert isinstance(bad, BadLine)
    assert (bad.number, "longer than 10 bytes" in bad.reason) == (2, True)


def test_lines_of_any_length_need_little_memory() -> None:
    tracemalloc.start()
    found = texts(Endless(3000), limit=100_000)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found == [None, b"short"]
    assert peak < 1_000_000
