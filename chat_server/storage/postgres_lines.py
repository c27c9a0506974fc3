"""The order of writes: who goes at once, who together, who waits; SQL is not known here.

Writes to one thread go one after the other, so that they are told in the order of their seq. Plain
messages gather while batches are in flight; a thread's other writes stand in the same line.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Final, NamedTuple

from chat_server.ports import Commit, Done, Outcome
from chat_server.storage.postgres_batches import ApplyMany, Busy, is_mark, is_post
from chat_server.storage.postgres_errors import unavailable

BATCH: Final = 200
IN_FLIGHT: Final = 2
FULL: Final = 50
"""A second batch flies beside the first when it is at least this full: two small ones cost more."""

LAST_CALL_S: Final = 0.2
"""Whoever has less time left is sent away rather than tried: it would cut short who flies with him."""


class Job(NamedTuple):
    """A write, whom to tell, and until when (by the loop's clock)."""

    commit: Commit
    done: Done
    deadline: float


class Lines:
    """Takes Commits, lets them be applied, and tells what became of them, on the event loop."""

    def __init__(
        self,
        post: ApplyMany,
        mark: ApplyMany,
        apply: ApplyMany,
        together: ApplyMany,
        told: Callable[[Sequence[Job], Sequence[Outcome]], None],
        limit_s: float,
    ) -> None:
        """`post` takes plain messages, `mark` marks, `together` bulk of one shape, `apply` one Commit of any kind.

        Each is told what became of it after `limit_s` at most.
        """
        self._post = post
        self._mark = mark
        self._apply = apply
        self._together = together
        self._told = told
        self._limit_s = limit_s
        self._heads: list[Job] = []
        """Plain messages that go with the next batch: of each busy thread the first in its line."""
        self._behind: dict[int, deque[Job]] = {}
        """The rest of each line."""
        self._busy: set[int] = set()
        """Threads of which a write is in flight, or among the heads."""
        self._flying = 0
        self._marks: list[Job] = []
        """Marks that go with the next batch of them."""
        self._marking = False
        self._bulk: list[Job] = []
        """Bulk that goes with the next batch of its shape."""
        self._carrying = False
        self._tasks: set[asyncio.Task[None]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None

    def add(self, commit: Commit, done: Done) -> None:
        """Takes a write; it starts at once unless it has somebody to wait for."""
        if self._loop is None:
            self._loop = asyncio.get_running_loop()
        job = Job(commit, done, self._loop.time() + self._limit_s)
        draft = commit.draft
        if draft is None:
            self._add_placeless(job)
        elif draft.thread_id in self._busy:
            self._behind.setdefault(draft.thread_id, deque()).append(job)
        else:
            self._busy.add(draft.thread_id)
            self._step_forward(job)
            self._kick()

    def _add_placeless(self, job: Job) -> None:
        """No event, no line: marks and bulk gather, others start at once."""
        if job.commit.bulk:
            self._add_bulk(job)
            return
        if not is_mark(job.commit):
            self._start(self._fly_alone(job))
            return
        self._marks.append(job)
        if not self._marking:
            self._marking = True
            self._start(self._fly_marks())

    async def finish(self) -> None:
        """Returns when all that was taken has been told."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    def _step_forward(self, job: Job) -> None:
        """The thread's line is his now."""
        if is_post(job.commit):
            self._heads.append(job)
        elif job.commit.bulk:
            self._add_bulk(job)
        else:
            self._start(self._fly_alone(job))

    def _add_bulk(self, job: Job) -> None:
        self._bulk.append(job)
        if not self._carrying:
            self._carrying = True
            self._start(self._fly_bulk())

    def _start(self, flight: Awaitable[None]) -> None:
        assert self._loop is not None
        task = self._loop.create_task(_awaited(flight))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _kick(self) -> None:
        while self._heads and self._flying < IN_FLIGHT:
            if self._flying and len(self._heads) < FULL:
                return
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
        return line.popleft() if line and is_post(line[0].commit) else None

    async def _fly_together(self, gathered: list[Job]) -> None:
        batch = self._in_good_time(gathered)
        outcomes: list[Outcome] = [unavailable() for _ in batch]
        if batch:
            await self._in_time(batch, self._post([job.commit for job in batch], outcomes))
        self._flying -= 1
        aside = self._take_aside(batch, outcomes)
        self._release({_thread_of(job) for job in gathered} - aside)
        self._kick()
        self._told(batch, outcomes)

    async def _fly_alone(self, job: Job) -> None:
        batch = self._in_good_time([job])
        outcomes: list[Outcome] = [unavailable() for _ in batch]
        if batch:
            await self._in_time(batch, self._apply([job.commit], outcomes))
        if job.commit.draft is not None:
            self._release([job.commit.draft.thread_id])
            self._kick()
        self._told(batch, outcomes)

    async def _fly_marks(self) -> None:
        """Batch after batch, until no mark waits; of one person in one thread one at a time."""
        while self._marks:
            gathered: dict[tuple[object, object], Job] = {}
            later: list[Job] = []
            for job in self._marks:
                params = job.commit.statements[0].params
                key = params["thread_id"], params["me"]
                if len(gathered) < BATCH and gathered.setdefault(key, job) is job:
                    continue
                later.append(job)
            self._marks = later
            batch = self._in_good_time(list(gathered.values()))
            if batch:
                outcomes: list[Outcome] = [unavailable() for _ in batch]
                await self._in_time(batch, self._mark([job.commit for job in batch], outcomes))
                self._told(batch, outcomes)
        self._marking = False

    async def _fly_bulk(self) -> None:
        """Batch after batch, until nothing waits; one shape at a time, and rows always in the same order."""
        while self._bulk:
            shape = _shape_of(self._bulk[0])
            alike: list[Job] = []
            others: list[Job] = []
            for job in self._bulk:
                fits = len(alike) < BATCH and _shape_of(job) == shape
                (alike if fits else others).append(job)
            self._bulk = others
            batch = self._in_good_time(sorted(alike, key=_place_of))
            outcomes: list[Outcome] = [unavailable() for _ in batch]
            if batch:
                commits = [job.commit for job in batch]
                await self._in_time(batch, self._together(commits, outcomes))
            self._release([_thread_of(job) for job in alike if job.commit.draft is not None])
            self._kick()
            self._told(batch, outcomes)
        self._carrying = False

    def _in_good_time(self, jobs: list[Job]) -> list[Job]:
        """Sends away those whose time is nearly up, and gives the others."""
        assert self._loop is not None
        last_call = self._loop.time() + LAST_CALL_S
        late = [job for job in jobs if job.deadline < last_call]
        if not late:
            return jobs
        self._told(late, [unavailable() for _ in late])
        return [job for job in jobs if job.deadline >= last_call]

    async def _in_time(self, jobs: list[Job], work: Awaitable[None]) -> None:
        """Works until the first of them has no time left."""
        try:
            async with asyncio.timeout_at(min([job.deadline for job in jobs])):
                await work
        except TimeoutError:
            return

    def _take_aside(self, batch: list[Job], outcomes: list[Outcome]) -> set[int]:
        """Messages whose thread another node holds go by themselves; gives their threads."""
        aside: dict[int, deque[Job]] = {}
        for place in reversed(range(len(batch))):
            if isinstance(outcomes[place], Busy):
                del outcomes[place]
                job = batch.pop(place)
                aside.setdefault(_thread_of(job), deque()).appendleft(job)
        for thread_id, line in aside.items():
            self._start(self._fly_alone(line.popleft()))
            self._behind[thread_id] = line + self._behind.get(thread_id, deque())
        return set(aside)

    def _release(self, threads: Iterable[int]) -> None:
        """The next of each line steps forward."""
        for thread_id in threads:
            line = self._behind.get(thread_id)
            if line:
                self._step_forward(line.popleft())
            else:
                self._behind.pop(thread_id, None)
                self._busy.discard(thread_id)


def _thread_of(job: Job) -> int:
    draft = job.commit.draft
    assert draft is not None
    return draft.thread_id


def _place_of(job: Job) -> list[str]:
    """What its first statement is about: of two nodes that carry the same, none holds what the other has before it."""
    return [str(value) for value in job.commit.statements[0].params.values()]


def _shape_of(job: Job) -> list[tuple[str, int]]:
    return [(statement.name, statement.rows) for statement in job.commit.statements]


def _joins(job: Job, keys: set[tuple[object, object]]) -> bool:
    """Whether its client key is not in the batch so far; puts it there."""
    params = job.commit.statements[0].params
    key = (params["client_key"], params["me"])
    if key[0] is None:
        return True
    if key in keys:
        return False
    keys.add(key)
    return True


async def _awaited(flight: Awaitable[None]) -> None:
    await flight
