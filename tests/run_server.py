"""A process that has imported pytest and soc2test, and forks for each run: most of a short run's time goes into imports.

What a run changes stays in its fork, as in a process of its own. It reads orders as lines of JSON and answers each with the
exit status; see `runs.py`, which starts it.
"""

import gc
import json
import os
import pkgutil
import runpy
import signal
import sys
from importlib import import_module
from typing import Any

import pytest
from shipped_policies import compile_once

_PACKAGES = ("soc2test", "soc2test_plugins")
_SECONDS = 300
"""a run that takes longer is killed: no test waits for it for ever"""


def _import_all() -> None:
    for name in _PACKAGES:
        package = import_module(name)
        for module in pkgutil.walk_packages(package.__path__, f"{name}."):
            if not module.name.endswith("__main__"):
                import_module(module.name)


def _become(order: dict[str, Any]) -> None:
    """Be what `python -m pytest` is in the ordered folder: its arguments, environment, path and streams."""
    folder, environment = order["folder"], order["environment"]
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    sys.argv = [pytest.__file__.replace("__init__", "__main__"), *order["arguments"]]
    added = environment.get("PYTHONPATH")
    sys.path[:1] = [folder, *(added.split(os.pathsep) if added else ())]
    signal.alarm(_SECONDS)
    sys.dont_write_bytecode = bool(environment.get("PYTHONDONTWRITEBYTECODE"))
    streams = [os.devnull, order["stdout"], order["stderr"]]
    for number, name in enumerate(streams):
        opened = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC if number else os.O_RDONLY, 0o600)
        os.dup2(opened, number)
        os.close(opened)


def _serve() -> None:
    while line := _next_line():
        order = json.loads(line)
        pid = os.fork()  # this process has no threads
        if not pid:
            _become(order)
            runpy.run_module("pytest", run_name="__main__", alter_sys=True)  # what `-m pytest` does; raises SystemExit
        _, status = os.waitpid(pid, 0)
        os.write(1, b"%d\n" % os.waitstatus_to_exitcode(status))


def _next_line() -> bytes:
    """The next order, from the descriptor itself: a buffer of `sys.stdin` would live on in the forks."""
    line = b""
    while not line.endswith(b"\n"):
        read = os.read(0, 65536)
        if not read:  # the tests have ended
            return b""
        line += read
    return line


if __name__ == "__main__":
    _import_all()
    compile_once()
    gc.collect()
    gc.freeze()  # or each fork's collections would copy the pages of all that was imported
    _serve()
