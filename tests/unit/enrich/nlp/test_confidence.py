"""How sure an event is: less so with each doubt that its record shows, and never certain."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from schemas.events import Modality, PloverType, Span, Tense
from services.enrich.nlp.confidence import (
    BASE,
    DOUBTS,
    LEAST,
    MOST,
    NEAREST,
    evidence_of,
    load_confidence,
    with_confidence,
)
from services.errors import LexiconError
from tests.unit.enrich.nlp.coding import coded, only
from tests.unit.enrich.nlp.engine import frames
from tests.unit.evaluate.coded import event

MODEL = load_confidence()
TEXT = "Kenya accused Somalia, and they met on Monday."
FRAMES = frames("ACCUSE: S accuse T:person|org|state of ing+", "CONSULT: S meet T")
NARROW, WIDE = (frame.rule for frame in FRAMES.frames)


def doubts(**fields: Any) -> set[str]:
    """What speaks against an event that has none if not told otherwise."""
    plain = {"rule": NARROW, "path": "verb 'accused'; S 'Kenya' (subj)", "source": "Kenya", "target": "Somalia"}
    made = event(TEXT, "ACCUSE", trigger="accused", **(plain | fields))
    (found,) = evidence_of([made], TEXT, [Span(start=0, end=len(TEXT))], FRAMES)
    assert found[0] == "ACCUSE"
    return set(found[1:])


def test_confidence_has_no_doubt_of_a_plain_event() -> None:
    assert doubts() == set()


@pytest.mark.parametrize(
    ("fields", "doubt"),
    [
        ({"source": ""}, "no source"),
        ({"target": ""}, "no target"),
        ({"source": "they"}, "pronoun"),
        ({"rule": WIDE}, "wide frame"),
        ({"rule": "a rule of no frame"}, "no frame"),
        ({"path": "verb 'accused'; S 'Kenya' (subj through 'ruling')"}, "looked through"),
        ({"path": "noun 'accusation'; S 'Kenya' (possessor)"}, "bare noun"),
        ({"modality": Modality.POSSIBLE}, "not fact"),
        ({"tense": Tense.ONGOING}, "ongoing"),
    ],
)
def test_confidence_sees_each_doubt(fields: dict[str, Any], doubt: str) -> None:
    assert doubts(**fields) == {doubt}


def test_confidence_of_a_noun_with_a_light_verb_has_no_doubt_for_it() -> None:
    assert doubts(path="noun 'accusation'; light verb 'made'; S 'Kenya' (made it)") == set()


def test_confidence_sees_company_and_length() -> None:
    text = "Kenya accused Somalia. " + "word " * 20
    both = [event(text, kind, "Kenya", "Somalia", "accused", rule=NARROW) for kind in ("ACCUSE", "REJECT")]
    found = evidence_of(both, text, [Span(start=0, end=len(text))], FRAMES)
    assert [set(one[1:]) for one in found] == [{"company", "long sentence"}] * 2


def test_confidence_sees_who_stands_far_from_the_word() -> None:
    text = "Kenya, as two of its ministers told the press there, accused Somalia."
    made = event(text, "ACCUSE", "Kenya", "Somalia", "accused", rule=NARROW)
    (found,) = evidence_of([made], text, [Span(start=0, end=len(text))], FRAMES)
    assert found[1:] == ("far",)


@given(st.sampled_from(PloverType), st.sets(st.sampled_from(sorted(DOUBTS))), st.sampled_from(sorted(DOUBTS)))
def test_confidence_never_rises_with_a_doubt_and_is_never_certain(kind: PloverType, known: set[str], more: str) -> None:
    before, after = MODEL.of([kind, *known]), MODEL.of([kind, *(known | {more})])
    assert LEAST <= after <= before <= MOST


def test_confidence_in_the_nearest_frame_is_even() -> None:
    made = event(TEXT, "ACCUSE", trigger="accused", path="nearest frame for the pair; verb 'accused'")
    (found,) = with_confidence([made], TEXT, [Span(start=0, end=len(TEXT))], FRAMES, MODEL)
    assert found.confidence == NEAREST


def test_confidence_of_what_the_coder_finds_tells_plain_from_doubtful(nlp: Language) -> None:
    plain = only(nlp, "Peru accused Chile of dishonesty.")
    (doubtful,) = coded(nlp, "An envoy was arrested on Friday.").events
    assert plain.confidence > 0.7 > doubtful.confidence


def weights(path: Path, **changes: str) -> Path:
    lines = dict.fromkeys((BASE, *PloverType, *DOUBTS), "0") | {
        name.replace("_", " "): weight for name, weight in changes.items()
    }
    path.write_text("".join(f"{name} | {weight} | 1 | it\n" for name, weight in lines.items() if weight), "utf-8")
    return path


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"no_target": "0.5"}, "0.5 is no weight of 'no target'; a doubt has 0 or less"),
        ({"no_target": "nan"}, "nan is no weight"),
        ({"no_target": "much"}, "could not convert"),
        ({"no_targets": "-1"}, "'no targets' is no evidence"),
        ({"far": ""}, "has no weight of far"),
    ],
)
def test_confidence_weights_that_are_wrong_are_told(tmp_path: Path, changes: dict[str, str], said: str) -> None:
    with pytest.raises(LexiconError, match=said):
        load_confidence(weights(tmp_path / "confidence.psv", **changes))
