"""The order of writes: who goes at once, who together, who waits; SQL is not known here.

Writes to one thread go one after the other, so that they are told in the order of their seq. Plain
messages gather while batches are in flight; a thread's other writes stand in the same line.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

from chat_server.ports import Commit, Done, Outcome
from chat_server.storage.postgres_errors import unavailable
from chat_server.storage.postgres_posting import is_post

BATCH: Final = 200
IN_FLIGHT: Final = 2
FULL: Final = 50
"""A second batch flies beside the first when it is at least this full: two small ones cost more."""

Job = tuple[Commit, Done]
ApplyMany = Callable[[Sequence[Commit], list[Outcome]], Awaitable[None]]
"""Fills in an outcome for each; cut off at the time limit, it leaves the others as they stand."""


class Lines:
    """Takes Commits, lets them be applied, and tells what became of them, on the event loop."""

    def __init__(
        self,
        post: ApplyMany,
        apply: ApplyMany,
        told: Callable[[Sequence[Job], Sequence[Outcome]], None],
        limit_s: float,
    ) -> None:
        """`post` takes plain messages, `apply` one Commit; `limit_s` is all they may take."""
        self._post = post
        self._apply = apply
        self._told = told
        self._limit_s = limit_s
        self._heads: list[Job] = []
        """Plain messages that go with the next batch: of each busy thread the first in its line."""
        self._behind: dict[int, deque[Job]] = {}
        """The rest of each line."""
        self._busy: set[int] = set()
        """Threads of which a write is in flight, or among the heads."""
        self._flying = 0
        self._tasks: set[asyncio.Task[None]] = set()

    def add(self, job: Job) -> None:
        """Takes a write; it starts at once unless it has somebody to wait for."""
        draft = job[0].draft
        if draft is None:
            self._start(self._fly_alone(job))
        elif draft.thread_id in self._busy:
            self._behind.setdefault(draft.thread_id, deque()).append(job)
        else:
            self._busy.add(draft.thread_id)
            self._step_forward(job)
            self._kick()

    async def finish(self) -> None:
        """Returns when all that was taken has been told."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    def _step_forward(self, job: Job) -> None:
        """The thread's line is his now."""
        if is_post(job[0]):
            self._heads.append(job)
        else:
            self._start(self._fly_alone(job))

    def _start(self, flight: Awaitable[None]) -> None:
        task = asyncio.get_running_loop().create_task(_awaited(flight))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _kick(self) -> None:
        while self._heads and (
            not self._flying or (self._flying < IN_FLIGHT and len(self._heads) >= FULL)
        ):
            self._flying += 1
            self._start(self._fly_together(self._gather()))

    def _gather(self) -> list[Job]:
        """The next batch. No client key is in it twice: a repetition must find the first stored."""
        batch: list[Job] = []
        later: list[Job] = []
        keys: set[tuple[object, object]] = set()
        heads = iter(self._heads)
        for head in heads:
            job: Job | None = head
            while job is not None and _joins(job, keys):
                batch.append(job)
                job = self._next_message(job) if len(batch) < BATCH else None
            if job is head:
                later.append(head)
            elif job is not None:
                self._behind[_thread_of(job)].appendleft(job)
            if len(batch) >= BATCH:
                break
        later.extend(heads)
        self._heads = later
        return batch

    def _next_message(self, job: Job) -> Job | None:
        """The one behind him in his thread's line, if it is a plain message too."""
        line = self._behind.get(_thread_of(job))
        return line.popleft() if line and is_post(line[0][0]) else None

    async def _fly_together(self, batch: list[Job]) -> None:
        outcomes: list[Outcome] = [unavailable() for _ in batch]
        in_time = await self._within_limit(self._post([commit for commit, _ in batch], outcomes))
        self._flying -= 1
        for thread_id in {_thread_of(job) for job in batch}:
            self._release(thread_id)
        stranded = [] if in_time else self._strand()
        self._kick()
        self._told(batch, outcomes)
        self._told(stranded, [unavailable() for _ in stranded])

    async def _fly_alone(self, job: Job) -> None:
        outcomes: list[Outcome] = [unavailable()]
        in_time = await self._within_limit(self._apply([job[0]], outcomes))
        stranded: list[Job] = []
        if job[0].draft is not None:
            thread_id = _thread_of(job)
            if not in_time:
                stranded.extend(self._behind.pop(thread_id, ()))
            self._release(thread_id)
            self._kick()
        self._told([job], outcomes)
        self._told(stranded, [unavailable() for _ in stranded])

    async def _within_limit(self, work: Awaitable[None]) -> bool:
        try:
            async with asyncio.timeout(self._limit_s):
                await work
        except TimeoutError:
            return False
        return True

    def _release(self, thread_id: int) -> None:
        line = self._behind.get(thread_id)
        if not line:
            self._behind.pop(thread_id, None)
            self._busy.discard(thread_id)
        else:
            self._step_forward(line.popleft())

    def _strand(self) -> list[Job]:
        """The database stands still: whoever waits has waited as long as he may."""
        stranded = self._heads
        self._heads = []
        for job in stranded:
            self._busy.discard(_thread_of(job))
        for line in self._behind.values():
            stranded.extend(line)
        self._behind.clear()
        return stranded


def _thread_of(job: Job) -> int:
    draft = job[0].draft
    assert draft is not None
    return draft.thread_id


def _joins(job: Job, keys: set[tuple[object, object]]) -> bool:
    """Whether its client key is not in the batch so far; puts it there."""
    params = job[0].statements[0].params
    key = (params["client_key"], params["me"])
    if key[0] is None:
        return True
    if key in keys:
        return False
    keys.add(key)
    return True


async def _awaited(flight: Awaitable[None]) -> None:
    await flight
