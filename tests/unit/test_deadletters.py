from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from schemas.deadletter import DeadLetter, Reason, Stage
from services.deadletters import as_message

WHEN = datetime(2024, 5, 3, 12, tzinfo=UTC)


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
