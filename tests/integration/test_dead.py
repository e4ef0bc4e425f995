"""Dead letters replayed on real Kafka, by the command: nothing is lost or loops, and what became of each is told."""

from __future__ import annotations

import base64
import signal
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from kafka import KafkaAdminClient
from kafka.admin import ConfigResource, ConfigResourceType

from schemas.cloudevents import event_headers
from schemas.deadletter import REPLAYED_KIND, REPLAYS
from services.broker.embedded import EmbeddedBroker
from services.connect import connect
from tests.integration.dead_scene import DeadScene
from tests.integration.pipelines import RunningPipeline, running_pipeline, wait_for
from tests.integration.scripted import Worker

pytestmark = pytest.mark.integration


@pytest.fixture
def scene(broker: EmbeddedBroker) -> DeadScene:
    return DeadScene(broker.bootstrap)


@pytest.fixture
def pipeline(broker: EmbeddedBroker, tmp_path: Path) -> Iterator[RunningPipeline]:
    with running_pipeline(broker.bootstrap, tmp_path) as made:
        yield made


@pytest.fixture
def worker(pipeline: RunningPipeline) -> Iterator[Worker]:
    started = Worker(pipeline)
    started.service.wait_until_ready()
    yield started
    if started.process.poll() is None:
        started.process.terminate()
    assert started.process.wait(30) == 0


@pytest.fixture
def at_work(worker: Worker) -> DeadScene:
    """The worker's own topics."""
    return DeadScene(worker.pipeline.connection.bootstrap, worker.pipeline.prefix)


def test_dead_letter_is_resolved_where_its_cause_was_mended(worker: Worker, at_work: DeadScene, tmp_path: Path) -> None:
    mended = tmp_path / "mended"
    worker.send((b"a", f"until:{mended}".encode()))
    worker.wait_until_done()
    assert at_work.statuses() == ["open"]

    mended.touch()
    assert at_work.run("replay", "a")[:2] == (0, [{"replayed": 1, "refused": 0, "passed_over": 0, "not_sent": 0}])
    worker.wait_until_done()

    assert at_work.statuses() == ["resolved"]
    assert [message.value for message in worker.enriched()] == [str(mended).encode()]


def test_dead_letter_that_fails_again_counts_on_and_is_refused_in_the_end(worker: Worker, at_work: DeadScene) -> None:
    worker.send((b"a", b"poison:bad"), headers=[("x-from", b"\x00\xff")])
    worker.wait_until_done()
    for _ in range(3):
        assert at_work.run("replay", "--all")[0] == 0
        worker.wait_until_done()

    assert at_work.statuses() == ["failed-again"] * 3 + ["open"]
    assert [letter.headers for letter in worker.letters()] == [
        (("x-from", b"\x00\xff"), *((REPLAYS, str(count).encode()) for count in ([count] if count else [])))
        for count in range(4)
    ]
    code, (summary,), said = at_work.run("replay", "--all")
    assert (code, summary["replayed"], summary["refused"], summary["passed_over"]) == (1, 0, 1, 3)
    last = worker.letters()[-1].origin
    assert f"refused {last}: 3 replays are behind it, the most are 3 (DATELINE_DEAD_REPLAYS); --again" in said
    assert at_work.run("replay", "--all", "--again")[1][0]["replayed"] == 1


def test_dead_letters_that_always_fail_are_replayed_once_by_one_replay(worker: Worker, at_work: DeadScene) -> None:
    worker.send(*((b"k%d" % number, b"poison:bad") for number in range(20)))
    worker.wait_until_done()

    # New letters come while it goes on; a loop would never end.
    assert at_work.run("replay", "--all", "--rate", "20")[1][0]["replayed"] == 20
    worker.wait_until_done()

    assert len(worker.letters()) == 40
    assert at_work.statuses().count("open") == 20


def test_dead_letter_is_pending_until_the_worker_is_back(worker: Worker, at_work: DeadScene) -> None:
    worker.send((b"a", b"poison:bad"))
    worker.wait_until_done()
    worker.process.terminate()
    worker.process.wait(30)
    at_work.run("replay", "--all")
    assert at_work.statuses() == ["pending"]

    back = Worker(worker.pipeline)
    back.wait_until_done()
    back.process.terminate()
    back.process.wait(30)
    assert at_work.statuses() == ["failed-again", "open"]


def test_dead_replay_puts_back_every_byte(scene: DeadScene) -> None:
    letters = scene.set_aside(b"\x00\xff not text", b"", None)

    assert scene.run("replay", "--all")[0] == 0

    assert [(m.partition, m.key, m.value, tuple(m.headers)) for m in scene.on_raw()] == [
        (0, letter.key, letter.value, (*letter.headers, (REPLAYS, b"1"))) for letter in letters
    ]


def test_dead_replay_leaves_markers_that_say_what_went_where(scene: DeadScene) -> None:
    (letter,) = scene.set_aside(b"bad")

    scene.run("replay", "--all")

    (marker,) = scene.markers()
    assert (marker.origin, marker.to, marker.count) == (letter.origin, (scene.raw, 0, 0), 1)


def test_dead_replay_that_only_looks_sends_nothing(scene: DeadScene) -> None:
    (letter,) = scene.set_aside(b"bad")

    code, (line,), _said = scene.run("replay", "--all", "--dry-run")

    assert (code, line["id"], line["to"], line["replay"]) == (0, str(letter.origin), scene.raw, 1)
    assert (scene.on_raw(), scene.markers()) == ([], [])


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_dead_replay_that_is_interrupted_loses_nothing(scene: DeadScene, how: signal.Signals) -> None:
    values = [b"bad %d" % number for number in range(60)]
    scene.set_aside(*values)
    process = scene.start("replay", "--all", "--rate", "30")
    wait_for(lambda: len(scene.on_raw()) > 5, 60)
    process.send_signal(how)
    process.communicate(timeout=60)

    assert process.returncode == (130 if how is signal.SIGINT else -signal.SIGKILL)
    sent = len(scene.on_raw())
    assert 5 < sent < 60
    if how is signal.SIGINT:
        assert len(scene.markers()) == sent

    assert scene.run("replay", "--all")[0] == 0
    assert {message.value for message in scene.on_raw()} == set(values)
    assert set(scene.statuses()) == {"pending"}


def test_dead_replay_sends_the_others_where_some_cannot_go(scene: DeadScene) -> None:
    limit = ConfigResource(ConfigResourceType.TOPIC, scene.raw, {"max.message.bytes": "1000"})
    with closing(connect(KafkaAdminClient, scene.connection)) as admin:
        admin.alter_configs([limit])
    scene.set_aside(b"lost its topic", topic=scene.prefix + "gone", first=1)
    scene.set_aside(b"loop", topic=scene.deadletter, first=2)
    scene.set_aside(b"x" * 2000, b"good", first=3)

    code, (summary,), said = scene.run("replay", "--all")

    assert (code, summary["replayed"], summary["not_sent"]) == (1, 1, 3)
    assert [message.value for message in scene.on_raw()] == [b"good"]
    assert f"not sent {scene.prefix}gone/0/1: there is no topic {scene.prefix}gone at" in said
    assert f"not sent {scene.deadletter}/0/2: {scene.deadletter} holds dead letters" in said
    assert f"not sent {scene.raw}/0/3: is larger than its topic takes" in said
    assert "Traceback" not in said


def test_dead_letters_that_are_not_ours_are_rows_that_say_so(scene: DeadScene) -> None:
    scene.set_aside(b"bad")
    broken = event_headers(REPLAYED_KIND, "1", "/x", subject="y")
    scene.put(scene.deadletter, (b"alien", b"?", [("x", b"y")]), (None, b"?", broken))

    assert [one["status"] for one in scene.run("list")[1]] == ["open", "not ours", "not ours"]
    assert [one["letters"] for one in scene.run("count")[1]] == [1, 2]
    code, _, said = scene.run("show", "alien")
    assert (code, said) == (
        2,
        f"dateline: {scene.deadletter}/0/1 is not ours: header '__connect.errors.topic' is missing\n",
    )


def test_dead_letters_that_came_twice_are_one(scene: DeadScene) -> None:
    scene.set_aside(b"bad")
    scene.set_aside(b"bad")

    (one,) = scene.run("list")[1]
    assert one["copies"] == 2
    assert scene.run("replay", "--all")[1][0]["replayed"] == 1


def test_dead_export_has_the_bytes_of_what_was_asked_for(scene: DeadScene, tmp_path: Path) -> None:
    scene.set_aside(b"\x00\xff", b"other")
    out, raw = tmp_path / "letters.jsonl", tmp_path / "raw"

    assert scene.run("export", str(out), "--raw", str(raw), "--id", "a0")[0] == 0

    assert [path.read_bytes() for path in raw.iterdir()] == [b"\x00\xff"]
    (line,) = scene.run("export", "-", "--id", "a0")[1]
    assert base64.b64decode(line["value_base64"]) == b"\x00\xff"
    assert len(out.read_text().splitlines()) == 1


def test_dead_show_prints_nothing_that_acts_on_a_terminal(scene: DeadScene) -> None:
    scene.set_aside(b"\x1b[2J \xe2\x80\xae")

    process = scene.start("show", "a0", "--table")
    out, _said = process.communicate(timeout=60)

    assert "    <U+001B>[2J <U+202E>" in out.splitlines()
    assert "\x1b" not in out


def test_dead_letters_by_an_id_that_is_not_there_are_told_in_one_line(scene: DeadScene) -> None:
    code, _, said = scene.run("show", "nobody")

    assert (code, said.count("\n")) == (2, 1)
    assert said.startswith(f"dateline: there is no dead letter 'nobody' on {scene.deadletter}")


def test_dead_letters_without_their_topic_are_told_in_one_line(broker: EmbeddedBroker) -> None:
    code, _, said = DeadScene(broker.bootstrap, "nowhere.").run("list")

    assert (code, said.count("\n")) == (2, 1)
    assert said.startswith("dateline: there is no topic nowhere.articles.deadletter at")
