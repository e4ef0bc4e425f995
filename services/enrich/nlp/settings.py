"""Where and when of an act: the place and the date that hang on its predicate, not just any in the text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from schemas.events import DateMention, Place
from services.enrich.nlp.circumstances import Circumstances
from services.enrich.nlp.dates import is_historical
from services.enrich.nlp.events import Setting
from services.enrich.nlp.matching import Match
from services.enrich.nlp.tree import Tree

_WHERE = frozenset("in at near outside around inside across off along within throughout to from on over".split())
_MAX_STEPS = 8


class SettingFinder:
    """Finds settings in one text."""

    def __init__(
        self, tree: Tree, dates: Sequence[DateMention], places: Sequence[Place], published: datetime | None
    ) -> None:
        """`dates` and `places` of the same text, in its order."""
        self._tree, self._published = tree, published
        self._dates = _by_sentence(tree, dates)
        self._places = _by_sentence(tree, places)

    def of(self, match: Match, circumstances: Circumstances) -> Setting:
        """The setting of one act."""
        sentence = self._tree.sentence[match.predication.head]
        chain = set(circumstances.chain) | {match.predication.head}
        date = self._nearest(self._dates.get(sentence, ()), chain)
        place = self._nearest(
            [(token, place) for token, place in self._places.get(sentence, ()) if self._is_where(token)], chain
        )
        historical = isinstance(date, DateMention) and is_historical(date, self._published)
        return Setting(
            date if isinstance(date, DateMention) else None, place if isinstance(place, Place) else None, historical
        )

    def _nearest(
        self, mentions: Sequence[tuple[int, DateMention | Place]], chain: set[int]
    ) -> DateMention | Place | None:
        best: tuple[int, DateMention | Place] | None = None
        for token, mention in mentions:
            steps = self._steps(token, chain)
            if steps is not None and (best is None or steps < best[0]):
                best = (steps, mention)
        return best[1] if best is not None else None

    def _steps(self, token: int, chain: set[int]) -> int | None:
        """How far up the chain is, through phrases only; None if another clause lies between."""
        tree = self._tree
        for steps in range(_MAX_STEPS):
            if token in chain:
                return steps
            if tree.heads[token] == token:
                return None
            if tree.pos[token] in ("VERB", "AUX") and not (tree.deps[token] == "advcl" and tree.tags[token] == "VBG"):
                # "Speaking in Oslo on Monday, she accused ..." is where and when she did.
                return None
            token = tree.heads[token]
        return None

    def _is_where(self, token: int) -> bool:
        tree = self._tree
        while tree.deps[token] in ("conj", "appos", "compound", "nmod") and tree.heads[token] != token:
            token = tree.heads[token]
        return tree.deps[token] == "pobj" and tree.lowers[tree.heads[token]] in _WHERE


def _by_sentence(
    tree: Tree, mentions: Sequence[DateMention] | Sequence[Place]
) -> Mapping[int, list[tuple[int, DateMention | Place]]]:
    """Each mention's head token, by sentence."""
    found: dict[int, list[tuple[int, DateMention | Place]]] = {}
    first_token = {start: token for token, start in enumerate(tree.starts)}
    for mention in mentions:
        token = first_token.get(mention.start)
        if token is None:
            continue
        while tree.heads[token] != token and mention.start <= tree.starts[tree.heads[token]] < mention.end:
            token = tree.heads[token]
        found.setdefault(tree.sentence[token], []).append((token, mention))
    return found
