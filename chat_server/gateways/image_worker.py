"""The process in which strangers' photos are decoded: one fork per image, limited and thrown away.

Started as `python -m chat_server.gateways.image_worker <socket> <limits>` by `image_process`, which
passes two open files with each request: the upload and where the result goes. This process itself
touches neither; it forks, waits, and says how it ended. It ends when its socket closes, so a server
that was killed leaves nothing running.
"""

import errno
import json
import os
import resource
import select
import signal
import socket
import sys
from typing import Final, NoReturn

from chat_server.domain.errors import PhotoRefused
from chat_server.gateways.image_terms import REPLY_BYTES, REQUEST, Limits, Refusal
from chat_server.gateways.images import reencode

RESULT_BYTES: Final = 32 * 1024 * 1024
OPEN_FILES: Final = 32
NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT})
TIMED_OUT: Final = frozenset({signal.SIGALRM, signal.SIGXCPU})


def main(arguments: list[str]) -> None:
    """Serves one request after another until the other side closes the socket."""
    server = socket.socket(fileno=int(arguments[0]))
    limits = Limits(*json.loads(arguments[1]))
    while True:
        message, files, _, _ = socket.recv_fds(server, len(REQUEST), 2)
        if not message:
            return
        reply = run(server, files, limits)
        server.sendall(json.dumps(reply).encode() + b"\n")


def run(server: socket.socket, files: list[int], limits: Limits) -> dict[str, object]:
    """Forks a process for one image and tells how it went, with its peak memory."""
    said_read, said_write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(said_read)
        server.close()
        work(files, said_write, limits)
    for used in (*files, said_write):
        os.close(used)
    try:
        said = listen(server, said_read)
        if said is None:
            os.kill(child, signal.SIGKILL)
    finally:
        os.close(said_read)
    _, status, usage = os.wait4(child, 0)
    if said is None:
        sys.exit(0)
    cpu_s = usage.ru_utime + usage.ru_stime
    return {**outcome(status, said, cpu_s, limits), "peak_kib": usage.ru_maxrss}


def listen(server: socket.socket, said: int) -> bytes | None:
    """What the child says until it ends; None where the server went away first."""
    poll = select.poll()
    poll.register(said, select.POLLIN)
    poll.register(server, select.POLLIN)
    heard = b""
    while True:
        ready = [descriptor for descriptor, _ in poll.poll()]
        if said not in ready:
            return None
        piece = os.read(said, REPLY_BYTES)
        if not piece:
            return heard
        heard = (heard + piece)[:REPLY_BYTES]


def outcome(status: int, said: bytes, cpu_s: float, limits: Limits) -> dict[str, object]:
    """The child's own words, or what its end means."""
    if os.WIFSIGNALED(status):
        end = os.WTERMSIG(status)
        if end == signal.SIGALRM and cpu_s < limits.wall_s / 2:
            return {"starved": True}
        return {"refused": Refusal.TOO_SLOW if end in TIMED_OUT else Refusal.UNREADABLE}
    try:
        spoken = json.loads(said)
    except (ValueError, RecursionError):
        spoken = None
    return spoken if isinstance(spoken, dict) else {"refused": Refusal.UNREADABLE}


def work(files: list[int], say: int, limits: Limits) -> NoReturn:
    """Re-encodes one image in this process and leaves it, whatever happens."""
    said: dict[str, object] = {"refused": Refusal.UNREADABLE}
    try:
        confine(limits)
        said = {"sizes": decode(files, limits)}
    except PhotoRefused as refused:
        said = {"refused": refused.reason}
    except OSError as error:
        if error.errno in NO_ROOM:
            said = {"storage_full": True}
    except BaseException:  # noqa: BLE001, S110 - a decoder may raise anything; `said` tells it
        pass
    finally:
        os.write(say, json.dumps(said).encode())
        os._exit(0)


def confine(limits: Limits) -> None:
    """Takes from this process what an image does not need: time, memory, files, a voice."""
    for kind, amount in (
        (resource.RLIMIT_CPU, limits.cpu_s),
        (resource.RLIMIT_DATA, limits.memory_bytes),
        (resource.RLIMIT_FSIZE, RESULT_BYTES),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        soft = amount if hard == resource.RLIM_INFINITY else min(amount, hard)
        # Processor time keeps its hard limit: SIGKILL comes at it, which would tell nothing.
        resource.setrlimit(kind, (soft, hard if kind == resource.RLIMIT_CPU else soft))
    # Not caught in Python, where code in C could not be interrupted: the kernel ends the process.
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(limits.wall_s)
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 2)
    offer_to_the_oom_killer()


def offer_to_the_oom_killer() -> None:
    """On a machine short of memory this process should go, and not the server."""
    try:
        with open("/proc/self/oom_score_adj", "w") as score:
            score.write("1000")
    except OSError:
        pass


def decode(files: list[int], limits: Limits) -> tuple[int, ...]:
    """Writes both JPEGs behind each other; returns their lengths in bytes and sizes in pixels."""
    upload, result = files
    with open(upload, "rb") as source:
        # The place in the file is shared with the process that has just written it.
        source.seek(0)
        photo = reencode(source, limits.max_pixels)
    with open(result, "wb") as target:
        target.write(photo.full + photo.thumb)
    return (len(photo.full), len(photo.thumb), *photo[2:])


if __name__ == "__main__":
    main(sys.argv[1:])
