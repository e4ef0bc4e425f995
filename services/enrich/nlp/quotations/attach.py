"""Which cue of its own sentence a stretch in quotation marks belongs to: before it, after it, or around it."""

from __future__ import annotations

from services.enrich.nlp.quotations.layout import Layout
from services.enrich.nlp.quotations.marks import Marked
from services.enrich.nlp.quotations.said import Said
from services.enrich.nlp.syntax.tree import VERBAL

_ARGUMENTS = frozenset(
    "dobj oprd attr pobj prep acomp conj appos compound amod nmod xcomp ccomp agent dative npadvmod poss pcomp dep acl"
    " advcl nsubj det nummod quantmod advmod".split()
)
_COMPLEMENTS = frozenset({"xcomp", "ccomp", "pcomp", "oprd", "attr", "acomp"})
_ASIDE = frozenset({"relcl", "acl"})
_DEEPEST = 8  # steps from quoted words up to a cue that takes them
_WORDS = frozenset({"words"})
_JOINING = frozenset({"but", "and", "yet"})


def cue_of(layout: Layout, stretch: Marked, reporting: set[int]) -> Said | None:
    """The cue of a whole quotation; cues in `reporting` have a clause that is not in quotation marks."""
    before, after = layout.cues_beside(stretch)
    following = _after(layout, stretch, after, reporting) if layout.ends_spoken(stretch) else None
    if following is not None and layout.last_point(stretch) != ".":
        return following
    return _before(layout, stretch, before, reporting) or following


def _after(layout: Layout, stretch: Marked, cues: list[Said], reporting: set[int]) -> Said | None:
    tree = layout.tree
    if layout.is_name(stretch) and not layout.begins(stretch):
        return None  # 'in "The Long Way Home," she said'
    for said in cues:
        if said.part == "noun" or said.takes == _WORDS:
            continue
        if said.cue in reporting and (layout.begins(stretch) or not _is_below(layout, stretch, said.cue)):
            return None
        if tree.deps[said.cue] in _ASIDE and tree.heads[said.cue] > stretch.last and len(cues) > 1:
            continue  # '"Yes," the man who said it told us'
        return said
    return None


def _is_below(layout: Layout, stretch: Marked, cue: int) -> bool:
    """Whether a cue governs the words of a stretch, some steps up."""
    tree, token = layout.tree, stretch.first
    for _ in range(2 * _DEEPEST):
        if token == cue or tree.heads[token] == token:
            return token == cue
        token = tree.heads[token]
    return False


def _before(layout: Layout, stretch: Marked, cues: list[Said], reporting: set[int]) -> Said | None:
    """Where a colon, a comma, "that" or the cue itself stands before the opening mark."""
    tree = layout.tree
    mark = layout.word_before(stretch.outer_start)
    if mark is None:
        return None
    word = tree.lowers[mark]
    for said in cues:
        if said.part == "according":
            return None
        if word == ":":
            return said
        if said.part == "noun":
            continue
        if mark == said.last or word == "that" or _is_told(layout, mark, said):
            return None if said.takes == _WORDS or layout.is_name(stretch) else said
        if word in _JOINING and mark - 2 == said.last and tree.words[mark - 1] == "," and said.takes != _WORDS:
            return said  # 'he was glad, she said, but "he wanted to go home"'
        if word == "," and said.cue not in reporting and said.takes != _WORDS and not layout.is_name(stretch):
            return said
        return None
    return None


def _is_told(layout: Layout, mark: int, said: Said) -> bool:
    """Whether a word ends what stands between a cue and what is said: 'told the BBC "we stay"'."""
    tree = layout.tree
    return (
        tree.heads[mark] == said.cue and tree.deps[mark] in ("dobj", "dative", "npadvmod") and "words" not in said.takes
    )


def cue_of_words(layout: Layout, stretch: Marked) -> Said | None:
    """The cue that some quoted words are an argument of: called it "a disgrace", warned of "grave harm"."""
    tree = layout.tree
    if layout.is_name(stretch):
        return None
    roots = [t for t in range(stretch.first, stretch.last + 1) if not stretch.first <= tree.heads[t] <= stretch.last]
    roots = [t for t in roots if tree.deps[t] != "punct"] or roots
    if any(tree.deps[token] in ("prep", "mark", "aux") for token in roots[:1]):
        return None
    for token in roots:
        for _ in range(_DEEPEST):
            dep, head = tree.deps[token], tree.heads[token]
            if head == token or dep not in _ARGUMENTS:
                break
            said = layout.by_cue.get(head)
            if said is not None and said.part == "verb" and layout.level[head] == stretch.parent:
                takes = "words" in said.takes and said.speakers and dep not in ("nsubj", "advcl", "advmod")
                return said if takes else None
            outside = tree.pos[head] in VERBAL and not stretch.first <= head <= stretch.last
            if outside and (dep not in _COMPLEMENTS or tree.deps[head] == "ROOT"):
                break
            token = head
    return None
