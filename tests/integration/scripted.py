"""A scripted worker as a process, what it is sent, and what it wrote."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

from kafka import KafkaProducer

from schemas.deadletter import DeadLetter
from schemas.topics import DEADLETTER, ENRICHED, RAW
from services.connect import connect
from services.deadletters import letter_of
from services.kafka import ENRICH_GROUP
from services.ops.topics import lag
from services.processes import Service
from services.topic_range import read_range
from tests.integration.pipelines import RunningPipeline, free_port, wait_for

ROOT = Path(__file__).parents[2]


class Worker:
    """A scripted worker on topics of its own."""

    def __init__(self, pipeline: RunningPipeline, most_dead_letters: int = 0) -> None:
        self.pipeline = pipeline
        port = free_port()
        self.log = pipeline.folder / "worker.log"
        with self.log.open("wb") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.integration.scripted_worker", pipeline.connection.bootstrap,
                 pipeline.prefix, str(port), "2", str(most_dead_letters)],
                cwd=ROOT, stderr=out,
            )  # fmt: skip
        self.service = Service("enrich", self.process, f"http://127.0.0.1:{port}", self.log)

    def send(self, *messages: tuple[bytes | None, bytes | None], headers: Any = ()) -> None:
        """Put messages on articles.raw, all in one partition, so that they share batches."""
        producer = connect(KafkaProducer, self.pipeline.connection)
        with closing(producer):
            topic = self.pipeline.topic(RAW.name)
            futures = [
                producer.send(topic, key=key, value=value, headers=list(headers), partition=0)
                for key, value in messages
            ]
            for future in futures:
                future.get(30)

    def wait_until_done(self) -> None:
        """Return when all is committed."""
        prefix = self.pipeline.prefix
        wait_for(
            lambda: sum(lag(self.pipeline.connection, prefix + ENRICH_GROUP, prefix + RAW.name).values()) == 0,
            90,
            [self.service],
        )

    def enriched(self) -> list[Any]:
        """What is on articles.enriched."""
        return list(read_range(self.pipeline.connection, self.pipeline.topic(ENRICHED.name)))

    def letters(self) -> list[DeadLetter]:
        """What is on articles.deadletter."""
        found = read_range(self.pipeline.connection, self.pipeline.topic(DEADLETTER.name))
        return [letter for message in found if (letter := letter_of(message))]
