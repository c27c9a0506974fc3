"""Some weeks of the demo's past at the support desk, so that reports have something to tell; always the same ones."""

import datetime
import itertools
import random
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from chat_server.actions.context import Context
from chat_server.domain.hours import Hours, after_working, read_hours
from chat_server.domain.orders import DAY_MS
from chat_server.ports import ANY, Commit, Query, Statement, Value

MARK: Final = "demo_history"
TEAM: Final = 1
DAYS: Final = 42
MINUTE_MS: Final = 60_000
FIRST_ANSWER_MS: Final = 15 * MINUTE_MS
RESOLUTION_MS: Final = 24 * 60 * MINUTE_MS

ASKED: Final = (11, 10, 9, 9, 8, 5, 4)
"""Conversations of a weekday, from Monday, more or less."""

BUSY: Final = (3, 1, 0, 0, 0, 1, 2, 4, 7, 10, 12, 12, 10, 10, 11, 10, 9, 9, 10, 11, 12, 10, 7, 5)
"""How likely each hour of the team's day is."""

ENTRIES: Final = ("order_status", "refund_time", "return_how", "not_received", "contact_seller")

TALKS: Final = (
    ("en", "My order says delivered, and there is nothing here.", "The carrier says that a neighbour has it."),
    ("en", "Can I still change the address?", "It has not been sent yet, so I changed it for you."),
    ("en", "The vase came with a crack.", "I am sorry. Your refund is on its way."),
    ("ru", "Когда вернут деньги за отменённый заказ?", "Деньги уже отправлены, придут за три рабочих дня."),
    ("ru", "Не могу войти в аккаунт с нового телефона.", "Я прислала ссылку, попробуйте ещё раз."),
    ("ru", "Посылка вторую неделю на границе.", "Таможня её выпустила сегодня, ждите курьера."),
    ("ro", "Mi-a venit altă culoare decât am comandat.", "Vânzătorul trimite azi culoarea potrivită."),
    ("ro", "Pot primi factura pe firmă?", "Da, am adăugat datele firmei pe factură."),
    ("es", "El cupón no funciona en la aplicación.", "Ya funciona: inténtelo otra vez, por favor."),
    ("ar", "متى يصل طلبي إلى بيروت؟", "يصل يوم الخميس قبل الظهر."),
)  # fmt: skip
"""Language, what was asked, and what an agent said to it."""

ALIKE: Final = 4
"""So many people had each of these questions."""

COMMENTS: Final = {
    "en": ("Quick and kind, thank you!", "It took a whole day.", "Solved, but I had to explain it twice."),
    "ru": ("Очень быстро помогли, спасибо!", "Пришлось долго ждать ответа.", "Всё понятно объяснили."),
    "ro": ("Foarte amabilă, mulțumesc!", "A durat cam mult.", "S-a rezolvat imediat."),
    "es": ("Muy amables, gracias.", "Tardaron bastante en responder."),
    "ar": ("شكرًا على السرعة واللطف.", "انتظرت طويلًا."),
}  # fmt: skip

_MARKED: Final = Query("meta_value", lambda value: str(value))
_STAFF: Final = Query("staff_names", lambda id, *_: int(id))
_TEAMS: Final = Query("report_teams", lambda *row: read_hours(row[2], row[3]))


class _Talk(NamedTuple):
    """Somebody of the past, and his thread."""

    id: int
    language: str
    asked: str
    said: str


async def remember(ctx: Context) -> None:
    """Puts the past where there is none yet: people nobody can be, and threads that are over."""
    if await ctx.store.one(_MARKED, key=MARK) is not None:
        return
    staff = await ctx.store.all(_STAFF)
    hours = (await ctx.store.all(_TEAMS))[0]
    past = _Past(ctx, hours, staff)
    marking = Statement("put_meta", {"key": MARK, "value": "1"}, ANY)
    await ctx.store.commit(Commit([marking, *past.statements()]))


class _Past:
    def __init__(self, ctx: Context, hours: Hours, staff: list[int]) -> None:
        self._ctx = ctx
        self._hours = hours
        self._staff = staff
        self._now = ctx.clock.now_ms()
        self._chance = random.Random(1)  # noqa: S311  # Each demo has the same past.
        self._talks = [_Talk(ctx.ids.new_id(), *talk) for talk in TALKS * ALIKE]
        self._numbers = {talk.id: itertools.count(1) for talk in self._talks}
        self._seqs = {talk.id: itertools.count(1000) for talk in self._talks}

    def statements(self) -> list[Statement]:
        """All of it: threads before what happened in them."""
        episodes = list(self._episodes())
        threads = [s for talk in self._talks for s in self._thread(talk, episodes)]
        turns = [turn for row in episodes for turn in self._turns(row)]
        return [*threads, *(Statement("past_episode", row) for row in episodes), *turns]

    def _episodes(self) -> Iterator[dict[str, Value]]:
        """Oldest first; everything was over before today."""
        for days in range(DAYS, 0, -1):
            weekday = datetime.datetime.fromtimestamp(
                (self._now - days * DAY_MS) / 1000, datetime.UTC
            ).weekday()
            count = max(1, ASKED[weekday] + self._chance.randint(-2, 2))
            hours = sorted(self._chance.choices(range(24), BUSY, k=count))
            midnight = (self._now - days * DAY_MS) // DAY_MS * DAY_MS
            for hour in hours:
                # The team's day begins three hours before that of Greenwich.
                at = midnight + (hour - 3) * 60 * MINUTE_MS + self._chance.randrange(60) * MINUTE_MS
                yield self._episode(at)

    def _episode(self, asked: int) -> dict[str, Value]:
        chance, talk = self._chance, self._chance.choice(self._talks)

        def later(at: int, minutes: float) -> int:
            """So much working time later."""
            return after_working(self._hours, at, int(minutes * MINUTE_MS)) or at

        assigned = later(asked, chance.lognormvariate(0.6, 0.8))
        answered = later(assigned, chance.lognormvariate(1.1, 0.9))
        resolved = min(later(answered, chance.lognormvariate(4.0, 1.1)), self._now - MINUTE_MS)
        score = self._score(answered - asked) if chance.random() < 0.55 else None
        words = score is not None and chance.random() < 0.3
        return {
            "thread_id": talk.id,
            "number": next(self._numbers[talk.id]),
            "team_id": TEAM,
            "agent_id": chance.choice(self._staff),
            "language": talk.language,
            "asked_at": asked,
            "first_due": after_working(self._hours, asked, FIRST_ANSWER_MS),
            "resolve_due": after_working(self._hours, asked, RESOLUTION_MS),
            "assigned_at": assigned,
            "answered_at": min(answered, resolved),
            "resolved_at": resolved,
            "transfers": int(chance.random() < 0.08),
            "csat": score,
            "comment": self._comment(talk.language, score) if words else "",
            "rated_at": None if score is None else resolved,
        }

    def _score(self, waited: int) -> int:
        """Who waited longer is seldom as glad."""
        weights = (3, 4, 12, 30, 51) if waited < FIRST_ANSWER_MS else (14, 16, 25, 28, 17)
        return self._chance.choices((1, 2, 3, 4, 5), weights)[0]

    def _comment(self, language: str, score: int | None) -> str:
        glad = [COMMENTS[language][0], *COMMENTS[language][2:]]
        return COMMENTS[language][1] if (score or 0) < 4 else self._chance.choice(glad)

    def _thread(self, talk: _Talk, episodes: list[dict[str, Value]]) -> Iterator[Statement]:
        """A visitor who cannot come back, his question and its answer."""
        mine = [row for row in episodes if row["thread_id"] == talk.id]
        last, person = mine[-1], self._ctx.ids.new_id()
        visitor: dict[str, Value] = {
            "id": person,
            "locale": talk.language,
            "zone": "UTC",
            "at": mine[0]["asked_at"],
            "hash": None,
            "origin": "",
        }
        yield Statement("add_visitor", visitor)
        thread: dict[str, Value] = {
            "id": talk.id,
            "customer_id": person,
            "created_at": mine[0]["asked_at"],
            "last_seq": 2,
            "at": last["resolved_at"],
            "team_id": TEAM,
            "agent_id": last["agent_id"],
            "episode": last["number"],
        }
        yield Statement("past_thread", thread)
        lines: list[dict[str, Any]] = [
            {"seq": 1, "side": 1, "author_id": person, "text": talk.asked, "at": last["asked_at"]},
            {
                "seq": 2,
                "side": 3,
                "author_id": last["agent_id"],
                "text": talk.said,
                "at": last["answered_at"],
            },
        ]
        blank: dict[str, Value] = {
            "body": "",
            "target": None,
            "client_key": None,
            "body_hash": None,
        }
        for line in lines:
            yield Statement("insert_event", {**blank, **line, "thread_id": talk.id, "kind": 1})

    def _turns(self, row: dict[str, Value]) -> Iterator[Statement]:
        """What the bot said before people were asked, and on other days to somebody whom that was enough for."""
        asked, thread = row["asked_at"], row["thread_id"]
        assert isinstance(asked, int)
        assert isinstance(thread, int)
        yield self._turn(thread, asked - MINUTE_MS, str(row["language"]), "handoff")
        for _ in range(self._chance.randint(1, 3)):
            other = self._chance.choice(self._talks)
            earlier = asked - self._chance.randrange(1, 12) * 60 * MINUTE_MS
            yield self._turn(other.id, earlier, other.language, "answer")

    def _turn(self, thread: int, at: int, language: str, outcome: str) -> Statement:
        seq = next(self._seqs[thread])
        row: dict[str, Value] = {
            "thread_id": thread,
            "seq": seq,
            "question": 1,
            "at": at,
            "outcome": outcome,
            "entry": self._chance.choice(ENTRIES),
            "runner_up": "",
            "probability": 930 if outcome == "answer" else 210,
            "language": language,
            "why": "{}",
        }
        return Statement("add_turn", row)
