"""Every entry of the lexicons has an example, and every example does what its entry says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from services.enrich.nlp.acts.frames import Frame
from services.enrich.nlp.coder import load_knowledge
from services.enrich.nlp.factuality.governors import Governor
from services.enrich.nlp.lexicon.check import FILES, Line, faults, read_lines

LINES: list[Line] = [line for path in FILES for line in read_lines(path)]


@pytest.fixture(scope="module")
def found(nlp: Any) -> Mapping[str, str]:
    """What is wrong, by file and line; all sentences are parsed together."""
    return {line.origin: fault for line, fault in faults(LINES, nlp, load_knowledge())}


@pytest.mark.parametrize("line", LINES, ids=[line.origin for line in LINES])
def test_examples_do_what_their_entry_says(line: Line, found: Mapping[str, str]) -> None:
    assert line.origin not in found, f"{line.example}: {found[line.origin]}"


def test_examples_cover_what_news_uses() -> None:
    verbs = {line.head for line in LINES if isinstance(line, Frame) and line.part == "verb"}
    nouns = {line.head for line in LINES if isinstance(line, Frame) and line.part == "noun"}
    verbs |= {line.lemma for line in LINES if isinstance(line, Governor) and line.part == "verb"}
    assert len(verbs) >= 1500
    assert len(nouns) >= 500
