"""Acts that no single word carries: "will not ..." said of oneself, "must ..." or "was behind ..." said of another.

What speakers rule out for themselves is REJECT, whatever the verb; what they say that another must do is REQUEST; that
another is behind a misdeed, or to blame, is ACCUSE; that something is out of the question is REJECT.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from schemas.events import Modality, PloverType, Tense
from services.enrich.nlp.actors.resolve import Actors
from services.enrich.nlp.arguments import Predication
from services.enrich.nlp.circumstances import Walker
from services.enrich.nlp.fillers import Filler
from services.enrich.nlp.frames import Frame
from services.enrich.nlp.grammar import Grammar
from services.enrich.nlp.kinds import Kinds
from services.enrich.nlp.matching import Match
from services.enrich.nlp.predications import verbal
from services.enrich.nlp.public_life import PublicLife
from services.enrich.nlp.standing import Circumstances

_MISDEEDS = frozenset({"assault", "coerce", "crime", "disaster", "conflict", "protest"})
_OWN_FUTURE = frozenset({"will", "would", "wo", "shall"})
_REQUIRED = frozenset({"must", "should", "ought"})
_TO_BLAME = frozenset({"responsible", "culpable", "guilty", "complicit", "liable"})
_NO_COMMENT = frozenset(
    "comment say name discuss disclose identify reveal elaborate specify confirm speculate describe detail tell explain"
    " speak know be have get see need want like mind matter happen".split()
)
_TARGETS = ("obj", "iobj", "to", "with", "from", "for", "in")


def _frame(kind: PloverType, text: str, head: str, cameo: str) -> Frame:
    return Frame(kind, text, "verb", head, (), False, None, cameo, (), False, "", "clauses.py")


_REFUSAL = _frame(PloverType.REJECT, "S will not ...", "not", "120")
_BLAME = _frame(PloverType.ACCUSE, "S say that T is behind ...", "be", "112")
_RULING_OUT = _frame(PloverType.REJECT, "S say that T is out of the question", "be", "120")
_DEMAND = _frame(PloverType.REQUEST, "S say that T must ...", "must", "100")


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
        if tree.deps[auxiliary] != "aux" or (word not in _OWN_FUTURE and word not in _REQUIRED):
            continue
        verb = tree.heads[auxiliary]
        predication = verbal(grammar, verb)
        passive = grammar.passive(verb)
        subjects = _public(actors, public, predication.args.get("subj", ()))
        if passive and word in _REQUIRED:
            # "said the siege must be lifted": of whom it is asked, it may not say.
            subjects = subjects or _behind(actors, predication.args.get("obj", ()))
        elif passive:
            continue
        if not subjects:
            continue
        circumstances = walker.circumstances(predication)
        if word in _OWN_FUTURE and verb not in taken and tree.lemmas[verb] not in _NO_COMMENT:
            if circumstances.negated and circumstances.modality is Modality.PLANNED:
                yield _refusal(actors, predication, subjects, circumstances)
        elif word in _REQUIRED and _is_demand(circumstances):
            found = _demand(actors, public, predication, subjects, circumstances, auxiliary)
            if found is not None:
                yield found


def _is_demand(circumstances: Circumstances) -> bool:
    """Whether somebody asks for it; "should Kenya attack" asks for nothing."""
    asked = circumstances.modality is Modality.REQUESTED
    return asked and bool(circumstances.said) and not circumstances.negated


def _refusal(
    actors: Actors, predication: Predication, subjects: tuple[Filler, ...], circumstances: Circumstances
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
    match = Match(_REFUSAL, predication, subjects, tuple(targets), (), frozenset())
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
    speakers = _public(actors, public, circumstances.said[-1].speakers)
    targets = _behind(actors, predication.args.get("subj", ()))
    if not speakers or {one.actor for one in speakers} & {one.actor for one in targets}:
        return None
    if frame is _BLAME and not targets:
        return None
    match = Match(frame, predication, speakers, targets, (), frozenset())
    return match, replace(circumstances, tense=Tense.PAST, said=circumstances.said[:-1])


def _demand(
    actors: Actors,
    public: PublicLife,
    predication: Predication,
    subjects: tuple[Filler, ...],
    circumstances: Circumstances,
    auxiliary: int,
) -> tuple[Match, Circumstances] | None:
    speaker = circumstances.said[-1]
    speakers = _public(actors, public, speaker.speakers)
    if not speakers or {one.actor for one in speakers} & {one.actor for one in subjects}:
        return None
    at_cue = replace(predication, head=auxiliary)
    match = Match(_DEMAND, at_cue, speakers, subjects, (), frozenset())
    said = circumstances.said[:-1]
    return match, replace(circumstances, modality=Modality.ACTUAL, tense=Tense.PAST, said=said)


def _behind(actors: Actors, tokens: tuple[int, ...]) -> tuple[Filler, ...]:
    found = ((token, actors.behind(token)) for token in tokens)
    return tuple(Filler(token, behind[0], behind[1]) for token, behind in found if behind is not None)


def _public(actors: Actors, public: PublicLife, tokens: tuple[int, ...]) -> tuple[Filler, ...]:
    found = [Filler(token, token, actor) for token in tokens if (actor := actors.at(token)) is not None]
    return tuple(filler for filler in found if filler.actor is not None and public.is_public(filler.actor))
