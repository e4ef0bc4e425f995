"""Which words stand in double quotation marks, and who speaks them, as far as their own sentence says so.

In a quotation "I" is who speaks, and "he" is another. Titles and scare quotes are stretches too, but have no speaker.
"""

from __future__ import annotations

from services.enrich.nlp.syntax.tree import Tree

SAYING = frozenset(
    "say tell add declare announce state insist note explain warn claim argue write reply respond ask recall remark"
    " comment testify stress vow assert admit acknowledge concede joke quip conclude continue observe urge tweet post"
    " complain shout cry repeat answer reiterate emphasise emphasize suggest allege contend maintain report".split()
)
_OPENING = frozenset({"“", "``"})
_CLOSING = frozenset({"”", "''"})
_MARKS = frozenset({'"', *_OPENING, *_CLOSING})
_SUBJECTS = ("nsubj", "nsubjpass")
_AHEAD = 10  # words after a quotation in which its cue begins
_SHORTEST = 4  # words that a quotation has


class Quoted:
    """The quotations of one text: `group` by token is a number, or 0 outside of them."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self.group: list[int] = [0] * len(tree)
        self._spans: list[tuple[int, int]] = [(0, 0)]
        self._speakers: dict[int, int | None] = {}
        self._mark()

    def _mark(self) -> None:
        tree = self._tree
        opened: int | None = None
        for token, word in [item for item in enumerate(tree.words) if item[1] in _MARKS]:
            if opened is not None and "\n\n" in tree.text[tree.ends[opened] : tree.starts[token]]:
                opened = None  # never closed
            closes = opened is not None and word not in _OPENING
            if closes and opened is not None:
                if token - opened > 1:
                    number = len(self._spans)
                    self._spans.append((opened + 1, token))
                    self.group[opened + 1 : token] = [number] * (token - opened - 1)
                opened = None
            elif word not in _CLOSING or word == "''":
                opened = token

    def speaker(self, group: int) -> int | None:
        """The token of who speaks a quotation, outside of it: the subject of a verb of saying beside it."""
        if group not in self._speakers:
            self._speakers[group] = self._find(*self._spans[group]) if group else None
            if group > 1 and self._speakers[group] is None and self._goes_on(group):
                self._speakers[group] = self.speaker(group - 1)
        return self._speakers[group]

    def _goes_on(self, group: int) -> bool:
        """Whether a quotation is a sentence of its own right after one that had a quotation too."""
        tree = self._tree
        first, last = self._spans[group]
        before = tree.sentence[first] - tree.sentence[self._spans[group - 1][1] - 1]
        return last - first >= _SHORTEST and first - tree.sentences[tree.sentence[first]][0] <= 1 and before <= 1

    def _find(self, first: int, last: int) -> int | None:
        tree = self._tree
        if last - first < _SHORTEST:
            return None
        end = tree.sentences[tree.sentence[last - 1]][1]
        for token in range(last, min(max(end, last + 2), last + _AHEAD, len(tree))):
            if "\n" in tree.text[tree.starts[token] : tree.ends[token]]:
                break
            found = self._subject(token)
            if found is not None:
                return found
        begin = tree.sentences[tree.sentence[first]][0]
        for token in range(first - 1, begin - 1, -1):
            found = self._subject(token)
            if found is not None:
                return found
        return None

    def _subject(self, verb: int) -> int | None:
        tree = self._tree
        if tree.lemmas[verb] not in SAYING or tree.pos[verb] != "VERB" or self.group[verb]:
            return None
        subject = tree.child(verb, *_SUBJECTS)
        if subject is None and tree.deps[verb] == "conj":
            subject = tree.child(tree.heads[verb], *_SUBJECTS)
        return subject if subject is not None and not self.group[subject] else None
