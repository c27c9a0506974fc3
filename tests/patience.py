"""How long tests wait for what must come by itself: long, as only what never comes is to fail."""

from typing import Final

PATIENCE_S: Final = 30.0
