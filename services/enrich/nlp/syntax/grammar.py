"""Who is subject and object of a verb, through voice, control, conjunction and relative clauses.

All functions answer with tokens that head a noun phrase, conjuncts included. The surface subject is what stands there;
the logical one is who acts: of a passive verb it is the "by" phrase, and the surface subject is the object.
"""

from __future__ import annotations

from services.enrich.nlp.syntax import objects
from services.enrich.nlp.syntax.agents import verb_with_agent
from services.enrich.nlp.syntax.tree import VERBAL, Tree

_SUBJECT = ("nsubj", "nsubjpass")
PARTICLES = frozenset("up down out off back away over aside apart in on through together forward ahead around".split())
# "promised Kenya to send": the subject sends; after other verbs with an object and an infinitive, the object does.
_SUBJECT_CONTROL = frozenset(
    {"promise", "threaten", "vow", "pledge", "summon", "call", "phone", "telephone", "visit", "meet"}
)
# Who has a plan, and who makes an attempt, is who acts in it; who foils one is not.
_HAVING = frozenset(
    "have make take announce declare reveal repeat renew reiterate issue give voice express state confirm launch lead"
    " begin start resume continue pursue propose draft prepare unveil outline present keep break fulfil fulfill honour"
    " honor hold reach sign seek win get receive reaffirm show deliver file release publish send write adopt pass"
    " circulate submit post".split()
)
# What is in them is said by who makes them: "filed a lawsuit accusing the police".
_SPEAKING_FOR = frozenset(
    "lawsuit suit complaint petition statement letter resolution motion message declaration communique note report"
    " speech tweet post editorial appeal decree bill indictment order".split()
)
_POINTS = frozenset({"verge", "brink", "cusp", "point", "process", "risk", "threshold", "eve"})
_ADDRESSING = frozenset({"call", "appeal", "prevail", "plead", "push"})
_ADDRESSED = frozenset({"on", "upon", "to", "for", "with"})
_QUANTITIES = frozenset(
    "hundred thousand million dozen score number group majority minority some many most all both several"
    " few one two three ten handful half part rest crowd team lot couple bulk pair series string wave"
    " range at more none ton tonne kilo litre liter barrel box crate truckload batch shipment percent"
    " round".split()
)
_MAX_STEPS = 12


class Grammar:
    """Answers about one text, each computed once."""

    def __init__(self, tree: Tree) -> None:
        """Nothing is computed before it is asked."""
        self.tree = tree
        self._surface: dict[int, tuple[tuple[int, ...], str]] = {}
        self._passive: dict[int, bool] = {}
        self._steps = 0
        self._gave_up = False

    def passive(self, verb: int) -> bool:
        """Whether the verb's surface subject is its logical object."""
        found = self._passive.get(verb)
        if found is not None:
            return found
        joined: list[int] = []
        while found is None and verb not in joined:
            found = self._passive[verb] if verb in self._passive else self._is_passive(verb)
            joined.append(verb)
            verb = self.tree.heads[verb]
        for one in joined:
            self._passive[one] = bool(found)
        return bool(found)

    def _is_passive(self, verb: int) -> bool | None:
        """None where it is as the verb to which it is joined."""
        tree = self.tree
        own = {tree.deps[child] for child in tree.children[verb]}
        if own & {"auxpass", "nsubjpass"} or objects.is_suffered(tree, verb):
            return True
        if tree.tags[verb] != "VBN" or "aux" in own or "nsubj" in own:
            return False
        dep, head = tree.deps[verb], tree.heads[verb]
        if dep in ("acl", "amod"):
            # "Mr Silva, called the president": a past tense that the parser took for a participle.
            return not any(tree.deps[child] == "dobj" for child in tree.children[verb])
        if dep == "conj" and tree.pos[head] in VERBAL:
            return None
        if dep in ("advcl", "ccomp", "xcomp", "dep", "ROOT", "parataxis", "pcomp", "relcl"):
            # "Backed by Russia, ..." and headlines: "Three killed in Mogadishu".
            return not any(tree.deps[child] == "dobj" for child in tree.children[verb])
        return False

    def surface(self, verb: int) -> tuple[tuple[int, ...], str]:
        """The surface subjects of a verb, and how they were found; none for an imperative."""
        found = self._surface.get(verb)
        if found is not None:
            return found
        if self._steps >= _MAX_STEPS:
            self._gave_up = True
            return (), ""
        # Seen again on the way up, it has no subject: parses of garbage may go round.
        self._surface[verb] = ((), "")
        gave_up, self._gave_up = self._gave_up, False
        self._steps += 1
        found = self._find_surface(verb)
        self._steps -= 1
        if self._gave_up:
            # Asked from nearer, it may have one.
            del self._surface[verb]
        else:
            self._surface[verb] = found
        self._gave_up |= gave_up
        return found

    def _find_surface(self, verb: int) -> tuple[tuple[int, ...], str]:
        tree = self.tree
        dep, head = tree.deps[verb], tree.heads[verb]
        subjects = tree.children_by(verb, *_SUBJECT)
        if subjects:
            # "The counsel Ana Silva declined": the parser takes both for subjects; the name is.
            own = subjects[-1]
            relative = tree.lowers[own] in objects.RELATIVE
            if relative and tree.tags[own] in ("WDT", "WP", "DT", "IN") and dep in ("relcl", "acl"):
                return self.members(head), "relative clause"
            if relative and dep in ("ccomp", "xcomp") and tree.deps[head] == "relcl":
                # "the rebels who the army said fired"
                return self.members(tree.heads[head]), "relative clause"
            if relative and dep == "conj" and tree.deps[head] in ("relcl", "acl"):
                return self.members(tree.heads[head]), "relative clause"
            return self.members(own), "passive subject" if self.passive(verb) else "subject"
        if head == verb or tree.child(verb, "csubj") is not None:
            return (), ""
        if dep in ("acl", "amod", "relcl"):
            if tree.tags[verb] == "VB" or dep == "relcl":
                return self.owners(head), "of the noun"
            owners = self.owners(head) if tree.lemmas[head] in _SPEAKING_FOR else ()
            return (owners, "of the noun") if owners else (self.members(head), "participle")
        if dep == "conj":
            return self.surface(head)
        if dep in ("xcomp", "ccomp", "advcl", "dep", "acomp"):
            return self._controlled(verb, head)
        if dep == "pcomp":
            return self._after_preposition(head)
        return (), ""

    def _controlled(self, verb: int, head: int) -> tuple[tuple[int, ...], str]:
        tree = self.tree
        if tree.pos[head] in VERBAL:
            if tree.tags[verb] == "VB" and tree.lemmas[head] in _ADDRESSING and tree.child(head, "dobj") is None:
                # "called on Iran to stop", "called for Iran to stop"
                addressed = next((c for c in tree.children_by(head, "prep") if tree.lowers[c] in _ADDRESSED), None)
                inner = tree.child(addressed, "pobj") if addressed is not None else None
                if inner is not None:
                    return self.members(inner), "object control"
            if tree.deps[verb] in ("xcomp", "ccomp") and tree.lemmas[head] not in _SUBJECT_CONTROL:
                object_ = tree.child(head, "dobj", "dative")
                if object_ is not None and tree.lowers[object_] in objects.RELATIVE and tree.deps[head] == "relcl":
                    # "the man who police say fired"
                    return self.members(tree.heads[head]), "relative clause"
                if object_ is not None and tree.pos[object_] != "ADP":
                    return self.members(object_), "object control"
            marked = tree.child(verb, "mark") is not None  # "was arrested while visiting Togo"
            if tree.deps[verb] == "advcl" and tree.tags[verb] == "VBG" and not marked and self.passive(head):
                # "was hit by a storm, killing thousands": the storm did.
                agents = self.logical_subjects(head)[0]
                if agents:
                    return agents, "control"
            return self.surface(head)[0], "control"
        if tree.pos[head] == "ADJ":
            return self._of_adjective(head)
        return self.owners(head), "of the noun"

    def _of_adjective(self, adjective: int) -> tuple[tuple[int, ...], str]:
        """Whom it is said of: "able to attack", "found him guilty of killing"."""
        tree = self.tree
        verb = tree.heads[adjective]
        if tree.deps[adjective] == "oprd":
            return self.logical_objects(verb)[0], "object control"
        if tree.deps[adjective] in ("amod", "appos", "relcl") or tree.pos[verb] not in VERBAL:
            return (self.members(verb), "modifier") if tree.pos[verb] in ("NOUN", "PROPN") else ((), "")
        return self.surface(verb)[0], "control"

    def _after_preposition(self, preposition: int) -> tuple[tuple[int, ...], str]:
        tree = self.tree
        governor = tree.heads[preposition]
        if tree.pos[governor] in VERBAL:
            object_ = tree.child(governor, "dobj")
            if object_ is not None and tree.lowers[preposition] in ("of", "from", "for", "with", "into"):
                return self.members(object_), "object control"
            return self.surface(governor)[0], "control"
        if tree.pos[governor] == "ADJ":
            return self._of_adjective(governor)
        if tree.pos[governor] == "ADV" and tree.pos[tree.heads[governor]] == "VERB":
            # "stopped short of attacking"
            return self.surface(tree.heads[governor])[0], "control"
        if tree.lemmas[governor] in _POINTS and tree.deps[governor] == "pobj":
            # "is on the verge of signing"
            verb = tree.heads[tree.heads[governor]]
            if tree.pos[verb] in VERBAL:
                return self.surface(verb)[0], "control"
        return self.owners(governor), "of the noun"

    def owners(self, noun: int) -> tuple[int, ...]:
        """Whose plan, decision or attempt it is."""
        tree = self.tree
        owner = tree.child(noun, "poss")
        if owner is not None:
            return self.members(owner)
        behind = self.behind(noun, "by", "of")
        if behind:
            return behind
        modifiers = [child for child in tree.children_by(noun, "amod", "compound", "nmod") if tree.entity[child] >= 0]
        if modifiers:
            return (modifiers[0],)
        verb = tree.heads[noun]
        if tree.deps[noun] in ("dobj", "attr") and tree.lemmas[verb] in _HAVING:
            return self.logical_subjects(verb)[0]
        return ()

    def behind(self, head: int, *prepositions: str) -> tuple[int, ...]:
        """What stands behind the first of these prepositions that hangs on a word and governs a noun."""
        tree = self.tree
        for preposition in tree.children_by(head, "prep", "agent"):
            if tree.lowers[preposition] in prepositions:
                inner = tree.child(preposition, "pobj")
                if inner is not None:
                    return self.members(inner)
        return ()

    def logical_subjects(self, verb: int) -> tuple[tuple[int, ...], str]:
        """Who acts."""
        if not self.passive(verb):
            return self.surface(verb)
        agents = self.behind(verb_with_agent(self.tree, verb), "by")
        if not agents and (host := objects.who_has_it_done(self.tree, verb)) is not None:
            return self.surface(host)[0], "control"
        return agents, "by" if agents else ""

    def logical_objects(self, verb: int, steps: int = 0) -> tuple[tuple[int, ...], str]:
        """Who or what is acted on: the direct object."""
        tree = self.tree
        own = objects.own_objects(tree, verb)
        if own:
            if tree.lowers[own[0]] in objects.RELATIVE and tree.deps[verb] == "relcl":
                return self.members(tree.heads[verb]), "relative clause"
            return self.members(own[0]), "object"
        if self.passive(verb):
            found, how = self.surface(verb)
            return found, how if how != "subject" else "passive subject"
        if (hidden := objects.hidden_object(tree, verb)) is not None:
            return self.members(hidden), "object"
        if tree.deps[verb] == "relcl" and self.surface(verb)[1] != "relative clause":
            open_ended = ("prep", "ccomp", "xcomp")
            if not any(tree.deps[child] in open_ended and not tree.children[child] for child in tree.children[verb]):
                return self.members(tree.heads[verb]), "relative clause"
        # "attacked and looted the shop": what follows the last verb is the object of all.
        for child in tree.children_by(verb, "conj") if steps < _MAX_STEPS else ():
            if tree.pos[child] == "VERB" and not tree.children_by(verb, "prep", "xcomp", "ccomp"):
                return self.logical_objects(child, steps + 1)[0], "shared object"
        return (), ""

    def indirect_objects(self, verb: int) -> tuple[int, ...]:
        """To whom it is given, where no preposition says so."""
        tree = self.tree
        dative = tree.child(verb, "dative")
        if dative is not None and tree.pos[dative] != "ADP":
            return self.members(dative)
        direct = tree.children_by(verb, "dobj")
        if len(direct) > 1:
            # "denied him a visa": the parser makes both direct objects.
            return self.members(direct[0])
        if self.passive(verb) and tree.child(verb, "dobj") is not None:
            return self.surface(verb)[0]
        return ()

    def members(self, noun: int) -> tuple[int, ...]:
        """The conjuncts of a noun phrase, and what a mere quantity is of: "hundreds of protesters" are protesters."""
        tree = self.tree
        found: list[int] = []
        if (meant := objects.antecedent(tree, noun)) != noun:
            return self.members(meant)
        for member in tree.conjuncts(noun):
            if tree.lemmas[member] in _QUANTITIES or tree.pos[member] == "NUM":
                preposition = next((c for c in tree.children_by(member, "prep") if tree.lowers[c] == "of"), None)
                inner = tree.child(preposition, "pobj") if preposition is not None else None
                if inner is not None:
                    # "one of the victims, Ana Silva"; "some of whom"
                    named = tree.child(inner, "appos") if tree.lowers[member] == "one" else None
                    found += self.members(inner) if named is None or tree.entity[named] < 0 else [named]
                    continue
            found.append(member)
        return tuple(found)

    def particle(self, verb: int) -> str | None:
        """The "out" of "carry out", also where the parser takes it for an adverb or a preposition without object."""
        tree = self.tree
        for child in tree.children[verb]:
            word = tree.lowers[child]
            if tree.deps[child] == "prt":
                return word
            adverbial = word in PARTICLES and child > verb and tree.deps[child] in ("advmod", "prep")
            if adverbial and not any(tree.deps[below] in ("pobj", "pcomp") for below in tree.children[child]):
                return word
        return None
