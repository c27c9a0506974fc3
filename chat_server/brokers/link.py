"""What is said through redis-py: a connection that asks Redis, and another that listens to it.

Nothing is decided here: whoever holds a link learns of every break that may have cost a frame.
"""

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from redis.asyncio import Redis
from redis.asyncio.client import PubSub
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import NoScriptError, ReadOnlyError, RedisError, ResponseError
from redis.maint_notifications import MaintNotificationsConfig

logger = logging.getLogger(__name__)

SCRIPT: Final = Path(__file__).with_name("questions.lua").read_text()
BROKEN: Final = (RedisError, OSError)
"""What the methods of a link raise once it is of no more use; open it anew."""


class Link:
    """Its methods wait without limit, so that a node which stood still itself blames nobody."""

    def __init__(self, url: str, name: str, channel: str, connect_s: float) -> None:
        """Raises ValueError, whose text does not repeat the URL: there may be a password in it."""
        try:
            self._client: Redis = Redis.from_url(
                url,
                client_name=name,
                socket_connect_timeout=connect_s,
                socket_timeout=None,
                # To publish twice is worse than not at all, and to be subscribed anew without
                # knowing it would be to lose frames without telling: there is no error to retry.
                retry=Retry(NoBackoff(), 0, supported_errors=()),
                maint_notifications_config=MaintNotificationsConfig(enabled=False),
            )
            # It connects nothing, but refuses options of the URL that do not exist.
            self._client.connection_pool.make_connection()  # type: ignore[no-untyped-call]
        except (TypeError, ValueError, RedisError):
            raise ValueError(
                "a Redis URL is redis://, rediss:// or unix://, see redis-py"
            ) from None
        self._channel = channel
        self._script = self._client.register_script(SCRIPT)
        self._listener = self._new_listener()

    def _new_listener(self) -> PubSub:
        return self._client.pubsub(push_handler_func=_pass_on)

    async def open(self) -> None:
        """Connects, loads the script and subscribes."""
        await self._client.script_load(SCRIPT)
        self._listener = self._new_listener()
        await self._listener.subscribe(self._channel)
        await self.hear()  # That the subscription holds.

    async def close(self) -> None:
        """Hangs up; it may be opened again."""
        try:
            await self._listener.aclose()  # type: ignore[no-untyped-call]
            await self._client.connection_pool.disconnect()
        except BROKEN:
            pass

    async def hear(self) -> bytes | None:
        """What is published next; or None where Redis says something else, such as PONG."""
        message = await self._listener.get_message(timeout=None)
        return message["data"] if message and message["type"] == "message" else None

    async def ping(self) -> None:
        """Has Redis say something to the listener."""
        await self._listener.ping()

    async def exchange(
        self, parcels: Sequence[bytes], keys: Sequence[bytes], packed: bytes
    ) -> tuple[bool, bytes | None]:
        """Publishes parcels, and runs the script where there are keys: one round trip, even for nothing.

        Whether all were published, and what the script said: None where it was refused.
        """
        pipeline = self._client.pipeline(transaction=False)
        for parcel in parcels:
            pipeline.publish(self._channel, parcel)
        if keys:
            pipeline.evalsha(self._script.sha, len(keys), *keys, packed)
        else:
            pipeline.ping()
        replies = await pipeline.execute(raise_on_error=False)
        for error in replies:
            if isinstance(error, ResponseError):
                await self._look_at(error)
        published = all(isinstance(reply, int) for reply in replies[: len(parcels)])
        return published, replies[-1] if isinstance(replies[-1], bytes) else None

    async def _look_at(self, error: ResponseError) -> None:
        logger.warning("broker.refused", extra={"error": str(error)})
        if isinstance(error, NoScriptError):
            await self._client.script_load(SCRIPT)
        elif isinstance(error, ReadOnlyError):
            # Another one is the master now; under the same name we may find it.
            raise error


async def _pass_on(push: Any) -> Any:
    """In place of redis-py's own, which makes a text of every parcel for a log that nobody keeps."""
    return push
