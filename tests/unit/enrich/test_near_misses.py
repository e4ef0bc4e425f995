from __future__ import annotations

from spacy.language import Language

from schemas.events import PloverType
from services.enrich.near_misses import NearMiss, near_misses
from services.enrich.nlp.frames import FrameLexicon, parse_frame


def lexicon(*frames: str) -> FrameLexicon:
    return FrameLexicon(
        parse_frame(PloverType.ASSAULT, text, "-" if "<" in text else "", "190", "", "An example.", f"a.psv:{number}")
        for number, text in enumerate(frames)
    )


FRAMES = lexicon("S:force attack T:building", "S attack <market>", "S:state n:airstrike on T")


def test_near_misses_are_words_with_frames_the_most_specific_first(nlp: Language) -> None:
    found = near_misses(nlp("The bank attacked inflation."), FRAMES)

    assert found == [
        NearMiss("attacked", ("ASSAULT: S:force attack T:building", "ASSAULT: S attack <market> (no event)"), 0)
    ]


def test_near_misses_are_so_many_frames_at_most(nlp: Language) -> None:
    (found,) = near_misses(nlp("The bank attacked inflation."), FRAMES, most=1)

    assert (len(found.frames), found.more) == (1, 1)


def test_near_misses_are_nouns_as_well(nlp: Language) -> None:
    assert [miss.word for miss in near_misses(nlp("An airstrike was feared."), FRAMES)] == ["airstrike"]


def test_near_misses_of_words_without_frames_are_none(nlp: Language) -> None:
    assert near_misses(nlp("The weather was fine."), FRAMES) == []
