"""How often a store is asked: what grows with a list, a page of many would be slow by."""

from typing import Any

from chat_server.ports import Query, Store, Value


class Asked:
    """A store that counts how often it is asked."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.times = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    async def all(self, query: Query[Any], **params: Value) -> list[Any]:
        """Every row, as ever."""
        self.times += 1
        return await self._store.all(query, **params)

    async def one(self, query: Query[Any], **params: Value) -> Any:
        """The only row, as ever."""
        self.times += 1
        return await self._store.one(query, **params)
