"""How an act stands to fact, by a walk from its predicate up to the root: polarity, modality, tense, who says so."""

from __future__ import annotations

from dataclasses import dataclass, field

from schemas.events import Modality, Polarity, Tense
from services.enrich.nlp.governors import Governor, Governors
from services.enrich.nlp.grammar import Grammar
from services.enrich.nlp.predications import Predication
from services.enrich.nlp.tense import tense_of

_NEGATIONS = frozenset({"no", "neither", "nobody", "none", "nothing", "never", "nor"})
_FUTURE = frozenset({"will", "'ll", "’ll", "wo", "shall"})
_POSSIBLE = frozenset({"may", "might", "could", "can", "ca"})
_REQUIRED = frozenset({"must", "should", "ought", "need"})
_CONDITIONS = frozenset({"if", "unless", "provided", "lest"})
_SAYS_SO = {"reportedly", "allegedly", "apparently", "purportedly", "supposedly"}
_SPEAKING = frozenset("say tell report add claim state announce write declare note stress explain warn argue".split())
# What follows them is what for: "called the minister to thank her".
_VISITING = frozenset({"call", "phone", "telephone", "visit", "meet", "summon"})
_INVERTED = frozenset({"had", "should", "were"})
_STRENGTH = [Modality.ACTUAL, Modality.POSSIBLE, Modality.PLANNED, Modality.REQUESTED, Modality.HYPOTHETICAL]


@dataclass(slots=True)
class Said:
    """One link in the chain of who says so: the speaker's tokens, the cue's token, the actor where it is known."""

    speakers: tuple[int, ...]
    cue: int
    actor: str | None = None


@dataclass(slots=True)
class Circumstances:
    """Of one act; `chain` are the predicates it hangs on without a break, `governors` those that had an effect."""

    negated: bool = False
    modality: Modality = Modality.ACTUAL
    tense: Tense | None = None
    said: list[Said] = field(default_factory=list)
    chain: list[int] = field(default_factory=list)
    governors: list[tuple[int, Governor]] = field(default_factory=list)
    required: int | None = None
    purpose: bool = False

    @property
    def polarity(self) -> Polarity:
        """Affirmed or negated."""
        return Polarity.NEGATED if self.negated else Polarity.AFFIRMED

    def weaken(self, modality: Modality) -> None:
        """The less factual of what it is and `modality`."""
        if _STRENGTH.index(modality) > _STRENGTH.index(self.modality):
            self.modality = modality

    def apply(self, token: int, governor: Governor) -> None:
        """The effects of a governor."""
        self.governors.append((token, governor))
        self.negated ^= "negated" in governor.effects
        for modality in (Modality.PLANNED, Modality.POSSIBLE, Modality.HYPOTHETICAL, Modality.REQUESTED):
            if modality.value in governor.effects:
                self.weaken(modality)


class Walker:
    """Walks up from predicates of one text."""

    def __init__(self, grammar: Grammar, governors: Governors) -> None:
        self._grammar, self._tree, self._governors = grammar, grammar.tree, governors

    def circumstances(self, predication: Predication) -> Circumstances:
        """Of one predication."""
        found = Circumstances()
        tree = self._tree
        token = predication.head
        light = predication.light
        asserted = True  # until a clause that is not what the sentence above it says
        below = token
        if predication.part == "noun":
            self._of_noun(token, found)
        for _ in range(len(tree)):
            if asserted:
                found.chain.append(token)
                if tree.pos[token] in ("VERB", "AUX"):
                    self._of_verb(token, below, found)
            self._adverbs(token, found)
            head = tree.heads[token]
            if head == token:
                break
            below_light = light is not None and token != light
            if token == light:
                light = None
            asserted = self._edge(token, head, found, asserted, below_light)
            below, token = token, head
        self._set_tense(found)
        found.said.reverse()
        return found

    def _of_noun(self, noun: int, found: Circumstances) -> None:
        tree = self._tree
        for child in tree.children[noun]:
            if tree.lowers[child] in _NEGATIONS and tree.deps[child] in ("det", "neg"):
                found.negated = not found.negated
            governor = self._governors.get(("adj", tree.lemmas[child], "noun"))
            if governor is None and tree.tags[child] in ("VBN", "VBG"):
                governor = self._governors.get(("adj", tree.lowers[child], "noun"))
            if governor is not None and tree.deps[child] in ("amod", "compound", "nmod"):
                found.apply(child, governor)
                if "said" in governor.effects:
                    found.said.append(Said((), child))

    def _of_verb(self, verb: int, below: int, found: Circumstances) -> None:
        tree = self._tree
        for child in tree.children[verb]:
            word, dep = tree.lowers[child], tree.deps[child]
            if (
                dep == "neg"
                or (dep in ("advmod", "preconj", "cc") and word in ("never", "nor"))
                or (dep in ("nsubj", "nsubjpass", "dobj") and child != below and self._is_none(child))
            ):
                found.negated = not found.negated
            elif dep in ("aux", "auxpass"):
                self._auxiliary(word, child, found)
                if word in _INVERTED and self._is_inverted(verb, child):
                    found.weaken(Modality.HYPOTHETICAL)
            elif (dep == "mark" and word in _CONDITIONS) or (
                dep == "advcl" and found.modality is Modality.POSSIBLE and self._is_condition(child)
            ):
                found.weaken(Modality.HYPOTHETICAL)
        if tree.deps[verb] == "conj" and tree.pos[tree.heads[verb]] in ("VERB", "AUX"):
            self._shared(verb, tree.heads[verb], found)

    def _shared(self, verb: int, first: int, found: Circumstances) -> None:
        """What the first of joined verbs lends to the next: "will meet and sign", "did not kill or hurt"."""
        tree = self._tree
        own = [child for child in tree.children[verb] if tree.deps[child] in ("aux", "auxpass", "nsubj", "nsubjpass")]
        if own:
            return
        for child in tree.children[first]:
            if tree.deps[child] == "aux" and tree.tags[verb] == "VB":
                self._auxiliary(tree.lowers[child], child, found)
            elif tree.deps[child] == "neg":
                joined = [tree.lowers[cc] for cc in tree.children[first] if tree.deps[cc] == "cc"]
                if "or" in joined or "nor" in joined:
                    found.negated = not found.negated

    def _is_none(self, noun: int) -> bool:
        tree = self._tree
        return tree.lowers[noun] in _NEGATIONS or any(
            tree.lowers[child] in ("no", "neither") and tree.deps[child] in ("det", "neg", "preconj", "cc")
            for child in tree.children[noun]
        )

    def _is_inverted(self, verb: int, auxiliary: int) -> bool:
        """Whether it is a condition: "had the army attacked, ..."."""
        tree = self._tree
        subject = tree.child(verb, "nsubj", "nsubjpass")
        return subject is not None and auxiliary < subject and tree.deps[verb] == "advcl"

    def _is_condition(self, clause: int) -> bool:
        return any(self._tree.lowers[child] in _CONDITIONS for child in self._tree.children[clause])

    def _auxiliary(self, word: str, token: int, found: Circumstances) -> None:
        if word in _FUTURE:
            found.weaken(Modality.PLANNED)
            found.tense = found.tense or Tense.FUTURE
        elif word in ("would", "'d", "’d"):
            found.weaken(Modality.PLANNED)
        elif word in _POSSIBLE:
            found.weaken(Modality.POSSIBLE)
        elif word in _REQUIRED:
            found.weaken(Modality.REQUESTED)
            found.required = token

    def _adverbs(self, token: int, found: Circumstances) -> None:
        tree = self._tree
        for child in tree.children[token]:
            word, dep = tree.lowers[child], tree.deps[child]
            if word in _SAYS_SO and dep in ("advmod", "amod"):
                found.said.append(Said((), child))
            elif word == "according" and dep == "prep":
                inner = tree.child(child, "prep")
                speaker = tree.child(inner, "pobj") if inner is not None else None
                found.said.append(Said(self._grammar.members(speaker) if speaker is not None else (), child))
            elif dep == "parataxis" and tree.lemmas[child] in _SPEAKING:
                found.said.append(Said(self._grammar.logical_subjects(child)[0], child))

    def _edge(self, token: int, head: int, found: Circumstances, asserted: bool, below_light: bool) -> bool:
        """Apply the governor at `head`, if there is one; whether what is above still counts for the act."""
        tree = self._tree
        dep = tree.deps[token]
        if dep == "conj":
            return asserted
        if below_light and dep in ("prep", "pobj"):
            return asserted
        governed, place = self._place(token, head)
        governor = self._lookup(governed, place) if place else None
        if governor is not None:
            if asserted:
                found.apply(governed, governor)
            if "said" in governor.effects and tree.pos[governed] != "ADP":
                found.said.append(Said(self._speakers(governed), governed))
            return asserted and "fact" not in governor.effects
        if dep in ("relcl", "appos", "acl", "advcl", "parataxis"):
            if asserted and dep == "advcl":
                self._adverbial(token, found)
            return False
        if dep == "pcomp" and tree.lowers[head] == "without" and asserted:
            found.negated = not found.negated
            return False
        if dep in ("nsubj", "nsubjpass", "csubj"):
            return asserted and tree.lemmas[head] in _HAPPENING
        if dep == "ccomp" and place == "that+":
            # A verb with a clause that no lexicon knows: most are of saying.
            return False
        if dep in ("dobj", "attr", "nsubjpass", "oprd"):
            # A verb that does not make its object happen takes it for a fact: "will condemn the attack".
            return asserted and below_light
        return asserted and dep in ("xcomp", "ccomp", "acomp", "dep")

    def _adverbial(self, token: int, found: Circumstances) -> None:
        tree = self._tree
        marks = {tree.lowers[child] for child in tree.children[token] if tree.deps[child] in ("aux", "mark")}
        if "to" in marks and tree.tags[token] == "VB":
            found.purpose = found.modality is Modality.ACTUAL
            found.weaken(Modality.PLANNED)

    def _place(self, token: int, head: int) -> tuple[int, str]:
        tree = self._tree
        dep = tree.deps[token]
        if dep in ("xcomp", "ccomp", "advcl", "acl", "csubj"):
            words = {tree.lowers[child] for child in tree.children[token] if tree.deps[child] in ("aux", "mark")}
            if tree.lemmas[head] in _VISITING and tree.child(head, "dobj") is not None:
                return head, ""
            if ("to" in words and tree.tags[token] in ("VB", "VBN")) or ("to" in words and tree.pos[token] == "AUX"):
                return head, "to+"
            if dep == "xcomp" and tree.tags[token] == "VBG":
                return head, "ing+"
            return head, "" if dep == "advcl" or (tree.tags[token] == "VBN" and dep == "acl") else "that+"
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
        if pos in ("VERB", "AUX"):
            particle = self._grammar.particle(token)
            with_particle = self._governors.get(("verb", f"{lemma}_{particle}", place)) if particle else None
            if place == "obj" and with_particle is None and not particle:
                return self._governors.get(("verb", lemma, place))
            return with_particle or self._governors.get(("verb", lemma, place))
        part = "adj" if pos == "ADJ" else "noun"
        return self._governors.get((part, lemma, place))

    def _speakers(self, governor: int) -> tuple[int, ...]:
        tree = self._tree
        if tree.pos[governor] in ("VERB", "AUX"):
            return self._grammar.logical_subjects(governor)[0]
        return self._grammar.owners(governor)

    def _set_tense(self, found: Circumstances) -> None:
        if found.modality in (Modality.PLANNED, Modality.REQUESTED):
            found.tense = Tense.FUTURE
        for token in found.chain:
            if found.tense is not None:
                return
            found.tense = tense_of(self._tree, token)
        found.tense = found.tense or Tense.PAST


_HAPPENING = frozenset(
    "take occur happen begin start end continue be resume proceed follow collapse fail stall".split()
)
