"""Where and when of an act: the place and the date that hang on its predicate, not just any in the text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from datetime import datetime

from schemas.events import DateMention, Modality, Place
from services.enrich.nlp.acts.matching import Match
from services.enrich.nlp.dates import is_historical
from services.enrich.nlp.events import Setting
from services.enrich.nlp.factuality.standing import Circumstances
from services.enrich.nlp.syntax.tree import VERBAL, Tree

_WHERE = frozenset("in at near outside around inside across off along within throughout to from on over".split())
_OF_A_NOUN = frozenset({"compound", "amod", "nummod", "nmod", "poss"})
_PERFECT = frozenset({"has", "have", "'ve", "’ve"})
_YEAR = re.compile(r"\b(1\d|20)\d\d\b")
_MAX_STEPS = 8
# What another verb tells the date of, counts after all that hangs on the act's own.
_OF_A_PARTNER = 100
_BYGONE = frozenset({"soviet", "ussr", "nazi", "nazis", "yugoslav", "yugoslavia", "ottoman"})
_AGES = ("world war", "cold war", "korean war", "vietnam war", "holocaust", "apartheid", "soviet era", "colonial rule")


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
        """The setting of one act: of what hangs on it or above it, the nearest."""
        head = match.predication.head
        sentence = self._tree.sentence[head]
        chain = list(dict.fromkeys([head, *circumstances.chain]))
        dates = [
            (token, date)
            for token, date in self._dates.get(sentence, ())
            if isinstance(date, DateMention) and self._may_date(token, date, chain, circumstances)
        ]
        date = self._nearest(dates, chain, when=True)
        place = self._nearest(
            [(token, place) for token, place in self._places.get(sentence, ()) if self._is_where(token)], chain
        )
        dated = date if isinstance(date, DateMention) else None
        historical = dated is not None and is_historical(dated, self._published)
        return Setting(
            dated, place if isinstance(place, Place) else None, historical or self._is_bygone(match, circumstances)
        )

    def _nearest(
        self, mentions: Sequence[tuple[int, DateMention | Place]], chain: Sequence[int], *, when: bool = False
    ) -> DateMention | Place | None:
        """The one on the lowest link of the chain, and there the one with the fewest steps."""
        best: tuple[int, int, DateMention | Place] | None = None
        for token, mention in mentions:
            found = self._steps(token, chain, when)
            if found is not None and (best is None or found < best[:2]):
                best = (*found, mention)
        return best[2] if best is not None else None

    def _steps(self, token: int, chain: Sequence[int], when: bool) -> tuple[int, int] | None:
        """Which link of the chain it hangs on, and how far up, through phrases only; None if a clause is between."""
        tree = self._tree
        if when:
            for clause in tree.children_by(token, "relcl"):
                if clause in chain:
                    return chain.index(clause), 0  # "in 2012, when rebels took it"
        for steps in range(_MAX_STEPS):
            if token in chain:
                return chain.index(token), steps
            head, dep = tree.heads[token], tree.deps[token]
            if head == token or (when and dep in _OF_A_NOUN and head not in chain):
                return None  # "condemned the 2003 invasion"
            if tree.pos[token] in VERBAL:
                if dep == "conj" and when and head in chain and not tree.children_by(token, "nsubj", "nsubjpass"):
                    return chain.index(head), steps + _OF_A_PARTNER  # "killed six and fled on Monday"
                if tree.tags[token] != "VBG" or dep not in ("advcl", "acl"):
                    # "Speaking in Oslo on Monday, she accused ..." is where and when she did.
                    return None
            token = head
        return None

    def _may_date(self, token: int, date: DateMention, chain: Sequence[int], circumstances: Circumstances) -> bool:
        """Whether it may be the date of the act at all."""
        tree, published = self._tree, self._published
        bygone = is_historical(date, published)
        if bygone or _YEAR.search(date.text):
            verb = next((link for link in chain if tree.pos[link] in VERBAL), None)
            perfect = verb is not None and any(tree.lowers[c] in _PERFECT for c in tree.children_by(verb, "aux"))
            if perfect and (bygone or tree.lowers[tree.heads[token]] == "on"):
                return False  # "has rejected a claim of 1995"
        if bygone and not self._hangs_closely(token, chain):
            return False
        if circumstances.modality is Modality.ACTUAL or published is None or date.to is None:
            return True
        # "decided on Monday to expel him": the day of the decision.
        governors = {governor for governor, _ in circumstances.governors} - {chain[0]}
        below = chain[: next((number for number, link in enumerate(chain) if link in governors), len(chain))]
        found = self._steps(token, chain, when=True)
        return found is None or found[0] < len(below) or date.to.timestamp() > published.timestamp()

    def _hangs_closely(self, token: int, chain: Sequence[int]) -> bool:
        """Whether no other thing or quality is between: not "the death of a boy in 1995", "unheard of in 1995"."""
        tree = self._tree
        for _ in range(_MAX_STEPS):
            if token in chain or tree.heads[token] == token:
                return True
            token = tree.heads[token]
            if token in chain:
                return True
            if tree.pos[token] == "ADJ":
                return False
            if tree.deps[token] == "pobj" and tree.lowers[tree.heads[token]] not in _WHERE:
                return False
        return False

    def _is_bygone(self, match: Match, circumstances: Circumstances) -> bool:
        """Whether who did it, or the age in which it was, is history."""
        tree = self._tree
        for filler in match.sources:
            first, last = tree.phrase(filler.mention)
            if not _BYGONE.isdisjoint(tree.lowers[first : last + 1]):
                return True
        for link in circumstances.chain:
            for child in tree.children_by(link, "prep"):
                inner = tree.child(child, "pobj")
                if inner is not None and tree.lowers[child] in ("in", "during", "under", "throughout"):
                    words = tree.cut(*tree.phrase(inner)).lower()
                    if any(age in words for age in _AGES):
                        return True
        return False

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
    for mention in mentions:
        token = bisect_left(tree.starts, mention.start)
        if token == len(tree) or tree.starts[token] != mention.start:
            continue
        while tree.heads[token] != token and mention.start <= tree.starts[tree.heads[token]] < mention.end:
            token = tree.heads[token]
        found.setdefault(tree.sentence[token], []).append((token, mention))
    return found
