from __future__ import annotations

from dataclasses import replace

import pytest
from spacy.language import Language

from schemas.events import PloverType
from services.enrich.near_misses import NearFrame, NearMiss, near_misses
from services.enrich.nlp.acts.frames import FrameLexicon, parse_frame
from services.enrich.nlp.coder import Knowledge
from tests.unit.enrich.nlp.coding import knowledge

FRAMES = (
    "S:force attack T:building",
    "S attack T on <market>",
    "attack <market>",
    "S attack T:place from (air|sea)",
    "S:state n:airstrike on T",
    "S kidnap T",
)


def knowing(*frames: str) -> Knowledge:
    made = (
        parse_frame(PloverType.ASSAULT, text, "" if "S" in text else "-", "190", "", "An example.", f"a.psv:{number}")
        for number, text in enumerate(frames)
    )
    return replace(knowledge(), frames=FrameLexicon(made))


def whys(nlp: Language, text: str, *frames: str) -> list[str]:
    return [frame.why for miss in near_misses(nlp(text), knowing(*(frames or FRAMES))) for frame in miss.frames]


def test_near_misses_show_the_frame_that_comes_nearest_and_count_the_others(nlp: Language) -> None:
    (found,) = near_misses(nlp("The bank attacked inflation."), knowing(*FRAMES))

    assert found == NearMiss("attacked", (NearFrame("ASSAULT: attack <market>", "this wording is no event"),), 3)


@pytest.mark.parametrize(
    ("text", "frame", "why"),
    [
        (
            "A clerk was kidnapped by a plumber.",
            "S kidnap T",
            "it fits, but nobody in it is of public life: “plumber” (person, CVL), “clerk” (person, CVL)",
        ),
        (
            "The dog attacked the cat.",
            "S attack T",
            "subject “The dog” is nature; the source must be actor",
        ),
        (
            "The army attacked the school.",
            "S:force attack T:building from (air|sea)",
            "it has no words after “from”, which must be “air” or “sea”",
        ),
        (
            "The army attacked the school.",
            "S:force attack T:!building",
            "object “the school”: “building”, which the target must not be",
        ),
        (
            "The airstrike was feared.",
            "S:state n:airstrike on T",
            "it has no words after “on” for the target",
        ),
        (
            "The army set the barn.",
            "S set T ablaze",
            "without “ablaze”",
        ),
    ],
)  # fmt: skip
def test_near_misses_say_which_condition_failed(nlp: Language, text: str, frame: str, why: str) -> None:
    assert whys(nlp, text, frame) == [why]


def test_near_misses_say_that_it_is_sport(nlp: Language) -> None:
    (why,) = whys(nlp, "Peru attacked Chile in the semifinal, and the striker scored.", "S attack T")

    assert why.startswith("it fits, but the text is about sport: “Peru”")


def test_near_misses_leave_out_words_that_are_far_off_where_others_are_near(nlp: Language) -> None:
    found = near_misses(nlp("A clerk kidnapped a plumber and attacked."), knowing("S kidnap T", "attack _ on <market>"))

    assert [miss.word for miss in found] == ["kidnapped"]


def test_near_misses_of_words_without_frames_are_none(nlp: Language) -> None:
    assert near_misses(nlp("The weather was fine."), knowing(*FRAMES)) == []
