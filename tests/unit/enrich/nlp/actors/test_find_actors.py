"""Whatever the text, no step fails, ids are sound, and offsets cut the text."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from services.enrich.nlp.actors.lexicon import load_actor_lexicon
from services.enrich.nlp.actors.resolve import Actors, find_actors
from services.enrich.nlp.syntax.tree import Tree, read_tree

WORDS = (
    "the The a of in by and , . - ' \" ( ) \n\n US U.S. U.S.-led Russian Turkish backed Kenya Kenya's Hezbollah Mr "
    "Gen. President president minister ministers head house police Duarte Ana Putin Le Pen al - Assad his they its it "
    "who said led is PM 9:00 two dozens 🙂 俄罗斯 ПРЕЗИДЕНТ WHO STAFF UPDATE 5 General Jordan Georgia ex former"
).split(" ")
LABELS = ("PERSON", "ORG", "GPE", "NORP", "FAC", "DATE", "LANGUAGE")
POS = ("NOUN", "PROPN", "VERB", "ADJ", "ADP", "PUNCT", "NUM", "PRON", "DET", "SPACE")
DEPS = ("nsubj", "dobj", "pobj", "prep", "amod", "compound", "poss", "conj", "appos", "attr", "agent", "acl", "relcl")


def sound(tree: Tree, actors: Actors) -> bool:
    """Whether all that can be asked is answered, and every offset cuts its text."""
    for token in range(len(tree)):
        actors.at(token)
        actors.behind(token)
        actors.kinds(token)
    entities = {actors.entity_actor(number) for number in range(len(tree.entities))}
    ids = [record.id for record in actors.records]
    mentions = [mention for record in actors.records for mention in record.mentions]
    at = {actors.at(token) for token in range(len(tree))} | entities
    return (
        len(set(ids)) == len(ids)
        and at - {None} <= set(ids)
        and all(record.mentions and record.name for record in actors.records)
        and all(tree.text[mention.start : mention.end] == mention.text != "" for mention in mentions)
    )


@st.composite
def trees(draw: st.DrawFn) -> Tree:
    """Any grammar over words that mean something to the lexicon: what the parser makes of garbage."""
    words = draw(st.lists(st.sampled_from(WORDS), max_size=30))
    count = len(words)
    starts, at = [], 0
    for word in words:
        starts.append(at)
        at += len(word) + 1
    order = draw(st.permutations(range(count)))
    heads = list(range(count))
    for place, token in enumerate(order[1:], start=1):
        heads[token] = order[draw(st.integers(0, place - 1))]
    cuts = sorted(draw(st.sets(st.integers(0, count), max_size=8)) | {0, count})
    stretches = list(pairwise(cuts))
    entities = [(draw(st.sampled_from(LABELS)), first, last) for first, last in stretches if draw(st.booleans())]
    entity = [-1] * count
    for number, (_, first, last) in enumerate(entities):
        entity[first:last] = [number] * (last - first)
    sentences = stretches if draw(st.booleans()) else [(0, count)] * (count > 0)
    sentence = [number for number, (first, last) in enumerate(sentences) for _ in range(first, last)]
    tags = draw(st.lists(st.sampled_from(("NN", "NNS", "NNP", "VBN", "VBD", "JJ")), min_size=count, max_size=count))
    return Tree(
        text=" ".join(words),
        words=words,
        lowers=[word.lower() for word in words],
        lemmas=[word.lower() for word in words],
        pos=draw(st.lists(st.sampled_from(POS), min_size=count, max_size=count)),
        tags=tags,
        deps=draw(st.lists(st.sampled_from(DEPS), min_size=count, max_size=count)),
        heads=heads,
        starts=starts,
        ends=[start + len(word) for start, word in zip(starts, words, strict=True)],
        sentence=sentence,
        sentences=sentences,
        entities=entities,
        entity=entity,
    )


@given(trees(), st.sampled_from([None, datetime(1999, 1, 1, tzinfo=UTC), datetime(2024, 5, 8, tzinfo=UTC)]))
@settings(max_examples=300, deadline=None)
def test_find_actors_bears_any_tree(tree: Tree, published: datetime | None) -> None:
    assert sound(tree, find_actors(tree, published, load_actor_lexicon()))


@given(st.lists(st.sampled_from(WORDS) | st.text(alphabet=st.characters(codec="utf-8"), max_size=8), max_size=40))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_find_actors_bears_any_text(nlp: Language, words: list[str]) -> None:
    tree = read_tree(nlp(" ".join(words)))
    assert sound(tree, find_actors(tree, None, load_actor_lexicon()))


@pytest.mark.parametrize("text", ["", "\n\n", "US", "the US", "Kenya " * 3000, "A man met Ana Duarte. " * 500])
def test_find_actors_bears_the_short_and_the_long(nlp: Language, text: str) -> None:
    tree = read_tree(nlp(text))
    assert sound(tree, find_actors(tree, None, load_actor_lexicon()))


def test_find_actors_says_the_same_of_the_same_text(nlp: Language) -> None:
    tree = read_tree(nlp("Kenya and Uganda said that their ministers met the rebels in Juba."))
    once, again = (find_actors(tree, None, load_actor_lexicon()).records for _ in range(2))
    assert once == again
