"""Who speaks at a word: what the coder asks for events in sentences that have no cue of their own."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from tests.unit.enrich.nlp.quotations.reading import read


@pytest.mark.parametrize(
    "text",
    [
        'The mayor said: "We are tired. Rebels burned the bridge."',
        '"Rebels burned the bridge. We are tired," the mayor said.',
        '"We are tired," the mayor said. "Rebels burned the bridge."',
        "“We are tired,” the mayor said. “They came.\n\n“Rebels burned the bridge.”",
        'The mayor criticised the army. "Rebels burned the bridge, and nobody came."',
    ],
)
def test_speech_word_in_a_long_quotation_has_its_speaker(nlp: Language, text: str) -> None:
    tree, speech, _ = read(nlp, text)
    (voice,) = speech.voices_of(tree.words.index("burned"))
    assert [tree.words[token] for token in voice.speakers] == ["mayor"]
    assert tree.words[voice.cue] in ("said", "criticised")
    assert voice.actor is not None


def test_speech_voices_of_a_nested_quotation_come_outermost_first(nlp: Language) -> None:
    tree, speech, _ = read(nlp, "\"The soldiers told us 'leave this town,'\" said the mayor.")
    voices = speech.voices_of(tree.words.index("leave"))
    assert [tree.words[token] for voice in voices for token in voice.speakers] == ["mayor", "soldiers"]


def test_speech_word_outside_of_marks_has_no_speaker(nlp: Language) -> None:
    tree, speech, _ = read(nlp, '"We are tired," the mayor said. Rebels burned the bridge.')
    assert speech.voices_of(tree.words.index("burned")) == ()


_PIECES = [
    *"\"“”«»„‘’'`:,.!?—\n😀",
    "''", "``", "\n\n", " said ", " told ", " he ", "Silva ", "the army ", " that ", " according to ", "we leave",
    " not ", " adding ", "SAID ", "الجيش ", "军队", "I ", " claim ", " fled ",
]  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.lists(st.sampled_from(_PIECES), max_size=40).map("".join))
def test_speech_any_text_gives_spans_of_it_in_order(nlp: Language, text: str) -> None:
    tree, speech, _ = read(nlp, text)
    spans = [(quotation.start, -quotation.end) for quotation in speech.quotations]
    assert spans == sorted(spans)
    for quotation in speech.quotations:
        assert 0 <= quotation.start < quotation.end <= len(text)
        assert text[quotation.start : quotation.end].strip() == text[quotation.start : quotation.end]
    for token in range(len(tree)):
        voices = speech.voices_of(token)
        assert len({voice.cue for voice in voices}) == len(voices)
