"""The event coder: a parsed text -> actors, events, quotations, places and dates, as records.

Sentence -> predications -> frames -> arguments as actors -> how the act stands to fact -> PLOVER with its shift ->
filters. Everything it knows is loaded once; nothing is read per article.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from schemas.events import Actor, DateMention, Event, Place, PloverType, Quotation, Span
from services.enrich.nlp.actors.lexicon import ActorLexicon, load_actor_lexicon
from services.enrich.nlp.actors.resolve import Actors, find_actors
from services.enrich.nlp.acts.clauses import clause_matches
from services.enrich.nlp.acts.fiction import fiction_sentences
from services.enrich.nlp.acts.frames import Frame, FrameLexicon, load_frames
from services.enrich.nlp.acts.kinds import Kinds, load_kinds
from services.enrich.nlp.acts.light_verb_words import light_verbs
from services.enrich.nlp.acts.matching import Match, Matcher
from services.enrich.nlp.acts.pair import KnownPair, Pair
from services.enrich.nlp.acts.predications import predications
from services.enrich.nlp.acts.public_life import PublicLife
from services.enrich.nlp.acts.sport import sport_sentences
from services.enrich.nlp.confidence import Confidence, load_confidence, with_confidence
from services.enrich.nlp.dates import find_dates
from services.enrich.nlp.events import Acts, Finding, Recorder
from services.enrich.nlp.factuality.circumstances import Walker
from services.enrich.nlp.factuality.governors import Governors, load_governors
from services.enrich.nlp.factuality.settings import SettingFinder
from services.enrich.nlp.factuality.standing import Circumstances, Said
from services.enrich.nlp.factuality.wishes import WISHING, mode_of_wish
from services.enrich.nlp.places import Gazetteer, find_places, load_gazetteer
from services.enrich.nlp.plover import TYPES
from services.enrich.nlp.quotations import Cues, Voice, load_cues, read_speech
from services.enrich.nlp.syntax.grammar import Grammar
from services.enrich.nlp.syntax.repair import repair
from services.enrich.nlp.syntax.tree import Tree
from services.enrich.nlp.text.datelines import Furniture, article_dateline

VERSION = "1"
_CALLS = frozenset({"call", "phone", "telephone", "ring"})
_KNOWN_BY_VICTIM = frozenset(
    {
        PloverType.ASSAULT,
        PloverType.COERCE,
        PloverType.PROTEST,
        PloverType.SANCTION,
        PloverType.CONSULT,
        PloverType.RETREAT,
    }
)


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All lexicons, loaded."""

    frames: FrameLexicon
    governors: Governors
    kinds: Mapping[str, frozenset[str]]
    actors: ActorLexicon
    gazetteer: Gazetteer
    cues: Cues
    confidence: Confidence


def load_knowledge(frames: FrameLexicon | None = None) -> Knowledge:
    """Read all lexicons; raises LexiconError with file and line."""
    return Knowledge(
        frames or load_frames(),
        load_governors(),
        load_kinds(),
        load_actor_lexicon(),
        load_gazetteer(),
        load_cues(),
        load_confidence(),
    )


@dataclass(frozen=True, slots=True)
class Coded:
    """What the coder found in one text; `actor_at` is the actor of an entity, by the entity's offset."""

    actors: tuple[Actor, ...] = ()
    events: tuple[Event, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    places: tuple[Place, ...] = ()
    dates: tuple[DateMention, ...] = ()
    actor_at: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scene:
    """What is known of one text before acts are looked for: who and what is in it, and what joins them."""

    known: KnownPair
    places: tuple[Place, ...]
    actors: Actors
    grammar: Grammar
    kinds: Kinds
    public: PublicLife
    matcher: Matcher


def read_scene(
    tree: Tree,
    published: datetime | None,
    knowledge: Knowledge,
    furniture: Sequence[Furniture] = (),
    pair: Pair | None = None,
) -> Scene:
    """Read one text, whose tree is repaired on the way; as for `code`."""
    repair(tree)
    known = KnownPair(tree, pair or Pair())
    places = find_places(tree, knowledge.gazetteer, furniture)
    dateline = article_dateline(furniture)
    filed = dateline.place if dateline is not None else None
    located = [(place.start, place.country) for place in places if place.country]
    actors = find_actors(tree, published, knowledge.actors, located, filed)
    grammar = Grammar(tree)
    kinds = Kinds(tree, actors, knowledge.kinds, knowledge.frames, known.heads)
    sporting = actors.only_in(sport_sentences(tree))
    public = PublicLife(actors.records, known.actors(actors), actors.placed(), sporting)
    matcher = Matcher(grammar, actors, kinds, public, knowledge.frames, known.heads)
    return Scene(known, places, actors, grammar, kinds, public, matcher)


def code(
    tree: Tree,
    sentences: Sequence[Span],
    published: datetime | None,
    knowledge: Knowledge,
    furniture: Sequence[Furniture] = (),
    pair: Pair | None = None,
) -> Coded:
    """Code one text; `sentences` are the record's, `published` resolves its dates.

    `pair` is known to take part, whoever they are: what did the one do to the other?
    """
    scene = read_scene(tree, published, knowledge, furniture, pair)
    known, places, actors, grammar = scene.known, scene.places, scene.actors, scene.grammar
    kinds, public, matcher = scene.kinds, scene.public, scene.matcher
    dates = find_dates(tree, published)
    walker = Walker(grammar, knowledge.governors)
    setting = SettingFinder(tree, dates, places, published)
    speech = read_speech(tree, grammar, actors, knowledge.cues)
    named = frozenset(tree.sentence[token] for token in known.heads)
    retold = fiction_sentences(tree) - named
    matches = [
        match
        for match in _matches(grammar, matcher, knowledge.frames, actors.sentences(public.is_public) | named)
        if tree.sentence[match.predication.head] not in retold
    ]

    def found(match: Match) -> Finding:
        circumstances = walker.circumstances(match.predication)
        _hear(circumstances, speech.voices_of(match.predication.head))
        return Finding(match, circumstances, setting.of(match, circumstances))

    findings = [finding for match in matches if not (finding := found(match)).circumstances.rule]
    taken = {match.predication.head for match in matches}
    for match, circumstances in clause_matches(grammar, actors, kinds, public, walker, taken):
        findings.append(Finding(match, circumstances, setting.of(match, circumstances)))
    findings = [_with_wish(finding, tree, kinds) for finding in findings]
    findings.sort(key=lambda finding: finding.match.predication.head)
    starts = [span.start for span in sentences]
    recorder = Recorder(tree, actors, lambda offset: max(bisect_right(starts, offset) - 1, 0))
    events: list[Event] = []
    acts = Acts()
    for finding in _without_echoes(findings):
        if lacks_recipient(finding.match):
            continue
        made = recorder.event(len(events), finding)
        if acts.add(made):
            events.append(made)
    if known and not events:
        nearest = known.nearest(grammar, actors, kinds, knowledge.frames)
        if nearest is not None:
            events.append(recorder.event(0, found(nearest)))
    actor_at = {
        tree.starts[first]: actor
        for number, (_, first, _) in enumerate(tree.entities)
        if (actor := actors.entity_actor(number)) is not None
    }
    sure = with_confidence(events, tree.text, sentences, knowledge.frames, knowledge.confidence)
    return Coded(actors.records, sure, speech.quotations, places, dates, actor_at)


def _with_wish(finding: Finding, tree: Tree, kinds: Kinds) -> Finding:
    """A request or refusal with the mode that its frame leaves open."""
    frame = finding.match.frame
    if frame.type not in WISHING or frame.mode is not None:
        return finding
    mode = mode_of_wish(tree, kinds, finding.match.predication)
    return finding if mode is None else replace(finding, match=replace(finding.match, frame=replace(frame, mode=mode)))


def _hear(circumstances: Circumstances, voices: Sequence[Voice]) -> None:
    """What stands in quotation marks is said by who is quoted, also where its sentence does not say so again."""
    known = {said.cue for said in circumstances.said}
    quoted = [Said(voice.speakers, voice.cue, voice.actor) for voice in voices if voice.cue not in known]
    circumstances.said = quoted + circumstances.said


def _matches(grammar: Grammar, matcher: Matcher, frames: FrameLexicon, public: Collection[int]) -> list[Match]:
    """All of a text; `public` are its sentences with somebody of public life."""
    found: list[Match] = []
    for predication in predications(grammar, frames, public):
        match = matcher.match(predication)
        if match is not None:
            found.append(match)
    # "suspended talks with": the noun is part of the verb's frame, no act of its own; "rejected a plea by" is two.
    by_noun = {match.predication.head: match for match in found if match.predication.part == "noun"}
    consumed = {token for match in found for token in match.consumed if not _is_of_another(match, by_noun.get(token))}
    found = [match for match in found if match.predication.head not in consumed and not is_bare(match)]
    # "travelled to Oslo for talks" is one act: the talks.
    lights = {match.predication.light for match in found if match.predication.light is not None}
    moved = {light for light in lights if grammar.tree.lemmas[light] in light_verbs().movers}
    return [match for match in found if match.predication.head not in moved]


def _is_of_another(outer: Match, noun: Match | None) -> bool:
    """Whether the noun names its own doer, who is not the verb's."""
    if noun is None or noun.predication.how.get("subj") not in ("by", "possessor"):
        return False
    doers = {source.actor for source in noun.sources} - {None}
    return bool(doers) and doers.isdisjoint({source.actor for source in outer.sources})


def is_bare(match: Match) -> bool:
    """A noun of talk or help without who talks or helps names no act: "support for the government fell"."""
    if match.predication.part != "noun" or match.sources or match.frame.reciprocal:
        return False
    accused = match.frame.type is PloverType.ACCUSE and (match.frame.mode or match.predication.light is not None)
    return not accused and match.frame.type not in _KNOWN_BY_VICTIM


def lacks_recipient(match: Match) -> bool:
    """Whether nobody gets what somebody has to get; a sanction's frame may leave it open: "recalled its ambassador"."""
    open_ended = match.frame.type is PloverType.SANCTION and not any(slot.role == "T" for slot in match.frame.slots)
    return TYPES[match.frame.type].needs_recipient and not open_ended and not has_recipient(match)


def has_recipient(match: Match) -> bool:
    """Whether somebody receives it; of what several do together, each does; of a treaty that is left, who signed it."""
    if match.frame.mode == "withdraw" and match.targets:
        return True
    return any(target.actor for target in match.targets) or (match.frame.reciprocal and len(match.sources) > 1)


def _without_echoes(findings: Sequence[Finding]) -> list[Finding]:
    """Without promises and refusals of an act that is there: its shifted type says the same."""
    by_head = {finding.match.predication.head: finding for finding in findings}
    echoes: set[int] = set()
    for finding in findings:
        for place in ("to+", "ing+", "that+", "on ing+", "from ing+", "of ing+"):
            for token in finding.match.predication.args.get(place, ()):
                inner = by_head.get(token)
                if inner is None or not _same_sources(inner, finding):
                    continue
                if _is_what_for(inner, finding):
                    echoes.add(id(inner))
                elif _says_no_more(finding.match.frame, inner):
                    echoes.add(id(finding))
    return [finding for finding in findings if id(finding) not in echoes]


def _is_what_for(inner: Finding, outer: Finding) -> bool:
    """Whether an act of the same type is done for it: "gave a ship to help Togo" helped by giving."""
    same = inner.match.frame.type is outer.match.frame.type
    return same and inner.circumstances.purpose and has_recipient(outer.match)


def _says_no_more(outer: Frame, inner: Finding) -> bool:
    """Whether a promise, threat, refusal or call only brings the act that is in its clause."""
    if outer.type in (PloverType.AGREE, PloverType.THREATEN) or (
        outer.type is PloverType.CONSULT and outer.head in _CALLS
    ):
        return True
    return inner.plover is outer.type


def _same_sources(one: Finding, other: Finding) -> bool:
    return {who.actor for who in one.match.sources} == {who.actor for who in other.match.sources}
