"""Runs of pytest in a process of their own, forked from one that has imported everything already."""

import atexit
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryFile, mkdtemp
from types import MappingProxyType

import pytest
from _pytest.pathlib import make_numbered_dir
from forked_command import ask

__all__ = ["can_be_forked", "forked_command", "run_forked", "run_pytest"]

SERVER = Path(__file__).with_name("run_server.py")
_BEFORE = dict(os.environ)
"""the environment before any test changed it"""


def run_pytest(
    pytester: pytest.Pytester, *args: str | os.PathLike[str], environment: Mapping[str, str] = MappingProxyType({})
) -> pytest.RunResult:
    """`pytester.runpytest_subprocess(*args)`, for a sixth of its time; `environment` is added to what is set here.

    What only a new interpreter shows is tested with that one, as which modules a run imports; and where a test sets a
    variable that the interpreter itself reads when it starts, this is that one.
    """
    if not can_be_forked(os.environ):
        return pytester.runpytest_subprocess(*args)
    base = make_numbered_dir(root=pytester.path, prefix="runpytest-", mode=0o700)
    folder = os.getcwd()
    path = os.pathsep.join(filter(None, [folder, os.environ.get("PYTHONPATH")]))
    began = time.perf_counter()
    ended = run_forked(
        [f"--basetemp={base}", *(os.fspath(arg) for arg in args)],
        folder,
        {**os.environ, "PYTHONPATH": path, **environment},
    )
    took = time.perf_counter() - began
    print(ended.stdout)
    print(ended.stderr, file=sys.stderr)
    known = {code.value for code in pytest.ExitCode}
    code = pytest.ExitCode(ended.returncode) if ended.returncode in known else ended.returncode
    return pytest.RunResult(code, ended.stdout.splitlines(), ended.stderr.splitlines(), took)


def run_forked(
    arguments: Sequence[str], folder: str, environment: Mapping[str, str], program: str = "pytest"
) -> "subprocess.CompletedProcess[str]":
    """`python -m pytest` or `soc2test` in a folder, without input; the environment is one that can be forked."""
    order = {"program": program, "arguments": [*arguments], "folder": folder, "environment": {**environment}}
    with TemporaryFile() as out, TemporaryFile() as err, Path(os.devnull).open("rb") as none:
        status = ask(_server(), order, [none.fileno(), out.fileno(), err.fileno()])
        out.seek(0)
        err.seek(0)
        said, warned = (stream.read().decode("utf-8", "replace") for stream in (out, err))
    return subprocess.CompletedProcess([*arguments], status, said, warned)


def forked_command() -> str:
    """A script that is `soc2test`, for those who call it by its name; its environment must be one that can be forked."""
    socket_path = Path(_server())
    script = socket_path.with_name("soc2test")
    if not script.exists():
        client = SERVER.with_name("forked_command.py")
        script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -I -S "{client}" "{socket_path}" soc2test "$@"\n')
        script.chmod(0o700)
    return str(script)


def can_be_forked(environment: Mapping[str, str]) -> bool:
    """False where an interpreter would start otherwise in it than in the one in which the tests were started."""
    return _for_the_interpreter(environment) == _for_the_interpreter(_BEFORE)


def _for_the_interpreter(environment: Mapping[str, str]) -> dict[str, str]:
    set_after_start = ("PYTHONPATH", "PYTHONDONTWRITEBYTECODE")  # the fork does what they ask for
    names = (name for name in environment if name.startswith("PYTHON") and name not in set_after_start)
    return {name: environment[name] for name in names}


@cache
def _server() -> str:
    """The path of its socket."""
    folder = mkdtemp(prefix="soc2test-runs-")
    path = str(Path(folder) / "socket")
    command, pipe = [sys.executable, str(SERVER), path], subprocess.PIPE
    server = subprocess.Popen(command, stdin=pipe, stdout=pipe, env=_BEFORE, cwd=SERVER.parent)
    atexit.register(_end, server, folder)
    assert server.stdout is not None
    assert server.stdout.readline() == b"ready\n"
    return path


def _end(server: "subprocess.Popen[bytes]", folder: str) -> None:
    for stream in (server.stdin, server.stdout):
        if stream is not None:
            stream.close()
    server.wait(timeout=60)
    shutil.rmtree(folder, ignore_errors=True)
