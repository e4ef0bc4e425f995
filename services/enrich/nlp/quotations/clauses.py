"""The reported clause of a cue, as a span of tokens: what is said without quotation marks, or only partly in them."""

from __future__ import annotations

from collections.abc import Container

from services.enrich.nlp.quotations.said import Said, goes_on
from services.enrich.nlp.syntax.tree import VERBAL, Tree

Span = tuple[int, int]
"""First and last token, both included."""

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
_WH = frozenset({"WP", "WDT", "WRB", "WP$"})
_ASKING = frozenset({"if", "whether"})
_LOOKED_THROUGH = frozenset({"prep", "pobj", "dobj", "npadvmod", "dative", "tmod", "conj", "agent", "nmod", "appos"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_MAY_FOLLOW = frozenset({"PUNCT", "SPACE", "ADP", "ADV"})
_LEADING = frozenset({"PUNCT", "SPACE", "CCONJ", "ADV"})
_NEAR = 16  # words below a cue that are looked at for a clause that the parser hung on one of them


class Clauses:
    """Finds reported clauses in one text; remembers the edges of what it has seen."""

    def __init__(self, tree: Tree, cues: Container[int]) -> None:
        """`cues` are the tokens of the cues."""
        self._tree, self._cues = tree, cues
        self._left: dict[int, int] = {}
        self._right: dict[int, int] = {}

    def left(self, token: int) -> int:
        """The first token below a token, itself included."""
        return self._edge(token, 0, self._left)

    def right(self, token: int) -> int:
        """The last token below a token, itself included."""
        return self._edge(token, -1, self._right)

    def _edge(self, token: int, side: int, known: dict[int, int]) -> int:
        children = self._tree.children
        path: list[int] = []
        while token not in known:
            path.append(token)
            below = children[token]
            if not below or (below[side] > token) is (side == 0):
                break
            token = below[side]
        edge = known.get(token, token)
        for passed in path:
            known[passed] = edge
        return edge

    def of(self, said: Said) -> list[Span]:
        """What a cue reports; none where all of it is in quotation marks that the grammar does not join to it."""
        if not said.takes & {"clause", "question"}:
            return []
        if said.part == "according":
            return self._according(said)
        heads = self._heads(said)
        if heads:
            return [span for head in heads if (span := self._span(head, said)) is not None]
        return (self._around(said) or self._led(said)) if said.part == "verb" else []

    def _heads(self, said: Said) -> list[int]:
        """The verbs of the clauses below a cue."""
        tree, cue = self._tree, said.cue
        if said.part == "noun":
            below = [child for child in tree.children[cue] if child > cue and self._is_that_clause(child)]
            return below[:1]
        found = [child for child in tree.children[cue] if tree.deps[child] == "ccomp" and self._is_told(child, said)]
        if found:
            return found
        # "said in a statement on Monday that ...", "told reporters that ...": hung on the noun before it.
        rest = [child for child in tree.children[cue] if child > cue and tree.deps[child] in _LOOKED_THROUGH]
        rest = [child for child in rest if child not in self._cues]
        for noun in rest:
            for child in tree.children[noun]:
                if child > noun and self._is_that_clause(child):
                    return [child]
                if child > noun and tree.deps[child] in _LOOKED_THROUGH and len(rest) < _NEAR:
                    rest.append(child)
        return []

    def _is_that_clause(self, verb: int) -> bool:
        tree = self._tree
        if tree.deps[verb] not in ("acl", "relcl", "ccomp", "advcl") or tree.pos[verb] not in VERBAL:
            return False
        return any(tree.deps[child] == "mark" and tree.lowers[child] == "that" for child in tree.children[verb])

    def _is_told(self, verb: int, said: Said) -> bool:
        """Whether a complement tells a fact or, of a cue that asks, a question; not "told him to go"."""
        tree = self._tree
        has_subject = asks = False
        if verb == said.last + 1 and tree.deps[said.cue] == "relcl" and tree.tags[verb] in _FINITE | {"VBN"}:
            return True  # "two men it says spied for them"
        for child in tree.children[verb]:
            dep = tree.deps[child]
            if dep in _SUBJECTS:
                has_subject = True
            if child < verb and self._asks(child):
                asks = True
            if dep == "aux" and tree.tags[child] == "TO" and tree.tags[verb] == "VB":
                return False
        if has_subject and verb > said.cue and tree.deps[said.cue] == "relcl":
            return True  # "a law that the minister says protects children"
        if asks:
            return has_subject and ("question" in said.takes or verb < said.cue)
        return has_subject and "clause" in said.takes

    def _asks(self, word: int) -> bool:
        tree = self._tree
        if tree.deps[word] == "mark":
            return tree.lowers[word] in _ASKING
        return tree.tags[word] in _WH

    def _span(self, verb: int, said: Said) -> Span | None:
        """A clause without its "that", and without what belongs to the cue."""
        first, last = self.left(verb), self.right(verb)
        if verb < said.cue:
            return self.trimmed(first, min(said.cue, self._cue_left(said)) - 1)
        if first <= said.cue:
            first = said.last + 1
        if last > verb and said.part == "verb":
            last = self._before_next_cue(verb, last)
        return self.trimmed(first, last)

    def _before_next_cue(self, verb: int, last: int) -> int:
        """Without ", adding that ...", which goes on with what the same speaker says, or ", according to ..."."""
        tree = self._tree
        for child in tree.children[verb]:
            if child <= verb or child not in self._cues or tree.words[self.left(child) - 1] != ",":
                continue
            if goes_on(tree, child):
                return child - 2
            if tree.deps[child] in ("prep", "parataxis") and self.trimmed(self.right(child) + 1, last) is None:
                return self.left(child) - 2
        return last

    def _cue_left(self, said: Said) -> int:
        subjects = [self.left(speaker) for speaker in said.speakers if speaker < said.cue]
        return min([said.cue, *subjects])

    def _around(self, said: Said) -> list[Span]:
        """The clause that a cue is put into: "The army, he said, had fled"."""
        tree, cue = self._tree, said.cue
        host = tree.heads[cue]
        own = any(tree.deps[child] in ("nsubj", "nsubjpass") for child in tree.children[cue])
        if tree.deps[cue] != "parataxis" or not own or "clause" not in said.takes or tree.pos[host] not in VERBAL:
            return []
        spans = self._without(host, self.left(cue), self.right(cue))
        return [span for first, last in spans if (span := self._up_to_another(host, cue, first, last)) is not None]

    def _up_to_another(self, host: int, cue: int, first: int, last: int) -> Span | None:
        """A span as far as a clause behind the cue that is about somebody else: "It fell, he said, and France fled"."""
        tree = self._tree
        for clause in tree.children_by(host, "conj"):
            subject = tree.child(clause, "nsubj", "nsubjpass")
            if clause > cue and subject is not None and tree.pos[subject] != "PRON":
                last = min(last, self.left(clause) - 1)
                while last > first and tree.pos[last] in ("CCONJ", "PUNCT"):
                    last -= 1
        # What is left may end with the cue and its speaker.
        return self.trimmed(first, self.left(cue) - 1) if last <= self.right(cue) else self.trimmed(first, last)

    def _led(self, said: Said) -> list[Span]:
        """All that stands before ", she said" or ", said Silva", where the parser does not see that it is said."""
        tree, cue = self._tree, said.cue
        begin, end = tree.sentences[tree.sentence[cue]]
        if "clause" not in said.takes or not said.speakers:
            return []
        comma, after = cue - 1, said.last + 1
        if said.speakers[0] < cue:
            comma = self.left(said.speakers[-1]) - 1
            if after < end and (tree.pos[after] not in _MAY_FOLLOW or tree.words[after] == ":"):
                return []
        if comma <= begin or tree.words[comma] != ",":
            return []
        if not any(tag in _FINITE for tag in tree.tags[begin:comma]):
            return []
        span = self.trimmed(begin, comma)
        return [] if span is None else [span]

    def _according(self, said: Said) -> list[Span]:
        tree = self._tree
        host = tree.heads[said.cue]
        steps = 0
        while tree.pos[host] not in VERBAL and tree.heads[host] != host and steps < _NEAR:
            host, steps = tree.heads[host], steps + 1
        if tree.pos[host] not in VERBAL:
            return []
        while tree.deps[host] == "conj" and host < said.cue and tree.pos[tree.heads[host]] in VERBAL:
            host = tree.heads[host]  # "A fled and B fell, according to C"
        return self._without(host, self.left(said.cue), self.right(said.cue))

    def _without(self, host: int, first: int, last: int) -> list[Span]:
        """A clause without what stands at its beginning or end; what stands inside stays inside."""
        start, end = self.left(host), self.right(host)
        if all(self._tree.pos[token] in _LEADING for token in range(start, first)):
            start = last + 1
        elif self.trimmed(last + 1, end) is None:
            end = first - 1
        span = self.trimmed(start, end)
        return [] if span is None else [span]

    def trimmed(self, first: int, last: int) -> Span | None:
        """A span without space, marks and "that" at its beginning, and without space and points at its end."""
        tree = self._tree
        while first <= last and (tree.pos[first] in ("PUNCT", "SPACE") or self._is_that(first)):
            first += 1
        while last >= first and tree.pos[last] in ("PUNCT", "SPACE"):
            last -= 1
        return (first, last) if first <= last else None

    def _is_that(self, token: int) -> bool:
        tree = self._tree
        return tree.lowers[token] == "that" and (tree.deps[token] == "mark" or tree.tags[token] == "IN")
