"""How an explanation looks: each event in its sentence, marked, and a table of its fields; then what else was found.

In colours on a terminal; without colours the marks are brackets, ``S[Kenya] V[shelled] T[a hospital]``. Texts come
from anywhere: whatever in them could command a terminal is shown, not obeyed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from rich.console import Console
from rich.padding import Padding
from rich.table import Column, Table
from rich.text import Text

from services.subscribe.render import visible_part

if TYPE_CHECKING:
    from schemas.enriched import EnrichedArticle
    from services.enrich.explain import ExplainedEvent, Mark
    from services.enrich.near_misses import NearMiss

_STYLES = {"S": "bold cyan", "T": "bold magenta", "O": "green", "V": "bold underline yellow"}
_LEGEND = {"S": "source", "V": "the words of the act", "T": "target", "O": "object"}
_QUOTED = 120  # code points of a quotation that are shown
_RULE = 100  # and of a rule that made no event


def show(article: EnrichedArticle, events: Sequence[ExplainedEvent], misses: Sequence[NearMiss], out: Console) -> None:
    """Print it."""
    plain = out.color_system is None
    if article.skipped is not None:
        out.print(_safe(f"not read: {article.skipped.value} ({article.language or 'no language'})"))
        return
    if events:
        legend = (_mark(words, role, plain=plain) for role, words in _LEGEND.items())
        out.print(Text("  ").join(legend), "\n", sep="")
    for number, event in enumerate(events, start=1):
        out.print(_safe(f"{number}. {event.phrase}", "bold"))
        out.print(marked(event.sentence, event.marks, plain=plain), "\n", sep="")
        out.print(Padding(_fields(event), (0, 0, 1, 2), expand=False))
    if not events:
        _show_why_none(misses, out)
    for name, lines in _found(article):
        out.print(_safe(name, "bold"))
        for line in lines:
            out.print(Padding(_safe(line), (0, 0, 0, 2), expand=False))


def marked(sentence: str, marks: Sequence[Mark], *, plain: bool) -> Text:
    """The sentence with each mark in its colour, or `plain` in brackets."""
    if not plain:
        shown = Text()
        # Of marks within each other, the shorter one shows.
        inner_first = sorted(marks, key=lambda mark: mark.end - mark.start)
        for start, end in _stretches(sentence, marks):
            role = next((mark.role for mark in inner_first if mark.start <= start and end <= mark.end), "")
            shown.append(visible_part(sentence[start:end]), _STYLES.get(role, ""))
        return shown
    parts: list[str] = []
    for start, end in _stretches(sentence, marks):
        opened = sorted((mark for mark in marks if mark.start == start), key=lambda mark: -mark.end)
        closed = sum(mark.end == end for mark in marks)
        parts += [*(f"{mark.role}[" for mark in opened), visible_part(sentence[start:end]), "]" * closed]
    return Text("".join(parts))


def _stretches(sentence: str, marks: Sequence[Mark]) -> Iterator[tuple[int, int]]:
    """The sentence cut wherever a mark begins or ends."""
    cuts = sorted({0, len(sentence), *(at for mark in marks for at in (mark.start, mark.end))})
    return pairwise(cuts)


def _mark(words: str, role: str, *, plain: bool) -> Text:
    return Text(f"{role}[{words}]" if plain else words, "" if plain else _STYLES[role])


def _fields(event: ExplainedEvent) -> Table:
    table = Table(Column(style="dim", no_wrap=True), Column(overflow="fold"), box=None, show_header=False, padding=0)
    for name, lines in event.fields:
        table.add_row(f"{name}  ", Text("\n").join(_safe(line) for line in lines))
    return table


def _show_why_none(misses: Sequence[NearMiss], out: Console) -> None:
    if not misses:
        out.print("no event: no word in it has a frame in the lexicon\n")
        return
    out.print("no event. These words have frames; those that came nearest, and why they make none:")
    for miss in misses:
        out.print(_safe(f"“{miss.word}”", "bold"))
        for frame in miss.frames:
            rule = frame.rule if len(frame.rule) <= _RULE else f"{frame.rule[: _RULE - 1]}…"
            out.print(Padding(_safe(rule), (0, 0, 0, 2), expand=False))
            out.print(Padding(_safe(frame.why), (0, 0, 0, 6), expand=False))
        if miss.more:
            out.print(Padding(_safe(f"and {miss.more} further off", "dim"), (0, 0, 0, 2), expand=False))
    out.print()


def _found(article: EnrichedArticle) -> Iterator[tuple[str, list[str]]]:
    from services.enrich.explain import actor_words, date_words, place_words

    names = {actor.id: actor.name for actor in article.actors}
    if article.actors:
        times = [(actor, len(actor.mentions)) for actor in article.actors]
        yield "actors", [f"{actor_words(one)}{f', {count} times' if count > 1 else ''}" for one, count in times]
    if article.quotations:
        yield (
            "quotations",
            [
                f"{names.get(one.speaker or '', 'somebody')}, {one.kind.value}: {article.text[one.start : one.end]}"[
                    :_QUOTED
                ]
                for one in article.quotations
            ],
        )
    if article.places:
        yield "places", list(dict.fromkeys(place_words(place) for place in article.places))
    if article.dates:
        yield "dates", list(dict.fromkeys(date_words(one.text, one, article) for one in article.dates))


def _safe(text: str, style: str = "") -> Text:
    return Text(visible_part(text), style)
