"""Moves in a tree: what the mending of parses is made of."""

from __future__ import annotations

from services.enrich.nlp.syntax.tree import Tree


def move(tree: Tree, token: int, head: int, dep: str) -> None:
    """Hang a token below another."""
    old = tree.heads[token]
    if old != token:
        tree.children[old].remove(token)
    tree.heads[token], tree.deps[token] = head, dep
    tree.children[head].append(token)
    tree.children[head].sort()
