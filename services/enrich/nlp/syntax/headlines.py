"""Mends headlines such as "Kenya to expel envoys - source", which the parser takes for a noun with a clause.

Afterwards the infinitive is the verb of the sentence, what stands before it is its subject, and who is named after a
dash or a colon hangs on it. That it is still to come is seen from its "to".
"""

from __future__ import annotations

from services.enrich.nlp.syntax.moves import move
from services.enrich.nlp.syntax.tree import Tree

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_DASHES = frozenset({"-", "–", "—", ":"})
_NAMING = 3  # words that name who says so
_NOT = frozenset({"not", "never"})


def mend_headlines(tree: Tree) -> None:
    """Mend them in place: sentences without a full stop whose first words are followed by "to"."""
    for begin, end in tree.sentences:
        # A stop that only the parser was given stands where the text has space.
        while end > begin and tree.text[tree.starts[end - 1] : tree.ends[end - 1]].isspace():
            end -= 1
        if end - begin < _NAMING or tree.words[end - 1][-1] in '.?!"”':
            continue
        verb = next((token for token in range(begin + 2, end) if _is_infinitive(tree, token)), None)
        if verb is not None:
            _mend(tree, begin, end, verb)


def _is_infinitive(tree: Tree, verb: int) -> bool:
    return tree.tags[verb] == "VB" and tree.lowers[verb - 1] == "to" and tree.heads[verb - 1] == verb


def _mend(tree: Tree, begin: int, end: int, verb: int) -> None:
    if tree.heads[verb] == verb:
        _join_subjects(tree, verb, tree.child(verb, "nsubj"))
        return
    subject = _subject(tree, begin, verb)
    if subject is None:
        return
    source = _source(tree, verb, end)
    stop = end if source is None else source[0]
    # ", says minister"
    saying = next((t for t in range(verb, stop) if tree.tags[t] in _FINITE and tree.heads[t] == t), None)
    if any(tree.tags[t] in _FINITE and t != saying for t in range(begin, stop)):
        return
    if saying is not None:
        move(tree, verb, saying, "ccomp")
    else:
        _make_root(tree, verb)
    move(tree, subject, verb, "nsubj")
    for child in [child for child in tree.children[subject] if child > verb]:
        move(tree, child, verb, tree.deps[child])
    _join_subjects(tree, verb, subject)
    if source is not None:
        _cut_off(tree, verb, *source)


def _join_subjects(tree: Tree, verb: int, subject: int | None) -> None:
    """In "Kenya, Uganda to hold talks" the second is no name of the first."""
    if subject is not None:
        for child in tree.children_by(subject, "appos"):
            if child == verb - 2:
                tree.deps[child] = "conj"


def _subject(tree: Tree, begin: int, verb: int) -> int | None:
    """The noun that all words before the "to" hang on, if the infinitive hangs on it or stands on its own."""
    last = verb - 1
    while last > begin and tree.lowers[last - 1] in _NOT:
        last -= 1
    heads = [
        token for token in range(begin, last) if not begin <= tree.heads[token] < last or tree.heads[token] == token
    ]
    if len(heads) != 1 or tree.pos[heads[0]] not in ("NOUN", "PROPN"):
        return None
    noun = heads[0]
    hangs = tree.heads[verb] == noun and tree.deps[verb] in ("relcl", "acl")
    return noun if hangs and tree.deps[noun] in ("ROOT", "nsubj", "dep") else None


def _source(tree: Tree, verb: int, end: int) -> tuple[int, int] | None:
    """The dash or colon near the end, and the last word behind it."""
    for token in range(end - 2, max(verb, end - 2 - _NAMING), -1):
        if tree.words[token] in _DASHES and tree.pos[end - 1] in ("NOUN", "PROPN"):
            return token, end - 1
    return None


def _cut_off(tree: Tree, verb: int, dash: int, speaker: int) -> None:
    """What the parser joined to who says so is what the verb had: "expel diplomats - source"."""
    joined = [child for child in tree.children[speaker] if child < dash and child > verb]
    if joined and tree.heads[speaker] == verb:
        last = joined[-1]
        move(tree, last, verb, tree.deps[speaker])
        for child in joined[:-1]:
            move(tree, child, last, tree.deps[child])
    if speaker != verb and verb not in _above(tree, speaker):
        return
    move(tree, speaker, verb, "dep")


def _above(tree: Tree, token: int) -> set[int]:
    return set(tree.ancestors(token)) | {token}


def _make_root(tree: Tree, verb: int) -> None:
    begin, end = tree.sentences[tree.sentence[verb]]
    old = next((token for token in range(begin, end) if tree.heads[token] == token), verb)
    tree.children[tree.heads[verb]].remove(verb)
    tree.heads[verb], tree.deps[verb] = verb, "ROOT"
    if old != verb:
        tree.heads[old], tree.deps[old] = verb, "dep"
        tree.children[verb] = sorted([*tree.children[verb], old])
