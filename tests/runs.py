"""Runs of pytest as `Pytester.runpytest_subprocess` makes them, forked from a process that has imported everything already."""

import atexit
import json
import os
import subprocess
import sys
import time
from functools import cache
from pathlib import Path

import pytest
from _pytest.pathlib import make_numbered_dir

__all__ = ["run_pytest"]

SERVER = Path(__file__).with_name("run_server.py")


def run_pytest(pytester: pytest.Pytester, *args: str | os.PathLike[str]) -> pytest.RunResult:
    """`pytester.runpytest_subprocess(*args)`, for a sixth of its time.

    What only a new interpreter shows is tested with that one: which modules a run imports, variables that the interpreter
    itself reads, signals and crashes.
    """
    base = make_numbered_dir(root=pytester.path, prefix="runpytest-", mode=0o700)
    stdout, stderr = pytester.path / "stdout", pytester.path / "stderr"
    folder = os.getcwd()
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, [folder, os.environ.get("PYTHONPATH")]))}
    order = {
        "arguments": [f"--basetemp={base}", *map(os.fspath, args)],
        "folder": folder,
        "environment": environment,
        "stdout": str(stdout),
        "stderr": str(stderr),
    }
    began = time.perf_counter()
    status = _ask(order)
    took = time.perf_counter() - began
    out, err = stdout.read_text("utf-8").splitlines(), stderr.read_text("utf-8").splitlines()
    print(*out, sep="\n")
    print(*err, sep="\n", file=sys.stderr)
    known = {each.value for each in pytest.ExitCode}
    return pytest.RunResult(pytest.ExitCode(status) if status in known else status, out, err, took)


def _ask(order: dict[str, object]) -> int:
    server = _server()
    assert server.stdin is not None
    assert server.stdout is not None
    server.stdin.write(json.dumps(order) + "\n")
    server.stdin.flush()
    return int(server.stdout.readline())  # an empty line where the server is lost: an error, no green


@cache
def _server() -> "subprocess.Popen[str]":
    server = subprocess.Popen([sys.executable, SERVER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    atexit.register(_end, server)
    return server


def _end(server: "subprocess.Popen[str]") -> None:
    for stream in (server.stdin, server.stdout):
        if stream is not None:
            stream.close()
    server.wait(timeout=60)
