"""How long a run is: the one place that knows whether it is a test or the soak."""

import os
from typing import Final, TypeVar

SOAK: Final = os.environ.get("PARLEY_SOAK") == "1"

Length = TypeVar("Length", int, float)


def length(short: Length, full: Length) -> Length:
    """The first in `make test`, the second in `make soak`."""
    return full if SOAK else short
