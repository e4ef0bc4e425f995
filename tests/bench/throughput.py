"""``make bench``: articles per second from feed to row, beside bare spaCy in the same run, and peak memory.

Bare spaCy is `nlp.pipe` over the same texts with the same model on one core, measured before and after the pipeline
and averaged. A worker with one child has one core for spaCy; what else there is to do runs beside it.
"""

from __future__ import annotations

import argparse
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from statistics import mean

import psutil
from rich.console import Console
from rich.table import Table
from sqlalchemy import make_url

from schemas.topics import RAW
from services.demo import Pipeline, pipeline
from services.feed.articles import Reading
from services.feed.run import feed
from services.feed.send import Sending
from services.settings import Settings
from services.telemetry import Telemetry

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds" / "wire.jsonl"
SEED_COPIES = 18
MIB = 1024 * 1024


def main() -> None:
    """Measure, print a table, write bench-throughput.json."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=Path, help="JSON Lines with id, title and body; copies of the seeds if none")
    parser.add_argument("--children", type=int, nargs="+", default=[1, os.cpu_count() or 1])
    arguments = parser.parse_args()
    model = Settings().model
    with tempfile.TemporaryDirectory(prefix="dateline-bench-") as folder:
        articles = arguments.articles or seeds_copied(Path(folder) / "seeds.jsonl")
        count = sum(1 for _ in articles.open("rb"))
        before = {gemm: bare(articles, model, gemm) for gemm in ("routed", "as-it-comes")}
        runs = {n: measured(Path(folder) / f"run{n}", articles, n, count) for n in dict.fromkeys(arguments.children)}
        routed = mean([before["routed"], bare(articles, model, "routed")])
    result = {
        "articles": count,
        "bare_per_second": routed,
        "bare_as_it_comes_per_second": before["as-it-comes"],
        "runs": [{"children": children, "of_bare": run["per_second"] / children / routed} | run
                 for children, run in runs.items()],
    }  # fmt: skip
    Path("bench-throughput.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    show(result)


def seeds_copied(path: Path) -> Path:
    """The seeds, so many times over, each copy an article of its own."""
    with path.open("w", encoding="utf-8") as out:
        for copy in range(SEED_COPIES):
            for number, line in enumerate(SEEDS.read_text(encoding="utf-8").splitlines()):
                out.write(json.dumps(json.loads(line) | {"id": f"{copy}-{number}"}) + "\n")
    return path


def bare(articles: Path, model: str, gemm: str) -> float:
    """Articles per second of bare spaCy, in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.bare", str(articles), model, gemm]
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ | {"OPENBLAS_NUM_THREADS": "1"}, stdout=subprocess.PIPE, check=True
    )
    return float(done.stdout)


def measured(data_dir: Path, articles: Path, children: int, count: int) -> dict[str, object]:
    """Feed the articles to a fresh pipeline; articles per second until the last row, and each process's peak memory."""
    os.environ["DATELINE_CHILDREN"] = str(children)
    os.environ["DATELINE_DATA_DIR"] = str(data_dir)
    settings = Settings(data_dir=data_dir, children=children)
    with pipeline(settings, lambda step: print(f"  {children} children: {step}", file=sys.stderr)) as running:
        processes = dict(named_processes(running))
        cpu = {name: sum(process.cpu_times()[:2]) for name, process in processes.items()}
        began = time.perf_counter()
        summary = feed(
            [articles],
            connection=running.connection,
            topic=running.topic(RAW.name),
            telemetry=Telemetry("feed"),
            reading=Reading(),
            sending=Sending(),
        )
        if summary.sent != count:
            sys.exit(f"{summary.sent} of {count} articles were sent: {summary}")
        wait_for_rows(settings.store, count, running)
        seconds = time.perf_counter() - began
        return {
            "per_second": count / seconds,
            "feed_seconds": summary.seconds,
            "peak_mib": {name: round(peak_bytes(process) / MIB) for name, process in processes.items()},
            "cpu_seconds": {
                name: round(sum(process.cpu_times()[:2]) - cpu[name], 2) for name, process in processes.items()
            },
        }


def named_processes(running: Pipeline) -> Iterator[tuple[str, psutil.Process]]:
    """Every process of the pipeline."""
    worker = psutil.Process(running.worker.running.pid)
    yield "worker", worker
    for number, child in enumerate(worker.children(), start=1):
        yield f"spaCy child {number}", child
    yield "sink", psutil.Process(running.sink.running.pid)
    for process in psutil.Process().children():
        if process.name() == "java":
            yield "broker", process
    yield "feed and bench", psutil.Process()


def peak_bytes(process: psutil.Process) -> int:
    """Highest resident memory so far."""
    status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) * 1024


def wait_for_rows(store: str, count: int, running: Pipeline) -> None:
    """Return when all rows are there."""
    # By sqlite3 alone and not too often: whoever measures shares the cores with what is measured.
    with closing(sqlite3.connect(f"file:{make_url(store).database}?mode=ro", uri=True)) as connection:
        while connection.execute("SELECT count(*) FROM articles").fetchone()[0] < count:
            running.check()
            time.sleep(0.1)


def show(result: dict[str, object]) -> None:
    """The figures as tables."""
    console = Console()
    bare_rate = result["bare_per_second"]
    table = Table("what", "articles/s", "per core, of bare", title=f"{result['articles']} articles, feed to row")
    table.add_row("bare nlp.pipe, gemm routed, one core", f"{bare_rate:.1f}", "1.00")
    raw_rate = result["bare_as_it_comes_per_second"]
    table.add_row("bare nlp.pipe as it comes, one core", f"{raw_rate:.1f}", f"{raw_rate / bare_rate:.2f}")  # type: ignore[operator]
    for run in result["runs"]:  # type: ignore[attr-defined]
        label = f"pipeline, {run['children']} spaCy process(es)"
        table.add_row(label, f"{run['per_second']:.1f}", f"{run['of_bare']:.2f}")
    console.print(table)
    memory = Table("process", "peak MiB", "CPU seconds", title="Each process")
    for run in result["runs"]:  # type: ignore[attr-defined]
        memory.add_section()
        for name, peak in run["peak_mib"].items():
            memory.add_row(f"{name} ({run['children']} children)", str(peak), str(run["cpu_seconds"][name]))
    console.print(memory)


if __name__ == "__main__":
    main()
