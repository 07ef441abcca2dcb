"""Checking statements' signatures, more than a few away from the event loop.

One or two are checked at once: to wake a thread costs more than to check them. A few go to a thread. A backlog goes to a
process of its own, which gets public keys, signatures and messages, nothing else: beside a busy event loop a thread waits
for the interpreter after every single signature, a process for none. It runs at low priority and starts with the first
backlog. Should it be lost, the thread does its work.
"""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import os
import signal
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from functools import lru_cache, partial

from parley.crypto.keys import VerifyKey
from parley.node.core.effects import VerifyJob
from parley.record.rows import Place

log = logging.getLogger("parley.node")

FEW_JOBS = 2
BACKLOG_JOBS = 128
CHUNK_JOBS = 256
WORKERS = max(1, min(4, os.cpu_count() or 1))
LOW_PRIORITY = 5

Answers = list[tuple[Place, bool]]
Signed = tuple[bytes, bytes, bytes]
"""Public key, signature, and what it is over."""


class Verifier:
    """See the module. Made, called and answering on the event loop's thread."""

    def __init__(self, verified: Callable[[Answers], None]) -> None:
        self._verified = verified
        self._loop = asyncio.get_running_loop()
        self._thread = ThreadPoolExecutor(1, "parley-verify")
        self._processes: ProcessPoolExecutor | None = None
        self._backlog = 0
        self._closed = False

    def check(self, jobs: Sequence[VerifyJob]) -> None:
        """Check `jobs` and tell the answers, in any order."""
        if len(jobs) <= FEW_JOBS:
            if jobs:
                self._done(jobs, False, check_all(_signed(jobs)))
            return
        executor: Executor = self._thread
        if len(jobs) >= BACKLOG_JOBS or (jobs and self._backlog and len(jobs) > 1):
            executor = self._workers()
        for first in range(0, len(jobs), CHUNK_JOBS):
            self._submit(executor, jobs[first : first + CHUNK_JOBS])

    def close(self) -> None:
        """Stop; what was not answered is not."""
        self._closed = True
        self._thread.shutdown(wait=True, cancel_futures=True)
        if self._processes is not None:
            self._processes.shutdown(wait=True, cancel_futures=True)

    def _submit(self, executor: Executor, jobs: Sequence[VerifyJob]) -> None:
        signed = _signed(jobs)
        in_process = executor is not self._thread
        self._backlog += in_process
        try:
            future = executor.submit(check_all, signed)
        except RuntimeError:  # the processes are gone
            self._done(jobs, in_process, None)
            return
        future.add_done_callback(partial(self._hand_over, jobs, in_process))

    def _hand_over(self, jobs: Sequence[VerifyJob], in_process: bool, future: Future[list[bool]]) -> None:
        """On whatever thread: pass an outcome to the event loop."""
        if self._closed or future.cancelled():
            return
        good = None if future.exception() is not None else future.result()
        self._loop.call_soon_threadsafe(self._done, jobs, in_process, good)

    def _done(self, jobs: Sequence[VerifyJob], in_process: bool, good: list[bool] | None) -> None:
        self._backlog -= in_process
        if self._closed:
            return
        if good is not None:
            self._verified([(job.place, fine) for job, fine in zip(jobs, good, strict=True)])
        elif in_process:
            log.warning("the verifying process is lost; a thread goes on, and another process is started")
            self._drop_workers()
            self._submit(self._thread, jobs)
        else:
            raise RuntimeError("a signature check failed for no reason of its own")

    def _workers(self) -> ProcessPoolExecutor:
        if self._processes is None:
            self._processes = ProcessPoolExecutor(
                WORKERS, mp_context=multiprocessing.get_context("spawn"), initializer=_settle_in
            )
        return self._processes

    def _drop_workers(self) -> None:
        if self._processes is not None:
            self._processes.shutdown(wait=False, cancel_futures=True)
            self._processes = None


def _signed(jobs: Sequence[VerifyJob]) -> list[Signed]:
    return [(job.key.raw, job.statement.sign1.signature, job.statement.sign1.to_be_signed) for job in jobs]


def check_all(signed: Sequence[Signed]) -> list[bool]:
    """Whether each signature is good."""
    return [_key(raw).verify(signature, message) for raw, signature, message in signed]


@lru_cache(maxsize=256)
def _key(raw: bytes) -> VerifyKey:
    return VerifyKey.from_bytes(raw)


def _settle_in() -> None:
    """A worker leaves the processor to the node, and signals to its parent, with which it ends."""
    os.nice(LOW_PRIORITY)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
