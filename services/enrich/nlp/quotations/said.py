"""Where a text says that somebody says something: the cues, in the order of the text, each with its speaker's tokens.

Grammar alone: whether the speaker is an actor, and which, is not known here.
"""

from __future__ import annotations

from dataclasses import dataclass

from services.enrich.nlp.quotations.cues import Cues, Takes
from services.enrich.nlp.syntax.grammar import Grammar
from services.enrich.nlp.syntax.tree import VERBAL, Tree

_NOBODY = frozenset({"nobody", "none", "neither", "no", "nothing"})
_THAT = frozenset({"that", "this"})
_NEVER = frozenset({"never", "hardly", "n't", "not"})
_UNSAID = frozenset("refuse decline fail avoid forbear cannot stop need want try like".split())
_MOST_STEPS = 4
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_POSSIBLE = frozenset({"can", "could", "may", "might"})
_CONDITIONS = frozenset({"if", "unless", "whether"})
_QUOTING = frozenset({"quote", "cite", "report", "hear"})
_ISSUING = frozenset("make issue repeat release reiterate give send post publish write share deliver read".split())
_ACCORDING: Takes = frozenset({"clause", "direct"})
COLON: Takes = frozenset({"direct"})


@dataclass(slots=True)
class Said:
    """A cue: its token and last token, what it takes, and who speaks; `asserted` is false of what is not said."""

    cue: int
    last: int
    takes: Takes
    speakers: tuple[int, ...]
    part: str
    asserted: bool = True

    def words(self, tree: Tree) -> str | None:
        """The cue as written; none of a mere colon."""
        if self.part == "according":
            return tree.cut(self.cue, self.last)
        if self.part == "colon":
            return None
        particle = f" {tree.words[self.last]}" if self.last != self.cue else ""
        return tree.words[self.cue] + particle


def find_said(grammar: Grammar, cues: Cues) -> list[Said]:
    """All cues of a text."""
    tree = grammar.tree
    found: list[Said] = []
    known = cues.lemmas
    for token, lemma in [item for item in enumerate(tree.lemmas) if item[1] in known]:
        if lemma == "accord":
            said = _according(grammar, token)
        elif tree.pos[token] in VERBAL:
            said = _verb(grammar, cues, token, lemma)
        else:
            said = _noun(grammar, cues, token, lemma)
        if said is not None:
            found.append(said)
    return found


def _verb(grammar: Grammar, cues: Cues, verb: int, lemma: str) -> Said | None:
    tree = grammar.tree
    if tree.deps[verb] in ("amod", "compound", "aux", "auxpass"):
        return None
    takes, last = cues.verbs.get(lemma), verb
    if lemma in cues.with_particle:
        for child in tree.children[verb]:
            word = f"{lemma}_{tree.lowers[child]}"
            if child > verb and word in cues.verbs and tree.deps[child] in ("prt", "advmod", "prep"):
                takes, last = cues.verbs[word], child
    if takes is None:
        return None
    return Said(verb, last, takes, speakers_of_verb(grammar, cues, verb), "verb", _is_asserted(tree, verb))


def speakers_of_verb(grammar: Grammar, cues: Cues, verb: int, steps: int = 0) -> tuple[int, ...]:
    """Who says it: also of "was quoted as saying", where it is the one who is quoted."""
    tree = grammar.tree
    head = tree.heads[verb]
    quoting = tree.heads[head] if tree.deps[verb] == "pcomp" and tree.lowers[head] == "as" else head
    if tree.tags[verb] == "VBG" and quoting != verb and tree.lemmas[quoting] in _QUOTING:
        return grammar.logical_objects(quoting)[0]
    if goes_on(tree, verb) and tree.deps[head] == "ccomp" and tree.lemmas[tree.heads[head]] in cues.verbs:
        # "said that the road was closed, adding that": who said adds.
        return speakers_of_verb(grammar, cues, tree.heads[head], steps + 1) if steps < _MOST_STEPS else ()
    speakers = grammar.logical_subjects(verb)[0]
    if speakers or grammar.passive(verb):
        return speakers
    if tree.tags[verb] in _FINITE and tree.deps[verb] == "ROOT" and verb and tree.pos[verb - 1] in ("PROPN", "PRON"):
        return (verb - 1,)  # cut off by the parser, as after "J."
    # '"...," said Silva': the parser may take who stands after the verb for its object.
    after = tree.child(verb, "dobj", "attr", "npadvmod", "oprd", "dep")
    if after is not None and after > verb and tree.pos[after] in ("PROPN", "PRON") and _follows_mark(tree, verb):
        return grammar.members(after)
    return ()


def goes_on(tree: Tree, verb: int) -> bool:
    """Whether a verb is an aside such as ", adding that"."""
    return tree.tags[verb] == "VBG" and tree.deps[verb] == "advcl"


def _follows_mark(tree: Tree, verb: int) -> bool:
    return verb > 0 and tree.words[verb - 1] in ('"', "”", "''", "’", "'", "»", ",")


def _is_asserted(tree: Tree, verb: int) -> bool:
    """Whether it is said at all: not "did not say", "nobody says", "declined to say", "if he says"."""
    passive = possible = False
    for child in tree.children[verb]:
        dep, word = tree.deps[child], tree.lowers[child]
        passive = passive or dep == "auxpass"
        possible = possible or word in _POSSIBLE
        if dep == "neg" or word in _NEVER:
            return False
        if dep == "mark" and word in _CONDITIONS:
            return False
        if dep == "aux" and word == "had" and child + 1 < verb and tree.deps[child + 1] in ("nsubj", "det"):
            return False  # "had you told me"
        if dep == "nsubj" and word in _THAT and child == verb - 1:
            return False  # "that said"
        if dep == "nsubj" and (word in _NOBODY or any(tree.lowers[c] == "no" for c in tree.children[child][:2])):
            return False
    if passive and possible:
        return False  # "it can be argued that"
    after = verb + 1
    if tree.tags[verb] in ("VBD", "VBN") and after < len(tree) and tree.tags[after] == "TO":
        return False  # "a man said to be in hiding"
    return tree.deps[verb] != "xcomp" or tree.lemmas[tree.heads[verb]] not in _UNSAID


def _noun(grammar: Grammar, cues: Cues, noun: int, lemma: str) -> Said | None:
    takes = cues.nouns.get(lemma)
    if takes is None or grammar.tree.pos[noun] != "NOUN":
        return None
    return Said(noun, noun, takes, _owners(grammar, noun), "noun")


def _owners(grammar: Grammar, noun: int) -> tuple[int, ...]:
    """Whose claim it is: "Iran's claim", "the claim by Iran", "Iran made the claim"."""
    tree = grammar.tree
    owner = tree.child(noun, "poss")
    if owner is not None:
        return grammar.members(owner)
    for preposition in tree.children_by(noun, "prep", "agent"):
        inner = tree.child(preposition, "pobj")
        if inner is not None and tree.lowers[preposition] in ("by", "from"):
            return grammar.members(inner)
    verb = tree.heads[noun]
    if tree.deps[noun] == "dobj" and tree.lemmas[verb] in _ISSUING:
        return grammar.logical_subjects(verb)[0]
    return ()


def _according(grammar: Grammar, token: int) -> Said | None:
    """The cue of "according to the ministry"."""
    tree = grammar.tree
    if tree.lowers[token] != "according":
        return None
    to = next((child for child in tree.children[token] if tree.lowers[child] == "to"), None)
    speaker = tree.child(to, "pobj") if to is not None else None
    if to is None or speaker is None or to != token + 1:
        return None
    return Said(token, to, _ACCORDING, grammar.members(speaker), "according")
