from __future__ import annotations

from datetime import UTC, datetime

import pytest
from typer.testing import CliRunner

from schemas.deadletter import Place, Reason, Stage
from services.cli.dead_options import Letters, wanted_letters
from services.cli.main import app
from services.errors import UserError
from services.replay.dead import Alien, Status, Wanted


def wanted(**options: str) -> Wanted:
    return wanted_letters(*(options.get(name) for name in ("reason", "stage", "status", "since", "until")), ids=["a1"])


def test_dead_options_become_a_filter() -> None:
    asked = wanted(
        reason="invalid,NOT_JSON", stage="sink", status="failed-again", since="2026-03-01", until="2026-03-01"
    )

    assert asked == Wanted(
        reasons=(Reason.INVALID, Reason.NOT_JSON),
        stages=(Stage.SINK,),
        statuses=(Status.FAILED_AGAIN,),
        ids=("a1",),
        since=datetime(2026, 3, 1, tzinfo=UTC),
        until=datetime(2026, 3, 2, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"reason": "bad_mood"}, "--reason: 'bad_mood' is none of empty"),
        ({"stage": "feed"}, "--stage: 'feed' is none of enrich, sink"),
        ({"status": "lost"}, "--status: 'lost' is none of open, pending"),
        ({"since": "yesterday"}, "--since yesterday: write a date"),
        ({"since": "2026-03-02", "until": "2026-03-01"}, "--until 2026-03-01: is not after --since 2026-03-02"),
    ],
)
def test_dead_options_name_the_one_that_is_wrong(options: dict[str, str], said: str) -> None:
    with pytest.raises(UserError, match=f"^{said}"):
        wanted(**options)


def test_dead_options_name_an_id_that_is_not_there() -> None:
    letters = Letters("articles.deadletter", [], [Alien(Place("articles.deadletter", 0, 5), b"k", "why")])

    with pytest.raises(UserError, match=r"^there is no dead letter 'articles.raw/0/9' on articles.deadletter"):
        letters.require(["k", "articles.raw/0/9"])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["list", "--json", "--csv"], "--json, --csv and --table: give one of them"),
        (["replay"], "say which letters: ids, a filter such as --reason, or --all"),
        (["replay", "--dry-run"], "say which letters: ids, a filter such as --reason, or --all"),
        (["replay", "--all", "--rate", "0"], "--rate 0.0: it must be above 0"),
        (["export"], "name a file to write, - for standard output, or a folder with --raw"),
    ],
)
def test_dead_commands_refuse_what_cannot_be_meant_before_they_ask_kafka(arguments: list[str], said: str) -> None:
    done = CliRunner().invoke(app, ["dead", *arguments])

    assert (type(done.exception), str(done.exception)) == (UserError, said)
