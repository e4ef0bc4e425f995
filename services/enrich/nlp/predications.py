"""Predications: each verb, event noun or adjective that a frame may have as its head, with its arguments by place.

Places are those of the frames' notation: subj, obj, iobj, a preposition ("on"), a clause ("to+", "of ing+").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from services.enrich.nlp.frames import PARTICLE_OBJECT, FrameLexicon
from services.enrich.nlp.grammar import PARTICLES, Grammar

# Verbs that say no more of an event noun than that it happened: their subject is its agent,
_LIGHT = frozenset(
    "hold launch carry conduct stage mount make issue give impose reach open begin start resume continue lead host sign"
    " take pursue undertake perform commit deliver offer provide send have do enter seal strike conclude secure clinch"
    " extend express voice convey lodge file wage stage organise organize plan order announce unveil declare render"
    " place put exert step intensify escalate renew pay bring lay engage join attend direct execute orchestrate"
    " mastermind level utter present submit repeat reiterate grant allocate initiate institute enforce implement adopt"
    " approve slap press push maintain keep suspend cancel end halt postpone call propose go demand"
    " seek arrange schedule say use threaten".split()
)
# or the one it happens to.
_SUFFERED = frozenset(
    "receive face suffer undergo get draw win attract incur sustain survive escape withstand endure earn obtain".split()
)
_SUPPORTING = _LIGHT | _SUFFERED
_BEING_IN = _LIGHT | {"be", "remain", "stay"}
_NAMES = frozenset({"DATE", "TIME", "PERSON", "GPE", "MONEY", "CARDINAL", "ORDINAL", "WORK_OF_ART", "PRODUCT"})
MOVING = frozenset("be travel go come fly arrive meet gather head visit return land convene assemble leave sit".split())
_FIXED = frozenset("addition fact response order accordance line case turn time addition general particular".split())
# Who acts in a compound: "a rebel attack" is theirs; "a prisoner swap" is not the prisoner's.
_DOERS = frozenset(
    "rebel army police government militia militant guerrilla insurgent opposition soldier separatist extremist"
    " terrorist gang cartel mob navy commando regime military jihadist islamist".split()
)
_UNDER = frozenset({"under"})
_UNDER_VERBS = frozenset({"come", "be", "remain", "fall", "stay"})


@dataclass(slots=True)
class Predication:
    """A head with its arguments; `how` says for each place by what construction it was found."""

    head: int
    part: str
    lemmas: tuple[str, ...]
    args: dict[str, tuple[int, ...]] = field(default_factory=dict)
    how: dict[str, str] = field(default_factory=dict)
    light: int | None = None
    more: dict[str, list[tuple[int, ...]]] = field(default_factory=dict)

    def put(self, place: str, tokens: tuple[int, ...], how: str) -> None:
        """Set a place; what comes when it is taken is kept for slots that the first does not fit."""
        if tokens and place not in self.args:
            self.args[place] = tokens
            self.how[place] = how
        elif tokens:
            self.more.setdefault(place, []).append(tokens)


def predications(grammar: Grammar, lexicon: FrameLexicon) -> Iterator[Predication]:
    """All of a text whose heads the lexicon knows, in the order of the text."""
    tree = grammar.tree
    for token, part in enumerate(tree.pos):
        lemma = tree.lemmas[token]
        if part == "VERB" and lemma in lexicon.first_words and tree.deps[token] != "amod":
            yield verbal(grammar, token)
        elif part == "AUX" and lemma == "be" and tree.deps[token] not in ("aux", "auxpass"):
            yield verbal(grammar, token)
        elif part in ("NOUN", "PROPN") and not _is_name(grammar, token):
            names = _compound_lemmas(grammar, token)
            known = tuple(name for name in names if lexicon.of("noun", name))
            if known and tree.deps[token] != "compound":
                yield nominal(grammar, token, known)
        elif part == "ADJ" and lexicon.of("adj", lemma):
            yield adjectival(grammar, token)


def _is_name(grammar: Grammar, noun: int) -> bool:
    """Whether the noun is in a name or a date: March 27, John Battle."""
    entity = grammar.tree.entity[noun]
    return entity >= 0 and grammar.tree.entities[entity][0] in _NAMES


def verbal(grammar: Grammar, verb: int) -> Predication:
    """A verb's arguments."""
    tree = grammar.tree
    lemma, particle = tree.lemmas[verb], grammar.particle(verb)
    made = Predication(verb, "verb", (f"{lemma}_{particle}", lemma) if particle else (lemma,))
    subjects, how = grammar.logical_subjects(verb)
    made.put("subj", subjects, how)
    after = verb + 1
    if not particle and after < len(tree) and tree.heads[after] == verb and tree.deps[after] == "prep":
        # "closed down a charity": taken for a preposition, it may be a particle all the same.
        inner = tree.child(after, "pobj")
        if inner is not None and tree.child(verb, "dobj") is None and tree.lowers[after] in PARTICLES:
            made.lemmas = (f"{lemma}_{tree.lowers[after]}", lemma)
            made.put(PARTICLE_OBJECT, grammar.members(inner), "object of the particle")
    objects, how = grammar.logical_objects(verb)
    indirect = grammar.indirect_objects(verb)
    if indirect == objects:
        objects = ()
    made.put("obj", objects, how)
    made.put("iobj", indirect, "indirect object")
    if not objects:
        _clause_subject(grammar, verb, made)
    _prepositions(grammar, verb, made, grammar.passive(verb))
    _clauses(grammar, verb, made)
    surface = ("dobj", "attr", "nsubjpass") if grammar.passive(verb) else ("dobj", "attr")
    for object_ in tree.children_by(verb, *surface):
        # "imposed sanctions on Iran": the parser may hang the phrase on either.
        _prepositions(grammar, object_, made, False, "of the object")
        _clauses(grammar, object_, made)
    return made


def _clause_subject(grammar: Grammar, verb: int, made: Predication) -> None:
    """Of "allowed the leader to return" the parser makes one clause; who is allowed is the object."""
    tree = grammar.tree
    for clause in tree.children_by(verb, "ccomp"):
        subject = tree.child(clause, "nsubj", "nsubjpass")
        infinitive = any(tree.deps[child] == "aux" and tree.lowers[child] == "to" for child in tree.children[clause])
        if subject is not None and (infinitive or tree.lemmas[verb] in ("let", "make", "help", "see")):
            made.put("obj", grammar.members(subject), "subject of the infinitive")


def nominal(grammar: Grammar, noun: int, lemmas: tuple[str, ...]) -> Predication:
    """An event noun's arguments, its light verb's included."""
    tree = grammar.tree
    made = Predication(noun, "noun", lemmas)
    owner = tree.child(noun, "poss")
    if owner is not None and tree.tags[owner] != "PRP$":
        made.put("subj", grammar.members(owner), "possessor")
    for preposition in tree.children_by(noun, "prep", "agent"):
        if tree.lowers[preposition] == "by":
            inner = tree.child(preposition, "pobj")
            if inner is not None:
                made.put("subj", grammar.members(inner), "by")
    _prepositions(grammar, noun, made, False)
    _clauses(grammar, noun, made)
    for child in tree.children_by(noun, "amod", "compound", "nmod"):
        if tree.entity[child] >= 0 and tree.entities[tree.entity[child]][0] in ("GPE", "NORP", "ORG", "PERSON"):
            made.put("subj", tuple(tree.conjuncts(child)), "modifier")
    for child in tree.children_by(noun, "acl", "prep"):
        if tree.lowers[child] in ("involving", "including"):
            inner = tree.child(child, "dobj", "pobj")
            if inner is not None:
                made.put("involving", grammar.members(inner), "involving")
    _light_verb(grammar, noun, made)
    for child in tree.children_by(noun, "compound", "nmod"):
        if tree.lemmas[child] in _DOERS:
            made.put("subj", (child,), "modifier")
    if owner is not None:
        made.put("subj", (owner,), "possessor")
    return made


def adjectival(grammar: Grammar, adjective: int) -> Predication:
    """An adjective's arguments: whom it is said of, and its prepositions."""
    tree = grammar.tree
    made = Predication(adjective, "adj", (tree.lemmas[adjective],))
    head = tree.heads[adjective]
    if tree.deps[adjective] == "acomp":
        made.put("subj", grammar.surface(head)[0], "subject")
        _prepositions(grammar, head, made, False)
    elif tree.deps[adjective] == "amod":
        made.put("subj", grammar.members(head), "modifier")
    _prepositions(grammar, adjective, made, False)
    _clauses(grammar, adjective, made)
    return made


def _light_verb(grammar: Grammar, noun: int, made: Predication) -> None:
    tree = grammar.tree
    first = noun
    while tree.deps[first] == "conj":
        first = tree.heads[first]
    verb, dep, light = tree.heads[first], tree.deps[first], _SUPPORTING
    if dep == "pobj" and tree.lowers[verb] in _UNDER and tree.lemmas[tree.heads[verb]] in _UNDER_VERBS:
        made.light = tree.heads[verb]
        made.put("obj", grammar.surface(made.light)[0], "came under")
        _prepositions(grammar, made.light, made, False, "of the light verb")
        made.put("subj", made.args.get("from", ()), "from")
        return
    if dep == "pobj" and tree.lowers[verb] == "for" and (mover := _mover(grammar, verb)) is not None:
        # "flew to Oslo for talks with"
        made.light = mover
        made.put("subj", grammar.surface(mover)[0], "went for it")
        _prepositions(grammar, mover, made, False, "of the light verb")
        return
    if dep == "pobj" and tree.lowers[verb] in ("into", "in", "on") and tree.lemmas[tree.heads[verb]] in _BEING_IN:
        # "entered into an agreement with", "went on a visit to", "is in talks with"
        dep, verb, light = "dobj", tree.heads[verb], _BEING_IN
    if dep not in ("dobj", "nsubjpass", "attr") and not (dep == "nsubj" and grammar.passive(verb)):
        return
    lemma = tree.lemmas[verb]
    if tree.pos[verb] not in ("VERB", "AUX") or lemma not in light:
        return
    made.light = verb
    subjects, how = grammar.logical_subjects(verb)
    if lemma in _SUFFERED:
        made.put("obj", subjects, f"{lemma} it")
    else:
        made.put("subj", subjects, f"{lemma} it" if how != "by" else "by")
    _prepositions(grammar, verb, made, grammar.passive(verb), "of the light verb")
    if lemma in _SUFFERED:
        made.put("subj", made.args.get("from", ()), "from")
    made.put("iobj", grammar.indirect_objects(verb), "of the light verb")


def _mover(grammar: Grammar, preposition: int) -> int | None:
    """The verb of motion or being somewhere that a "for" phrase belongs to, also where it hangs on the place."""
    tree = grammar.tree
    token = tree.heads[preposition]
    for _ in range(4):
        if tree.pos[token] in ("VERB", "AUX"):
            return token if tree.lemmas[token] in MOVING else None
        if tree.deps[token] not in ("pobj", "prep", "advmod", "npadvmod"):
            return None
        token = tree.heads[token]
    return None


def _prepositions(grammar: Grammar, head: int, made: Predication, passive: bool, how: str = "") -> None:
    tree = grammar.tree
    later: list[tuple[str, tuple[int, ...]]] = []
    heads = [head, *tree.children_by(head, "advmod", "prt", "oprd")]
    for child in [child for above in heads for child in tree.children_by(above, "prep", "dative", "agent")]:
        word = tree.lowers[child]
        if tree.pos[child] not in ("ADP", "SCONJ", "VERB", "ADV") or (word == "by" and passive) or word == "according":
            continue
        inner = tree.child(child, "pobj")
        if inner is not None:
            if _is_time(grammar, inner) or tree.lemmas[inner] in _FIXED:
                later.append((word, grammar.members(inner)))
            else:
                made.put(word, grammar.members(inner), how or word)
            # "talks with Iran in Oslo on sanctions": phrases hang on each other as often as on the head.
            for nested in tree.children_by(inner, "prep"):
                deeper = tree.child(nested, "pobj")
                if deeper is not None and (tree.lowers[nested] != "of" or made.part == "verb"):
                    later.append((tree.lowers[nested], grammar.members(deeper)))
        gerund = tree.child(child, "pcomp")
        if gerund is not None:
            made.put(f"{word} ing+", (gerund,), how or word)
        for below in tree.children_by(child, "prep"):
            deeper = tree.child(below, "pobj")
            if deeper is not None:
                # "pulled out of talks with Iran"
                made.put(tree.lowers[below], grammar.members(deeper), how or word)
                _prepositions(grammar, deeper, made, False, "nested")
    for word, tokens in later:
        made.put(word, tokens, how or "nested")


def _is_time(grammar: Grammar, noun: int) -> bool:
    """Whether it tells when: such a phrase leaves its place to another with the same preposition."""
    entity = grammar.tree.entity[noun]
    return entity >= 0 and grammar.tree.entities[entity][0] in ("DATE", "TIME")


def _clauses(grammar: Grammar, head: int, made: Predication) -> None:
    tree = grammar.tree
    for child in tree.children_by(head, "xcomp", "ccomp", "advcl", "acl"):
        if tree.pos[child] not in ("VERB", "AUX"):
            continue
        marks = {tree.lowers[below] for below in tree.children[child] if tree.deps[below] in ("aux", "mark")}
        if "to" in marks and tree.tags[child] == "VB":
            made.put("to+", (child,), "infinitive")
        elif tree.deps[child] in ("xcomp", "ccomp") and tree.tags[child] == "VBG":
            made.put("ing+", (child,), "gerund")
        elif tree.deps[child] == "ccomp" or (tree.deps[child] == "acl" and tree.tags[child] not in ("VBG", "VBN")):
            made.put("that+", (child,), "clause")


def _compound_lemmas(grammar: Grammar, noun: int) -> tuple[str, ...]:
    """Both "air_strike" and "strike" for "air strike"; the longer first."""
    tree = grammar.tree
    parts = [
        child for child in tree.children[noun] if tree.deps[child] in ("compound", "amod", "nmod") and child < noun
    ]
    last = tree.lemmas[noun]
    names = [f"{tree.lemmas[part]}_{last}" for part in reversed(parts)]
    return (*names, last)
