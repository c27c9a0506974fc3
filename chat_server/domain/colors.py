"""Colours that people choose: whether they can be seen. What is drawn with them is the client's business."""

import re
from typing import Final

LIGHT_GROUND: Final = "#ffffff"
DARK_GROUND: Final = "#16181b"
"""What screens are drawn on: `--surface` of the client's tokens."""

SEEN: Final = 3.0
"""The contrast from which a mark is told from its ground (WCAG 1.4.11)."""

BARELY: Final = 1.2
"""Below this a field of colour is no more than its ground. Text on it is the client's to keep readable."""

_COLOR: Final = re.compile(r"#[0-9a-f]{6}")


def is_color(text: str) -> bool:
    """Whether this is a colour as it is written here: `#rrggbb` in small letters."""
    return _COLOR.fullmatch(text) is not None


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG has it, from 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def brand_fault(color: str) -> str:
    """Why this may not be the brand's colour, as the reason of a refusal; empty where it may."""
    if not is_color(color):
        return "brand_color"
    return "brand_faint" if contrast(color, LIGHT_GROUND) < BARELY else ""


def is_seen(color: str) -> bool:
    """Whether a mark of this colour is seen in the light and in the dark."""
    return min(contrast(color, LIGHT_GROUND), contrast(color, DARK_GROUND)) >= SEEN


def _luminance(color: str) -> float:
    red, green, blue = (_linear(int(color[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    if part <= 0.04045:
        return part / 12.92
    return float(((part + 0.055) / 1.055) ** 2.4)
