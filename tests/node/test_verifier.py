"""More than a few signatures are checked away from the event loop, and whatever becomes of the process that does it, they are checked."""

from __future__ import annotations

import asyncio
import os
import signal

from parley.crypto.keys import SigningKey
from parley.node.core.effects import VerifyJob
from parley.node.verifier import BACKLOG_JOBS, CHUNK_JOBS, FEW_JOBS, Verifier
from parley.record.ids import LogId, Seq
from parley.record.rows import Place
from parley.record.statement import parse_statement
from tests.record.test_statement import KEY, RAW

STRANGER = SigningKey.from_seed(b"\x09" * 32).verify_key


def jobs(count: int) -> list[VerifyJob]:
    """Every third signature is not by the key asked for."""
    statement = parse_statement(RAW)
    return [
        VerifyJob(Place(LogId(1), 0, Seq(at)), statement, STRANGER if at % 3 == 0 else KEY.verify_key)
        for at in range(count)
    ]


async def answers_to(count: int, *, lose_process: bool = False) -> dict[int, bool]:
    answers: dict[int, bool] = {}
    whole = asyncio.Event()

    def verified(some: list[tuple[Place, bool]]) -> None:
        answers.update((place.seq, good) for place, good in some)
        if len(answers) == count:
            whole.set()

    verifier = Verifier(verified)
    verifier.check(jobs(count))
    if lose_process:
        assert verifier._processes is not None
        for number in list(verifier._processes._processes):
            os.kill(number, signal.SIGKILL)
    try:
        async with asyncio.timeout(30):
            await whole.wait()
    finally:
        await asyncio.to_thread(verifier.close)
    return answers


def expected(count: int) -> dict[int, bool]:
    return {at: at % 3 != 0 for at in range(count)}


def test_very_few_signatures_are_checked_at_once() -> None:
    async def check() -> None:
        told: list[list[tuple[Place, bool]]] = []
        verifier = Verifier(told.append)
        verifier.check(jobs(FEW_JOBS))
        assert [(place.seq, good) for place, good in told.pop()] == list(expected(FEW_JOBS).items())
        verifier.check(())
        assert told == []
        verifier.check(jobs(FEW_JOBS + 1))
        assert told == [], "the event loop was held up"
        await asyncio.to_thread(verifier.close)

    asyncio.run(check())


def test_a_few_signatures_are_checked_on_a_thread() -> None:
    assert asyncio.run(answers_to(5)) == expected(5)


def test_a_backlog_is_checked_in_a_process() -> None:
    count = max(BACKLOG_JOBS, 2 * CHUNK_JOBS + 1)
    assert asyncio.run(answers_to(count)) == expected(count)


def test_a_lost_process_loses_no_answer() -> None:
    count = 3 * CHUNK_JOBS
    assert asyncio.run(answers_to(count, lose_process=True)) == expected(count)
