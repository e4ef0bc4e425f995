"""A frame that holds and how the act stands to fact -> one event record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass

from schemas.events import (
    Attribution,
    DateMention,
    Event,
    Interval,
    Modality,
    Participant,
    Place,
    PloverType,
    Tense,
    Trigger,
)
from services.enrich.nlp.actors.resolve import Actors
from services.enrich.nlp.acts.fillers import Filler
from services.enrich.nlp.acts.frames import Frame
from services.enrich.nlp.acts.matching import Match
from services.enrich.nlp.confidence import NEAREST
from services.enrich.nlp.factuality.standing import Circumstances
from services.enrich.nlp.plover import TYPES, shifted
from services.enrich.nlp.syntax.tree import Tree

Dates = tuple[object, object] | None
_ANNOUNCING = frozenset({"decide", "announce", "plan", "decision", "order", "declare", "schedule", "due"})
_THREATENING = frozenset({"threaten", "threat", "threatened"})
# CAMEO of an act that is promised, threatened or ruled out, by PLOVER type after the shift and the act's own.
_SHIFTED_CAMEO: Mapping[tuple[PloverType, PloverType], str] = {
    (PloverType.AGREE, PloverType.CONSULT): "036",
    (PloverType.AGREE, PloverType.AID): "033",
    (PloverType.AGREE, PloverType.COOPERATE): "031",
    (PloverType.AGREE, PloverType.SUPPORT): "032",
    (PloverType.CONCEDE, PloverType.RETREAT): "035",
    (PloverType.AGREE, PloverType.RETREAT): "035",
    (PloverType.AGREE, PloverType.CONCEDE): "035",
    (PloverType.THREATEN, PloverType.SANCTION): "131",
    (PloverType.THREATEN, PloverType.PROTEST): "133",
    (PloverType.THREATEN, PloverType.COERCE): "132",
    (PloverType.THREATEN, PloverType.ASSAULT): "138",
    (PloverType.THREATEN, PloverType.MOBILIZE): "138",
}

# The mode of what is threatened or refused, by PLOVER type after the shift and the act's own.
_SHIFTED_MODE: Mapping[tuple[PloverType, PloverType], str] = {
    (PloverType.THREATEN, PloverType.SANCTION): "relations",
    (PloverType.THREATEN, PloverType.COERCE): "restrict",
    (PloverType.THREATEN, PloverType.ASSAULT): "violence",
    (PloverType.REJECT, PloverType.CONSULT): "meet",
    (PloverType.REJECT, PloverType.AID): "assist",
    (PloverType.REJECT, PloverType.COOPERATE): "assist",
    (PloverType.REJECT, PloverType.RETREAT): "yield",
    (PloverType.REJECT, PloverType.CONCEDE): "yield",
}
_THREATENED_MODE = {"arrest": "arrest", "deport": "expel", "expel": "expel", "convict": "arrest"}


@dataclass(frozen=True, slots=True)
class Setting:
    """Where and when of an act, and whether the date makes it history."""

    date: DateMention | None = None
    place: Place | None = None
    historical: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """What is known of an act before it is a record."""

    match: Match
    circumstances: Circumstances
    setting: Setting

    @property
    def plover(self) -> PloverType:
        """The type after the shift."""
        circumstances = self.circumstances
        if circumstances.purpose and circumstances.modality is Modality.PLANNED and not circumstances.negated:
            # "gave money to help": the main clause tells what was done for it.
            return self.match.frame.type
        announced = any(governor.lemma in _ANNOUNCING for _, governor in circumstances.governors)
        threatened = any(governor.lemma in _THREATENING for _, governor in circumstances.governors)
        act, polarity, modality = self.match.frame.type, circumstances.polarity, circumstances.modality
        return shifted(act, polarity, modality, announced=announced, threatened=threatened)


class Recorder:
    """Makes records of one text."""

    def __init__(self, tree: Tree, actors: Actors, sentence_of: Callable[[int], int]) -> None:
        """`sentence_of` gives the record's sentence of an offset."""
        self._tree, self._actors, self._sentence_of = tree, actors, sentence_of

    def event(self, number: int, finding: Finding) -> Event:
        """The record, before its confidence is weighed."""
        match, circumstances, setting = finding.match, finding.circumstances, finding.setting
        frame, plover = match.frame, finding.plover
        head = match.predication.head
        entry = TYPES[plover]
        cameo = frame.cameo if plover is frame.type else _SHIFTED_CAMEO.get((plover, frame.type), entry.cameo)
        return Event(
            id=f"v{number}",
            type=frame.type,
            plover=plover,
            mode=frame.mode if plover is frame.type else _mode_of_shift(plover, frame),
            contexts=frame.contexts,
            cameo=cameo,
            quad_class=entry.quad,
            score=entry.score,
            sources=self.participants(match.sources),
            targets=self.participants(match.targets),
            objects=self.participants(match.objects),
            trigger=self._trigger(match),
            sentence=self._sentence_of(self._tree.starts[head]),
            polarity=circumstances.polarity,
            modality=circumstances.modality,
            tense=self._tense(finding),
            attribution=self._attribution(circumstances),
            date=_interval(setting.date),
            place=setting.place,
            confidence=NEAREST,
            rule=frame.rule,
            path=self._path(finding),
        )

    def participants(self, fillers: Sequence[Filler]) -> tuple[Participant, ...]:
        """Each with the phrase that stands in the role."""
        return tuple(Participant(actor=filler.actor, **self._phrase(filler)) for filler in fillers)

    def _phrase(self, filler: Filler) -> dict[str, object]:
        first, last = self._tree.phrase(filler.token)
        if filler.looked_through:
            # "a decision of the court": as far as the actor.
            actor_first, actor_last = self._tree.phrase(filler.mention)
            if self._tree.sentence[actor_last] == self._tree.sentence[first]:
                first, last = min(first, actor_first), max(last, actor_last)
        start, end = self._tree.starts[first], self._tree.ends[last]
        return {"start": start, "end": end, "text": self._tree.text[start:end]}

    def _trigger(self, match: Match) -> Trigger:
        tree, head = self._tree, match.predication.head
        words = [head]
        lemma = match.frame.head
        if match.predication.part == "verb" and "_" in lemma:
            particle = lemma.rpartition("_")[2]
            words += [child for child in tree.children[head] if tree.lowers[child] == particle and child == head + 1]
        elif match.predication.part == "noun" and "_" in lemma:
            words += [child for child in tree.children[head] if child == head - 1]
        first, last = min(words), max(words)
        return Trigger(
            start=tree.starts[first], end=tree.ends[last], text=tree.cut(first, last), lemma=lemma.replace("_", " ")
        )

    def _tense(self, finding: Finding) -> Tense:
        if finding.setting.historical and finding.circumstances.modality is Modality.ACTUAL:
            return Tense.HISTORICAL
        return finding.circumstances.tense or Tense.PAST

    def _attribution(self, circumstances: Circumstances) -> tuple[Attribution, ...]:
        tree = self._tree
        found: list[Attribution] = []
        for said in circumstances.said:
            # "media reports say": a report speaks for who made it.
            behind = next((known for token in said.speakers if (known := self._actors.behind(token))), None)
            actor = said.actor or (behind[1] if behind is not None else None)
            spans = [(said.cue, said.cue), *(self._tree.phrase(token) for token in said.speakers)]
            near = [span for span in spans if tree.sentence[span[0]] == tree.sentence[said.cue]]
            start = min(tree.starts[first] for first, _ in near)
            end = max(tree.ends[last] for _, last in near)
            cue = "according to" if tree.lowers[said.cue] == "according" else tree.words[said.cue]
            found.append(Attribution(start=start, end=end, speaker=actor, cue=cue))
        return tuple(found)

    def _path(self, finding: Finding) -> str:
        tree, match = self._tree, finding.match
        steps = ["nearest frame for the pair"] if match.nearest else []
        steps.append(f"{match.predication.part} {tree.words[match.predication.head]!r}")
        if match.predication.light is not None:
            steps.append(f"light verb {tree.words[match.predication.light]!r}")
        places = match.predication.args
        for role, fillers in (("S", match.sources), ("T", match.targets), ("O", match.objects)):
            for filler in fillers:
                how = next((match.predication.how[p] for p, tokens in places.items() if filler.token in tokens), "")
                through = f" through {tree.words[filler.token]!r}" if filler.looked_through else ""
                steps.append(f"{role} {tree.words[filler.mention]!r} ({how}{through})")
        steps += [
            f"under {tree.words[token]!r} ({governor.lemma} {governor.place}: {' '.join(sorted(governor.effects))})"
            for token, governor in finding.circumstances.governors
        ]
        return "; ".join(steps)


def _mode_of_shift(plover: PloverType, frame: Frame) -> str | None:
    mode = _SHIFTED_MODE.get((plover, frame.type))
    return _THREATENED_MODE.get(frame.mode or "", mode) if plover is PloverType.THREATEN else mode


def _interval(mention: DateMention | None) -> Interval | None:
    return None if mention is None else Interval(text=mention.text, start=mention.from_, end=mention.to)


class Acts:
    """Acts that are known: two mentions are of one where who, what, whom and how it stands to fact are the same."""

    def __init__(self) -> None:
        self._dates: dict[Hashable, set[Dates]] = defaultdict(set)

    def add(self, event: Event) -> bool:
        """Add one; whether none that is known is the same. No date may be any date."""
        sources, targets = (frozenset(who.actor for who in role) for role in (event.sources, event.targets))
        # "blocked the lines and sealed the border": without whom, nothing tells that they are one.
        word = event.trigger.lemma if targets <= {None} else ""
        known = self._dates[event.type, event.polarity, event.modality, sources, targets, word]
        date = None if event.date is None else (event.date.start, event.date.end)
        new = not known or not (date is None or date in known or None in known)
        if new:
            known.add(date)
        return new
