from __future__ import annotations

import pytest
from spacy.language import Language

from services.enrich.nlp.acts.public_life import PublicLife
from tests.unit.enrich.nlp.actors.reading import read


def test_headlines_name_who_the_body_names(nlp: Language) -> None:
    text = "Duarte Team Pushes Tax Plan\n\nThe governor, Ana Duarte, presented a plan on Monday."
    assert read(nlp, text).of("Ana Duarte").mentions[0].text == "Duarte"


def test_headlines_make_no_names_of_verbs_and_nouns(nlp: Language) -> None:
    text = "POLICE SET TO PROBE HUGE WAREHOUSE BLAZE\n\nA fire burned for two days."
    assert read(nlp, text).names() == ["POLICE"]


def test_headlines_are_trusted_for_names_of_the_lexicon(nlp: Language) -> None:
    assert "Hezbollah" in read(nlp, "Hezbollah Rejects Truce Terms\n\nTalks ended late.").names()


@pytest.mark.parametrize("text", ["By Staff Reporting", "Updated Friday Evening", "Read More Top Stories"])
def test_headlines_and_bylines_of_ordinary_words_name_nobody(nlp: Language, text: str) -> None:
    found = read(nlp, f"The river rose.\n\n{text}\n\nThe river fell.")
    public = PublicLife(found.actors.records)
    assert not any(public.is_public(record.id) for record in found.actors.records)
