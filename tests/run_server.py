"""A process that has imported pytest and soc2test, and forks for each run: most of a short run's time goes into imports.

What a run changes stays in its fork, as in a process of its own. Orders come by a socket, each with the three streams
that the run is to have, and are answered with its exit status; see `runs.py`, which starts it. It ends with its input.
"""

import gc
import json
import os
import pkgutil
import runpy
import select
import signal
import socket
import sys
from importlib import import_module
from importlib.metadata import entry_points
from typing import Any

import pytest
from shipped_policies import compile_once, look_through

_PACKAGES = ("soc2test", "soc2test_plugins")
_SECONDS = 300
"""a run that takes longer is killed: no test waits for it for ever"""


def _import_all() -> None:
    for name in _PACKAGES:
        package = import_module(name)
        for module in pkgutil.walk_packages(package.__path__, f"{name}."):
            if not module.name.endswith("__main__"):
                import_module(module.name)


def _become(order: dict[str, Any], streams: list[int]) -> None:
    """Be what a new process in the ordered folder is: its arguments, environment, path and streams."""
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    folder, environment = order["folder"], order["environment"]
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    sys.argv = [order["program"], *order["arguments"]]
    added = environment.get("PYTHONPATH")
    sys.path[:1] = [folder, *(added.split(os.pathsep) if added else ())]
    sys.dont_write_bytecode = bool(environment.get("PYTHONDONTWRITEBYTECODE"))
    signal.alarm(_SECONDS)


def _run(program: str) -> None:
    """What the program does; raises SystemExit, with which this process ends as any does."""
    if program == "pytest":
        sys.argv[0] = pytest.__file__.replace("__init__", "__main__")
        runpy.run_module("pytest", run_name="__main__", alter_sys=True)  # what `-m pytest` does
    else:
        (command,) = entry_points(group="console_scripts", name="soc2test")
        del sys.path[0]  # a console script has not the folder in which it is called
        sys.exit(command.load()())


def _serve(path: str) -> None:
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(path)
        listening.listen()
        os.write(1, b"ready\n")
        while listening.fileno() in select.select([listening.fileno(), 0], [], [])[0]:  # else the tests have ended
            asking, _ = listening.accept()
            with asking:
                order, streams = _order(asking)
                pid = os.fork()  # this process has no threads
                if not pid:
                    asking.close()
                    listening.close()
                    _become(order, streams)
                    _run(order["program"])
                for stream in streams:
                    os.close(stream)
                _, status = os.waitpid(pid, 0)
                asking.sendall(b"%d" % os.waitstatus_to_exitcode(status))


def _order(asking: socket.socket) -> tuple[dict[str, Any], list[int]]:
    read, streams, _, _ = socket.recv_fds(asking, 65536, 3)
    while not read.endswith(b"\n"):
        read += asking.recv(65536)
    order: dict[str, Any] = json.loads(read)
    return order, list(streams)


if __name__ == "__main__":
    _import_all()
    compile_once()
    look_through()
    gc.collect()
    gc.freeze()  # or each fork's collections would copy the pages of all that was imported
    _serve(sys.argv[1])
