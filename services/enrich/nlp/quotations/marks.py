"""What stands between quotation marks: curly, straight, single, guillemets, `` and ''; nested, and over paragraphs.

One pass over the marks of a text. Apostrophes are told from single marks by what is beside them; a straight mark opens
or closes by the space beside it. What is quoted here need not be said by anybody: titles and scare quotes are as well.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from services.enrich.nlp.syntax.tree import Tree

_MARK = re.compile("[\"“”„‟«»‹›'‘’`‚]")
_CONTRACTED = re.compile(r" (?:s|t|re|ve|ll|d|m)\b")
_ELIDED = re.compile(r"(?:\d\ds?|em|til|tis|twas|cause|n|round)\b", re.IGNORECASE)
_LEFT = frozenset(" \n([{<—–-―/…\"“„«‹'‘`‚")  # may stand before a mark that opens
_RIGHT = frozenset(" \n)]}>—–-―/.,;:!?…\"”»›'’")  # may stand after a mark that closes
_AFTER_CLOSED = frozenset(",.;:!?)")
_OPENING = frozenset('"“„‟«‹`')
_SENTENCE_ENDS = frozenset(".!?…")
_DEEPEST = 3
_AHEAD = 8  # marks that are looked at to tell a possessive from a closing mark
_DOUBLE, _SINGLE = "double", "single"


@dataclass(slots=True)
class Marked:
    """A stretch between marks: with them (outer) and without, in offsets; its tokens, both included; what it is in.

    `parent` is the index of the stretch around it or -1; `closed` is false where one of the marks is missing.
    """

    outer_start: int
    outer_end: int
    start: int
    end: int
    first: int
    last: int
    parent: int = -1
    closed: bool = True


@dataclass(slots=True)
class _Open:
    kind: str
    start: int
    width: int


def find_marked(tree: Tree) -> list[Marked]:
    """All stretches of a text, in order of where they start; what is around another comes before it."""
    hits = list(_MARK.finditer(tree.text))
    if not hits:
        return []
    found = _Pairing(tree, [hit.start() for hit in hits]).pairs()
    found.sort(key=lambda marked: (marked.outer_start, -marked.outer_end))
    around: list[int] = []
    for number, marked in enumerate(found):
        while around and found[around[-1]].outer_end < marked.outer_end:
            around.pop()
        marked.parent = around[-1] if around else -1
        around.append(number)
    return found


class _Pairing:
    """Matches opening and closing marks with a stack."""

    def __init__(self, tree: Tree, hits: list[int]) -> None:
        self._tree, self._text, self._hits = tree, tree.text, hits
        self._stack: list[_Open] = []
        self._found: list[Marked] = []
        self._last_end = 0

    def pairs(self) -> list[Marked]:
        """Every pair, and what is left open."""
        text, skip, seen = self._text, -1, 0
        for number, at in enumerate(self._hits):
            if at <= skip:
                continue
            if self._stack:
                self._paragraph(seen, at)
            seen = at
            mark = text[at]
            if mark in "'`" and text[at + 1 : at + 2] == mark:
                skip = at + 1
                self._double(number, at, 2, opens=mark == "`" or None)
            elif mark in "'‘’`‚‹›":
                self._single(number, at, mark)
            else:
                opens = True if mark in "“„‟«" else False if mark in "”»" else None
                self._double(number, at, 1, opens)
        self._give_up(0, len(text))
        return self._found

    def _beside(self, at: int, width: int) -> tuple[str, str]:
        return self._text[at - 1] if at else "\n", self._text[at + width : at + width + 1] or "\n"

    def _double(self, number: int, at: int, width: int, opens: bool | None) -> None:
        before, after = self._beside(at, width)
        left, right = before in _LEFT, after in _RIGHT
        is_open = any(mark.kind == _DOUBLE for mark in self._stack)
        if opens is None:
            opens = not is_open if left == right else left
            if opens and is_open and self._text[at] == '"' and not self._starts(at):
                opens = self._reopens(number, at)
        elif opens and is_open and ((right and not left) or after in _AFTER_CLOSED or (width == 2 and after == " ")):
            opens = False  # „so“
        elif not opens and not is_open and left and not right:
            opens = True  # ”so”
        if not opens:
            if is_open or not before.isdigit():  # else six inches: 6"
                self._close(_DOUBLE, at, width)
        elif not is_open or not self._starts(at):
            self._open(_DOUBLE, at, width)
        elif "\n" not in self._text[self._text_before(at) : at]:
            # A sentence later in the same paragraph: the one before was never closed.
            self._give_up(0, at)
            self._open(_DOUBLE, at, width)

    def _text_before(self, at: int) -> int:
        """Where the space before a mark begins."""
        while at and self._text[at - 1].isspace():
            at -= 1
        return at

    def _starts(self, at: int) -> bool:
        """Whether a mark that opens stands before a whole sentence or line."""
        before = self._text_before(at)
        return (
            before == 0 or "\n" in self._text[before:at] or (before < at and self._text[before - 1] in _SENTENCE_ENDS)
        )

    def _reopens(self, number: int, at: int) -> bool:
        """Whether a straight mark, inside a quotation and amid a sentence, opens another as the space beside it says.

        That is nested where two marks follow that close. Where one does, the quotation around was never closed.
        Else the space is wrong.
        """
        following = [later for later in self._hits[number + 1 : number + 1 + _AHEAD] if self._text[later] == '"'][:2]
        beside = [self._beside(later, 1) for later in following]
        closing = [before not in _LEFT and after in _RIGHT for before, after in beside]
        if closing[:1] == [True] and closing != [True, True]:
            self._give_up(0, at)
        return closing[:1] == [True]

    def _single(self, number: int, at: int, mark: str) -> None:
        before, after = self._beside(at, 1)
        if mark in "'’‘" and ((before.isalnum() and after.isalnum()) or _CONTRACTED.match(self._text, at + 1)):
            return
        opening = mark in "‘`‚‹'" and not before.isalnum() and before not in ".,!?…;" and not after.isspace()
        if mark == "‘":
            opening = not before.isalnum()
        if opening and mark in "'‘" and _ELIDED.match(self._text, at + 1):
            return
        if opening:
            if not (self._stack and self._stack[-1].kind == _SINGLE):
                self._open(_SINGLE, at, 1)
            return
        closing = mark in "'’›" and not after.isalnum() and self._stack and self._stack[-1].kind == _SINGLE
        if closing and not self._is_apostrophe(number, at, before):
            self._close(_SINGLE, at, 1)

    def _is_apostrophe(self, number: int, at: int, before: str) -> bool:
        """Whether it is that of "the leaders' plan", rather than the end of a quotation."""
        text = self._text
        if before not in "sSxz" or not text[at + 1 : at + 3].strip().isalpha():
            return False
        for later in self._hits[number + 1 : number + 1 + _AHEAD]:
            if "\n\n" in text[at:later]:
                return False
            if text[later] in "'’" and text[later - 1] in ".,!?…;" and not text[later + 1 : later + 2].isalnum():
                return True
        return False

    def _open(self, kind: str, at: int, width: int) -> None:
        if len(self._stack) < _DEEPEST:
            self._stack.append(_Open(kind, at, width))

    def _close(self, kind: str, at: int, width: int) -> None:
        depth = len(self._stack) - 1
        while depth >= 0 and self._stack[depth].kind != kind:
            depth -= 1
        if depth < 0:
            self._unopened(at, width)
            return
        opened = self._stack[depth]
        del self._stack[depth:]
        self._add(opened.start, at + width, opened.start + opened.width, at, closed=True)

    def _unopened(self, at: int, width: int) -> None:
        """A mark that closes what never opened: what is quoted may begin where the sentence does."""
        tree = self._tree
        if self._stack or not at or self._text[at - 1] not in ".,!?…":
            return
        token = bisect_right(tree.starts, at - 1) - 1
        start = max(tree.starts[tree.sentences[tree.sentence[token]][0]], self._last_end)
        self._add(start, at + width, start, at, closed=False)

    def _paragraph(self, seen: int, at: int) -> None:
        """At a new paragraph, only what opens anew stays open."""
        end = self._text.find("\n\n", seen, at)
        if end < 0:
            return
        begin = end
        while self._text[begin].isspace():
            begin += 1
        anew = _OPENING if self._stack[0].kind == _DOUBLE else "‘"
        if begin == at and self._text[at] in anew:
            del self._stack[1:]
        else:
            self._give_up(0, end)

    def _give_up(self, depth: int, limit: int) -> None:
        """What was never closed ends with its sentence; a single mark was an apostrophe."""
        tree = self._tree
        for opened in self._stack[depth:]:
            if opened.kind == _DOUBLE and len(tree):
                inner = opened.start + opened.width
                token = min(bisect_right(tree.ends, inner), len(tree) - 1)
                last = tree.sentences[tree.sentence[token]][1] - 1
                self._add(opened.start, min(tree.ends[last], limit), inner, min(tree.ends[last], limit), closed=False)
        del self._stack[depth:]

    def _add(self, outer_start: int, outer_end: int, start: int, end: int, *, closed: bool) -> None:
        text, tree = self._text, self._tree
        while start < end and text[start].isspace():
            start += 1
        while start < end and text[end - 1].isspace():
            end -= 1
        if not closed:
            outer_end = max(end, outer_end if text[outer_end - 1 : outer_end].strip() else end)
        first, last = bisect_right(tree.ends, start), bisect_left(tree.starts, end) - 1
        if start < end and first <= last:
            self._found.append(Marked(outer_start, outer_end, start, end, first, last, closed=closed))
            self._last_end = max(self._last_end, outer_end)
