"""Mends what the parser makes of ", an official said": it often takes the official for one more thing of the statement.

In "Rebels burned 30 houses, residents said" it joins the residents to the houses, or hangs the verb on them. Afterwards
the speaker is the subject of the verb, and the verb hangs on the statement as an aside.
"""

from __future__ import annotations

from services.enrich.nlp.syntax.moves import move
from services.enrich.nlp.syntax.tree import VERBAL, Tree

_SAYING = frozenset(
    "say tell report announce add claim state declare note stress explain warn argue write concede admit acknowledge"
    " insist assure confirm allege maintain recall complain observe recount reckon predict".split()
)
# As participles they may well be of the noun: "two villages, a case reported in May".
_SPOKEN = frozenset({"say", "tell", "add", "concede", "insist", "argue", "recall", "observe"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_NOUNS = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_RELATIVE = frozenset({"WDT", "WP", "WP$", "WRB"})
_SUBJECTS = ("nsubj", "nsubjpass")
_LONGEST = 14  # words that name a speaker


def mend_inquits(tree: Tree) -> None:
    """Mend them in place."""
    for verb, lemma in enumerate(tree.lemmas):
        if lemma in _SAYING and tree.pos[verb] == "VERB" and _may_be_mended(tree, verb):
            _mend(tree, verb)


def _may_be_mended(tree: Tree, verb: int) -> bool:
    tag, dep = tree.tags[verb], tree.deps[verb]
    if tag not in _FINITE and not (tag == "VBN" and tree.lemmas[verb] in _SPOKEN):
        return False
    if any(tree.deps[child] in ("aux", "auxpass", "mark") for child in tree.children[verb]):
        return False
    if any(tree.deps[child] in ("ccomp", "xcomp") and child > verb for child in tree.children[verb]):
        return False
    subject = tree.child(verb, *_SUBJECTS)
    return subject is None or (subject < verb and dep in ("conj", "relcl", "acl", "ccomp", "dep", "appos"))


def _mend(tree: Tree, verb: int) -> None:
    begin, end = tree.sentences[tree.sentence[verb]]
    comma = _comma_before(tree, verb, begin)
    if comma is None or not _may_follow(tree, verb, end):
        return
    speaker = _speaker(tree, comma + 1, verb)
    statement = _statement(tree, begin, comma, verb)
    if speaker is None or statement is None:
        return
    if tree.heads[verb] == verb:
        move(tree, speaker, verb, "nsubj")
        return
    if tree.heads[verb] != statement or tree.deps[verb] != "parataxis":
        move(tree, verb, statement, "parataxis")
    if tree.heads[speaker] != verb:
        move(tree, speaker, verb, "nsubj")


def _comma_before(tree: Tree, verb: int, begin: int) -> int | None:
    """The comma before the words that name the speaker; none where they are not only that."""
    for token in range(verb - 1, max(begin, verb - _LONGEST) - 1, -1):
        if tree.words[token] == ",":
            return token if token < verb - 1 else None
        if tree.tags[token] in _RELATIVE or tree.tags[token] in _FINITE or tree.pos[token] in ("PUNCT", "SCONJ", "AUX"):
            return None
    return None


def _may_follow(tree: Tree, verb: int, end: int) -> bool:
    """Whether the sentence may go on so after an aside."""
    after = verb + 1
    while after < end and tree.pos[after] == "SPACE":
        after += 1
    if after >= end:
        return True
    if tree.lemmas[verb] in ("tell", "assure") or tree.pos[after] in ("ADP", "ADV"):
        return True
    return tree.words[after] in (",", ".", ";", "!", "?") or tree.tags[after] in ("NNP", "NNPS")


def _speaker(tree: Tree, first: int, verb: int) -> int | None:
    """The noun that all words from `first` to the verb hang on."""
    if tree.pos[first] == "CCONJ" or tree.tags[first] == "IN":
        return None
    heads = [token for token in range(first, verb) if not first <= tree.heads[token] < verb]
    if len(heads) != 1 or tree.pos[heads[0]] not in _NOUNS:
        return None
    return heads[0]


def _statement(tree: Tree, begin: int, comma: int, verb: int) -> int | None:
    """The verb of the statement before the comma: the highest one there."""
    for token in range(begin, comma):
        if tree.pos[token] not in VERBAL or tree.tags[token] == "VBG" or tree.deps[token] in ("advcl", "acl", "relcl"):
            continue
        head = tree.heads[token]
        if head == token or (head == verb and tree.heads[verb] == verb):
            return token
    return None
