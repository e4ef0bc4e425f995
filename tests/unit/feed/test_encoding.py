from __future__ import annotations

import codecs
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.errors import UserError
from services.feed.encoding import TextLine, codec_named, text_lines
from services.feed.lines import BadLine

FRENCH = "Le président a déclaré mardi que l’été serait très chaud à Paris, où les élèves réclament des congés."
SPANISH = "El señor Muñoz dijo que mañana habrá elecciones en España, según el ministro."
RUSSIAN = "Президент России заявил в среду, что переговоры будут продолжены в Москве."
JAPANESE = "首相は水曜日、東京で記者会見を開き、新しい予算案について説明した。"

NEWS = st.text(st.characters(exclude_characters="\n\0\ufeff", exclude_categories=["Cs"]), max_size=30)
MARKED = {
    "utf-8-sig": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}


def read(data: bytes, encoding: str | None = None) -> tuple[list[str | None], list[str]]:
    """The lines, None where one was refused, and what was guessed."""
    guessed: list[str] = []
    lines = text_lines(BytesIO(data), 10_000_000, encoding, guessed.append)
    return [line.text if isinstance(line, TextLine) else None for line in lines], guessed


@given(lines=st.lists(NEWS, min_size=1))
def test_encoding_of_utf8_is_read_and_nothing_is_guessed(lines: list[str]) -> None:
    # A brace first: what begins with a mark or NULs is something else.
    lines = ["{", *lines]
    assert read("".join(f"{line}\n" for line in lines).encode()) == (lines, [])


@given(lines=st.lists(NEWS, min_size=1))
@pytest.mark.parametrize("encoding", MARKED)
def test_encoding_with_a_mark_is_read_without_the_mark(lines: list[str], encoding: str) -> None:
    lines = ["{", *lines]
    data = "".join(f"{line}\n" for line in lines).encode(encoding.removesuffix("-sig"))
    assert read(MARKED[encoding] + data)[0] == lines


@given(lines=st.lists(NEWS, min_size=1))
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_encoding_of_wide_characters_is_seen_without_a_mark(lines: list[str], encoding: str) -> None:
    lines = ['{"', *lines]
    assert read("".join(f"{line}\n" for line in lines).encode(encoding)) == (lines, [encoding])


@given(lines=st.lists(st.text(st.sampled_from("abc é ß ñ ’"), max_size=20), min_size=1))
@pytest.mark.parametrize("encoding", ["cp1252", "cp1140", "utf-16", "utf-8-sig"])
def test_encoding_that_was_asked_for_is_used(lines: list[str], encoding: str) -> None:
    lines = [line.replace("’", "'") if encoding == "cp1140" else line for line in lines]
    lines = ["{", *lines]
    assert read("".join(f"{line}\n" for line in lines).encode(encoding), encoding) == (lines, [])


def test_encoding_that_was_asked_for_wins_over_what_the_bytes_look_like() -> None:
    assert read("é\n".encode(), "cp1252") == (["Ã©"], [])


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le"])
def test_encoding_utf16_without_a_mark_is_little_endian(encoding: str) -> None:
    assert read("é\n".encode("utf-16-le"), encoding)[0] == ["é"]


@pytest.mark.parametrize("name", ["latin-17", "rot13", "hex", "utf-7", "unicode_escape", "punycode", "", "a\0b"])
def test_encoding_that_is_none_is_an_error_for_the_user(name: str) -> None:
    with pytest.raises(UserError, match="encoding"):
        codec_named(name)


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", FRENCH),
        ("cp1252", SPANISH),
        ("iso8859-1", SPANISH),
        ("cp1251", RUSSIAN),
        ("koi8-r", RUSSIAN),
        ("shift_jis", JAPANESE),
    ],
)
def test_encoding_of_a_legacy_file_is_guessed_and_told(encoding: str, text: str) -> None:
    lines = ["ascii first", text, f"{text} {text}"]
    found, guessed = read("\n".join(lines).encode(encoding))
    assert (found, len(guessed)) == (lines, 1)


def test_encoding_of_ascii_needs_no_guess() -> None:
    assert read(b"plain\ntext\n") == (["plain", "text"], [])


@pytest.mark.parametrize("valid", [SPANISH, RUSSIAN, JAPANESE])
def test_encoding_of_a_utf8_file_with_a_bad_line_refuses_that_line_alone(valid: str) -> None:
    data = b"ascii\n" + b"caf\xe9 \xff\n" + b"ascii\n" * 100 + valid.encode() + b"\n"
    found, guessed = read(data)
    assert (found[1], found[-1], guessed) == (None, valid, [])


def test_encoding_of_a_utf8_line_is_kept_whatever_was_guessed_before() -> None:
    data = SPANISH.encode("cp1252") + b"\n" + b"ascii\n" * 2000 + JAPANESE.encode() + b"\n"
    assert read(data)[0][-1] == JAPANESE


def test_encoding_error_tells_line_and_byte() -> None:
    lines = list(text_lines(BytesIO("é\nab".encode() + b"\xff\n"), 1000, None, print))
    assert lines[1] == BadLine(2, "not UTF-8: byte 3 of the line is 0xFF")


def test_encoding_does_not_wait_for_more_than_the_line_it_yields() -> None:
    class Pipe(BytesIO):
        given = 0

        def read1(self, _size: int | None = -1, /) -> bytes:
            self.given += 1
            return super().read1(20)

    pipe = Pipe("première\ndeuxième\n".encode() * 100)
    next(iter(text_lines(pipe, 1000, None, print)))
    assert pipe.given <= 3
