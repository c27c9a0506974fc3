"""How nodes hear of each other: within one process, or across Redis.

No rule of the product lives here.
"""

from chat_server.brokers.node import Counts, NodeBroker


def open_broker(url: str, namespace: str) -> NodeBroker:
    """A broker that is not started yet: `memory://` for a single node, else a Redis URL.

    The namespace names this installation: give the store's epoch, and brokers of two stores never
    meet, not even on one Redis. Raises ValueError, whose text does not repeat the URL.
    """
    if url == "memory://":
        from chat_server.brokers.memory import MemoryBroker

        return MemoryBroker()
    from chat_server.brokers.redis import RedisBroker

    return RedisBroker(url, f"parley:{namespace}")


__all__ = ["Counts", "NodeBroker", "open_broker"]
