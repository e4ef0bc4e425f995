"""Pronouns, and nouns such as "the minister" or "the group": joined only where one actor fits, and no other.

Looks back a few sentences, never forward, and at the last mentions only, so that a long text costs no more per word.
"""

from __future__ import annotations

from collections import deque

from services.enrich.nlp.actors.drafts import Draft, Reading
from services.enrich.nlp.actors.entries import Noun

_HE = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f", "hers": "f"}
_THEY = frozenset({"they", "them", "their"})
_IT = frozenset({"it", "its"})
PRONOUNS = frozenset({*_HE, *_THEY, *_IT})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_BACK = 3  # sentences, for nouns
_KEPT = 40  # mentions

Mention = tuple[int, int, Draft]  # sentence, token, actor


class Memory:
    """The last mentions before a place in the text."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._recent: deque[Mention] = deque(maxlen=_KEPT)

    def note(self, token: int, draft: Draft) -> None:
        """Remember a mention, in the order of the text."""
        self._recent.append((self._reading.tree.sentence[token], token, draft))

    def called(self, token: int, noun: Noun, *, plural: bool) -> Draft | None:
        """The one actor of the last sentences that this noun can mean."""
        here = self._reading.tree.sentence[token]
        fitting: list[Draft] = []
        for sentence, _, draft in reversed(self._recent):
            if here - sentence > _BACK:
                break
            if noun.noun in draft.nouns and draft.plural == plural and draft not in fitting:
                fitting.append(draft)
        if not fitting:
            named = self._reading.by_noun.get((noun.noun, plural), [])
            return named[0] if len(named) == 1 else None
        return fitting[0] if len(fitting) == 1 else None

    def pronoun(self, token: int) -> Draft | None:
        """Whom a pronoun means, where that is safe."""
        tree = self._reading.tree
        lower = tree.lowers[token]
        if lower in _IT and not (lower == "its" or _acts(self._reading, token)):
            return None
        here = tree.sentence[token]
        fitting: list[Mention] = []
        for mention in reversed(self._recent):
            if here - mention[0] > 1:
                break
            if _fits(mention[2], lower):
                fitting.append(mention)
        if lower not in _HE:
            # Within its sentence "its" is the subject's.
            own = {draft for sentence, at, draft in fitting if sentence == here and tree.deps[at] in _SUBJECTS}
            if len(own) == 1:
                return own.pop()
        candidates = list(dict.fromkeys(draft for _, _, draft in fitting))
        if len(candidates) == 1:
            return candidates[0]
        subjects = list(dict.fromkeys(draft for _, at, draft in fitting if tree.deps[at] in _SUBJECTS))
        return subjects[0] if len(subjects) == 1 else None


def _fits(draft: Draft, lower: str) -> bool:
    gender = _HE.get(lower)
    if gender:
        return "person" in draft.kinds and not draft.plural and draft.gender in ("", gender)
    if lower in _THEY:
        return draft.plural
    return bool(draft.kinds & {"org", "state"})


def _acts(reading: Reading, token: int) -> bool:
    """Whether "it" does something, rather than stand for a clause: "it said", not "it is clear that"."""
    tree = reading.tree
    if tree.deps[token] != "nsubj" or tree.pos[token] != "PRON":
        return False
    verb = tree.heads[token]
    return tree.pos[verb] == "VERB" and tree.lemmas[verb] not in ("seem", "appear", "take", "happen", "rain", "mean")
