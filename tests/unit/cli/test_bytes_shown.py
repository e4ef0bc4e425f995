from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from services.cli.bytes_shown import bytes_shown, short, text_shown

HOSTILE = "\x1b[2J\x07\x9b\u202e\u2066\u200f\u061c\u200b\ufeff\u2028\r\n\t\x00\U000e0041"
FORBIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def acts(text: str) -> list[str]:
    return [character for character in text if unicodedata.category(character) in FORBIDDEN]


@given(value=st.binary() | st.text().map(str.encode), chars=st.integers(0, 50))
@example(value=HOSTILE.encode(), chars=0)
def test_bytes_shown_never_have_a_character_that_acts_or_hides(value: bytes, chars: int) -> None:
    assert [acts(line) for line in bytes_shown(value, chars).lines if acts(line)] == []


@given(value=st.binary(max_size=400) | st.text().map(str.encode) | st.just(HOSTILE.encode()))
def test_short_is_one_line_with_no_character_that_acts_or_hides(value: bytes) -> None:
    assert acts(short(value)) == []


@pytest.mark.parametrize("character", acts(HOSTILE))
def test_text_shown_names_what_it_does_not_show(character: str) -> None:
    assert text_shown(f"a{character}b") == f"a<U+{ord(character):04X}>b"


@pytest.mark.parametrize("text", ["Ελλάδα", "日本", "naïve [bold]x[/]", "🚀", "a\u00a0b"])
def test_text_shown_leaves_writing_as_it_is(text: str) -> None:
    assert text_shown(text) == text


def test_bytes_shown_that_are_text_keep_their_lines() -> None:
    assert bytes_shown(b"one\ntwo\r\n").lines == ("one", "two<U+000D>", "")


def test_bytes_shown_that_are_no_text_are_a_dump() -> None:
    shown = bytes_shown(b"\xff\x00AB" + bytes(16))

    assert shown.form == "hex"
    assert shown.lines[0] == "00000000  ff 00 41 42 00 00 00 00 00 00 00 00 00 00 00 00  |..AB............|"
    assert shown.lines[1].startswith("00000010  00 00 00 00  ")


@pytest.mark.parametrize(
    ("value", "cut"),
    [
        ("é".encode() * 21, "the first 20 of 21 characters"),
        ("é".encode() * 20, ""),
        (b"\xff" * 17, "the first 16 of 17 bytes"),
        (b"\xff" * 16, ""),
    ],
)
def test_bytes_shown_tell_what_is_cut(value: bytes, cut: str) -> None:
    assert bytes_shown(value, 20).cut == cut


@pytest.mark.parametrize("value", ["é".encode() * 9000, b"\xff" * 9000])
def test_bytes_shown_are_all_there_where_none_is_to_be_cut(value: bytes) -> None:
    assert bytes_shown(value, 0).cut == ""


@pytest.mark.parametrize(
    ("value", "shown"),
    [(None, "(none)"), (b"", ""), (b"a1", "a1"), (b"\xff\x01", "0xff01"), (b"x" * 201, "x" * 200 + "... (201 bytes)")],
)
def test_short_shows_text_or_digits(value: bytes | None, shown: str) -> None:
    assert short(value) == shown
