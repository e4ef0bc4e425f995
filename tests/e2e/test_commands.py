"""The commands as a user meets them: exit codes, one-line errors, tables for people and JSON for programs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

DATELINE = str(Path(sys.executable).parent / "dateline")


def dateline(*arguments: str, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [DATELINE, *arguments], input=stdin, capture_output=True, check=False, timeout=120, env=clean(environment)
    )


def clean(environment: Mapping[str, str]) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DATELINE_")}
    return {**kept, "COLUMNS": "200", **environment}


@pytest.mark.parametrize(
    "command",
    [
        "demo",
        "feed",
        "replay",
        "annotate",
        "subscribe",
        "articles",
        "events",
        "explain",
        "enrich",
        "sink",
        "settings",
        "dead list",
        "dead count",
        "dead show",
        "dead export",
        "dead replay",
    ],
)
def test_commands_have_help_with_an_example(command: str) -> None:
    done = dateline(*command.split(), "--help")
    assert done.returncode == 0
    assert b"Example" in done.stdout


def test_commands_tell_a_wrong_setting_in_one_line() -> None:
    done = dateline("subscribe", DATELINE_KAFKA_SECURITY_PROTOCOL="TELNET")
    assert done.returncode == 2
    assert done.stderr.decode().startswith("dateline: DATELINE_KAFKA_SECURITY_PROTOCOL: ")
    assert done.stderr.count(b"\n") == 1


CLIENTS = (["subscribe"], ["replay", "seeds"], ["broker", "topics"], ["dead", "list"], ["sink"], ["enrich"])


@pytest.fixture(scope="module")
def without_kafka(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[int, str]]:
    """Exit code and standard error of every client where no Kafka is; all at once, since each waits for a while."""
    environment = clean(
        {
            "DATELINE_KAFKA_BOOTSTRAP": "127.0.0.1:9",
            "DATELINE_DATA_DIR": str(tmp_path_factory.mktemp("data")),
            "DATELINE_ENRICH_METRICS_PORT": "0",
            "DATELINE_SINK_METRICS_PORT": "0",
            "DATELINE_LOG_LEVEL": "ERROR",
        }
    )
    started = {
        command[0]: subprocess.Popen(
            [DATELINE, *command], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )
        for command in CLIENTS
    }
    said = {name: process.communicate(timeout=120)[1] for name, process in started.items()}
    return {name: (process.returncode, said[name]) for name, process in started.items()}


@pytest.mark.parametrize("command", [command[0] for command in CLIENTS])
def test_commands_tell_in_one_line_that_no_kafka_answers(
    without_kafka: dict[str, tuple[int, str]], command: str
) -> None:
    code, said = without_kafka[command]
    assert code == 2
    assert "DATELINE_KAFKA_BOOTSTRAP: no Kafka answers at 127.0.0.1:9" in said
    assert "Traceback" not in said


def test_commands_tell_a_missing_file_in_one_line() -> None:
    done = dateline("feed", "no-such-file.jsonl")
    assert (done.returncode, done.stderr.count(b"\n")) == (2, 1)
    assert b"no-such-file.jsonl" in done.stderr


def test_commands_tell_that_nothing_is_stored_yet_and_where(tmp_path: Path) -> None:
    done = dateline("articles", DATELINE_DATA_DIR=str(tmp_path))
    assert done.returncode == 2
    assert f"dateline: DATELINE_DATA_DIR: nothing is stored yet in {tmp_path};" in done.stderr.decode()


def test_commands_tell_a_store_that_is_not_there(tmp_path: Path) -> None:
    done = dateline("articles", DATELINE_STORE_URL=f"sqlite:///{tmp_path}/none.db")
    assert done.returncode == 2
    assert b"DATELINE_STORE_URL: " in done.stderr


def test_commands_tell_a_model_that_is_not_there(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text('{"title": "T", "body": "B"}\n')
    done = dateline("annotate", str(source), DATELINE_MODEL="xx_none")
    assert done.returncode == 2
    assert done.stderr.decode().splitlines()[-1] == (
        "dateline: DATELINE_MODEL: there is no spaCy pipeline 'xx_none'; install one, or name one that is"
    )


def test_settings_are_shown_without_passwords() -> None:
    done = dateline("settings", DATELINE_KAFKA_SASL_PASSWORD="s3cret-word", DATELINE_BATCH_SIZE="7")
    assert b"DATELINE_BATCH_SIZE=7" in done.stdout
    assert b"s3cret-word" not in done.stdout


def test_feed_dry_run_names_file_line_and_reason(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text('{"title": "T", "body": "B"}\n{"title": 7}\n')
    done = dateline("feed", "--dry-run", str(source))
    assert json.loads(done.stdout) == {"articles": 1, "refused": 1}
    assert done.stderr.decode() == f"refused {source}:2: title: is a number, not text\n"


def test_feed_dry_run_names_the_files_that_it_would_leave_out(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("One paragraph.")
    (tmp_path / "b.docx").touch()
    done = dateline("feed", "--dry-run", str(tmp_path))
    said = {"articles": 1, "refused": 0, "skipped_files": 1, "skipped_names": [str(tmp_path / "b.docx")]}
    assert (done.returncode, json.loads(done.stdout)) == (0, said)


def test_feed_of_plain_text_says_how_to_read_it() -> None:
    done = dateline("feed", "--dry-run", "-", stdin=b"Board meets\n\nInes Duarte chaired it.\n")
    assert done.returncode == 1
    assert done.stderr.decode().splitlines()[-1] == (
        "dateline: nothing would be sent: all 2 records were refused; plain text is read with --format text"
    )


def test_annotate_writes_a_record_per_article_in_order(tmp_path: Path) -> None:
    records = [{"id": f"n{number}", "text": f"Minister number {number} flew to Kenya."} for number in range(40)]
    lines = "\n".join(json.dumps(record) for record in records) + "\n"
    out = tmp_path / "out.jsonl"
    done = dateline("annotate", "-", "--out", str(out), "--processes", "2", stdin=lines.encode())
    written = [json.loads(line) for line in out.read_text().splitlines()]
    assert done.returncode == 0
    assert [record["id"] for record in written] == [record["id"] for record in records]
    assert all("Kenya" in {entity["text"] for entity in record["entities"]} for record in written)


def test_annotate_names_what_it_refuses_and_writes_the_rest(tmp_path: Path) -> None:
    done = dateline("annotate", "-", stdin=b'{"id": "a", "title": "T", "body": "B"}\nnot json\n')
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["a"]
    assert b"refused <stdin>:2: not JSON" in done.stderr


def test_annotate_strict_fails_where_a_record_is_refused() -> None:
    assert dateline("annotate", "-", "--strict", stdin=b"not json\n").returncode == 1


def test_annotate_of_a_slow_pipe_waits_and_blames_nobody(tmp_path: Path) -> None:
    body = "Ines Duarte of Lisbon met envoys from Kenya. " * 20
    records = [json.dumps({"id": f"n{number}", "body": body}) for number in range(40)]
    process = subprocess.Popen(
        [DATELINE, "annotate", "-", "--processes", "2", "--out", str(tmp_path / "out.jsonl")],
        stdin=subprocess.PIPE, stderr=subprocess.PIPE, env=clean({"DATELINE_ARTICLE_TIMEOUT_SECONDS": "4"}), text=True,
    )  # fmt: skip
    assert process.stdin is not None
    for record in records:
        process.stdin.write(record + "\n")
        process.stdin.flush()
        time.sleep(0.3)
    _, said = process.communicate(timeout=60)
    assert said == "40 written, 0 refused\n"
    assert len((tmp_path / "out.jsonl").read_text().splitlines()) == 40


def test_annotate_does_not_write_over_what_it_reads(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text('{"title": "T", "body": "B"}\n')
    done = dateline("annotate", str(source), "--out", str(source))
    assert (done.returncode, b"is one of the files to read" in done.stderr) == (2, True)
    assert source.read_text() == '{"title": "T", "body": "B"}\n'


def test_annotate_of_a_missing_file_leaves_the_output_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "out.jsonl").write_text("kept")
    assert dateline("annotate", "no-such-file", "--out", str(tmp_path / "out.jsonl")).returncode == 2
    assert (tmp_path / "out.jsonl").read_text() == "kept"


@pytest.mark.parametrize(
    ("arguments", "environment", "said"),
    [
        (["sink"], {"DATELINE_DATA_DIR": "/dev/null/x"}, "DATELINE_DATA_DIR: the folder /dev/null/x cannot be made"),
        (["demo"], {"DATELINE_DATA_DIR": "/dev/null/x"}, "DATELINE_DATA_DIR: the folder /dev/null/x cannot be made"),
        (["feed", "x" * 300], {}, "there is no such file or folder"),
        (["subscribe", "--offset", "²"], {}, "is no offset"),
        (["subscribe", "--since", "yesterday"], {}, "--since yesterday: write a date, or date and time"),
        (["subscribe", "--where", "sort=AID"], {}, "--where: 'sort' is no field; those of events are type, plover"),
        (["articles"], {"DATELINE_STORE_URL": "nonsense"}, "DATELINE_STORE_URL: "),
        (["events", "--type", "BOMB"], {}, "--type: 'BOMB' is none of AGREE, CONSULT"),
        (["events"], {"DATELINE_STORE_URL": "nonsense"}, "DATELINE_STORE_URL: "),
        (["explain", ""], {}, "the text is empty: give a sentence in quotes"),
        (["explain"], {}, "give a text in quotes, --file FILE, or - for standard input"),
        (["explain", "A.", "--file", "a.txt"], {}, "give a text in quotes, --file FILE, or - for standard input"),
        (["explain", "A.", "--published", "monday"], {}, "--published monday: is no date that can be read"),
        (["explain", "--file", "no-such-file"], {}, "no-such-file: there is no such file or folder"),
    ],
)
def test_commands_tell_what_a_user_did_in_one_line(
    arguments: list[str], environment: dict[str, str], said: str
) -> None:
    done = dateline(*arguments, DATELINE_SINK_METRICS_PORT="0", **environment)
    assert (done.returncode, b"Traceback" in done.stderr) == (2, False)
    assert said in done.stderr.decode()


def test_explain_of_a_sentence_marks_who_did_what_to_whom() -> None:
    done = dateline("explain", "Kenya expelled two diplomats of Somalia on Monday.", "--published", "2026-03-04")
    shown = done.stdout.decode()
    assert done.returncode == 0
    assert "S[Kenya] V[expelled] T[two diplomats]" in shown
    assert "“Monday”: 2026-03-02" in shown


def test_explain_of_a_sentence_without_an_event_says_so() -> None:
    done = dateline("explain", "The weather was fine.")
    assert (done.returncode, done.stdout.decode().splitlines()[0]) == (
        0,
        "no event: no word in it has a frame in the lexicon",
    )


def test_explain_of_a_sentence_without_public_life_says_which_rule_came_near_and_why_not() -> None:
    shown = " ".join(dateline("explain", "The waiter was kidnapped by his cousin.").stdout.decode().split())
    assert "ASSAULT: S kidnap T it fits, but nobody in it is of public life" in shown


def test_explain_reads_a_raw_article_on_standard_input() -> None:
    article = {"title": "Kenya expels envoys", "body": "It did so on Monday.", "published_at": "2026-03-04T10:00:00Z"}
    shown = json.loads(dateline("explain", "-", "--json", stdin=json.dumps(article).encode()).stdout)["article"]
    assert (shown["title"], shown["published_at"]) == ("Kenya expels envoys", "2026-03-04T10:00:00Z")


def test_explain_of_an_article_as_text_has_the_record_and_why() -> None:
    article = b"Kenya expels envoys\n\nKenya expelled two diplomats of Somalia on Monday.\n"
    done = dateline("explain", "-", "--json", stdin=article)
    shown = json.loads(done.stdout)
    assert shown["article"]["title"] == "Kenya expels envoys"
    assert [event["id"] for event in shown["events"]] == [event["id"] for event in shown["article"]["events"]]
    assert {"act", "who", "whom", "rule", "as in", "path"} <= {name for name, _ in shown["events"][0]["fields"]}


def test_explain_names_a_text_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A.")
    done = dateline("explain", str(tmp_path / "a.txt"))
    assert (done.returncode, b"is a file: write --file" in done.stderr) == (2, True)
