from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.deadletter import DeadLetter, NotADeadLetter, Place, Reason, Replayed, Stage
from services.deadletters import as_marker, as_message, letter_of, marker_of

WHEN = datetime(2024, 5, 3, 12, tzinfo=UTC)
MARKER = Replayed(Place("enriched", 2, 7), Place("enriched", 2, 9), 1, WHEN, b"a1")


@dataclass(frozen=True)
class OnTopic:
    """A message as it is read back."""

    key: bytes | None
    value: bytes | None
    headers: list[tuple[str, bytes]]
    topic: str = "deadletter"
    partition: int = 0
    offset: int = 0


@st.composite
def letters(draw: st.DrawFn) -> DeadLetter:
    return DeadLetter(
        topic="enriched",
        partition=draw(st.integers(0, 9)),
        offset=draw(st.integers(0)),
        stage=Stage.SINK,
        reason=draw(st.sampled_from(Reason)),
        exception="builtins.ValueError",
        message=draw(st.text(st.characters(exclude_categories=["Cs"]), max_size=50)),
        attempts=draw(st.integers(1, 9)),
        first_failed_at=WHEN,
        key=draw(st.none() | st.binary()),
        value=draw(st.none() | st.binary()),
        headers=tuple(draw(st.lists(st.tuples(st.sampled_from(["a", "ce_id", "content-type"]), st.binary())))),
    )


@given(letter=letters().filter(lambda letter: letter.key is not None or letter.value is not None))
def test_deadletters_come_back_as_they_were(letter: DeadLetter) -> None:
    assert DeadLetter.from_message(*as_message(letter)) == letter


def test_deadletters_of_nothing_at_all_can_be_sent() -> None:
    # Kafka's client refuses a message with neither; such messages are on topics all the same.
    letter = DeadLetter("enriched", 0, 0, Stage.SINK, Reason.EMPTY, "E", "no value", 1, WHEN)

    assert as_message(letter)[1] == b""


def test_deadletters_carry_headers_of_their_own() -> None:
    letter = DeadLetter("enriched", 2, 7, Stage.SINK, Reason.EMPTY, "E", "no value", 1, WHEN)

    assert ("ce_id", b"enriched/2/7") in as_message(letter)[2]


def test_deadletters_are_no_articles() -> None:
    headers = dict(as_message(DeadLetter("t", 2, 7, Stage.SINK, Reason.EMPTY, "E", "m", 1, WHEN))[2])

    assert headers["ce_dataschema"].startswith(b"urn:dateline:schema:dead-letter:")


def test_markers_come_back_as_they_were() -> None:
    assert marker_of(OnTopic(*as_marker(MARKER))) == MARKER


def test_markers_are_no_letters_and_letters_no_markers() -> None:
    letter = DeadLetter("enriched", 2, 7, Stage.SINK, Reason.EMPTY, "E", "no value", 1, WHEN, value=b"")

    assert letter_of(OnTopic(*as_marker(MARKER))) is None
    assert marker_of(OnTopic(*as_message(letter))) is None
    assert letter_of(OnTopic(*as_message(letter))) == letter


def test_markers_have_nothing_of_the_original_but_its_key() -> None:
    key, value, headers = as_marker(MARKER)

    assert (key, value) == (b"a1", b"")
    assert dict(headers)["ce_type"] == b"dateline.dead-letter-replayed"
    assert dict(headers)["ce_subject"] == b"enriched/2/7"


def test_messages_of_others_are_neither() -> None:
    alien = OnTopic(b"k", b"v", [("x", b"y")])

    assert marker_of(alien) is None
    with pytest.raises(NotADeadLetter):
        letter_of(alien)
