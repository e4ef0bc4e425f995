"""Read the actors of a text and ask for one of them by a word of its name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from spacy.language import Language

from schemas.events import Actor
from services.enrich.nlp.actors.lexicon import load_actor_lexicon
from services.enrich.nlp.actors.resolve import Actors, find_actors
from services.enrich.nlp.syntax.tree import Tree, read_tree


@dataclass(frozen=True)
class Reading:
    """A parsed text with its actors."""

    tree: Tree
    actors: Actors

    def token(self, word: str) -> int:
        """The first token that is this word."""
        return self.tree.words.index(word)

    def behind(self, word: str) -> str | None:
        """Name of the actor behind the first token that is this word."""
        found = self.actors.behind(self.token(word))
        return None if found is None else self.record(found[1]).name

    def record(self, actor_id: str) -> Actor:
        return next(record for record in self.actors.records if record.id == actor_id)

    def of(self, mention: str) -> Actor:
        """The actor with this mention."""
        found = [one for one in self.actors.records if any(mention == span.text for span in one.mentions)]
        assert len(found) == 1, f"{mention!r}: {[record.name for record in self.actors.records]}"
        return found[0]

    def code(self, mention: str) -> str | None:
        return self.of(mention).code

    def names(self) -> list[str]:
        return [record.name for record in self.actors.records]


def read(nlp: Language, text: str, published: str = "2024-05-08") -> Reading:
    """Read a text published on a day."""
    tree = read_tree(nlp(text))
    day = datetime.fromisoformat(published).replace(tzinfo=UTC)
    return Reading(tree, find_actors(tree, day, load_actor_lexicon()))
