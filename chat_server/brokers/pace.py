"""The times that a broker over Redis keeps. Nothing is done here."""

from typing import NamedTuple


class Pace(NamedTuple):
    """In seconds unless a name says otherwise. Tests take shorter ones."""

    connect_s: float = 1.0
    """How long a connection may take, greeting included."""
    longest_pause_s: float = 2.0
    """The longest wait between two attempts; the first ones come sooner, all at random."""
    tick_s: float = 0.25
    """How often a connection is looked at."""
    silent_ticks: int = 2
    """After so many silent ticks this node answers questions alone, until Redis speaks again."""
    cut_ticks: int = 8
    """After so many silent ticks the connection is given up: with the default a frozen Redis is
    found out within 2.75 s."""
    refresh_s: float = 10.0
    """How often those who are connected here are announced anew."""
    expiry_s: float = 30.0
    """How long an announcement is believed: three refreshes."""
    wake_s: float = 0.005
    """The shortest time between two wakes: each makes every other node read the store."""
    settle_s: float = 2.0
    """After a loss, how long to wait for the losses of others before the sink is told: as long as the
    last of them may take to come back."""
    goodbye_s: float = 0.5
    """How long a stopping node tries to say who is no longer connected."""
    start_s: float = 1.2
    """How long starting waits for a connection."""


WAITING_BYTES = 8 * 1024 * 1024
"""Frames that wait while others are on their way, of which there may be as many; what comes beyond is
dropped."""
