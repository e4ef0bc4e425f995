"""``make run`` from end to end: what it shows, its status, and what a user does beside it."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from schemas.deadletter import DeadLetter
from schemas.enriched import EnrichedArticle
from schemas.topics import DEADLETTER
from services.kafka import KafkaConnection
from services.topic_range import read_range
from tests.integration.pipelines import free_port, wait_for

pytestmark = [pytest.mark.integration, pytest.mark.timeout(300)]

DATELINE = str(Path(sys.executable).parent / "dateline")
SEEDS = Path(__file__).parents[2] / "seeds"


class Demo:
    """A demo that stays up, its output, and commands beside it."""

    def __init__(self, folder: Path) -> None:
        ports = {name: str(free_port()) for name in ("BROKER_PORT", "ENRICH_METRICS_PORT", "SINK_METRICS_PORT")}
        self.bootstrap = f"127.0.0.1:{ports['BROKER_PORT']}"
        kept = {name: value for name, value in os.environ.items() if not name.startswith("DATELINE_")}
        self.environment = {
            **kept,
            "COLUMNS": "200",
            "DATELINE_DATA_DIR": str(folder),
            **{f"DATELINE_{name}": port for name, port in ports.items()},
        }
        self.page = f"http://127.0.0.1:{ports['ENRICH_METRICS_PORT']}"
        self.output = folder.parent / f"{folder.name}.out"

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        with self.output.open("wb") as out:
            return subprocess.Popen([DATELINE, "demo", *arguments], env=self.environment, stdout=out, stderr=out)

    def run(self, *arguments: str, **options: Any) -> subprocess.CompletedProcess[bytes]:
        environment = self.environment | {"DATELINE_KAFKA_BOOTSTRAP": self.bootstrap}
        return subprocess.run(
            [DATELINE, *arguments], env=environment, capture_output=True, check=False, timeout=120, **options
        )

    @property
    def said(self) -> str:
        return self.output.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """One demo for all tests here, up and done with its seeds."""
    made = Demo(tmp_path_factory.mktemp("demo"))
    process = made.start()
    wait_for(lambda: "stays up until Ctrl-C" in made.said or process.poll() is not None, 120)
    assert process.poll() is None, made.said
    yield made
    process.send_signal(signal.SIGINT)
    assert process.wait(60) == 0


def test_demo_says_that_the_counts_agree(demo: Demo) -> None:
    assert "The counts agree" in demo.said
    assert "Lost: 0. Doubled: 0." in demo.said


def test_demo_beside_one_that_is_up_says_so_and_sends_nothing(demo: Demo) -> None:
    done = demo.run("demo", "--once")
    assert done.returncode == 2
    assert b"_METRICS_PORT: port" in done.stderr
    assert b"feeding" not in done.stdout


def test_demo_shows_names_refusals_and_dead_letters(demo: Demo) -> None:
    assert "António Guterres (PERSON)" in demo.said
    assert "broken.jsonl.gz:7: title: is a number, not text" in demo.said
    assert "18 invalid" in demo.said


def test_demo_makes_of_each_broken_line_what_its_table_says(demo: Demo) -> None:
    """Unchecked, each is a row or a dead letter with its bytes and reason, or over Kafka's own limit."""
    import gzip

    lines = gzip.decompress((SEEDS / "broken.jsonl.gz").read_bytes()).split(b"\n")[:-1]
    found = read_range(KafkaConnection(bootstrap=demo.bootstrap), DEADLETTER.name)
    letters = [DeadLetter.from_message(message.key, message.value, message.headers) for message in found]
    reasons = {letter.value: letter.reason.value for letter in letters if letter.key is None}
    table = json.loads((SEEDS / "broken.json").read_text())
    became = {line["name"]: reasons.get(lines[line["line"] - 1]) for line in table}
    expected = {line["name"]: line["unchecked"] for line in table}
    assert became == {name: None if fate in ("row", "too large for Kafka") else fate for name, fate in expected.items()}


def test_subscribe_in_a_pipe_writes_records_until_nobody_reads(demo: Demo) -> None:
    command = f"{DATELINE} subscribe | head -2"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        env=demo.environment | {"DATELINE_KAFKA_BOOTSTRAP": demo.bootstrap},
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert [bool(EnrichedArticle.model_validate_json(line).id) for line in done.stdout.splitlines()] == [True, True]


def test_subscribe_table_shows_titles(demo: Demo) -> None:
    done = demo.run("subscribe", "--table", "--until-end")
    assert "Jet bombs Myanmar village hours after amnesty for 900" in done.stdout.decode()


def test_demo_shows_events_with_who_and_whom(demo: Demo) -> None:
    assert re.search(r"\d+ events\b", demo.said)
    assert re.search(r"Events: \d+ [A-Z]+, \d+ [A-Z]+", demo.said)


def test_events_in_a_pipe_are_those_of_the_records(demo: Demo) -> None:
    records = map(json.loads, demo.run("subscribe", "--until-end", "--json").stdout.splitlines())
    coded = {(record["id"], event["id"]) for record in records for event in record["events"]}
    events = [json.loads(line) for line in demo.run("events", "-n", "10000").stdout.splitlines()]
    assert {(event["article_id"], event["event_id"]) for event in events} == coded
    assert len(coded) > 50


def test_subscribe_where_leaves_articles_with_such_an_event(demo: Demo) -> None:
    done = demo.run("subscribe", "--until-end", "--where", "type=ASSAULT polarity=affirmed")
    records = [json.loads(line) for line in done.stdout.splitlines()]
    wanted = [{("ASSAULT", "affirmed")} <= {(e["type"], e["polarity"]) for e in record["events"]} for record in records]
    assert wanted
    assert all(wanted)


def test_annotate_writes_the_very_records_of_the_topic(demo: Demo) -> None:
    topic = {
        record["id"]: record
        for record in map(json.loads, demo.run("subscribe", "--until-end", "--json").stdout.splitlines())
        if record["feed"] == "wire.jsonl"
    }
    done = demo.run("annotate", str(SEEDS / "wire.jsonl"), "--processes", "2")
    annotated = [json.loads(line) for line in done.stdout.splitlines()]
    moment = {"fetched_at": None, "timings": None}  # when it was read, and how long it took
    assert len(annotated) == 56
    assert [record | moment for record in annotated] == [topic[record["id"]] | moment for record in annotated]


def test_feed_puts_articles_of_ones_own_into_the_store(demo: Demo, tmp_path: Path) -> None:
    (tmp_path / "own.txt").write_text("Board meets\n\nInes Duarte chaired it in Lisbon.\n")
    done = demo.run("feed", str(tmp_path))
    assert json.loads(done.stdout)["sent"] == 1
    wait_for(lambda: b"Board meets" in demo.run("articles", "-n", "100").stdout, 30)


def test_replay_at_a_rate_sends_the_seeds_again(demo: Demo) -> None:
    before = time.monotonic()
    done = demo.run("replay", "seeds", "--rate", "20", "--limit", "40")
    assert json.loads(done.stdout)["sent"] == 40
    assert 1.9 <= time.monotonic() - before < 30


def test_replay_at_the_pace_of_its_dates_takes_its_time(demo: Demo) -> None:
    # 314 days of news, a hundred days a second.
    before = time.monotonic()
    done = demo.run("replay", "seeds", "--speed", str(86_400 * 100))
    assert json.loads(done.stdout)["sent"] == 56
    assert 3.0 <= time.monotonic() - before < 30


def test_demo_serves_metrics_while_it_is_up(demo: Demo) -> None:
    with urllib.request.urlopen(f"{demo.page}/metrics", timeout=5) as answer:
        page = answer.read().decode()
    assert 'dateline_articles_total{outcome="skipped",stage="enrich"} ' in page


def test_demo_once_ends_with_status_0_and_leaves_no_process(tmp_path: Path) -> None:
    made = Demo(tmp_path / "data")
    process = made.start("--once")
    family: set[psutil.Process] = set()
    while process.poll() is None:
        family |= set(psutil.Process(process.pid).children(recursive=True)) if psutil.pid_exists(process.pid) else set()
        time.sleep(0.2)
    assert process.returncode == 0, made.said
    assert "The counts agree" in made.said
    assert [child for child in family if child.is_running() and child.status() != psutil.STATUS_ZOMBIE] == []
    again = made.start("--once")
    assert again.wait(120) == 0, made.said


def test_demo_ends_at_once_with_the_log_of_a_service_that_cannot_start(tmp_path: Path) -> None:
    made = Demo(tmp_path / "data")
    made.environment["DATELINE_MODEL"] = "xx_none"
    assert made.start("--once").wait(120) == 2
    assert "enrich ended with exit code 2" in made.said
    assert "there is no spaCy pipeline 'xx_none'" in made.said
    assert "Nothing is lost" in made.said.splitlines()[-1]


def test_demo_that_is_interrupted_before_its_counts_does_not_end_well(tmp_path: Path) -> None:
    made = Demo(tmp_path / "data")
    process = made.start("--once")
    wait_for(lambda: "starting worker" in made.said, 60)
    process.send_signal(signal.SIGTERM)
    assert process.wait(60) == 130


def test_demo_takes_any_free_port_for_the_pages(tmp_path: Path) -> None:
    made = Demo(tmp_path / "data")
    made.environment |= {"DATELINE_ENRICH_METRICS_PORT": "0", "DATELINE_SINK_METRICS_PORT": "0"}
    assert made.start("--once").wait(120) == 0, made.said
