"""``dateline broker``: the embedded Kafka, and the topics on whichever Kafka is set."""

from __future__ import annotations

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from services.cli.start import console, jar_dir, start

app = typer.Typer(help="The embedded Apache Kafka: start, stop, status; and the topics.", no_args_is_help=True)


@app.command()
def install() -> None:
    """Fetch the broker's jars and check each against the lock; what is there and right is kept."""
    from services.broker.jars import install as fetch

    settings = start("broker", quiet=True)
    with Progress(
        TextColumn("Apache Kafka"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[jar]}"),
        console=console(stderr=True), transient=True,
    ) as bar:  # fmt: skip
        task = bar.add_task("jars", total=None, jar="")
        fetch(jar_dir(settings), lambda jar, done, total: bar.update(task, completed=done, total=total, jar=jar))


@app.command("start")
def start_broker() -> None:
    """Start the embedded broker and leave it running.

    Example: DATELINE_BROKER_PORT=19092 dateline broker start
    """
    from services.broker.embedded import EmbeddedBroker

    settings = start("broker", quiet=True)
    EmbeddedBroker(
        settings.data_dir / "kafka",
        jar_dir(settings),
        port=settings.broker_port,
        heap_mb=settings.broker_heap_mb,
        attached=False,
    ).start()
    status()


@app.command()
def stop() -> None:
    """Stop the embedded broker of the data folder, however it was started."""
    from services.broker.embedded import stop as stop_broker

    settings = start("broker", quiet=True)
    stopped = stop_broker(settings.data_dir / "kafka")
    console().print("stopped" if stopped else "none was running")


@app.command()
def status() -> None:
    """Say whether the embedded broker runs, and where. Exit code 1 if it does not."""
    from services.broker.state import status as broker_status

    settings = start("broker", quiet=True)
    found = broker_status((settings.data_dir / "kafka").resolve())
    table = Table(show_header=False, box=None)
    table.add_row("running", "[green]yes[/]" if found.running else "[red]no[/]")
    for name in ("pid", "bootstrap", "cluster_id", "data_dir", "log_file"):
        table.add_row(name.replace("_", " "), str(getattr(found, name) or "-"))
    console().print(table)
    if not found.running:
        raise typer.Exit(1)


@app.command()
def topics(
    partitions: int = typer.Option(None, min=1, help="Partitions of each topic, instead of the table's."),
    replication: int = typer.Option(1, min=1, help="Copies of each partition."),
) -> None:
    """Create the topics that are missing, on the Kafka that is set; say where others differ from the table."""
    from services.ops.topics import create_topics, describe

    settings = start("ops", quiet=True)
    reports = create_topics(
        settings.connection, prefix=settings.topic_prefix, partitions=partitions, replication_factor=replication
    )
    offsets = {found.name: found for found in describe(settings.connection, prefix=settings.topic_prefix)}
    table = Table("topic", "state", "partitions", "messages")
    for report in reports:
        found = offsets[report.name]
        state = f"{report.state.value}: {'; '.join(report.differences)}" if report.differences else report.state.value
        table.add_row(report.name, state, str(len(found.end)), f"{found.messages:,}")
    console().print(table)
