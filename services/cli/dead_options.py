"""What the commands on dead letters share: the options that choose letters, and reading the topic."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from schemas.deadletter import Reason, Stage
from schemas.topics import DEADLETTER, ENRICHED, RAW
from services.cli.events import end_of
from services.cli.progress import waiting
from services.cli.start import topic_name
from services.cli.subscribe import moment
from services.errors import UserError
from services.kafka import ENRICH_GROUP, SINK_GROUP
from services.selection import alternatives, word_of
from services.settings import Settings

if TYPE_CHECKING:
    from services.replay.dead import Alien, Case, Wanted

ValueT = TypeVar("ValueT")

ReasonOption = Annotated[
    str | None, typer.Option("--reason", help="Why: invalid, or several by commas, as --stage and --status take too.")
]
StageOption = Annotated[str | None, typer.Option("--stage", help=f"Where: {', '.join(Stage)}.")]
StatusOption = Annotated[
    str | None, typer.Option("--status", help="What became of it: open, pending, resolved, failed-again.")
]
SinceOption = Annotated[
    str | None,
    typer.Option("--since", help="First failed then or later, as 2026-03-01 or 2026-03-01T06:00+01:00, else UTC."),
]
UntilOption = Annotated[str | None, typer.Option("--until", help="Likewise before this moment; of a date, to its end.")]
IdOption = Annotated[
    list[str] | None,
    typer.Option("--id", help="Of this article; or this letter: topic/partition/offset of its original. Repeat it."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="JSON Lines on a terminal too.")]
CsvOption = Annotated[bool, typer.Option("--csv", help="CSV.")]
TableOption = Annotated[bool, typer.Option("--table", help="A table in a pipe too.")]


@dataclass(frozen=True, slots=True)
class Letters:
    """What is on the dead-letter topic."""

    topic: str
    cases: list[Case]
    aliens: list[Alien]

    def require(self, ids: Sequence[str]) -> None:
        """Raise UserError naming the first of `ids` that no letter has."""
        from services.replay.dead import unknown_ids

        for unknown in unknown_ids(ids, self.cases, self.aliens):
            raise UserError(
                f"there is no dead letter {unknown[:200]!r} on {self.topic}: an id is that of an article, or"
                " topic/partition/offset as `dateline dead list` shows it"
            )


def wanted_letters(
    reason: str | None,
    stage: str | None,
    status: str | None,
    since: str | None,
    until: str | None,
    ids: Sequence[str] | None,
) -> Wanted:
    """The filter that was asked for. Raises UserError naming the option."""
    from services.replay.dead import Status, Wanted

    wanted = Wanted(
        reasons=_each("--reason", reason, lambda option, value: word_of(Reason, option, value)),
        stages=_each("--stage", stage, lambda option, value: word_of(Stage, option, value)),
        statuses=_each("--status", status, lambda option, value: word_of(Status, option, value)),
        ids=tuple(ids or ()),
        since=moment(since),
        until=end_of(until),
    )
    if wanted.since and wanted.until and wanted.until <= wanted.since:
        raise UserError(f"--until {until}: is not after --since {since}")
    return wanted


def one_way(json: bool, csv: bool, table: bool) -> None:
    """Raise UserError where more than one way to write was asked for."""
    if json + csv + table > 1:
        raise UserError("--json, --csv and --table: give one of them")


def read_letters(settings: Settings) -> Letters:
    """Everything on the dead-letter topic, and what has become of it. Raises UserError where Kafka does not answer."""
    from services.connect import require_topics
    from services.ops.topics import committed, held_client
    from services.replay.dead import cases
    from services.replay.dead_topic import read_dead_letters

    connection, deadletter = settings.connection, topic_name(settings, DEADLETTER)
    with waiting(f"reading {deadletter} at {settings.kafka_bootstrap}"):
        require_topics(connection, [deadletter])
        # Before the letters: a stage writes a letter first, and commits then.
        places: dict[Stage, dict[tuple[str, int], int]] = {}
        with held_client(connection) as client:
            for stage, group, topic in (
                (Stage.ENRICH, ENRICH_GROUP, topic_name(settings, RAW)),
                (Stage.SINK, SINK_GROUP, topic_name(settings, ENRICHED)),
            ):
                found = committed(connection, settings.topic_prefix + group, topic, client=client)
                places[stage] = {(topic, partition): offset for partition, offset in found.items()}
        on_topic = read_dead_letters(connection, deadletter)
    return Letters(deadletter, cases(on_topic.letters, on_topic.markers, places), on_topic.aliens)


def _each(option: str, value: str | None, read: Callable[[str, str], ValueT]) -> tuple[ValueT, ...]:
    return () if value is None else tuple(read(option, one) for one in alternatives(option, value))
