from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.deadletter import Reason
from services.enrich.frames import (
    messages_from_plain,
    messages_to_plain,
    outcomes_from_plain,
    outcomes_to_plain,
    pack,
    read_frame,
)
from services.enrich.outcome import Enriched, Message
from services.errors import Poison

texts = st.text(st.characters(exclude_categories=["Cs"]))
headers = st.lists(st.tuples(texts, st.binary())).map(tuple)
messages = st.lists(st.builds(Message, value=st.none() | st.binary(), headers=headers))
enriched = st.builds(Enriched, id=texts, version=st.integers(1, 2**31), value=st.binary(), skipped=st.none() | texts)
poison = st.builds(Poison, reason=st.sampled_from(Reason), message=texts, exception=texts.filter(bool))


@given(messages)
def test_frames_messages_come_back_as_they_were(sent: list[Message]) -> None:
    assert messages_from_plain(read_frame(io.BytesIO(pack(messages_to_plain(sent))))) == sent


@given(st.lists(enriched))
def test_frames_enriched_outcomes_come_back_as_they_were(sent: list[Enriched]) -> None:
    assert outcomes_from_plain(read_frame(io.BytesIO(pack(outcomes_to_plain(sent))))) == sent


@given(poison)
def test_frames_poison_comes_back_as_it_was(sent: Poison) -> None:
    (back,) = outcomes_from_plain(read_frame(io.BytesIO(pack(outcomes_to_plain([sent])))))
    assert isinstance(back, Poison)
    assert (back.reason, back.message, back.exception) == (sent.reason, sent.message, sent.exception)


@given(st.data())
def test_frames_that_are_cut_off_read_as_the_end(data: st.DataObject) -> None:
    frame = pack(["a frame", b"of some bytes"])
    cut = data.draw(st.integers(0, len(frame) - 1))
    with pytest.raises(EOFError):
        read_frame(io.BytesIO(frame[:cut]))
