"""From an act, a document, a body part, a thing or a place to the actor that possesses, made or suffered it.

Asked per token and remembered; each step goes one word deeper, a few at most.
"""

from __future__ import annotations

from collections.abc import Collection

from services.enrich.nlp.syntax.tree import Tree

_DEEPEST = 4
_WIDEST = 40  # children of a word that are looked at
_MOST_STEPS = 100  # words looked at for one answer
_PREPOSITIONS = "of by against on in from to with between at for over into near".split()
_RANK = {word: rank for rank, word in enumerate(_PREPOSITIONS)}

Found = tuple[int, str] | None


class Behind:
    """The look-through of one text."""

    def __init__(self, tree: Tree, at: dict[int, str], adjectival: dict[int, str], seats: Collection[int] = ()) -> None:
        """`seats` are cities that may stand for a government; before a noun they only say where it is."""
        self._seats = seats
        self._tree = tree
        self._at = at
        self._adjectival = adjectival
        self._known: dict[int, Found] = {}
        self._steps = 0

    def find(self, token: int, depth: int = _DEEPEST) -> Found:
        """The actor that the token denotes or that is behind it: its token and id."""
        actor = self._at.get(token) or self._adjectival.get(token)
        if actor is not None:
            return token, actor
        if token in self._known:
            return self._known[token]
        self._steps = self._steps + 1 if depth < _DEEPEST else 0
        found = self._through(token, depth) if depth and self._steps < _MOST_STEPS else None
        if depth == _DEEPEST:
            self._known[token] = found
        return found

    def doer(self, token: int) -> Found:
        """Who did an act: its possessor, the word before it, or who stands behind "by" or "from"."""
        tree = self._tree
        found: Found = None
        for child in tree.children[token][:_WIDEST]:
            dep = tree.deps[child]
            if dep == "poss" or (dep in ("compound", "nmod", "amod") and child < token and child not in self._seats):
                found = self.find(child, _DEEPEST - 1) or found
            elif dep in ("prep", "agent") and tree.lowers[child] in ("by", "from"):
                inner = tree.child(child, "pobj")
                found = found or (self.find(inner, _DEEPEST - 1) if inner is not None else None)
        return found

    def _through(self, token: int, depth: int) -> Found:
        tree = self._tree
        before: list[int] = []
        after: list[tuple[int, int]] = []
        for child in tree.children[token][:_WIDEST]:
            dep = tree.deps[child]
            if dep == "poss":
                found = self.find(child, depth - 1)
                if found or tree.pos[child] == "PRON":
                    return found  # "their attack on Kenya" is not Kenya's
            elif child < token and dep in ("compound", "nmod", "amod") and child not in self._seats:
                before.append(child)
            elif dep in ("prep", "agent"):
                after.append((_RANK.get(tree.lowers[child], 99), child))
        for child in reversed(before):
            found = self.find(child, depth - 1)
            if found:
                return found
        for rank, prep in sorted(after):
            target = tree.child(prep, "pobj") if rank < 99 else None
            found = self.find(target, depth - 1) if target is not None else None
            if found:
                return found
        return None
