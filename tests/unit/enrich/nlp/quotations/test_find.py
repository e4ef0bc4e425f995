"""Quotations: kind, content, speaker and cue of what is said in the ways that news says it."""

from __future__ import annotations

import pytest
from spacy.language import Language

from tests.unit.enrich.nlp.quotations.reading import Quoted, read


def found(nlp: Language, text: str) -> list[Quoted]:
    return read(nlp, text)[2]


@pytest.mark.parametrize(
    ("text", "named", "cue"),
    [
        ('"We will not leave the town," Ana Silva said.', "Ana Silva", "said"),
        ('"We will not leave the town," said Ana Silva, a doctor.', "Ana Silva", "said"),
        ('Ana Silva said: "We will not leave the town,"', "Ana Silva", "said"),
        ('Ana Silva told Reuters that "we will not leave the town,"', "Ana Silva", "told"),
        ('Ana Silva added:\n\n"We will not leave the town,"', "Ana Silva", "added"),
        ('Ana Silva rejected the plan. "We will not leave the town,"', "Ana Silva", "rejected"),
        ('According to Ana Silva, "we will not leave the town,"', "Ana Silva", "According to"),
        ('Ana Silva: "We will not leave the town,"', "Silva", None),
    ],
)
def test_find_speaker_and_cue_stand_anywhere(nlp: Language, text: str, named: str, cue: str | None) -> None:
    (quotation,) = found(nlp, text)
    assert (quotation.kind, quotation.content.lower()) == ("direct", "we will not leave the town,")
    assert (quotation.speaker, quotation.cue) == ("Ana Silva", cue)
    assert quotation.named is not None
    assert quotation.named.endswith(named)


def test_find_quotation_put_around_its_cue_gives_both_parts(nlp: Language) -> None:
    quoted = found(nlp, '"We are tired," the mayor said. "We want our sons back. Nobody listens."')
    assert [(item.content, item.named) for item in quoted] == [
        ("We are tired,", "the mayor"),
        ("We want our sons back. Nobody listens.", "the mayor"),
    ]


def test_find_pronoun_speaks_for_its_actor(nlp: Language) -> None:
    quoted = found(nlp, 'Prime Minister Ana Silva said the road was closed. "We lost the bridge," she told Reuters.')
    assert [(item.speaker, item.named) for item in quoted] == [
        ("Ana Silva", "Prime Minister Ana Silva"),
        ("Ana Silva", "she"),
    ]


@pytest.mark.parametrize(
    ("text", "content", "cue"),
    [
        ("The ministry said that rebels had fled the town.", "rebels had fled the town", "said"),
        ("Rebels have fled the town, the ministry said.", "Rebels have fled the town", "said"),
        ("Rebels have fled the town, according to the ministry.", "Rebels have fled the town", "according to"),
        ("The ministry said in a statement on Monday that rebels had fled.", "rebels had fled", "said"),
        ("The ministry pointed out that rebels had fled the town.", "rebels had fled the town", "pointed out"),
        ("He praised the raid, which the ministry said killed rebels.", "killed rebels", "said"),
    ],
)
def test_find_reported_clause_is_an_indirect_quotation(nlp: Language, text: str, content: str, cue: str) -> None:
    assert [(item.kind, item.content, item.cue, (item.named or "").lower()) for item in found(nlp, text)] == [
        ("indirect", content, cue, "the ministry")
    ]


def test_find_clause_partly_in_marks_is_mixed(nlp: Language) -> None:
    assert found(nlp, 'The minister said the deal was "a disgrace".') == [
        Quoted("mixed", 'the deal was "a disgrace"', "minister", "The minister", "said")
    ]


def test_find_long_words_in_a_mixed_quotation_are_one_of_their_own(nlp: Language) -> None:
    quoted = found(nlp, "Rebel leaders, the general said, “came down from the hills in a single night,” and fled.")
    assert [(item.kind, item.content) for item in quoted] == [
        ("mixed", "Rebel leaders, the general said, “came down from the hills in a single night,” and fled"),
        ("direct", "came down from the hills in a single night,"),
    ]


def test_find_words_that_judge_are_quoted_with_their_cue(nlp: Language) -> None:
    assert found(nlp, 'The minister called the raid "a shameful act".') == [
        Quoted("direct", "a shameful act", "minister", "The minister", "called")
    ]


@pytest.mark.parametrize(
    "text",
    [
        'The "experts" left the town in the "peace train".',
        'She read "The Old Man of the Hills" in a week.',
        "The premier believes that the war will end.",
        "The general wants the rebels to leave.",
        "The general told the rebels to leave.",
        "The ministry did not say that rebels had fled.",
        "The ministry declined to say whether rebels had fled.",
        "The premier denied that the army had fled.",
    ],
)
def test_find_names_thoughts_and_what_is_not_said_are_none(nlp: Language, text: str) -> None:
    assert found(nlp, text) == []


def test_find_quotation_inside_another_has_a_record_and_i_is_its_speaker(nlp: Language) -> None:
    quoted = found(nlp, '"I said that the road was closed," the colonel told Reuters.')
    assert [(item.kind, item.content, item.speaker) for item in quoted] == [
        ("direct", "I said that the road was closed,", "colonel"),
        ("indirect", "the road was closed", "colonel"),
    ]


def test_find_speaker_that_is_not_told_is_null(nlp: Language) -> None:
    (quotation,) = found(nlp, 'The square was full. "We have waited for too long." Then it rained.')
    assert (quotation.kind, quotation.speaker, quotation.named, quotation.cue) == ("direct", None, None, None)


def test_find_aside_of_the_same_speaker_is_a_quotation_of_its_own(nlp: Language) -> None:
    quoted = found(nlp, "The mayor said the road was closed, adding that the bridge was gone.")
    assert [(item.content, item.named) for item in quoted] == [
        ("the road was closed", "The mayor"),
        ("the bridge was gone", "The mayor"),
    ]
