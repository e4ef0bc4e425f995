from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc, Span

from services.enrich.nlp.entities import sentences_and_entities


def test_entities_cut_exactly_their_text(nlp: Language) -> None:
    doc = nlp("Lisbon talks\n\nForeign Minister Ines Duarte met envoys from Kenya in Lisbon on 3 March 2026.")
    _, entities = sentences_and_entities(doc)
    assert [doc.text[entity.start : entity.end] for entity in entities] == [entity.text for entity in entities]
    assert {"Ines Duarte", "Kenya"} <= {entity.text for entity in entities}


def test_entities_know_their_sentence(nlp: Language) -> None:
    doc = nlp("Ines Duarte flew to Kenya. She met Peter Otieno.")
    sentences, entities = sentences_and_entities(doc)
    found = next(entity for entity in entities if entity.text == "Peter Otieno")
    assert doc.text[sentences[found.sentence].start : sentences[found.sentence].end] == "She met Peter Otieno."


def test_entities_lose_the_space_around_them(nlp: Language) -> None:
    doc = Doc(nlp.vocab, words=["\n", "Kenya", "\n\n"], spaces=[False, False, False], sent_starts=[True, False, False])
    doc.set_ents([Span(doc, 0, 3, label="GPE")])
    _, (entity,) = sentences_and_entities(doc)
    assert (entity.text, entity.start, entity.end) == ("Kenya", 1, 6)


@settings(max_examples=50, deadline=None)
@given(text=st.text(max_size=200))
def test_entities_of_any_text_keep_to_its_offsets(nlp: Language, text: str) -> None:
    sentences, entities = sentences_and_entities(nlp(text))
    assert all(text[entity.start : entity.end] == entity.text for entity in entities)
    assert all(text[span.start : span.end].strip() == text[span.start : span.end] for span in sentences)
    assert all(entity.sentence < len(sentences) for entity in entities)
