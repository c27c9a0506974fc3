"""Agents and supervisors: adding them and setting their passwords. How passwords are hashed is not known here."""

import re
from typing import Final, NamedTuple

from chat_server.ports import Clock, Commit, Ids, Query, Statement, Store, Value

_EMAIL: Final = re.compile(r"[^\s@]{1,64}@[^\s@]{1,190}")


class _Staff(NamedTuple):
    id: int
    name: str
    role: str
    password_hash: str


_BY_EMAIL: Final = Query("staff_by_email", _Staff)


async def put_staff(
    store: Store, clock: Clock, ids: Ids, email: str, name: str, role: str, password_hash: str
) -> bool:
    """Adds somebody, or sets a new password, which ends all that the old one opened; True where he is new.

    Raises ValueError for what is no address.
    """
    address = email.strip().lower()
    if _EMAIL.fullmatch(address) is None:
        raise ValueError(f"{email!r} is no e-mail address.")
    now = clock.now_ms()
    if await store.one(_BY_EMAIL, email=address) is not None:
        change: dict[str, Value] = {"email": address, "password_hash": password_hash, "at": now}
        await store.commit(Commit([Statement("set_password", change)]))
        return False
    values: dict[str, Value] = {
        "id": ids.new_id(),
        "role": role,
        "name": name or address.partition("@")[0],
        "locale": "en",
        "email": address,
        "password_hash": password_hash,
        "at": now,
    }
    await store.commit(Commit([Statement("add_staff", values)]))
    return True
