"""Acts that no single word carries: "will not ..." said of oneself, "must ..." or "was behind ..." said of another.

What speakers rule out for themselves is REJECT, whatever the verb; what they say that another must do is REQUEST; that
another is behind a misdeed, or to blame, is ACCUSE; that something is out of the question is REJECT.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from schemas.events import Modality, PloverType, Tense
from services.enrich.nlp.actors.resolve import Actors
from services.enrich.nlp.acts.arguments import Predication
from services.enrich.nlp.acts.fillers import Filler
from services.enrich.nlp.acts.frames import Frame, rule_frame
from services.enrich.nlp.acts.kinds import Kinds
from services.enrich.nlp.acts.matching import Match
from services.enrich.nlp.acts.predications import verbal
from services.enrich.nlp.acts.public_life import PublicLife
from services.enrich.nlp.acts.spoken import Spoken, behind_fillers, public_fillers
from services.enrich.nlp.factuality.circumstances import Walker
from services.enrich.nlp.factuality.standing import Circumstances
from services.enrich.nlp.factuality.verb_words import is_negated, is_none
from services.enrich.nlp.syntax.grammar import Grammar
from services.enrich.nlp.syntax.tree import Tree

_MISDEEDS = frozenset({"assault", "coerce", "crime", "disaster", "conflict", "protest"})
_OWN_FUTURE = frozenset({"will", "would", "wo", "shall"})
_TO_BLAME = frozenset({"responsible", "culpable", "guilty", "complicit", "liable"})
_NO_COMMENT = frozenset(
    "comment say name discuss disclose identify reveal elaborate specify confirm speculate describe detail tell explain"
    " speak know be have get see need want like mind matter happen".split()
)
# Who will not block or oppose it refuses nothing; who will not hesitate or stand idly by gives a warning.
_UNOPPOSED = frozenset("block oppose object stop prevent hinder impede obstruct interfere contest forget rest".split())
_WARNED = frozenset({"hesitate", "flinch"})
# What a speaker says will not be done, or that there will be none of, is refused where it is the speaker's to grant.
_GRANTED = frozenset(
    "hand give grant allow permit tolerate accept release withdraw lift pay sell surrender recognise recognize abandon"
    " change let return extradite admit invite renew extend forgive lecture bully intimidate dictate blackmail pressure"
    " cow deter lower raise reopen open reverse revoke amend scrap cede share spare consider negotiate discuss".split()
)
_GRANTS = frozenset(
    "apology talk negotiation compromise ceasefire truce concession recognition pardon amnesty exception withdrawal"
    " dialogue meeting summit referendum election deal change retreat surrender return extradition mercy bailout aid"
    " delay extension cooperation normalisation normalization".split()
)
_TARGETS = ("obj", "iobj", "to", "with", "from", "for", "in")


_REFUSAL = rule_frame(PloverType.REJECT, "S will not ...", "not", "120", "clauses.py")
_WARNING = rule_frame(PloverType.THREATEN, "S will not hesitate ...", "hesitate", "130", "clauses.py")
_BLAME = rule_frame(PloverType.ACCUSE, "S say that T is behind ...", "be", "112", "clauses.py")
_RULING_OUT = rule_frame(PloverType.REJECT, "S say that T is out of the question", "be", "120", "clauses.py")


def clause_matches(
    grammar: Grammar, actors: Actors, kinds: Kinds, public: PublicLife, walker: Walker, taken: Collection[int]
) -> Iterator[tuple[Match, Circumstances]]:
    """All of a text; a verb in `taken` has a frame, and needs no rule to be refused."""
    tree = grammar.tree
    for verb, lemma in enumerate(tree.lemmas):
        if lemma == "be" and tree.deps[verb] == "ccomp":
            frame = _verdict(grammar, kinds, verb)
            found = _said_of(frame, actors, public, walker, _with_clause(grammar, verb)) if frame is not None else None
            if found is not None:
                yield found
    for auxiliary, word in enumerate(tree.lowers):
        verb = tree.heads[auxiliary]
        if tree.deps[auxiliary] != "aux" or word not in _OWN_FUTURE:
            continue
        if grammar.passive(verb) or tree.lemmas[verb] == "be":
            denied = _denied(grammar, actors, public, walker, verb, taken)
            if denied is not None:
                yield denied
            continue
        if verb in taken:
            continue
        predication = verbal(grammar, verb)
        subjects = public_fillers(actors, public, predication.args.get("subj", ()))
        if not subjects or tree.lemmas[verb] in _NO_COMMENT | _UNOPPOSED or not _is_refused(grammar, verb, auxiliary):
            continue
        circumstances = walker.circumstances(predication)
        if circumstances.negated and circumstances.modality is Modality.PLANNED:
            yield _refusal(tree, actors, predication, subjects, circumstances)
    yield from Spoken(grammar, actors, public, walker).matches(taken)


def _is_refused(grammar: Grammar, verb: int, auxiliary: int) -> bool:
    """Whether the "not" is the verb's own, or that of a subject: "has not eaten and will sleep" refuses nothing."""
    tree = grammar.tree
    marks = {tree.lowers[mark] for mark in tree.children_by(verb, "mark", "advmod")}
    if tree.deps[verb] == "advcl" and marks & {"so", "that", "because"}:
        return False  # "locked it so that they would not fall"
    return is_negated(tree, verb) or any(tree.deps[word] == "neg" for word in tree.children[auxiliary])


def _denied(
    grammar: Grammar, actors: Actors, public: PublicLife, walker: Walker, verb: int, taken: Collection[int]
) -> tuple[Match, Circumstances] | None:
    """Of "said it would never be sold to Chad", "said there would be no talks": the speaker refuses it."""
    tree = grammar.tree
    if tree.lemmas[verb] == "be" and not grammar.passive(verb):
        noun = tree.child(verb, "attr") if tree.child(verb, "expl") is not None else None
        if noun is None or noun in taken or tree.lemmas[noun] not in _GRANTS or not is_none(tree, noun):
            return None
        phrases = [child for child in tree.children_by(noun, "prep") if tree.lowers[child] in ("to", "with", "for")]
        places = [tuple(tree.children_by(child, "pobj")) for child in phrases]
    elif tree.lemmas[verb] in _GRANTED and verb not in taken and is_negated(tree, verb):
        args = verbal(grammar, verb).args
        places = [args.get(place, ()) for place in ("to", "by", "subj", "iobj", "obj", "for", "from")]
    else:
        return None
    circumstances = walker.circumstances(verbal(grammar, verb))
    if not circumstances.said or circumstances.modality is not Modality.PLANNED:
        return None
    sources = public_fillers(actors, public, circumstances.said[-1].speakers)
    own = {source.actor for source in sources}
    targets = (behind_fillers(actors, tokens) for tokens in places)
    target = next((found for found in targets if found and not own & {one.actor for one in found}), ())
    if not sources:
        return None
    match = Match(_REFUSAL, verbal(grammar, verb), sources, target, (), frozenset())
    said = circumstances.said[:-1]
    return match, replace(circumstances, negated=False, modality=Modality.ACTUAL, tense=Tense.PAST, said=said)


def _is_warning(tree: Tree, verb: int) -> bool:
    """Whether it is "will not hesitate to act", "will not stand idly by"."""
    idly = tree.lemmas[verb] in ("stand", "sit", "watch") and any(
        tree.lowers[child] in ("idly", "by", "idle") for child in tree.children[verb]
    )
    return idly or tree.lemmas[verb] in _WARNED


def _refusal(
    tree: Tree, actors: Actors, predication: Predication, subjects: tuple[Filler, ...], circumstances: Circumstances
) -> tuple[Match, Circumstances]:
    sources = {subject.actor for subject in subjects}
    targets: list[Filler] = []
    for place in _TARGETS:
        if targets:
            break
        for token in predication.args.get(place, ()):
            behind = actors.behind(token)
            if behind is not None and behind[1] not in sources:
                targets.append(Filler(token, behind[0], behind[1]))
    match = Match(
        _WARNING if _is_warning(tree, predication.head) else _REFUSAL,
        predication,
        subjects,
        tuple(targets),
        (),
        frozenset(),
    )
    return match, replace(circumstances, negated=False, modality=Modality.ACTUAL, tense=Tense.PAST)


def _verdict(grammar: Grammar, kinds: Kinds, verb: int) -> Frame | None:
    if _is_blame(grammar, kinds, verb):
        return _BLAME
    return _RULING_OUT if _is_out_of_the_question(grammar, verb) else None


def _is_blame(grammar: Grammar, kinds: Kinds, verb: int) -> bool:
    """Whether it says "was behind the attack", "is responsible for the killing", "was to blame"."""
    tree = grammar.tree
    for child in tree.children_by(verb, "prep", "acomp", "xcomp"):
        if tree.lowers[child] == "behind":
            return _is_misdeed(grammar, kinds, tree.child(child, "pobj"))
        if tree.lemmas[child] == "blame" and tree.deps[child] == "xcomp":
            return True
        if tree.lemmas[child] in _TO_BLAME and tree.deps[child] == "acomp":
            of = next((p for p in tree.children_by(child, "prep") if tree.lowers[p] in ("for", "of", "in")), None)
            if of is None:
                return True
            gerund = tree.child(of, "pcomp")
            return (
                tree.lemmas[child] != "responsible"
                if gerund is not None
                else _is_misdeed(grammar, kinds, tree.child(of, "pobj"))
            )
    return False


def _is_out_of_the_question(grammar: Grammar, verb: int) -> bool:
    tree = grammar.tree
    for out in tree.children_by(verb, "prep", "advmod", "acomp"):
        of = tree.child(out, "prep") if tree.lowers[out] == "out" else None
        inner = tree.child(of, "pobj") if of is not None else None
        if inner is not None and tree.lemmas[inner] == "question":
            return True
    return False


def _with_clause(grammar: Grammar, verb: int) -> Predication:
    """Its arguments; of a clause that is its subject ("lifting the ban is ..."), what that acts on."""
    made = verbal(grammar, verb)
    clause = grammar.tree.child(verb, "csubj")
    if clause is not None:
        made.put("subj", verbal(grammar, clause).args.get("obj", ()), "of the clause")
    return made


def _is_misdeed(grammar: Grammar, kinds: Kinds, noun: int | None) -> bool:
    return noun is not None and any(kinds.of(member) & _MISDEEDS for member in grammar.members(noun))


def _said_of(
    frame: Frame, actors: Actors, public: PublicLife, walker: Walker, predication: Predication
) -> tuple[Match, Circumstances] | None:
    circumstances = walker.circumstances(predication)
    if not circumstances.said or circumstances.negated or circumstances.modality is not Modality.ACTUAL:
        return None
    speakers = public_fillers(actors, public, circumstances.said[-1].speakers)
    targets = behind_fillers(actors, predication.args.get("subj", ()))
    if not speakers or {one.actor for one in speakers} & {one.actor for one in targets}:
        return None
    if frame is _BLAME and not targets:
        return None
    match = Match(frame, predication, speakers, targets, (), frozenset())
    return match, replace(circumstances, tense=Tense.PAST, said=circumstances.said[:-1])
