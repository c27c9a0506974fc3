"""A client for programs: one person's conversations (`Client`), and the marketplace's side (`Backend`).

    async with Client("https://chat.example", token=fetch_token) as client:
        thread = await client.open_thread(product="lamp-7")
        await client.send(thread.id, "Is it still available?")
        async for incoming in client.events(thread.id):
            print(incoming.event)

It knows the wire and nothing else of the server, so that it may live in another process.
"""

from chat_server.client.backend import Backend, sign
from chat_server.client.chance import new_key
from chat_server.client.client import Client
from chat_server.client.errors import Overrun, Refused, Stopped, Unreachable
from chat_server.client.listener import Listener
from chat_server.client.log import ThreadLog
from chat_server.client.readers import Incoming

__all__ = [
    "Backend",
    "Client",
    "Incoming",
    "Listener",
    "Overrun",
    "Refused",
    "Stopped",
    "ThreadLog",
    "Unreachable",
    "new_key",
    "sign",
]
