"""The embedded broker as it is: real Kafka, real processes, real kills."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest
from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer, TopicPartition
from kafka.admin import NewTopic

from services.broker.embedded import EmbeddedBroker, running_broker, stop
from services.broker.jars import default_jar_dir
from services.broker.process import Identity, identify, wait
from services.broker.state import FILE, Status, status
from services.errors import SettingsError, UserError

pytestmark = pytest.mark.integration

ASK = """
import sys
from pathlib import Path
from services.broker.state import status
found = status(Path(sys.argv[1]))
print(found.running, found.pid, found.bootstrap, found.cluster_id)
"""
START = """
import sys
from pathlib import Path
from services.broker.embedded import EmbeddedBroker
found = EmbeddedBroker(Path(sys.argv[1]), Path(sys.argv[2]), attached=sys.argv[3] == "attached").start()
print("pid", found.pid, flush=True)
if sys.argv[3] == "attached":
    sys.stdin.read()
"""


def python(script: str, *arguments: object) -> list[str]:
    return [sys.executable, "-c", script, *map(str, arguments)]


def known(pid: int | None) -> Identity:
    who = identify(pid) if pid is not None else None
    assert who is not None
    return who


@pytest.fixture(scope="module")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedBroker]:
    """One broker for the tests that leave it as it is. Its folder has a name that no configuration would survive."""
    folder = tmp_path_factory.mktemp("broker") / "ärger, ${env:HOME} & más"
    with running_broker(folder, default_jar_dir()) as running:
        yield running


def test_broker_answers_for_the_cluster_its_folder_was_formatted_for(broker: EmbeddedBroker) -> None:
    client = KafkaAdminClient(bootstrap_servers=broker.bootstrap)
    try:
        assert client.describe_cluster()["cluster_id"] == status(broker.data_dir).cluster_id
    finally:
        client.close()


def test_broker_listens_on_the_loopback_interface_only(broker: EmbeddedBroker) -> None:
    connections = psutil.Process(status(broker.data_dir).pid).net_connections("inet")
    listening = {(c.laddr.ip.removeprefix("::ffff:"), c.laddr.port) for c in connections if c.status == "LISTEN"}
    assert listening == {("127.0.0.1", broker.port), ("127.0.0.1", broker.controller_port)}


def test_broker_keeps_its_files_to_its_owner(broker: EmbeddedBroker) -> None:
    assert broker.data_dir.stat().st_mode & 0o777 == 0o700


def test_broker_is_not_reached_by_ctrl_c_in_the_terminal(broker: EmbeddedBroker) -> None:
    pid = status(broker.data_dir).pid
    assert pid is not None
    assert os.getpgid(pid) != os.getpgrp()


def test_broker_logs_to_its_file_and_says_nothing_on_the_console(broker: EmbeddedBroker) -> None:
    assert "Kafka Server started" in status(broker.data_dir).log_file.read_text()
    assert (broker.data_dir / "log/console.log").read_text() == ""


def test_broker_status_is_known_to_another_process(broker: EmbeddedBroker) -> None:
    found = status(broker.data_dir)
    told = subprocess.run(python(ASK, broker.data_dir), capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["True", str(found.pid), broker.bootstrap, str(found.cluster_id)]


def test_broker_on_a_folder_in_use_is_explained(broker: EmbeddedBroker) -> None:
    pid = status(broker.data_dir).pid
    with pytest.raises(UserError, match=rf"pid {pid}, at {broker.bootstrap}.*`dateline broker stop`"):
        EmbeddedBroker(broker.data_dir, default_jar_dir()).start()


def test_broker_on_a_taken_port_is_explained(broker: EmbeddedBroker, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=rf"DATELINE_BROKER_PORT: port {broker.port}"):
        EmbeddedBroker(tmp_path / "other", default_jar_dir(), port=broker.port).start()


def test_broker_with_a_property_kafka_refuses_shows_why(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="Invalid value soon"):
        EmbeddedBroker(tmp_path / "data", default_jar_dir(), properties={"log.retention.hours": "soon"}).start()
    assert not status(tmp_path / "data").running


@dataclass(frozen=True)
class Survivor:
    """A broker that was killed with messages in it and started again, and what was seen meanwhile."""

    broker: EmbeddedBroker
    address_before: str
    left_behind: bool


@pytest.fixture(scope="module")
def survivor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Survivor]:
    with running_broker(tmp_path_factory.mktemp("killed") / "data", default_jar_dir()) as running:
        admin = KafkaAdminClient(bootstrap_servers=running.bootstrap)
        admin.create_topics([NewTopic("kept", num_partitions=1, replication_factor=1)])
        admin.close()
        producer = KafkaProducer(bootstrap_servers=running.bootstrap)
        for future in [producer.send("kept", str(n).encode()) for n in range(100)]:
            future.get(timeout=10)
        producer.close()
        before = running.bootstrap
        running.kill()
        left_behind = (running.data_dir / FILE).exists()
        running.start()
        yield Survivor(running, before, left_behind)


def test_broker_killed_keeps_its_messages(survivor: Survivor) -> None:
    consumer = KafkaConsumer(bootstrap_servers=survivor.broker.bootstrap, consumer_timeout_ms=10_000)
    try:
        partition = TopicPartition("kept", 0)
        consumer.assign([partition])
        consumer.seek_to_beginning(partition)
        values = [int(next(consumer).value) for _ in range(100)]
    finally:
        consumer.close()
    assert values == list(range(100))


def test_broker_killed_comes_back_at_the_same_address(survivor: Survivor) -> None:
    assert survivor.broker.bootstrap == survivor.address_before


def test_broker_killed_leaves_a_state_that_does_not_stand_in_the_way(survivor: Survivor) -> None:
    assert survivor.left_behind
    assert status(survivor.broker.data_dir).running


@dataclass(frozen=True)
class Detached:
    """What was seen of a broker that was started by a process which ended, and stopped from here."""

    started: Status
    stopped: bool
    log: str
    after: Status
    state_left: bool
    process_left: bool


@pytest.fixture(scope="module")
def detached(tmp_path_factory: pytest.TempPathFactory) -> Detached:
    folder = tmp_path_factory.mktemp("detached") / "data"
    subprocess.run(python(START, folder, default_jar_dir(), "detached"), check=True, capture_output=True)
    started = status(folder)
    who = known(started.pid)
    stopped = stop(folder)
    text = started.log_file.read_text()
    return Detached(started, stopped, text, status(folder), (folder / FILE).exists(), not wait(who, 0))


def test_broker_detached_survives_its_starter(detached: Detached) -> None:
    assert detached.started.running


def test_broker_stopped_shuts_down_in_order(detached: Detached) -> None:
    assert detached.stopped
    assert "shut down completed" in detached.log


def test_broker_stopped_leaves_nothing_behind(detached: Detached) -> None:
    assert (detached.after.running, detached.state_left, detached.process_left) == (False, False, False)


def test_broker_stopped_is_still_known_by_its_cluster(detached: Detached) -> None:
    assert detached.after.cluster_id == detached.started.cluster_id


def test_broker_that_does_not_run_need_not_be_stopped(tmp_path: Path) -> None:
    assert stop(tmp_path / "data") is False


def test_broker_attached_ends_with_a_killed_parent(tmp_path: Path) -> None:
    command = python(START, tmp_path / "data", default_jar_dir(), "attached")
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        for line in parent.stdout:
            if line.startswith(b"pid "):
                break
        who = known(status(tmp_path / "data").pid)
        parent.kill()
    assert wait(who, 15)
