from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import psutil
import pytest

from schemas.deadletter import Reason
from services.enrich.outcome import Enriched, Message, Outcome
from services.enrich.pool import ChildrenDoNotStart, Pool
from services.errors import Poison, SettingsError

COMMAND = [sys.executable, "-m", "tests.unit.enrich.scripted_child"]


@asynccontextmanager
async def pool(children: int = 1, article_timeout: float = 20.0, chunk_size: int = 4) -> AsyncIterator[Pool]:
    started = Pool(COMMAND, children, article_timeout=article_timeout, chunk_size=chunk_size)
    await started.start()
    try:
        yield started
    finally:
        await started.stop()


async def handled(running: Pool, *words: str) -> list[tuple[Outcome, int]]:
    return await running.handle([Message(word.encode()) for word in words])


def ids(answers: list[tuple[Outcome, int]]) -> list[str]:
    return [outcome.id if isinstance(outcome, Enriched) else outcome.reason.value for outcome, _ in answers]


async def test_pool_answers_in_order_whatever_child_was_faster() -> None:
    async with pool(children=2, chunk_size=2) as running:
        assert ids(await handled(running, *(f"ok:{n}" for n in range(11)))) == [str(n) for n in range(11)]


async def test_pool_hands_on_what_a_child_found_to_be_poison() -> None:
    async with pool() as running:
        (((poison, tries)),) = await handled(running, "poison:no article")
    assert isinstance(poison, Poison)
    assert (poison.reason, poison.message, tries) == (Reason.INVALID, "no article", 1)


async def test_pool_loses_nothing_when_a_child_crashes_once(tmp_path: Path) -> None:
    async with pool() as running:
        answers = await handled(running, "ok:a", f"once:{tmp_path / 'crashed'}", "ok:b")
    assert [tries for _, tries in answers] == [2, 2, 2]
    assert ids(answers) == ["a", str(tmp_path / "crashed"), "b"]


async def test_pool_sets_aside_only_the_article_that_crashes_children() -> None:
    async with pool() as running:
        answers = await handled(running, "ok:a", "crash", "ok:b")
    assert ids(answers) == ["a", "crashed", "b"]


async def test_pool_says_how_the_child_of_a_crashing_article_ended() -> None:
    async with pool() as running:
        (((poison, tries)),) = await handled(running, "crash")
    assert isinstance(poison, Poison)
    assert (poison.message, tries) == ("alone, 2 times: its process ended with signal 11", 2)


async def test_pool_sets_aside_only_the_article_that_never_ends() -> None:
    async with pool(article_timeout=0.5) as running:
        answers = await handled(running, "ok:a", "loop", "ok:b")
    assert ids(answers) == ["a", "timed_out", "b"]


async def test_pool_goes_on_after_a_child_that_stops_in_the_middle_of_a_large_answer() -> None:
    async with asyncio.timeout(30):
        async with pool(article_timeout=0.5) as running:
            answers = await handled(running, "half", "ok:b")
    assert ids(answers) == ["timed_out", "b"]


async def test_pool_does_not_count_the_death_of_an_idle_child_against_an_article() -> None:
    async with pool() as running:
        os.kill(running.pids[0], signal.SIGKILL)
        await asyncio.sleep(0.1)
        ((outcome, tries),) = await handled(running, "ok:a")
    assert (isinstance(outcome, Enriched), tries) == (True, 1)


async def test_pool_keeps_its_number_of_children_after_a_crash() -> None:
    async with pool(children=2) as running:
        await handled(running, "crash", "crash")
        assert len(running.pids) == 2


async def test_pool_tells_each_restart_and_its_cause() -> None:
    causes: list[str] = []
    running = Pool(COMMAND, 1, article_timeout=20, on_restart=causes.append)
    await running.start()
    await handled(running, "crash")
    await running.stop()
    assert causes == ["crashed", "crashed"]


async def test_pool_stop_ends_all_children() -> None:
    async with pool(children=2) as running:
        pids = running.pids
    assert not any(psutil.pid_exists(pid) for pid in pids)


async def test_pool_that_is_cancelled_leaves_no_child_at_work() -> None:
    async with pool() as running:
        (pid,) = running.pids
        task = asyncio.create_task(handled(running, "loop"))
        await asyncio.sleep(0.3)
        task.cancel()
        await asyncio.wait([task])
        assert not psutil.pid_exists(pid)


async def test_pool_gives_up_when_children_end_before_they_are_ready() -> None:
    with pytest.raises(ChildrenDoNotStart, match="before they are ready"):
        await Pool([*COMMAND, "--never-ready"], 1, article_timeout=1).start()


async def test_pool_passes_on_a_wrong_setting() -> None:
    with pytest.raises(SettingsError, match="DATELINE_MODEL: there is none"):
        await Pool([*COMMAND, "--wrong-setting"], 1, article_timeout=1).start()
