"""One mention of an actor as a pronoun finds it: where, how prominent, and whether it agrees in number and gender."""

from __future__ import annotations

from typing import NamedTuple

from services.enrich.nlp.actors.drafts import Draft
from services.enrich.nlp.actors.salience import prominence, reports, reports_behind
from services.enrich.nlp.syntax.tree import Tree

HE = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f", "hers": "f"}
THEY = frozenset({"they", "them", "their"})
IT = frozenset({"it", "its"})
PRONOUNS = frozenset({*HE, *THEY, *IT})
FIRST_PERSONS = frozenset({"i", "me", "my", "we", "us", "our"})
_MANY_TAGS = frozenset({"NNS", "NNPS"})
_MANY_WORDS = frozenset({"police", "crew", "staff", "personnel", "couple", "people"})
_COLLECTIVE = frozenset({"group", "crowd", "mob", "public", "family", "team", "gang", "militia"})


class Mention(NamedTuple):
    """A mention; `many` if the words mean several, `collective` if one of several, `told` by how much it only reports.

    `told` is 1 for a subject that does not report, less for one that does, least for one behind what is said.
    """

    sentence: int
    token: int
    draft: Draft
    weight: float
    many: bool
    collective: bool
    told: float


def mention_of(tree: Tree, token: int, draft: Draft) -> Mention:
    """The mention of an actor whose noun phrase is headed by a token."""
    lemma = tree.lemmas[token]
    many = draft.plural or tree.tags[token] in _MANY_TAGS or lemma in _MANY_WORDS
    told = 1.0 if not reports(tree, token) else 0.5 if reports_behind(tree, token) else 0.75
    return Mention(tree.sentence[token], token, draft, prominence(tree, token), many, lemma in _COLLECTIVE, told)


def agrees(mention: Mention, lower: str) -> bool:
    """Whether a pronoun can mean an actor that is so mentioned."""
    draft, gender = mention.draft, HE.get(lower)
    if gender:
        return "person" in draft.kinds and not draft.plural and draft.gender in ("", gender)
    if lower in THEY:
        return mention.many or mention.collective
    if mention.many or "person" in draft.kinds or not draft.kinds & {"org", "state"}:
        return False
    # A town or a region is where things happen, and does nothing.
    return draft.public or "state" not in draft.kinds or draft.country is None


def may_be_many(draft: Draft, lower: str) -> bool:
    """Whether it is a body that speaks of itself: "the bank said they had closed the account"."""
    return lower == "they" and "org" in draft.kinds
