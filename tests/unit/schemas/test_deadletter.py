from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.deadletter import (
    ATTEMPTS,
    MESSAGE,
    MESSAGE_LIMIT,
    ORIGINAL,
    REASON,
    REPLAYED_AT,
    REPLAYED_COUNT,
    REPLAYED_TO_TOPIC,
    TOPIC,
    DeadLetter,
    NotADeadLetter,
    Place,
    Reason,
    Replayed,
    Stage,
    is_marker,
)

# Names as hostile as they come: empty, repeated, and those of the dead letter's own headers.
_ZONES = st.integers(-720, 840).map(lambda minutes: timezone(timedelta(minutes=minutes)))
_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
NAMES = st.sampled_from(["", TOPIC, REASON, ORIGINAL, ORIGINAL + TOPIC, "ce_id"]) | _TEXT
LETTERS = st.builds(
    DeadLetter,
    topic=_TEXT,
    partition=st.integers(0, 2**31 - 1),
    offset=st.integers(0, 2**63 - 1),
    stage=st.sampled_from(Stage),
    reason=st.sampled_from(Reason),
    exception=_TEXT,
    message=_TEXT,
    attempts=st.integers(0, 1000),
    first_failed_at=st.datetimes(timezones=_ZONES),
    key=st.none() | st.binary(max_size=60),
    value=st.none() | st.binary(max_size=200),
    headers=st.lists(st.tuples(NAMES, st.binary(max_size=60)), max_size=6).map(tuple),
)
PLACES = st.builds(Place, _TEXT, st.integers(0, 2**31 - 1), st.integers(0, 2**63 - 1))
MARKERS = st.builds(
    Replayed, PLACES, PLACES, st.integers(1, 1000), st.datetimes(timezones=_ZONES), st.none() | st.binary(max_size=60)
)
MARKER = Replayed(Place("articles.raw", 3, 12), Place("articles.raw", 3, 99), 1, datetime(2026, 3, 3, tzinfo=UTC))


def letter(message: str = "no article", headers: tuple[tuple[str, bytes], ...] = ()) -> DeadLetter:
    return DeadLetter(
        "articles.raw",
        3,
        12,
        Stage.ENRICH,
        Reason.INVALID,
        "x.Y",
        message,
        1,
        datetime(2026, 3, 3, tzinfo=UTC),
        headers=headers,
    )


@given(LETTERS)
def test_deadletter_survives_its_message(sent: DeadLetter) -> None:
    assert DeadLetter.from_message(sent.key, sent.value, sent.to_headers()) == sent


@given(LETTERS)
def test_deadletter_survives_among_other_headers(sent: DeadLetter) -> None:
    headers = [("ce_id", b"7"), *sent.to_headers(), ("traceparent", b"\xff")]

    assert DeadLetter.from_message(sent.key, sent.value, headers) == sent


def test_deadletter_that_died_again_keeps_the_first_death() -> None:
    first = letter("first").to_headers()

    second = letter("second", tuple(first))

    assert DeadLetter.from_message(None, None, second.to_headers()).headers == tuple(first)


@given(st.text(max_size=20).map(lambda text: text * 500))
def test_deadletter_message_is_cut_to_its_limit(text: str) -> None:
    assert len(dict(letter(text).to_headers())[MESSAGE]) <= MESSAGE_LIMIT


def test_deadletter_message_may_hold_half_a_pair() -> None:
    assert dict(letter("\ud800").to_headers())[MESSAGE] == b"\\ud800"


@pytest.mark.parametrize("name", [name for name, _value in letter().to_headers()])
def test_deadletter_without_one_of_its_headers_is_none(name: str) -> None:
    headers = [(other, value) for other, value in letter().to_headers() if other != name]

    with pytest.raises(NotADeadLetter, match=name):
        DeadLetter.from_message(None, None, headers)


@pytest.mark.parametrize(("name", "value"), [(ATTEMPTS, b"often"), (REASON, b"bad_mood"), (TOPIC, b"\xff")])
def test_deadletter_with_a_header_that_cannot_be_read_is_none(name: str, value: bytes) -> None:
    headers = dict(letter().to_headers()) | {name: value}

    with pytest.raises(NotADeadLetter):
        DeadLetter.from_message(None, None, list(headers.items()))


def test_deadletter_message_of_another_kind_is_none() -> None:
    with pytest.raises(NotADeadLetter, match="missing"):
        DeadLetter.from_message(b"a1", b"{}", [("ce_id", b"1")])


@given(MARKERS)
def test_replayed_survives_its_message(sent: Replayed) -> None:
    assert Replayed.from_message(sent.key, [("ce_id", b"7"), *sent.to_headers()]) == sent


@pytest.mark.parametrize("name", [name for name, _value in MARKER.to_headers()])
def test_replayed_without_one_of_its_headers_is_none(name: str) -> None:
    headers = [(other, value) for other, value in MARKER.to_headers() if other != name]

    with pytest.raises(NotADeadLetter, match=name):
        Replayed.from_message(None, headers)


@pytest.mark.parametrize(
    ("name", "value"), [(REPLAYED_COUNT, b"often"), (REPLAYED_AT, b"today"), (REPLAYED_TO_TOPIC, b"\xff")]
)
def test_replayed_with_a_header_that_cannot_be_read_is_none(name: str, value: bytes) -> None:
    headers = dict(MARKER.to_headers()) | {name: value}

    with pytest.raises(NotADeadLetter):
        Replayed.from_message(None, list(headers.items()))


@given(LETTERS)
def test_deadletter_is_no_marker_whatever_its_original_was(sent: DeadLetter) -> None:
    assert not is_marker(sent.to_headers())


def test_place_is_written_with_slashes() -> None:
    assert str(letter().origin) == "articles.raw/3/12"
