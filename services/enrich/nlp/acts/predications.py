"""Which words of a text a frame may have as its head, and the arguments of each: verbs, event nouns, adjectives."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from services.enrich.nlp.acts.arguments import Predication, clauses, prepositions
from services.enrich.nlp.acts.blame import blamed
from services.enrich.nlp.acts.frames import PARTICLE_OBJECT, FrameLexicon
from services.enrich.nlp.acts.light_verbs import light_clause, light_verb
from services.enrich.nlp.acts.requested import answerers
from services.enrich.nlp.syntax.grammar import PARTICLES, Grammar
from services.enrich.nlp.syntax.tree import VERBAL, Tree

_NAMES = frozenset({"DATE", "TIME", "PERSON", "GPE", "MONEY", "CARDINAL", "ORDINAL", "WORK_OF_ART", "PRODUCT"})
_IN_PHRASES = {"order": "to", "recognition": "of"}
# Who acts in a compound: "a rebel attack" is theirs; "a prisoner swap" is not the prisoner's.
_DOERS = frozenset(
    "rebel army police government militia militant guerrilla insurgent opposition soldier separatist extremist"
    " terrorist gang cartel mob navy commando regime military jihadist islamist".split()
)


def predications(
    grammar: Grammar, lexicon: FrameLexicon, public: Collection[int] | None = None
) -> Iterator[Predication]:
    """All of a text whose heads the lexicon knows, in the order of the text.

    Of sentences that are not in `public`, only those whose frames may hold with nobody of public life.
    """
    tree = grammar.tree
    for number, (begin, end) in enumerate(tree.sentences):
        private = public is not None and number not in public
        first_words = lexicon.private_first_words if private else lexicon.first_words
        last_words = lexicon.private_last_words if private else lexicon.last_words
        for token in range(begin, end):
            part, lemma = tree.pos[token], tree.lemmas[token]
            if part in VERBAL:
                if (lemma in first_words or (lemma == "be" and not private)) and _heads_clause(tree, token):
                    yield verbal(grammar, token)
            elif part in ("NOUN", "PROPN") and lemma in last_words and not _is_name(grammar, token):
                names = _compound_lemmas(grammar, token)
                if private and not any(("noun", name) in lexicon.private for name in names):
                    continue
                known = tuple(name for name in names if lexicon.of("noun", name))
                if known and tree.deps[token] != "compound":
                    yield nominal(grammar, token, known)
            elif part == "ADJ" and lexicon.of("adj", lemma) and (not private or ("adj", lemma) in lexicon.private):
                yield adjectival(grammar, token)


def _heads_clause(tree: Tree, verb: int) -> bool:
    """Whether a verb or a "be" may be the head of a frame."""
    if tree.pos[verb] == "VERB":
        return tree.deps[verb] != "amod"
    return tree.lemmas[verb] == "be" and tree.deps[verb] not in ("aux", "auxpass")


def _is_name(grammar: Grammar, noun: int) -> bool:
    """Whether the noun is in a name or a date, or means nothing by itself: March 27, John Battle, "in order to"."""
    tree = grammar.tree
    after = _IN_PHRASES.get(tree.lowers[noun])
    if after is not None and tree.lowers[noun - 1] == "in" and tree.lowers[noun + 1 : noun + 2] == [after]:
        return True
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
    passive = grammar.passive(verb)
    prepositions(grammar, verb, made, passive)
    clauses(grammar, verb, made)
    surface = ("dobj", "attr", "nsubjpass") if passive else ("dobj", "attr")
    for object_ in tree.children_by(verb, *surface):
        # "imposed sanctions on Iran": the parser may hang the phrase on either.
        prepositions(grammar, object_, made, False, "of the object")
        clauses(grammar, object_, made)
    if "subj" not in made.args:
        # "convicted the man of torturing": who is charged with it did it.
        made.put("subj", blamed(grammar, verb), "charged with it")
    return made


def _clause_subject(grammar: Grammar, verb: int, made: Predication) -> None:
    """Of "allowed the leader to return" the parser makes one clause; who is allowed is the object."""
    tree = grammar.tree
    for clause in tree.children_by(verb, "ccomp", "xcomp"):
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
    made.put("on", suffered(grammar, noun), "target of it")
    prepositions(grammar, noun, made, False)
    clauses(grammar, noun, made)
    for child in tree.children_by(noun, "amod", "compound", "nmod"):
        if tree.entity[child] >= 0 and tree.entities[tree.entity[child]][0] in ("GPE", "NORP", "ORG", "PERSON"):
            made.put("subj", tuple(tree.conjuncts(child)), "modifier")
    for child in tree.children_by(noun, "acl", "prep"):
        if tree.lowers[child] in ("involving", "including"):
            inner = tree.child(child, "dobj", "pobj")
            if inner is not None:
                made.put("involving", grammar.members(inner), "involving")
    made.put("answered", answerers(grammar, noun), "answered it")
    light_verb(grammar, noun, made)
    light_clause(grammar, noun, made)
    for child in tree.children_by(noun, "compound", "nmod"):
        if tree.lemmas[child] in _DOERS:
            made.put("subj", (child,), "modifier")
    if owner is not None:
        made.put("subj", (owner,), "possessor")
    if "subj" not in made.args:
        made.put("subj", blamed(grammar, noun), "charged with it")
    return made


def suffered(grammar: Grammar, noun: int) -> tuple[int, ...]:
    """What "was the target of an air strike"."""
    tree = grammar.tree
    hit = tree.heads[tree.heads[noun]]
    if tree.deps[noun] != "pobj" or tree.lemmas[hit] not in ("target", "victim") or tree.deps[hit] != "attr":
        return ()
    return grammar.surface(tree.heads[hit])[0]


def adjectival(grammar: Grammar, adjective: int) -> Predication:
    """An adjective's arguments: whom it is said of, and its prepositions."""
    tree = grammar.tree
    made = Predication(adjective, "adj", (tree.lemmas[adjective],))
    head = tree.heads[adjective]
    if tree.deps[adjective] == "acomp":
        made.put("subj", grammar.surface(head)[0], "subject")
        prepositions(grammar, head, made, False)
    elif tree.deps[adjective] == "amod":
        made.put("subj", grammar.members(head), "modifier")
    prepositions(grammar, adjective, made, False)
    clauses(grammar, adjective, made)
    return made


def _compound_lemmas(grammar: Grammar, noun: int) -> tuple[str, ...]:
    """Both "air_strike" and "strike" for "air strike"; the longer first."""
    tree = grammar.tree
    last = tree.lemmas[noun]
    if not tree.children[noun]:
        return (last,)
    parts = [
        child for child in tree.children[noun] if tree.deps[child] in ("compound", "amod", "nmod") and child < noun
    ]
    names = [f"{tree.lemmas[part]}_{last}" for part in reversed(parts)]
    return (*names, last)
