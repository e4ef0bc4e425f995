"""The lexicon of frames: which words, with which arguments, are which act.

A frame is written as a sentence with slots (``S impose (sanction|embargo) on T``) and lives in a file that is named
after its type; lexicon/README.md tells the notation. Loading checks every line.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from schemas.events import PloverType
from services.enrich.nlp.lexicon.cameo import cameo_codes
from services.enrich.nlp.lexicon.lines import columns, entries
from services.enrich.nlp.plover import CONTEXTS, TYPES
from services.errors import LexiconError

FOLDER = Path(__file__).parents[1] / "lexicon" / "frames"
ACTOR_KINDS = frozenset({"actor", "person", "org", "state", "group", "force", "civilian"})
THING_KINDS = frozenset(
    "weapon vehicle building place document money goods body policy statement crime conflict disaster disease sport art"
    " nature tech market job abstract time quantity".split()
)
KINDS = ACTOR_KINDS | THING_KINDS | {kind.value.lower() for kind in PloverType}
CLAUSES = frozenset({"to+", "that+", "ing+"})
_COLUMNS = 5
_CONTENT = r"(?:[!a-z|]|\([\w|-]+\))+"
_SLOT = re.compile(
    rf"(?:(?P<role>[STO_])&?(?::(?P<kinds>{_CONTENT}))?|<(?P<inner>{_CONTENT})>|(?P<words>\([\w|-]+\)))(?P<optional>\?)?"
)
_LEMMAS = re.compile(r"\(([^)]*)\)")
WORD = "word"
PARTICLE_OBJECT = "obj of the particle"
BY_MEANS = frozenset({"explosives", "suicide-attack", "aerial", "drone", "heavy-weapons"})
_BETWEEN = ("between", "among", "involving")


@dataclass(frozen=True, slots=True)
class Slot:
    """An argument that a frame asks for; `places` are where it may stand: subj, obj, iobj, a preposition, a clause."""

    places: tuple[str, ...]
    role: str = ""
    kinds: frozenset[str] = frozenset()
    excluded: frozenset[str] = frozenset()
    lemmas: frozenset[str] = frozenset()
    optional: bool = False

    weight: int = field(init=False, compare=False)

    def __post_init__(self) -> None:
        """`weight` is how much it narrows the frame: of two that match, the one that asks for more wins."""
        object.__setattr__(self, "weight", self._weigh())

    def _weigh(self) -> int:
        if self.optional:
            return 0
        if self.lemmas and not self.kinds:
            return 6
        narrow = 3 if self.kinds - {"actor"} else 2 if self.excluded or self.kinds else 1
        return narrow + (self.places[0] not in ("subj", "obj"))


@dataclass(frozen=True, slots=True)
class Frame:
    """One line of the lexicon. `part` is verb, noun or adj; a silent one says that there is no event."""

    type: PloverType
    text: str
    part: str
    head: str
    slots: tuple[Slot, ...]
    reciprocal: bool
    mode: str | None
    cameo: str
    contexts: tuple[str, ...]
    silent: bool
    example: str
    origin: str

    weight: int = field(init=False, compare=False)
    needs: tuple[frozenset[str], ...] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        """`weight` is its specificity; at equal weight silence wins.

        `needs` has, for each slot that no rule lets be missing, the places of which one must be there: it rules most
        frames out before they are tried.
        """
        weight = 2 * sum(slot.weight for slot in self.slots) + self.silent + 2 * self.head.count("_")
        object.__setattr__(self, "weight", weight)
        asked = (slot for slot in self.slots if not slot.optional and slot.places not in ((WORD,), ("subj",)))
        object.__setattr__(self, "needs", tuple(frozenset(self.places_of(slot)) for slot in asked))

    def places_of(self, slot: Slot) -> tuple[str, ...]:
        """Where what fills a slot may stand, the likeliest first."""
        places = slot.places
        if places == ("obj",) and "_" in self.head:
            places = (*places, PARTICLE_OBJECT)
        if self.part == "noun" and slot.role == "T" and places[0] not in ("subj", "obj", "with"):
            # What the noun's light verb is done to: "came under attack", "gave Kenya a warning".
            places = (*places, "obj", "iobj")
        if places == ("iobj",) and self.part == "verb":
            places = (*places, "to")
        if self.reciprocal and slot.role == "S":
            places = (*places, *_BETWEEN)
        return places

    @property
    def may_be_private(self) -> bool:
        """Whether it may hold with nobody of public life: a protest is public by its crowd, a bombing by its means."""
        return self.type is PloverType.PROTEST or self.mode in BY_MEANS

    @property
    def rule(self) -> str:
        """Its name in records."""
        return f"{self.type.value}: {self.text}"


class FrameLexicon:
    """All frames, by the kind of their head and its lemma."""

    def __init__(self, frames: Iterable[Frame]) -> None:
        """The most specific frames of a head come first."""
        by_head: dict[tuple[str, str], list[Frame]] = defaultdict(list)
        self.frames = tuple(frames)
        for frame in self.frames:
            by_head[frame.part, frame.head].append(frame)
        self.by_rule: Mapping[str, Frame] = {frame.rule: frame for frame in self.frames}
        self._by_head: Mapping[tuple[str, str], Sequence[Frame]] = {
            key: sorted(found, key=lambda frame: -frame.weight) for key, found in by_head.items()
        }
        types: dict[str, set[str]] = defaultdict(set)
        for frame in self.frames:
            if frame.part == "noun" and not frame.silent:
                types[frame.head].add(frame.type.value.lower())
        self.noun_types: Mapping[str, frozenset[str]] = {noun: frozenset(found) for noun, found in types.items()}
        self.silent_nouns = frozenset(
            frame.head for frame in self.frames if frame.part == "noun" and frame.silent
        ).difference(types)
        self.first_words = frozenset(head.split("_")[0] for part, head in self._by_head if part == "verb")
        self.private = frozenset((frame.part, frame.head) for frame in self.frames if frame.may_be_private)
        """Heads of frames that may hold with nobody of public life."""
        self.private_first_words = frozenset(head.split("_")[0] for part, head in self.private if part == "verb")
        self.last_words = frozenset(head.split("_")[-1] for part, head in self._by_head if part == "noun")
        self.private_last_words = frozenset(head.split("_")[-1] for part, head in self.private if part == "noun")

    def of(self, part: str, head: str) -> Sequence[Frame]:
        """Frames with this head."""
        return self._by_head.get((part, head), ())


def _fail(error: LexiconError) -> None:
    raise error


def load_frames(folder: Path = FOLDER, report: Callable[[LexiconError], None] = _fail) -> FrameLexicon:
    """Read all files of the folder; a line at fault is LexiconError with file and line, or goes to `report`."""
    frames: list[Frame] = []
    seen: dict[tuple[str, str], str] = {}
    for path in sorted(folder.glob("*.psv")):
        for frame in read_frames(path, report):
            key = (frame.type.value, frame.text)
            if key in seen:
                report(LexiconError(f"{frame.origin}: {frame.text!r} is there already, in {seen[key]}"))
                continue
            seen[key] = frame.origin
            frames.append(frame)
    return FrameLexicon(frames)


def read_frames(path: Path, report: Callable[[LexiconError], None] = _fail) -> Iterator[Frame]:
    """The frames of one file; its name, up to a hyphen, is their type."""
    try:
        kind = PloverType(path.stem.partition("-")[0].upper())
    except ValueError as unknown:
        raise LexiconError(f"{path.name}: the name is no PLOVER type") from unknown
    for number, line in entries(path):
        origin = f"{path.name}:{number}"
        cells = columns(line)
        if len(cells) != _COLUMNS:
            report(LexiconError(f"{origin}: {len(cells)} columns; there are {_COLUMNS}, with ' | ' between them"))
            continue
        text, mode, cameo, contexts, example = cells
        try:
            frame = parse_frame(kind, text, mode, cameo, contexts, example, origin)
        except LexiconError as error:
            report(error)
            continue
        yield frame


def rule_frame(kind: PloverType, text: str, head: str, cameo: str, origin: str) -> Frame:
    """What stands for a frame where a rule in the code of file `origin` finds the act, and no line of the lexicon."""
    return Frame(kind, text, "verb", head, (), False, None, cameo, (), False, "", origin)


def parse_frame(kind: PloverType, text: str, mode: str, cameo: str, contexts: str, example: str, origin: str) -> Frame:
    """One frame from its columns; raises LexiconError."""
    silent = mode == "-"
    if mode and not silent and mode not in TYPES[kind].modes:
        raise LexiconError(f"{origin}: {mode!r} is no mode of {kind.value}: {', '.join(TYPES[kind].modes) or 'none'}")
    if not silent and kind not in cameo_codes().get(cameo, ()):
        raise LexiconError(f"{origin}: {cameo!r} is no CAMEO code of {kind.value}; lexicon/cameo.psv has them")
    named = tuple(name.strip() for name in contexts.split(",") if name.strip())
    if unknown := set(named) - CONTEXTS:
        raise LexiconError(f"{origin}: unknown contexts {sorted(unknown)}")
    if not example:
        raise LexiconError(f"{origin}: an entry has an example")
    part, head, slots, reciprocal = _parse(text, origin)
    return Frame(
        kind,
        text,
        part,
        head,
        slots,
        reciprocal,
        None if silent else mode or None,
        cameo,
        named,
        silent,
        example,
        origin,
    )


def _parse(text: str, origin: str) -> tuple[str, str, tuple[Slot, ...], bool]:
    part = head = ""
    reciprocal = False
    slots: list[Slot] = []
    places: tuple[str, ...] = ("subj",)
    bare_objects: list[int] = []
    for word in text.split():
        clause = " ".join([*places, word]) if head and places[0] not in ("subj", "obj") else word
        if word in CLAUSES:
            if not head:
                raise LexiconError(f"{origin}: a clause comes after the head: {text!r}")
            slots.append(Slot((word,) if clause == word else tuple(f"{place} {word}" for place in places)))
            places = ("obj",)
        elif (slot := _slot(word, places, origin)) is not None:
            reciprocal = reciprocal or "&" in word
            if places == ("obj",):
                bare_objects.append(len(slots))
            slots.append(slot)
            places = ("obj",) if head else ("subj",)
        elif not head:
            part = {"n": "noun", "a": "adj"}.get(word.partition(":")[0], "verb") if ":" in word else "verb"
            head = word.partition(":")[2] if ":" in word else word
            places = ("obj",)
        elif re.fullmatch(r"[a-z_/-]+", word):
            if places not in (("obj",), ("subj",)):
                slots.append(Slot((WORD,), lemmas=frozenset(places)))
            places = tuple(word.split("/"))
        else:
            raise LexiconError(f"{origin}: cannot read {word!r} in {text!r}")
    if not head:
        raise LexiconError(f"{origin}: {text!r} has no head: a word in lower case")
    if places not in (("obj",), ("subj",)):
        # "set T ablaze": a word that is there.
        slots.append(Slot((WORD,), lemmas=frozenset(places)))
    if len(bare_objects) > 2:
        raise LexiconError(f"{origin}: {text!r} has more than two objects")
    if len(bare_objects) == 2:
        first = slots[bare_objects[0]]
        slots[bare_objects[0]] = replace(first, places=("iobj",))
    return part, head, tuple(slots), reciprocal


def _slot(word: str, places: tuple[str, ...], origin: str) -> Slot | None:
    found = _SLOT.fullmatch(word)
    if found is None:
        return None
    role = (found["role"] or "").replace("_", "")
    kinds, excluded, lemmas = _kinds(found["kinds"] or found["inner"] or found["words"] or "", origin)
    if role == "S" and not kinds and not lemmas:
        kinds = frozenset({"actor"})
    return Slot(places, role, kinds, excluded, lemmas, optional=bool(found["optional"]))


def _kinds(text: str, origin: str) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Kinds, excluded kinds, and lemmas, which stand in parentheses."""
    lemmas = frozenset(lemma for group in _LEMMAS.findall(text) for lemma in group.split("|"))
    names = [name for name in _LEMMAS.sub("", text).split("|") if name]
    if unknown := {name.lstrip("!") for name in names} - KINDS:
        raise LexiconError(f"{origin}: unknown kinds {sorted(unknown)}")
    return (
        frozenset(name for name in names if not name.startswith("!")),
        frozenset(name[1:] for name in names if name.startswith("!")),
        lemmas,
    )
