"""Every entry of the lexicons of actors and places has an example, and every example finds what its entry says."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import pytest

from services.enrich.nlp.lexicon.actor_examples import FILES, Check, actor_fault, faults, place_fault, read_examples
from services.enrich.nlp.places.gazetteer import load_gazetteer


@pytest.mark.parametrize("path", FILES, ids=[path.name for path in FILES])
def test_actor_examples_are_found_as_their_entry_says(path: Path, nlp: Any) -> None:
    check: Check = actor_fault
    if path.parent.name == "places":
        check = partial(place_fault, gazetteer=load_gazetteer())
    assert [f"{example.origin}: {fault}" for example, fault in faults(list(read_examples(path)), nlp, check)] == []


def test_actor_examples_tell_an_entry_without_one(tmp_path: Path, nlp: Any) -> None:
    path = tmp_path / "nouns.psv"
    path.write_text("sapper | person, force | MIL |\n", encoding="utf-8")
    assert [fault for _, fault in faults(list(read_examples(path)), nlp, actor_fault)] == ["has no example"]


def test_actor_examples_tell_an_entry_that_is_found_otherwise(tmp_path: Path, nlp: Any) -> None:
    path = tmp_path / "nouns.psv"
    path.write_text("soldier | person | REL | | A [Kenyan soldier = KEN REL] left.\n", encoding="utf-8")
    assert [fault for _, fault in faults(list(read_examples(path)), nlp, actor_fault)] != []
