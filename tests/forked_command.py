"""A program, run by the process of `run_server.py` with this one's streams: see `runs.py`. Started with few imports."""

import json
import os
import socket
import sys
from collections.abc import Mapping

__all__ = ["ask"]


def ask(path: str, order: Mapping[str, object], streams: list[int]) -> int:
    """The exit status of what was ordered. Raises where the server is lost: an empty answer is no number."""
    with socket.socket(socket.AF_UNIX) as asking:
        asking.connect(path)
        text = json.dumps(order).encode() + b"\n"
        sent = socket.send_fds(asking, [text], streams)
        asking.sendall(text[sent:])
        return int(asking.recv(64))


if __name__ == "__main__":
    path, program, *arguments = sys.argv[1:]
    order = {"program": program, "arguments": arguments, "folder": os.getcwd(), "environment": dict(os.environ)}
    sys.exit(ask(path, order, [0, 1, 2]))
