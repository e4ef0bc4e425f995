"""Which mention has a token: places and dates are known by offsets, rules by tokens."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import TypeVar

from schemas.events import TextSpan
from services.enrich.nlp.tree import Tree

Mention = TypeVar("Mention", bound=TextSpan)


def by_token(tree: Tree, mentions: Sequence[Mention]) -> dict[int, Mention]:
    """Each token that lies in a mention, with the mention; where two overlap, the first has it."""
    found: dict[int, Mention] = {}
    for mention in mentions:
        token = bisect_left(tree.ends, mention.start + 1)
        while token < len(tree) and tree.starts[token] < mention.end:
            found.setdefault(token, mention)
            token += 1
    return found
