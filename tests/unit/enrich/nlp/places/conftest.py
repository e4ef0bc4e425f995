"""The gazetteer, loaded once for these tests."""

from __future__ import annotations

import pytest

from services.enrich.nlp.places import Gazetteer, load_gazetteer


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return load_gazetteer()
