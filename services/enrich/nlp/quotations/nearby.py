"""Who speaks a quotation that has no cue in its own sentence: the speaker goes on, or a sentence beside it tells."""

from __future__ import annotations

from services.enrich.nlp.quotations.layout import Layout
from services.enrich.nlp.quotations.marks import Marked
from services.enrich.nlp.quotations.said import COLON, Said
from services.enrich.nlp.syntax.tree import VERBAL

_DEEPEST = 8
_WORDS = frozenset({"words"})
_FARTHEST = 80  # words of the sentence before that are looked at
_LATEST = 14  # words of the next sentence before its cue


def goes_on(layout: Layout, stretch: Marked, previous: Marked, said: Said) -> bool:
    """Whether the speaker of the quotation before goes on: only the words that name him stand between."""
    tree = layout.tree
    first, last = previous.last + 1, stretch.first - 1
    if layout.is_wordless(first, last):
        return "\n\n" not in tree.text[previous.outer_end : stretch.outer_start]
    if not previous.last < said.cue < stretch.first:
        return False
    while tree.pos[first] in ("PUNCT", "SPACE"):
        first += 1
    while tree.pos[last] in ("PUNCT", "SPACE"):
        last -= 1
    return tree.sentence[first] == tree.sentence[last]


def cue_before(layout: Layout, stretch: Marked) -> Said | None:
    """The main cue of the sentence before, as in 'She denied it. "I was not there."'."""
    tree = layout.tree
    mark = layout.word_before(stretch.outer_start)
    if mark is None or (tree.words[mark] != ":" and tree.starts[mark] < layout.title_end <= stretch.start):
        return None
    begin, end = tree.sentences[tree.sentence[mark]]
    if tree.words[mark] not in (".", ":", "!", "?") or mark < begin:
        return None
    begin = max(begin, mark - _FARTHEST)
    cues = [one for one in layout.cues_in(begin, min(mark, end), stretch.parent) if _leads(one)]
    return min(cues, key=lambda one: (_depth(layout, one.cue), -one.cue), default=None)


def _leads(said: Said) -> bool:
    """Whether the next sentence may be what is said: after "denied it", "released a statement"."""
    if said.part == "noun":
        return "direct" in said.takes and bool(said.speakers)
    return said.part == "verb" and said.asserted


def cue_after(layout: Layout, stretch: Marked, reporting: set[int]) -> Said | None:
    """The cue of the next sentence, where that does nothing but name the speaker: '"I was not there." She said.'."""
    tree = layout.tree
    mark = layout.word_after(stretch.outer_end)
    if mark is None or "\n\n" in tree.text[stretch.outer_end : tree.starts[mark]]:
        return None
    end = tree.sentences[tree.sentence[mark]][1]
    for said in layout.cues_in(mark, min(mark + _LATEST, end - 1), stretch.parent):
        if said.part != "verb" or said.takes == _WORDS or said.cue in reporting or not said.speakers:
            return None
        if layout.within(said.cue, end - 1, stretch.parent):
            return None
        object_ = tree.child(said.cue, "dobj")
        return said if object_ is None or tree.lemmas[said.cue] == "tell" else None
    return None


def named_by_colon(layout: Layout, stretch: Marked) -> Said | None:
    """Who stands before a colon: 'Silva: "We will win"', or the subject in 'The judge had advice: "Trust nobody."'."""
    tree = layout.tree
    colon = layout.word_before(stretch.outer_start)
    if not colon:
        return None
    top = colon - 1
    for _ in range(_DEEPEST):
        if not top != tree.heads[top] < colon:
            break
        top = tree.heads[top]
    if tree.pos[top] in VERBAL:
        subject = tree.child(top, "nsubj")
        return None if subject is None else Said(colon, colon, COLON, (subject,), "colon")
    return Said(colon, colon, COLON, (top,), "colon") if tree.pos[top] in ("PROPN", "NOUN") else None


def _depth(layout: Layout, token: int) -> int:
    tree = layout.tree
    for depth in range(_DEEPEST):
        if tree.heads[token] == token:
            return depth
        token = tree.heads[token]
    return _DEEPEST
