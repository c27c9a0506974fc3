"""The same nodes as the end-to-end tests have."""

from tests.e2e.conftest import node

__all__ = ["node"]
