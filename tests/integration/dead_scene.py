"""Topics of a test's own with dead letters on them, and the command `dateline dead` at work on those."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from kafka import KafkaProducer

from schemas.deadletter import DeadLetter, Reason, Replayed, Stage
from schemas.topics import DEADLETTER, RAW
from services.connect import connect
from services.deadletters import as_message, marker_of
from services.kafka import KafkaConnection
from services.ops.topics import create_topics
from services.topic_range import read_range

DATELINE = str(Path(sys.executable).parent / "dateline")


class DeadScene:
    """What a test does with dead letters, and sees of them."""

    def __init__(self, bootstrap: str, prefix: str = "") -> None:
        """Topics of its own, unless `prefix` has some."""
        self.connection = KafkaConnection(bootstrap=bootstrap)
        self.prefix = prefix or f"d{uuid4().hex[:8]}."
        if not prefix:
            create_topics(self.connection, prefix=self.prefix)
        self.raw, self.deadletter = self.prefix + RAW.name, self.prefix + DEADLETTER.name

    def put(self, topic: str, *messages: tuple[bytes | None, bytes | None, Sequence[tuple[str, bytes]]]) -> None:
        """Put messages (key, value, headers) on a topic."""
        with closing(connect(KafkaProducer, self.connection, max_request_size=9_000_000)) as producer:
            for key, value, headers in messages:
                producer.send(topic, key=key, value=value, headers=list(headers)).get(30)

    def set_aside(self, *values: bytes | None, topic: str = "", first: int = 1000) -> list[DeadLetter]:
        """Letters of these values, whose originals were at offsets of partition 0 from `first` on."""
        letters = [
            DeadLetter(
                topic or self.raw, 0, first + number, Stage.ENRICH, Reason.INVALID, "E", "bad", 1,
                datetime.now(UTC), key=b"a%d" % number, value=value, headers=(("x", b"\x00\xff"), ("x", b"")),
            )
            for number, value in enumerate(values)
        ]  # fmt: skip
        self.put(self.deadletter, *map(as_message, letters))
        return letters

    def start(self, *arguments: str, **environment: str) -> subprocess.Popen[str]:
        """The command, on its way."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("DATELINE_")}
        own = {"DATELINE_KAFKA_BOOTSTRAP": self.connection.bootstrap, "DATELINE_TOPIC_PREFIX": self.prefix}
        return subprocess.Popen(
            [DATELINE, "dead", *arguments], env=kept | own | environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    def run(self, *arguments: str, **environment: str) -> tuple[int, list[dict[str, Any]], str]:
        """Exit code of the command, the lines of JSON that it wrote, and what it said."""
        process = self.start(*arguments, **environment)
        out, said = process.communicate(timeout=90)
        return process.returncode, [json.loads(line) for line in out.splitlines()], said

    def statuses(self) -> list[str]:
        """Status of each letter, as the command lists them, the first that failed first."""
        code, found, said = self.run("list")
        assert (code, said) == (0, "")
        return [one["status"] for one in reversed(found)]

    def on_raw(self) -> list[Any]:
        """What is on articles.raw."""
        return list(read_range(self.connection, self.raw))

    def markers(self) -> list[Replayed]:
        """The markers on the dead-letter topic."""
        return [found for message in read_range(self.connection, self.deadletter) if (found := marker_of(message))]
