"""The demo's past at the desk: the same each time, over before anybody looks, put once, and cheap."""

import time

from chat_server.demo.history import remember
from tests.api.harness import DAY, T0
from tests.factories import Town


async def test_the_past_is_put_once_and_nothing_of_it_waits(town: Town) -> None:
    parley = town.parley
    await town.colleague()

    began = time.process_time()
    await remember(parley.ctx)
    took = time.process_time() - began
    once = parley.rows("SELECT * FROM episodes ORDER BY thread_id, number")
    await remember(parley.ctx)

    assert parley.rows("SELECT * FROM episodes ORDER BY thread_id, number") == once
    assert len(once) > 200
    # Half a second is promised at the start of a demo; a busy machine is given more.
    assert took < 2.0
    late = f"asked_at > {T0} OR resolved_at > {T0} OR asked_at < {T0 - 44 * DAY}"
    wrong = "assigned_at < asked_at OR answered_at < assigned_at OR resolved_at < answered_at"
    assert parley.rows(f"SELECT * FROM episodes WHERE {late} OR {wrong}") == []
    waiting = "state <> 'resolved' OR waiting_since IS NOT NULL OR queue_key IS NOT NULL"
    assert parley.rows(f"SELECT id FROM threads WHERE kind = 'support' AND ({waiting})") == []
    assert (
        parley.rows("SELECT id FROM people WHERE kind = 'visitor' AND token_hash IS NOT NULL") == []
    )
    assert parley.rows("SELECT COUNT(*) FROM bot_turns")[0][0] > 400
