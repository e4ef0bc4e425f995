from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.enrich.path_words import governors, in_words

PATH = (
    "noun 'strike'; light verb 'launched'; S 'forces' (subject); T 'court' (on through 'ruling'); O 'rockets' (with);"
    " under 'denied' (deny that+: negated said)"
)


def test_path_is_a_sentence_for_each_step() -> None:
    assert in_words(PATH) == [
        "The noun “strike” carries the act.",
        "“launched” says no more than that it happened.",
        "Who: “forces”, the subject.",
        "Whom: “court”, after “on”; it stands behind “ruling”.",
        "With: “rockets”, after “with”.",
        "It stands under “denied” (deny that+): what is under it is not so, and it tells who says so.",
    ]


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (
            "nearest frame for the pair",
            "No frame holds in full: this one comes nearest to joining the two that were asked about.",
        ),
        ("adj 'angry'", "The adjective “angry” carries the act."),
        ("S 'Kenya' (launch it)", "Who: “Kenya”, the subject of “launch”."),
        ("S 'Kenya' ()", "Who: “Kenya”, found by who has or made what stands there."),
        ("T 'envoy' (object through 'staff')", "Whom: “envoy”, the object; it stands behind “staff”."),
        ("""T "O'Neill" (object)""", "Whom: “O'Neill”, the object."),
        ("S 'a;b' (subject)", "Who: “a;b”, the subject."),
        ("S 'Kenya' (by a way to come)", "Who: “Kenya”, by a way to come."),
    ],
)
def test_path_tells_how_each_was_found(step: str, words: str) -> None:
    assert in_words(step) == [words]


def test_path_shows_a_step_it_does_not_know_as_it_is() -> None:
    assert in_words("nsubj<met>dobj; leap 'far'") == ["nsubj<met>dobj", "leap 'far'"]


def test_path_names_the_words_that_had_an_effect() -> None:
    assert governors(PATH, "negated") == ["“denied” (deny that+)"]
    assert governors(PATH, "planned") == []


@given(st.text(max_size=60) | st.text("'\"; ()STunder:", max_size=60))
def test_path_of_any_text_is_told(path: str) -> None:
    assert all(step.strip() for step in in_words(path))
