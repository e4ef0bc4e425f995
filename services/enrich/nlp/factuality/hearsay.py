"""Who says so, where no clause of saying has the act in it: "allegedly", "according to", ", he said,", "citing"."""

from __future__ import annotations

from services.enrich.nlp.factuality.governors import Governors
from services.enrich.nlp.factuality.standing import Circumstances, Said
from services.enrich.nlp.syntax.grammar import Grammar

_SAYS_SO = frozenset({"reportedly", "allegedly", "purportedly", "supposedly", "apparently"})
_HEARD = frozenset({"tell", "inform", "notify", "assure", "brief", "warn", "remind", "quote", "cite"})
_QUOTING = frozenset({"cite", "quote"})
# "in the words of the minister", "by the army's own account"
_WORDS = {"in": frozenset({"word", "view", "telling"}), "by": frozenset({"account", "reckoning", "telling"})}
_SPEAKERS = frozenset(
    "minister official source report spokesman spokeswoman police army military ministry president premier governor"
    " mayor prosecutor analyst expert diplomat report media watchdog agency envoy ambassador lawyer monitor".split()
)
_SPEAKING_LABELS = frozenset({"PERSON", "ORG"})


class Hearsay:
    """Finds it in one text."""

    def __init__(self, grammar: Grammar, governors: Governors) -> None:
        self._grammar, self._tree, self._governors = grammar, grammar.tree, governors

    def beside(self, token: int, found: Circumstances, *, asserted: bool, below: int = -1) -> None:
        """Add what stands beside a word above the act; an adverb only of what the act hangs on without a break.

        `below` is where the act hangs on it: "according to Togo, which attacked" does not say that it attacked.
        """
        tree = self._tree
        for child in tree.children[token]:
            word, dep = tree.lowers[child], tree.deps[child]
            if child == below and dep == "prep":
                continue
            if dep in ("advmod", "amod"):
                if word in _SAYS_SO and (asserted or self._is_of_who(token, found)):
                    found.say(Said((), child))
            elif dep == "prep":
                self._prepositional(child, word, found)
            elif dep in ("parataxis", "advcl"):
                if self._is_aside(child, dep):
                    self.cited(child, found)
                    self.say(child, self._grammar.logical_subjects(child)[0], found)
            elif dep == "dep" and self._is_label(child, child > token):
                found.say(Said(self._grammar.members(child), child))

    def cited(self, cue: int, found: Circumstances) -> None:
        """Add whom a speaker quotes in turn: "the agency said, citing the police"."""
        tree = self._tree
        for child in tree.children_by(cue, "advcl", "prep"):
            if tree.lemmas[child] in _QUOTING and tree.tags[child] == "VBG":
                source = tree.child(child, "dobj", "pobj")
                if source is not None:
                    found.say(Said(self._grammar.members(source), child))

    def say(self, cue: int, speakers: tuple[int, ...], found: Circumstances) -> None:
        """Add who says it; who is told by nobody that is named says nothing."""
        if speakers or self._tree.lemmas[cue] not in _HEARD or not self._grammar.passive(cue):
            found.say(Said(speakers, cue))

    def _prepositional(self, preposition: int, word: str, found: Circumstances) -> None:
        tree = self._tree
        if word == "according":
            inner = tree.child(preposition, "prep")
            speaker = tree.child(inner, "pobj") if inner is not None else None
            found.say(Said(self._grammar.members(speaker) if speaker is not None else (), preposition))
        elif word in _WORDS:
            noun = tree.child(preposition, "pobj")
            if noun is not None and tree.lemmas[noun] in _WORDS[word]:
                owners = self._grammar.owners(noun)
                if owners:
                    found.say(Said(owners, noun))

    def _is_aside(self, verb: int, dep: str) -> bool:
        """Whether it is ", he said," or "as he said"; not "as he said that ..."."""
        tree = self._tree
        governor = self._governors.get(("verb", tree.lemmas[verb], "that+"))
        if governor is None or "said" not in governor.effects:
            return False
        if dep == "parataxis":
            return True
        marks = {tree.lowers[child] for child in tree.children_by(verb, "mark")}
        return "as" in marks and not tree.children_by(verb, "ccomp", "xcomp", "dobj")

    def _is_of_who(self, verb: int, found: Circumstances) -> bool:
        """Whether a verb says only who did it: "was among those who attacked", "is the man who attacked"."""
        tree, last = self._tree, found.chain[-1]
        noun = tree.heads[last] if tree.deps[last] in ("relcl", "acl") else last
        if tree.lemmas[verb] != "be" or tree.deps[noun] not in ("attr", "pobj"):
            return False
        above = tree.heads[noun]
        return above == verb or (tree.lowers[above] == "among" and tree.heads[above] == verb)

    def _is_label(self, noun: int, last: bool) -> bool:
        """Whether it is who speaks in a headline: "Minister: talks will go on", "Kenya to expel envoys - source"."""
        tree = self._tree
        if tree.pos[noun] not in ("NOUN", "PROPN"):
            return False
        first, after = tree.phrase(noun)[0], noun + 1
        beside = first - 1 if last else after
        if not 0 <= beside < len(tree) or tree.words[beside] not in ((":", "-", "–", "—") if last else (":",)):
            return False
        entity = tree.entity[noun]
        named = entity >= 0 and tree.entities[entity][0] in _SPEAKING_LABELS
        return named or tree.lemmas[noun] in _SPEAKERS
