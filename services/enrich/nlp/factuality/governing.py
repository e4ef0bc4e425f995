"""Which word governs an act: the verb, noun or adjective that it is an argument of, and from which place."""

from __future__ import annotations

from services.enrich.nlp.acts.light_verb_words import light_verbs
from services.enrich.nlp.factuality.governors import Governor, Governors
from services.enrich.nlp.syntax.grammar import Grammar
from services.enrich.nlp.syntax.tree import VERBAL, Tree

# What follows them is what for: "called the minister to thank her".
_VISITING = frozenset({"call", "phone", "telephone", "visit", "meet", "summon"})
_PROMISING = frozenset("agree offer pledge promise vow volunteer undertake refuse threaten".split())
_JUDGING = frozenset({"find", "declare", "hold", "plead", "deem", "judge", "rule", "pronounce"})


_FIRST = frozenset({"first", "last", "only", "latest", "second", "third", "next"})
_HOSTING = frozenset({"host", "receive", "invite", "send", "dispatch", "welcome"})


def is_cut(tree: Tree, act: int, cue: int) -> bool:
    """Whether a semicolon keeps a cue from what is said after it, or one with an object from what is said before."""
    if act < cue and tree.child(cue, "dobj") is None:
        return False
    return ";" in tree.words[min(act, cue) : max(act, cue)]


def is_what_for(tree: Tree, token: int) -> bool:
    """Whether somebody goes somewhere or receives somebody for it: "will visit Oslo for talks"; or what it is for."""
    preposition = token if tree.deps[token] == "prep" else tree.heads[token]
    if tree.lowers[preposition] != "for" or tree.deps[preposition] != "prep":
        return False
    return tree.deps[token] in ("pobj", "prep") and _is_hosting(tree.lemmas[tree.heads[preposition]])


def is_of_a_first(tree: Tree, noun: int) -> bool:
    """Whether an infinitive tells what was done: "the first country to recognise it"."""
    nouns = [noun, *(tree.child(child, "pobj") or noun for child in tree.children_by(noun, "prep"))]
    return any(tree.lowers[word] in _FIRST for one in nouns for word in (one, *tree.children[one]))


class Governing:
    """Looks governors up in one text."""

    def __init__(self, grammar: Grammar, governors: Governors) -> None:
        self._grammar, self._tree, self._governors = grammar, grammar.tree, governors

    def find(self, token: int, head: int) -> tuple[int, str, Governor | None]:
        """Who governs, from which place, and what is known of it."""
        tree = self._tree
        governed, place = self._place(token, head)
        governor = self._lookup(governed, place) if place else None
        if (
            governor is None
            and tree.deps[token] in ("pobj", "pcomp")
            and tree.deps[governed] in ("dobj", "nsubjpass", "pobj")
            and tree.pos[governed] in ("NOUN", "PROPN", "PRON")
        ):
            # "convicted the man of killing": the parser may hang the phrase on the man.
            verb = tree.heads[governed]
            above = self._lookup(verb, place)
            if above is not None:
                return verb, place, above
        return governed, place, governor

    def promised(self, verb: int) -> bool:
        """Whether what a verb does is promised or refused: "offered to send troops to help" offers help."""
        tree = self._tree
        return tree.deps[verb] == "xcomp" and tree.lemmas[tree.heads[verb]] in _PROMISING

    def _place(self, token: int, head: int) -> tuple[int, str]:
        tree = self._tree
        dep = tree.deps[token]
        if dep in ("xcomp", "ccomp", "advcl", "acl", "csubj", "relcl"):
            words = {tree.lowers[child] for child in tree.children[token] if tree.deps[child] in ("aux", "mark")}
            if tree.lemmas[head] in _VISITING and tree.child(head, "dobj") is not None:
                return head, ""
            if tree.lowers[head] == "order" and tree.lowers[tree.heads[head]] == "in":
                return head, ""  # "in order to"
            if dep == "advcl" and tree.lemmas[head] == "be":
                # What it is, governs: "it is important for them to leave".
                quality = tree.child(head, "acomp", "attr")
                return (head, "") if quality is None or "to" not in words else (quality, "to+")
            if "to" in words and (tree.tags[token] in ("VB", "VBN", "VBG") or tree.pos[token] == "AUX"):
                return head, "to+"
            if dep == "relcl":
                return head, ""
            if dep == "xcomp" and tree.tags[token] == "VBG":
                return head, "ing+"
            return head, "" if dep == "advcl" or (tree.tags[token] == "VBN" and dep == "acl" and not words) else "that+"
        if dep in ("dobj", "nsubjpass", "attr", "oprd"):
            return head, "obj"
        if dep == "nsubj":
            return head, "obj" if self._grammar.passive(head) else "subj"
        if dep in ("pobj", "pcomp") and tree.deps[head] in ("prep", "agent", "dative"):
            word = tree.lowers[head]
            return tree.heads[head], word if dep == "pobj" else f"{word} ing+"
        if dep in ("compound", "nmod"):
            return head, "compound"
        return head, ""

    def _lookup(self, token: int, place: str) -> Governor | None:
        tree = self._tree
        pos, lemma = tree.pos[token], tree.lemmas[token]
        if lemma == "go" and tree.tags[token] != "VBG":
            return None  # "went to arrest him" is no plan, as "is going to" is
        if pos in VERBAL:
            particle = self._grammar.particle(token)
            with_particle = self._governors.get(("verb", f"{lemma}_{particle}", place)) if particle else None
            if place == "obj" and with_particle is None and not particle:
                return self._governors.get(("verb", lemma, place))
            return with_particle or self._governors.get(("verb", lemma, place))
        part = "adj" if pos in ("ADJ", "ADV") else "noun"
        return self._governors.get((part, lemma, place))

    def speakers(self, governor: int, place: str) -> tuple[int, ...]:
        """Who says it; not who is accused, not who hears it."""
        tree, grammar = self._tree, self._grammar
        if tree.pos[governor] == "ADJ":
            verb = tree.heads[governor]  # "found him guilty", "pleaded guilty"
            return grammar.logical_subjects(verb)[0] if tree.lemmas[verb] in _JUDGING else ()
        if tree.pos[governor] not in VERBAL:
            return self._makers(governor) if place.startswith("of") else grammar.owners(governor)
        if tree.lemmas[governor] in ("hear", "learn"):
            return grammar.behind(governor, "from")
        above = tree.heads[governor]
        if tree.deps[governor] == "pcomp" and tree.lowers[above] == "as":
            return grammar.logical_objects(tree.heads[above])[0]  # "quoted the mayor as saying"
        accused = place not in ("that+", "to+", "obj", "ing+") and tree.tags[governor] in ("VBN", "VBD")
        if accused and tree.child(governor, "dobj") is None and not grammar.passive(governor):
            return ()  # "Mr Silva, accused of theft"
        return grammar.logical_subjects(governor)[0]

    def _makers(self, noun: int) -> tuple[int, ...]:
        """Whose claim it is; in "allegations of murder" what stands behind "of" is what is claimed."""
        tree, grammar = self._tree, self._grammar
        behind = grammar.behind(noun, "by", "from")
        if behind:
            return behind
        for child in tree.children[noun]:
            named = tree.deps[child] in ("amod", "compound", "nmod") and tree.entity[child] >= 0
            if tree.deps[child] == "poss" or named:
                return grammar.members(child)
        return ()


def _is_hosting(lemma: str) -> bool:
    return lemma in _HOSTING or lemma in light_verbs().movers
