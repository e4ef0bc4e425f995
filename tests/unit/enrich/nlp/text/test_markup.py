"""What is left of markup in a text is no word; each piece gives way to as many characters."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from services.enrich.nlp.coder import code
from services.enrich.nlp.entities import sentences_and_entities
from services.enrich.nlp.syntax.tree import read_tree
from services.enrich.nlp.text.markup import BREAK, without_markup
from services.enrich.nlp.text.parsed_text import parsed_text
from tests.unit.enrich.nlp.coding import PUBLISHED, Act, knowledge, short

_PIECES = (
    "<br/>|<p class='x'>|</p>|<b>|</b>|<a href=\"https://x.example/y?a=1&b=2\">|</a>|&nbsp;|&amp;|&quot;|&#8217;|&ldquo;"
    "|&mdash;|&zzz;|\n- |\n* |\n• |\n12) |\n## |**|__|[Peru](https://x.example)|https://x.example/y|UPDATE 2-|\nVIDEO: "
    "|\n[10:42] |\n14:35 GMT - |。|🇰🇪|<|>|&| |. |\n|\n\n|Kenya|condemned|Chad"
).split("|")


def acts_of(nlp: Language, text: str) -> set[Act]:
    """What the coder finds where the parser reads the text without markup."""
    doc = nlp(parsed_text(text, ()))
    sentences, _ = sentences_and_entities(doc, text)
    return {short(event) for event in code(read_tree(doc, text), sentences, PUBLISHED, knowledge()).events}


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("It rained.<br/>Kenya left.", f"It rained.{BREAK}Kenya left."),
        ("The <b>army</b> left.", "The army left."),
        ("Peru &amp; Chad&nbsp;left.", "Peru & Chad left."),
        ("&ldquo;We left,&rdquo; she said.", "“We left,” she said."),
        ("See [Peru](https://x.example/y) or https://x.example/z today.", "See Peru or today."),
        ("Points:\n- Peru left\n2) Chad met Mali", f"Points:\n{BREAK}Peru left.{BREAK}Chad met Mali"),
        ("## Points\n**Peru left.**", f"{BREAK}Points\nPeru left."),
        ("UPDATE 2-Peru expels envoy", "Peru expels envoy"),
        ("[10:42] Peru left.", f"{BREAK}Peru left."),
        ("Peru left。Chad stayed.", "Peru left.Chad stayed."),
    ],
)
def test_markup_gives_way_to_what_it_means(text: str, read: str) -> None:
    assert "".join(without_markup(text).split(" ")) == "".join(read.split(" "))


@pytest.mark.parametrize(
    "text",
    [
        "1 < 2 and 3 > 2",
        "AT&T met R&D at 10:30 on Monday.",
        "The well-known 5 * 3 rule - it held.",
        "In 2012. Peru left.",
        "Watch the video of the update.",
        "Oslo - Peru left.",
    ],
)
def test_markup_leaves_prose_alone(text: str) -> None:
    assert without_markup(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "It rained.<br/>Kenya condemned Uganda.<br/>It was cold.",
        "It rained <p>Kenya condemned Uganda</p> It was cold",
        "<b>Kenya</b> condemned&nbsp;<i>Uganda</i>.",
        "Points:\n• It rained\n• Kenya condemned Uganda\n• It was cold",
        "It rained。Kenya condemned Uganda。",
    ],
)
def test_markup_does_not_hide_an_act(nlp: Language, text: str) -> None:
    assert acts_of(nlp, text) == {Act("Kenya", "ACCUSE", "Uganda")}


@given(st.lists(st.one_of(st.sampled_from(_PIECES), st.text(max_size=8)), max_size=40))
def test_markup_keeps_the_length_of_any_text(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert len(without_markup(text)) == len(text)


@given(st.lists(st.sampled_from(_PIECES), max_size=40))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_markup_leaves_offsets_that_cut_the_text_as_it_is(nlp: Language, pieces: list[str]) -> None:
    text = "".join(pieces)
    doc = nlp(parsed_text(text, ()))
    sentences, entities = sentences_and_entities(doc, text)
    found = code(read_tree(doc, text), sentences, PUBLISHED, knowledge())
    spans = [*entities, *(event.trigger for event in found.events), *(m for a in found.actors for m in a.mentions)]
    assert all(span.text == text[span.start : span.end] != "" for span in spans)
    assert all(0 <= span.start < span.end <= len(text) for span in sentences)


def test_markup_that_ends_a_sentence_is_no_part_of_it(nlp: Language) -> None:
    text = "It rained<br/>Kenya left"
    sentences, _ = sentences_and_entities(nlp(parsed_text(text, ())), text)
    assert [text[span.start : span.end] for span in sentences] == ["It rained", "Kenya left"]
