"""How stretches in quotation marks and cues stand to one another in the text: levels, neighbours, what is between."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from services.enrich.nlp.quotations.marks import Marked
from services.enrich.nlp.quotations.said import Said
from services.enrich.nlp.syntax.tree import Tree

_SPOKEN_ENDS = frozenset(",.?!…-–—;")
_MARKS = frozenset("\"'”’»›")
_SENTENCE_ENDS = frozenset(".?!:")
_WITHIN_PHRASE = frozenset(
    {"det", "amod", "compound", "poss", "nummod", "nmod", "quantmod", "predet", "advmod", "case"}
)
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl"})
_FARTHEST = 40  # words between a quotation and a cue of the same sentence
_SMALL_WORDS = frozenset("a an and as at but by for from in into of off on or over the to up with de la".split())
_LEAST_WORDS = 4  # of a sentence


class Layout:
    """Of one text. The level of a token is the innermost stretch that it is in, or -1."""

    def __init__(self, tree: Tree, marked: list[Marked], said: list[Said]) -> None:
        self.tree, self.marked, self.said = tree, marked, said
        self.level = [-1] * len(tree)
        for number, stretch in enumerate(marked):
            self.level[stretch.first : stretch.last + 1] = [number] * (stretch.last + 1 - stretch.first)
        self._firsts = [stretch.first for stretch in marked]
        self._cues = [one.cue for one in said]
        self.by_cue = {one.cue: one for one in said}
        self.title_end = tree.text.find("\n\n")

    def cues_in(self, first: int, last: int, level: int) -> list[Said]:
        """The cues among these tokens, both included, on a level."""
        found = self.said[bisect_left(self._cues, first) : bisect_right(self._cues, last)]
        return [one for one in found if self.level[one.cue] == level]

    def cues_beside(self, stretch: Marked) -> tuple[list[Said], list[Said]]:
        """The cues before and after a stretch, in the sentences that it begins and ends in, and with no other between.

        Nearest first.
        """
        tree = self.tree
        before, after = self._end_before(stretch), self._start_after(stretch)
        begin = max(tree.sentences[tree.sentence[stretch.first]][0], before + 1, stretch.first - _FARTHEST)
        end = min(tree.sentences[tree.sentence[stretch.last]][1], after, stretch.last + _FARTHEST) - 1
        return (
            self.cues_in(begin, stretch.first - 1, stretch.parent)[::-1],
            self.cues_in(stretch.last + 1, end, stretch.parent),
        )

    def _end_before(self, stretch: Marked) -> int:
        """The last token of the stretch before on the same level; -1 if there is none."""
        number = self._up(bisect_left(self._firsts, stretch.first) - 1, stretch.parent)
        while number > stretch.parent:
            if self.marked[number].last < stretch.first:
                return self.marked[number].last
            number = self._up(number - 1, stretch.parent)
        return -1

    def _start_after(self, stretch: Marked) -> int:
        """The first token of the next stretch on the same level; the end of what is around if there is none."""
        end = self.marked[stretch.parent].last + 1 if stretch.parent >= 0 else len(self.tree)
        number = bisect_right(self._firsts, stretch.last)
        while number < len(self.marked) and self.marked[number].first < end:
            if self.marked[number].parent == stretch.parent:
                return self.marked[number].first
            number += 1
        return end

    def within(self, first: int, last: int, level: int) -> list[int]:
        """The stretches on a level that share a token with this span."""
        number = self._up(bisect_right(self._firsts, last) - 1, level)
        found: list[int] = []
        while number > level and self.marked[number].last >= first:
            found.append(number)
            number = self._up(number - 1, level)
        return found[::-1]

    def _up(self, number: int, level: int) -> int:
        """The stretch on a level that a stretch is or is in; where it is in none, the next one out."""
        while number >= 0 and self.marked[number].parent != level and number != level:
            number = self.marked[number].parent
        return number

    def word_before(self, offset: int) -> int | None:
        """The last token before an offset that is no space."""
        token = bisect_right(self.tree.ends, offset) - 1
        while token >= 0 and self.tree.words[token].isspace():
            token -= 1
        return token if token >= 0 else None

    def word_after(self, offset: int) -> int | None:
        """The first token from an offset on that is no space."""
        token = bisect_left(self.tree.starts, offset)
        while token < len(self.tree) and self.tree.words[token].isspace():
            token += 1
        return token if token < len(self.tree) else None

    def begins_sentence(self, stretch: Marked) -> bool:
        """Whether a sentence ends before it."""
        before = self.word_before(stretch.outer_start)
        return before is not None and self.tree.words[before][-1] in _SENTENCE_ENDS

    def begins(self, stretch: Marked) -> bool:
        """Whether it begins a sentence or a line, or stands after a colon or a dash."""
        before = self.word_before(stretch.outer_start)
        if before is None or "\n" in self.tree.text[self.tree.ends[before] : stretch.outer_start]:
            return True
        last = self.tree.words[before][-1]
        return last in _SENTENCE_ENDS or (not last.isalnum() and last != ",")

    def is_after_colon(self, stretch: Marked) -> bool:
        """Whether a colon leads up to it."""
        before = self.word_before(stretch.outer_start)
        return before is not None and self.tree.words[before] == ":"

    def ending_before(self, token: int) -> int | None:
        """The stretch on the level of a token that ends right before it, with only its mark between."""
        level = self.level[token]
        number = self._up(bisect_right(self._firsts, token) - 1, level)
        if number == level:
            return None
        if number < 0 or not self.is_wordless(self.marked[number].last + 1, token - 1):
            return None
        return number

    def noun_after(self, token: int) -> int | None:
        """The head of the noun phrase that begins right after a token."""
        tree, noun = self.tree, token + 1
        if noun >= len(tree) or tree.sentence[noun] != tree.sentence[token]:
            return None
        while token < tree.heads[noun] != noun and tree.deps[noun] in _WITHIN_PHRASE:
            noun = tree.heads[noun]
        return noun if tree.pos[noun] in ("NOUN", "PROPN", "PRON") else None

    def shorten(self, number: int, last: int) -> None:
        """Let a stretch end with the token `last`."""
        stretch = self.marked[number]
        for token in range(last + 1, stretch.last + 1):
            if self.level[token] == number:
                self.level[token] = stretch.parent
        stretch.last = last
        stretch.end = stretch.outer_end = self.tree.ends[last]

    def is_wordless(self, first: int, last: int) -> bool:
        """Whether there are only marks and space among these tokens, both included."""
        return all(self.tree.pos[token] in ("PUNCT", "SPACE", "SYM") for token in range(first, last + 1))

    def ends_spoken(self, stretch: Marked) -> bool:
        """Whether a point, a comma or a dash closes a stretch, inside its marks or right after."""
        return self.last_point(stretch) in _SPOKEN_ENDS

    def last_point(self, stretch: Marked) -> str:
        """The point at the end of a stretch, inside its marks or right after; or its last letter."""
        text, at = self.tree.text, stretch.end - 1
        while at > stretch.start and (text[at] in _MARKS or text[at].isspace()):
            at -= 1
        after = text[stretch.outer_end : stretch.outer_end + 1]
        return after if after in (",", "–", "—") and after and text[at] not in _SPOKEN_ENDS else text[at]

    def words(self, stretch: Marked) -> list[str]:
        """The words of a stretch, without marks and numbers."""
        return [word for word in self.tree.words[stretch.first : stretch.last + 1] if word[0].isalpha()]

    def is_name(self, stretch: Marked) -> bool:
        """Whether it is written as a title or a name is: "The Long Way Home"."""
        return all(word[0].isupper() or word in _SMALL_WORDS for word in self.words(stretch))

    def is_sentence(self, stretch: Marked) -> bool:
        """Whether it is a sentence or more, rather than some words of one."""
        tree = self.tree
        if len(self.words(stretch)) < _LEAST_WORDS or self.is_name(stretch):
            return False
        text = tree.text
        if not (text[stretch.start].isupper() or self.last_point(stretch) in _SPOKEN_ENDS):
            return False
        return any(
            tree.deps[token] in _SUBJECTS and stretch.first <= tree.heads[token] <= stretch.last
            for token in range(stretch.first, stretch.last + 1)
        )

    def has_verb(self, stretch: Marked) -> bool:
        """Whether there is a verb in it."""
        return any(tag[:2] == "VB" or tag == "MD" for tag in self.tree.tags[stretch.first : stretch.last + 1])
