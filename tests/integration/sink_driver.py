"""A sink in a process of its own, which does to itself at a chosen point what the test wants of it.

    python sink_driver.py POINT BOOTSTRAP TOPIC DEADLETTER_TOPIC GROUP STORE_URL

POINT is before_commit (SIGKILL after the database's commit, before Kafka's) or before_write (SIGSTOP with a batch in
hand, before the transaction). The product knows nothing of this.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from typing import Any

from kafka import KafkaConsumer

from services.health import Health
from services.kafka import KafkaConnection
from services.sink.run import run
from services.sink.stores.sql import SqlStore
from services.sink.stores.url import open_store
from services.telemetry import Telemetry


def before_commit() -> None:
    acknowledge = KafkaConsumer.commit

    def commit(self: KafkaConsumer, offsets: dict[Any, Any], **options: Any) -> None:
        if any(offset.offset for offset in offsets.values()):
            os.kill(os.getpid(), signal.SIGKILL)
        acknowledge(self, offsets, **options)

    KafkaConsumer.commit = commit


def before_write() -> None:
    write = SqlStore.write

    def stop_and_write(self: SqlStore, topic: Any, located: Any, ends: Any) -> Any:
        os.kill(os.getpid(), signal.SIGSTOP)
        return write(self, topic, located, ends)

    SqlStore.write = stop_and_write  # type: ignore[method-assign]


def main(point: str, bootstrap: str, topic: str, deadletter_topic: str, group: str, url: str) -> None:
    {"before_commit": before_commit, "before_write": before_write}[point]()
    totals = run(
        connection=KafkaConnection(bootstrap=bootstrap),
        topic=topic,
        deadletter_topic=deadletter_topic,
        group=group,
        store=open_store(url),
        telemetry=Telemetry("sink"),
        health=Health(),
        batch_size=100,
        compression="gzip",
        stop=threading.Event(),
        session_timeout_ms=6000,
        until_idle=3,
    )
    sys.stdout.write(f"{totals.stored}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
