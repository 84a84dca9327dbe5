"""A process that has imported pytest and soc2test, and forks for each run: most of a short run's time goes into imports.

What a run changes stays in its fork, as in a process of its own; the workers of pytest-xdist that it starts are such forks, too. Orders come by a socket, each with the three streams
that the run is to have, and are answered with its exit status; see `runs.py`, which starts it. It ends with its input.
"""

import atexit
import gc
import json
import os
import pkgutil
import runpy
import select
import signal
import socket
import sys
import threading
from contextlib import suppress
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import pytest
from execnet import gateway_io
from no_waiting import sync_at_once
from own_controls_alone import load_own_alone
from shipped_policies import compile_once, look_through, look_up_once

_PACKAGES = ("soc2test", "soc2test_plugins")
_SECONDS = 300
"""a run that takes longer is killed: no test waits for it for ever"""


def _import_all() -> None:
    for name in _PACKAGES:
        package = import_module(name)
        for module in pkgutil.walk_packages(package.__path__, f"{name}."):
            if not module.name.endswith("__main__"):
                import_module(module.name)


def _import_plugins() -> None:
    """What plugins of pytest import in each run: hypothesis at its end, anyio (which httpx brings) at its beginning.

    pytest warns of a plugin's module that is there before it.
    """
    before = set(sys.modules)
    for name in ("hypothesis", "anyio.pytest_plugin", "anyio._backends._asyncio"):
        import_module(name)
    for name in set(sys.modules) - before:
        if name.partition(".")[0].lstrip("_").startswith(("hypothesis", "anyio")):
            sys.modules[name].__doc__ = "PYTEST_DONT_REWRITE"  # the word by which a module asks to be left alone


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
    load_own_alone(environment)
    signal.alarm(_SECONDS)


def _run(program: str) -> None:
    """What the program does; raises SystemExit, with which this process ends as any does."""
    if program == "pytest":
        sys.argv[0] = pytest.__file__.replace("__init__", "__main__")
        runpy.run_module("pytest", run_name="__main__", alter_sys=True)  # what `-m pytest` does
    elif program == "worker":
        sys.argv = ["-c"]
        exec(gateway_io.popen_bootstrapline)  # noqa: S102  # what execnet has a new interpreter do
        sys.exit()
    else:
        (command,) = entry_points(group="console_scripts", name="soc2test")
        del sys.path[0]  # a console script has not the folder in which it is called
        sys.exit(command.load()())


def _run_to_the_end(program: str) -> None:
    """Run it and end this process as the interpreter would, but without taking all of its objects down.

    That takes a third of a short run's time here, where they are those of every module and their pages are shared.
    """
    try:
        _run(program)
    except SystemExit as ended:
        if ended.code is not None and not isinstance(ended.code, int):
            raise
        threading._shutdown()  # type: ignore[attr-defined]  # waits for threads that are no daemons
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit((ended.code or 0) & 0xFF)


def _fork_workers(path: str) -> None:
    """Have execnet order its workers here, where it would start an interpreter that makes all imports again."""
    client = Path(__file__).with_name("forked_command.py")
    vars(gateway_io)["popen_args"] = lambda spec: [sys.executable, "-I", "-S", str(client), path, "worker"]


def _serve(path: str) -> None:
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(path)
        listening.listen()
        os.write(1, b"ready\n")
        while listening.fileno() in select.select([listening.fileno(), 0], [], [])[0]:  # else the tests have ended
            asking, _ = listening.accept()
            with asking:
                if not os.fork():  # this process has no threads; and it hears the orders of a run's workers meanwhile
                    listening.close()
                    _answer(asking)
            _forget_ended()
    _forget_ended()


def _forget_ended() -> None:
    """Take note of who has ended, else they would stay in the table of processes, and their time would be nobody's."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _answer(asking: socket.socket) -> None:
    """Run what is ordered, tell how it ended, and end this process."""
    order, streams = _order(asking)
    pid = os.fork()
    if not pid:
        asking.close()
        _become(order, streams)
        _run_to_the_end(order["program"])
    for stream in streams:
        os.close(stream)
    _, status = os.waitpid(pid, 0)
    asking.sendall(b"%d" % os.waitstatus_to_exitcode(status))
    os._exit(0)


def _order(asking: socket.socket) -> tuple[dict[str, Any], list[int]]:
    read, streams, _, _ = socket.recv_fds(asking, 65536, 3)
    while not read.endswith(b"\n"):
        read += asking.recv(65536)
    order: dict[str, Any] = json.loads(read)
    return order, list(streams)


if __name__ == "__main__":
    sync_at_once()
    _import_all()
    _import_plugins()
    compile_once()
    look_through()
    look_up_once()
    _fork_workers(sys.argv[1])
    gc.collect()
    gc.freeze()  # or each fork's collections would copy the pages of all that was imported
    _serve(sys.argv[1])
