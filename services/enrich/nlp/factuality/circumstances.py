"""How an act stands to fact, by a walk from its predicate up to the root: polarity, modality, tense, who says so."""

from __future__ import annotations

from dataclasses import replace

from schemas.events import Modality, Tense
from services.enrich.nlp.acts.arguments import Predication
from services.enrich.nlp.factuality.governing import Governing, is_cut, is_of_a_first, is_what_for
from services.enrich.nlp.factuality.governors import Governor, Governors
from services.enrich.nlp.factuality.hearsay import Hearsay
from services.enrich.nlp.factuality.laws import provide, provide_at_verb
from services.enrich.nlp.factuality.standing import Circumstances, Said
from services.enrich.nlp.factuality.tense import tense_of
from services.enrich.nlp.factuality.verb_words import (
    is_condition,
    is_negated,
    is_no_quality,
    is_none,
    is_present,
    is_to_come,
    is_wanted,
    read_verb,
)  # fmt: skip
from services.enrich.nlp.syntax.grammar import Grammar
from services.enrich.nlp.syntax.objects import is_suffered
from services.enrich.nlp.syntax.tree import VERBAL

# Who goes somewhere to do something is told to have done it, and what is done to protest or to thank does so.
_GOING = frozenset(
    "go come travel fly arrive return gather march rally assemble meet convene visit troop drive sail turn take use"
    " flock unite join summon call phone telephone".split()
)
_TELLING = frozenset(
    "protest demand condemn denounce mark show express thank congratulate support oppose honour honor criticise"
    " criticize commemorate celebrate mourn".split()
)
_WANTING = frozenset({"want", "wish", "like", "love", "prefer", "hope", "long"})
# In "rejected their demand" the demand was made.
_WORDS = frozenset(
    "request call demand appeal plea petition offer proposal threat warning accusation allegation charge criticism"
    " complaint invitation claim order ultimatum motion".split()
)
_PROPOSED = frozenset("request call demand appeal plea petition offer proposal invitation motion".split())
_OPEN = frozenset({"possible", "future"})
_KEPT_OPEN = frozenset({"rule_out", "exclude"})
# "an attack blamed on the rebels" is theirs by what somebody says.
_WHILE = frozenset({"during", "at"})
_PINNED = frozenset({"blame", "attribute"})
_STILL_TO_COME = {"once": Modality.HYPOTHETICAL, "until": Modality.HYPOTHETICAL, "till": Modality.HYPOTHETICAL,
                  "before": Modality.PLANNED, "after": Modality.PLANNED, "when": Modality.PLANNED}  # fmt: skip
_HAPPENING = frozenset(
    "take occur happen begin start end continue be resume proceed follow collapse fail stall".split()
)


class Walker:
    """Walks up from predicates of one text."""

    def __init__(self, grammar: Grammar, governors: Governors) -> None:
        self._grammar, self._tree, self._governors = grammar, grammar.tree, governors
        self._hearsay, self._governing = Hearsay(grammar, governors), Governing(grammar, governors)

    def circumstances(self, predication: Predication) -> Circumstances:
        """Of one predication."""
        found = Circumstances()
        tree = self._tree
        token = predication.head
        light = predication.light
        asserted = True  # until a clause that is not what the sentence above it says
        below = token
        other: tuple[int, int] | None = None  # a clause about somebody else, and the one that it is joined to
        if predication.part == "noun":
            self._of_noun(token, found)
        elif predication.part == "adj":
            self._of_adjective(token, found)
        for _ in range(len(tree)):
            if asserted:
                found.chain.append(token)
                if tree.pos[token] in VERBAL:
                    read_verb(tree, token, below, found)
                    provide_at_verb(self._tree, token, found)
            self._hearsay.beside(token, found, asserted=asserted, below=below if below != token else -1)
            head = tree.heads[token]
            if head == token:
                break
            if tree.deps[token] == "conj" and self._is_of_somebody_else(token):
                other = other or (head, token)
            below_light = light is not None and token != light
            if token == light:
                light = None
            asserted = self._edge(token, head, found, asserted, below_light)
            below, token = token, head
        self._set_tense(found)
        if other is not None:
            # In "It fell, he said, and France fled" he says nothing of France.
            found.said = [said for said in found.said if not other[0] < said.cue < other[1]]
        found.said.reverse()
        return found

    def _is_of_somebody_else(self, clause: int) -> bool:
        subject = self._tree.child(clause, "nsubj", "nsubjpass")
        return subject is not None and self._tree.pos[subject] != "PRON"

    def _of_noun(self, noun: int, found: Circumstances) -> None:
        tree = self._tree
        found.negated = is_none(tree, noun)
        for child in tree.children[noun]:
            governor = self._governors.get(("adj", tree.lemmas[child], "noun"))
            if governor is None and tree.tags[child] in ("VBN", "VBG"):
                governor = self._governors.get(("adj", tree.lowers[child], "noun"))
            if governor is not None and tree.deps[child] in ("amod", "compound", "nmod"):
                found.apply(child, governor)
                if "said" in governor.effects:
                    found.say(Said((), child))
            elif tree.deps[child] == "acl" and tree.lemmas[child] in _PINNED:
                found.say(Said(self._grammar.logical_subjects(child)[0], child))
        above = tree.heads[noun]
        within = tree.deps[noun] == "pobj" and tree.lowers[above] in _WHILE
        if within and any(tree.lowers[child] == "will" for child in tree.children_by(tree.heads[above], "aux")):
            # "will speak during a meeting this evening": it is to come as well.
            found.weaken(Modality.PLANNED)
        if tree.deps[noun] in ("dobj", "nsubjpass") and tree.lemmas[above] in _PINNED:
            found.say(Said(self._grammar.logical_subjects(above)[0], above))

    def _of_adjective(self, adjective: int, found: Circumstances) -> None:
        """In "is due in Oslo" and "is ready for talks" the adjective itself tells what is to come."""
        governor = self._governors.get(("adj", self._tree.lemmas[adjective], "to+"))
        if governor is not None and "planned" in governor.effects:
            found.apply(adjective, governor)

    def _edge(self, token: int, head: int, found: Circumstances, asserted: bool, below_light: bool) -> bool:
        """Apply the governor at `head`, if there is one; whether what is above still counts for the act."""
        tree = self._tree
        dep = tree.deps[token]
        if dep == "conj":
            self._joined(token, head, found)
            return asserted
        if below_light and dep in ("prep", "pobj"):
            return asserted
        governed, place, governor = self._governing.find(token, head)
        if governor is not None and is_cut(tree, found.chain[0], governed):
            return False
        if governor is not None:
            return self._governed(token, governed, place, governor, found, asserted)
        if dep in ("relcl", "appos", "acl", "advcl", "parataxis"):
            if dep == "advcl" and is_condition(tree, token) and tree.child(head, "ccomp") is not None:
                self._said_of_both(head, found)
            return asserted and dep in ("acl", "advcl", "relcl") and self._adverbial(token, found)
        if dep == "pcomp" and asserted:
            return self._after_preposition(head, found)
        if dep == "prep" and (tree.child(token, "pcomp") is not None or found.is_under(head)):
            return asserted  # "could stop it by leaving", "a proposal for talks"
        if is_what_for(tree, token):
            return asserted
        if dep in ("nsubj", "nsubjpass", "csubj"):
            return asserted and tree.lemmas[head] in _HAPPENING
        if dep == "ccomp" and place == "that+":
            # A verb with a clause that no lexicon knows: most are of saying; not "will have them arrested".
            return asserted and tree.lemmas[head] == "have" and is_suffered(tree, token)
        if dep in ("dobj", "attr", "nsubjpass", "oprd"):
            # A verb that does not make its object happen takes it for a fact: "will condemn the attack".
            return asserted and (below_light or tree.child(head, "expl") is not None)  # "there will be no talks"
        if place == "to+" and asserted:
            provide(self._grammar, head, found)
        return asserted and dep in ("xcomp", "ccomp", "acomp", "dep")

    def _governed(
        self, token: int, governed: int, place: str, governor: Governor, found: Circumstances, asserted: bool
    ) -> bool:
        """The effects of a governor, as its own words and the place have them."""
        tree, effects = self._tree, governor.effects
        saying = "said" in effects and tree.pos[governed] != "ADP"
        denied = tree.pos[governed] in VERBAL and is_negated(tree, governed)
        if asserted:
            if governor.lemma in _KEPT_OPEN and denied:
                found.governors.append((governed, replace(governor, effects=_OPEN)))
                found.weaken(Modality.POSSIBLE)
                found.tense = found.tense or Tense.FUTURE
                if place == "that+":
                    found.say(Said(self._governing.speakers(governed, place), governed))
                return False
            if place == "obj" and tree.lemmas[token] in _WORDS and effects & {"negated", "possible"}:
                if tree.lemmas[token] in _PROPOSED and not effects & {"possible", "said"} and token != found.chain[0]:
                    found.apply(governed, governor)  # "rejected a proposal to ban it"
                return False
            if place == "to+" and self._is_unlike(token, governed, governor, found):
                return True
            if place == "that+" and "requested" in effects and not is_wanted(tree, token):
                return False  # "asked how it came to attack"
            if saying and denied:
                # Who does not deny it, says nothing; who does not say so, leaves it open.
                found.governors.append((governed, governor))
                found.weaken(Modality.POSSIBLE)
                return False
            found.apply(governed, governor)
            if (tree.pos[governed] == "NOUN" and is_none(tree, governed)) or is_no_quality(tree, governed):
                found.negated = not found.negated
            provide(self._grammar, governed, found)
        elif place == "obj" and "negated" in effects and found.said and found.said[-1].cue == token and not denied:
            found.negated, saying = not found.negated, True  # "rejected a claim that it fled"
        if saying:
            self._hearsay.cited(governed, found)
            self._hearsay.say(governed, self._governing.speakers(governed, place), found)
            return False
        return asserted and "fact" not in effects

    def _is_unlike(self, token: int, governed: int, governor: Governor, found: Circumstances) -> bool:
        """Whether a verb with an infinitive does not mean what its governor says: "has yet to", "wants him to"."""
        tree = self._tree
        another = self._is_of_another(token, governed)
        if any(tree.lowers[child] == "yet" for child in tree.children[governed]) and governor.lemma in ("have", "be"):
            found.negated = not found.negated
            found.tense = Tense.PAST
        elif governor.lemma == "have" and tree.tags[governed] == "VBD":
            pass  # "had to withdraw": it did
        elif governor.lemma in _WANTING and another:
            found.governors.append((governed, governor))
            found.weaken(Modality.REQUESTED)
        elif governor.lemma == "expect" and another and not self._grammar.passive(governed):
            found.governors.append((governed, governor))
            found.serve()
            found.say(Said(self._governing.speakers(governed, "to+"), governed))
        else:
            return False
        return True

    def _is_of_another(self, infinitive: int, verb: int) -> bool:
        """Whether who is to act is not who wants it."""
        tree = self._tree
        return bool(tree.children_by(verb, "dobj") or tree.children_by(infinitive, "nsubj", "nsubjpass"))

    def _after_preposition(self, preposition: int, found: Circumstances) -> bool:
        """What a gerund is by its preposition; whether it shares how the verb above stands to fact."""
        tree = self._tree
        word, verb = tree.lowers[preposition], tree.heads[preposition]
        if word == "without" or (word == "of" and tree.lowers[preposition - 1] == "instead"):
            found.negated = not found.negated
        elif word in ("by", "in", "through"):
            return tree.pos[verb] in VERBAL
        elif word in ("before", "after"):
            return tree.tags[verb] == "VB"  # "will consult them before striking"
        return False

    def _joined(self, token: int, head: int, found: Circumstances) -> None:
        """In "It fled, the army said, but it will return" the army says both."""
        tree = self._tree
        if tree.pos[head] not in VERBAL or tree.deps[head] == "conj":
            return
        subject = tree.child(token, "nsubj", "nsubjpass")
        if subject is None or tree.tags[subject] != "PRP":
            return
        if (clause := tree.child(head, "ccomp")) is not None and clause < head:
            self._said_of_both(head, found)

    def _said_of_both(self, verb: int, found: Circumstances) -> None:
        """What hangs on a verb of saying, rather than on what is said: "Had it fled, he said, we would have won"."""
        governor = self._governors.get(("verb", self._tree.lemmas[verb], "that+"))
        if governor is not None and "said" in governor.effects:
            found.say(Said(self._governing.speakers(verb, "that+"), verb))

    def _adverbial(self, token: int, found: Circumstances) -> bool:
        """Add what a clause is to the one it hangs on; whether they share how they stand to fact."""
        tree = self._tree
        head = tree.heads[token]
        marks = {tree.lowers[child] for child in tree.children[token] if tree.deps[child] in ("aux", "mark", "advmod")}
        if "to" in marks and tree.tags[token] == "VB":
            if tree.pos[head] not in VERBAL:
                if is_of_a_first(tree, head):
                    return True
                found.serve()
                return False
            if tree.lemmas[head] in _GOING or tree.lemmas[token] in _TELLING:
                return True
            if self._governing.promised(head):
                found.weaken(Modality.PLANNED)
                return True
            found.serve()
        elif tree.deps[token] == "advcl" and is_present(tree, token):
            for mark in marks & _STILL_TO_COME.keys():
                if is_to_come(tree, head):
                    found.purpose = found.purpose or found.modality is Modality.ACTUAL
                    found.weaken(_STILL_TO_COME[mark])
                    found.tense = Tense.FUTURE
        return False

    def _set_tense(self, found: Circumstances) -> None:
        tree = self._tree
        if found.tense is None and found.modality in (Modality.PLANNED, Modality.REQUESTED):
            found.tense = Tense.FUTURE
        for token in found.chain:
            if found.tense is not None:
                return
            unreal = found.modality is Modality.HYPOTHETICAL and tree.tags[token] == "VBD"
            if unreal and is_to_come(tree, tree.heads[token]):
                found.tense = Tense.FUTURE  # "if it fell, they would ..."
            else:
                found.tense = tense_of(tree, token, reported=bool(found.said), supposed=found.modality)
        found.tense = found.tense or Tense.PAST
