from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from schemas.enriched import EnrichedArticle, Skipped
from schemas.events import Span
from services.cli.explanation import marked, show
from services.enrich.explain import ExplainedEvent, Mark
from services.enrich.near_misses import NearFrame, NearMiss
from tests.articles import plain_article, rich_article

SENTENCE = "Kenya shelled a camp of its rebels."
MARKS = (Mark(0, 5, "S"), Mark(6, 13, "V"), Mark(14, 20, "T"))
EVENT = ExplainedEvent(
    "v0", "Kenya ASSAULT a camp", SENTENCE, MARKS, (("act", ("ASSAULT",)), ("path", ("One.", "Two.")))
)


def shown(
    article: EnrichedArticle, events: Sequence[ExplainedEvent] = (), misses: Sequence[NearMiss] = (), **console: Any
) -> str:
    out = Console(file=io.StringIO(), width=80, **console)
    show(article, events, misses, out)
    assert isinstance(out.file, io.StringIO)
    return out.file.getvalue()


def test_explanation_without_colours_marks_with_brackets() -> None:
    assert marked(SENTENCE, MARKS, plain=True).plain == "S[Kenya] V[shelled] T[a camp] of its rebels."


def test_explanation_marks_within_each_other() -> None:
    marks = [Mark(14, 34, "T"), Mark(14, 20, "O"), Mark(28, 34, "S")]

    assert marked(SENTENCE, marks, plain=True).plain == "Kenya shelled T[O[a camp] of its S[rebels]]."


def test_explanation_in_colours_leaves_the_sentence_as_it_is() -> None:
    text = marked(SENTENCE, MARKS, plain=False)

    assert text.plain == SENTENCE
    assert [(span.start, span.end) for span in text.spans] == [(0, 5), (6, 13), (14, 20)]


def _words(text: str) -> str:
    return re.sub(" +", " ", text)


@given(st.data(), st.text(max_size=30), st.booleans())
def test_explanation_marks_any_stretches_and_loses_nothing(data: st.DataObject, sentence: str, plain: bool) -> None:
    offsets = st.integers(0, len(sentence))
    pairs = st.tuples(offsets, offsets).map(sorted).filter(lambda pair: pair[0] < pair[1])
    spans = data.draw(st.lists(pairs, max_size=3 if sentence else 0))
    letters = sentence.translate(dict.fromkeys(map(ord, "SVTO[]"), "x"))

    text = marked(letters, [Mark(start, end, "S") for start, end in spans], plain=plain).plain

    assert text.count("S[") == text.count("]") == (len(spans) if plain else 0)
    # Blanks are narrowed within a stretch, so a run of them that a mark cuts in two shows as two.
    assert _words(text.replace("S[", "").replace("]", "")) == _words(marked(letters, [], plain=plain).plain)


def test_explanation_shows_each_event_and_what_else_was_found() -> None:
    lines = [line.rstrip() for line in shown(rich_article(), [EVENT]).splitlines()]

    assert lines[2:8] == [
        "1. Kenya ASSAULT a camp",
        "S[Kenya] V[shelled] T[a camp] of its rebels.",
        "",
        "  act   ASSAULT",
        "  path  One.",
        "        Two.",
    ]
    assert [line for line in lines if line in ("actors", "quotations", "places", "dates")] == [
        "actors", "quotations", "places", "dates",
    ]  # fmt: skip
    assert "  Ilma Vasko, direct: We agree," in lines


def test_explanation_on_a_terminal_has_colours_and_no_brackets() -> None:
    text = shown(rich_article(), [EVENT], force_terminal=True, color_system="standard")

    assert "\x1b[1;36mKenya\x1b[0m" in text
    assert "S[" not in text


def test_explanation_of_a_text_without_events_says_which_frame_came_near_and_why_it_makes_none() -> None:
    article = plain_article(text="It rained.", sentences=(Span(start=0, end=10),))
    miss = NearMiss("rained", (NearFrame("ASSAULT: S:weapon rain on T", "the source must be weapon"),), 2)

    assert [line.strip() for line in shown(article, misses=[miss]).splitlines()[-5:]] == [
        "“rained”",
        "ASSAULT: S:weapon rain on T",
        "the source must be weapon",
        "and 2 further off",
        "",
    ]


def test_explanation_of_a_text_without_words_that_have_frames_says_so() -> None:
    assert shown(rich_article(events=())).startswith("no event: no word in it has a frame in the lexicon\n")


def test_explanation_of_what_was_not_read_says_why() -> None:
    article = plain_article(language="fr", skipped=Skipped.LANGUAGE)

    assert shown(article) == "not read: language (fr)\n"


@pytest.mark.parametrize("colours", [None, "standard"])
def test_explanation_shows_what_would_act_on_the_terminal(colours: Any) -> None:
    hostile = ExplainedEvent("v0", "A\x1b[2J", "A \x9b2J", (Mark(0, 1, "S"),), (("act", ("\u202e",)),))

    text = shown(rich_article(), [hostile], force_terminal=colours is not None, color_system=colours)

    assert "\x1b[2J" not in text
    assert "A<U+001B>[2J" in text
    assert "<U+202E>" in text
