"""The quotations of an article: what is said, how it is quoted, by whom and by which cue.

The kind tells how the content is quoted: direct, all of it stands in quotation marks; indirect, none; mixed, a part. A
clause that is partly in marks is one mixed quotation, and a long part of it in marks is a direct one inside it. Titles,
names and scare quotes are none.
"""

from __future__ import annotations

from collections.abc import Iterator

from schemas.events import Quotation, QuotationKind
from services.enrich.nlp.actors.resolve import Actors
from services.enrich.nlp.quotations.cues import Cues, load_cues
from services.enrich.nlp.quotations.layout import Layout
from services.enrich.nlp.quotations.links import Reported, link
from services.enrich.nlp.quotations.marks import find_marked
from services.enrich.nlp.quotations.said import Said, find_said
from services.enrich.nlp.quotations.speakers import Speakers, Voice
from services.enrich.nlp.syntax.grammar import Grammar
from services.enrich.nlp.syntax.tree import Tree

_FEW = 2  # words in quotation marks that are none even with a verb, in a clause that is reported
_LONG = 5  # words in quotation marks that are a quotation of their own without a verb


class Speech:
    """What is said in one text: `quotations` in its order, and who speaks at a token."""

    def __init__(self, tree: Tree, grammar: Grammar, actors: Actors, cues: Cues) -> None:
        self.quotations: tuple[Quotation, ...] = ()
        self._level: list[int] = []
        said = [] if cues.lemmas.isdisjoint(tree.lemmas) else find_said(grammar, cues)
        marked = find_marked(tree)
        if not marked and not said:
            return
        self._layout = Layout(tree, marked, said)
        self._level = self._layout.level
        self._links = link(self._layout)
        self._speakers = Speakers(tree, actors, self._level)
        self._voices = self._read_voices()
        self.quotations = self._read_quotations()

    def voices_of(self, token: int) -> tuple[Voice, ...]:
        """Who speaks the quotations in marks and the reported clauses that the token stands in, outermost first."""
        if not self.quotations:
            return ()
        around = dict.fromkeys(cue for *_, cue in sorted(self._around(token)) if cue != token)
        return tuple(self._voices[cue] for cue in around)

    def _around(self, token: int) -> Iterator[tuple[int, int, int]]:
        """Begin, end (negative) and cue of each."""
        level, at = self._level[token], self._layout.tree.starts[token]
        while level >= 0:
            said, stretch = self._links.of.get(level), self._layout.marked[level]
            if said is not None:
                yield stretch.start, -stretch.end, said.cue
            level = stretch.parent
        for clause in self._links.clauses:
            if clause.start <= at < clause.end and self._is_statement(clause):
                yield clause.start, -clause.end, clause.said.cue

    def _counts(self, clause: Reported) -> bool:
        """Whether it is a quotation: of some cues only what an actor says is."""
        return "actor" not in clause.said.takes or self._voices[clause.said.cue].actor is not None

    def _is_statement(self, clause: Reported) -> bool:
        """Whether somebody tells something in it: not who asks, and not "it was told that"."""
        return "clause" in clause.said.takes and bool(clause.said.speakers) and self._counts(clause)

    def _read_voices(self) -> dict[int, Voice]:
        """By cue; first those of the paper itself, in the order of the text, then those inside of quotations."""
        links, layout = self._links, self._layout
        needed = {said.cue: said for said in links.of.values()}
        needed |= {clause.said.cue: clause.said for clause in links.clauses}
        voices: dict[int, Voice] = {}
        for cue in sorted(needed, key=lambda cue: (self._depth(cue), cue)):
            level = layout.level[cue]
            outer = links.of.get(level) if level >= 0 else None
            around = voices.get(outer.cue) if outer is not None else None
            voices[cue] = self._speakers.voice(needed[cue], around, quoted=level >= 0)
        return voices

    def _depth(self, token: int) -> int:
        level, depth = self._layout.level[token], 0
        while level >= 0:
            level, depth = self._layout.marked[level].parent, depth + 1
        return depth

    def _read_quotations(self) -> tuple[Quotation, ...]:
        links, layout = self._links, self._layout
        found: list[tuple[int, int, QuotationKind, Said | None]] = []
        for clause in links.clauses:
            if clause.mixed or self._counts(clause):
                kind = QuotationKind.MIXED if clause.mixed else QuotationKind.INDIRECT
                found.append((clause.start, clause.end, kind, clause.said))
        for number, said in links.of.items():
            stretch = layout.marked[number]
            words = len(layout.words(stretch))
            if number not in links.parts or words >= _LONG or (words > _FEW and layout.has_verb(stretch)):
                found.append((stretch.start, stretch.end, QuotationKind.DIRECT, said))
        for number in links.alone:
            stretch = layout.marked[number]
            found.append((stretch.start, stretch.end, QuotationKind.DIRECT, None))
        found.sort(key=lambda item: (item[0], -item[1]))
        return tuple(self._quotation(number, *item) for number, item in enumerate(found))

    def _quotation(self, number: int, start: int, end: int, kind: QuotationKind, said: Said | None) -> Quotation:
        voice = self._voices[said.cue] if said is not None else None
        return Quotation(
            id=f"q{number}",
            kind=kind,
            speaker=voice.actor if voice is not None else None,
            speaker_span=self._speakers.span(voice) if voice is not None else None,
            cue=said.words(self._layout.tree) if said is not None else None,
            start=start,
            end=end,
        )


def read_speech(tree: Tree, grammar: Grammar, actors: Actors, cues: Cues | None = None) -> Speech:
    """All that is said in a text; `cues` from load_cues."""
    return Speech(tree, grammar, actors, load_cues() if cues is None else cues)


def find_quotations(tree: Tree, grammar: Grammar, actors: Actors) -> tuple[Quotation, ...]:
    """The quotations of a text, in the order of where they start; the outer before the inner."""
    return read_speech(tree, grammar, actors).quotations
