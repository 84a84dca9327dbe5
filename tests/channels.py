"""A programme that says a secret and a person on every channel there is, and what must be found on none of them."""

import json
import os
import subprocess
import sys
from pathlib import Path

from programmes import Programme
from runs import can_be_forked, run_forked

__all__ = ["COMMAND", "KEY", "TOKEN", "Channels", "leaks", "leaky", "run"]

KEY = "0123456789abcdef0123"
TOKEN = "ghp_" + "q7Rk2LmZx9Vt4BnWc8Yd3HsPf6Jg1TeAu5Do"
JWT = "eyJhbGciOiJub25lIn0K.eyJzdWIiOiJjYW5hcnktanl0a3dxIn0.c2lnbmF0dXJlLW9mLWNhbmFyeQ"
URL = "postgres://svc:canary-pa55w0rd-of-url@db.invalid/x"
PEM_BODY = "MIIEq4Wz8Xr2Lk6Vn0Bt5Yc9Hd3Sf7Jg1Pm4Ru8Ta2We6Qo0Zi5Xl9Kv3Cb7Nh1D"
PEM = "-----BEGIN " + f"RSA PRIVATE KEY-----\n{PEM_BODY}\n{PEM_BODY[::-1]}\nq9W=\n-----END RSA PRIVATE KEY-----"
BY_NAME = "hunter-canary-by-its-name"
SECRETS = (TOKEN[4:], JWT.split(".")[1], "canary-pa55w0rd-of-url", PEM_BODY, PEM_BODY[::-1], BY_NAME)
COMMAND = ("-c", "from soc2test.cli.main import main; main()")
_FORKED: dict[tuple[str, ...], str] = {("-m", "pytest"): "pytest", COMMAND: "soc2test"}
_WINDOW = 7
"""so much of a secret in a row is a leak, also of one that was cut"""
PERSON = ("ada byron", "ada.byron@", "ada-acme", "ada.byron%40")

_EXPORT = [
    {"id": f"arn/{TOKEN}", "good": False, "password": BY_NAME},
    {"id": f"a/{JWT}/{'x' * 80}", "good": False},
    {"id": URL, "good": False},
    {"id": PEM, "good": False},
    {"id": "of Ada Byron, ada.byron@acme.example, ADA-ACME", "good": False},
]
_PEOPLE = """
from soc2test import Identity, Item, Person, Subject

@things.reads("people list", kind=Person, items="people", lists=True, next="next")
def person(item, at):
    print(f"reads {item['name']}")
    if os.environ.get("BREAK") == "reading":
        raise KeyboardInterrupt
    return facts(item["email"], name=item["name"], email=item["email"], accounts=tuple(item["accounts"]))

import os
print("loading of ada.byron@acme.example")
"""
_POLICY = '''
import logging, warnings

def everywhere(text):
    """Say it wherever a text can be said."""
    print(text)
    print(text, file=sys.stderr)
    sys.stdout.write(text[:len(text) // 2])
    sys.stdout.flush()
    sys.stdout.write(text[len(text) // 2:] + "\\n")
    sys.stdout.buffer.write(text.encode() + b"\\n")
    logging.getLogger("x").error("logged %s", text, extra={"other": text}, stack_info=True)
    logging.getLogger(text).error("by its name")
    try:
        raise ValueError(text)
    except ValueError:
        logging.getLogger("x").exception("raised")
    warnings.warn(text, stacklevel=1)

@control("X-1", criteria=["CC6.1"], nature="state", severity="high")
def test_each(thing: Thing, loud, record_property, record_testsuite_property, capsys):
    """Things are good."""
    local = {"deep": [thing.id], "raw": thing.id.encode()}
    everywhere(thing.id)
    with capsys.disabled():
        print(thing.id)
    record_property("a", thing.id)
    record_testsuite_property("b", thing.id)
    assert thing.good, f"{thing.id} is bad"

@control("X-2", criteria=["CC6.2"], nature="state", severity="high")
def test_broken(thing: Thing):
    """Things are whole."""
    everywhere(thing.id)
    raise ValueError(thing.id)

@control("X-3", criteria=["CC6.3"], nature="state", severity="high")
def test_compared(thing: Thing):
    """Things are not named."""
    assert thing.id + "y" == thing.id + "z"

@control("X-4", criteria=["CC6.4"], nature="state", severity="high")
def test_inner(things: Population[Thing]):
    """Things are few."""
    local = [each.id for each in things]
    for each in things:
        try:
            assert not f"{each.id} {each.id} {each.id}".startswith(each.id[:1])
        except AssertionError as error:
            print(error)
    assert not [each.id for each in things]
    assert not {each.id: each.id.encode() for each in things}

@control("X-5", criteria=["CC6.5"], nature="state", severity="high")
def test_sealed(thing: Thing):
    """Things hold no password."""
    deviation(thing, f"holds {thing.id}")
'''
_CONFTEST = """
import logging, os, sys, warnings
import pytest

TEXTS = {texts!r}

def say(where):
    for text in TEXTS:
        print(where, text)
        print(where, text, file=sys.stderr)
    logging.getLogger("x").error("from here", stack_info=True)  # {texts[0]}

def pytest_sessionstart(session):
    say("start")
    own = logging.FileHandler(f"out.own{{os.getpid()}}.log", encoding="utf-8")
    own.setFormatter(logging.Formatter("%(name)s %(message)s"))
    logging.getLogger().addHandler(own)

def pytest_collection_finish(session): say("collected")
def pytest_unconfigure(config): say("end")

def pytest_report_header(config): return TEXTS

def pytest_runtest_logreport(report):
    hand_on(report)
    if os.environ.get("BREAK") == "report" and report.when == "call":
        raise RuntimeError("\\n".join(TEXTS))

def pytest_runtest_teardown(item):
    if os.environ.get("BREAK") == "worker":
        say("crash")
        os.kill(os.getpid(), 9)

def pytest_sessionfinish(session):
    say("finish")
    if os.environ.get("BREAK") == "finish":
        raise RuntimeError("\\n".join(TEXTS))

def hand_on(report):
    # as plugins do that have reports of their own
    with open(f"out.reports{{os.getpid()}}.txt", "a", encoding="utf-8") as file:
        told = report.longrepr, report.sections, getattr(report, "user_properties", ""), getattr(report, "wasxfail", "")
        print(*map(str, told), file=file)

def pytest_collectreport(report): hand_on(report)

def pytest_internalerror(excrepr):
    with open("out.internal.txt", "a", encoding="utf-8") as file:
        file.write(str(excrepr))

def pytest_pycollect_makeitem():
    if os.environ.get("BREAK") == "interrupt":
        say("while it is captured")
        raise KeyboardInterrupt

@pytest.fixture
def loud(request):
    say("setup")
    yield
    say("teardown")
"""
_ORDINARY = """
import pytest, warnings
TEXTS = {texts!r}

@pytest.mark.parametrize("at", range(len(TEXTS)))
def test_ordinary(at, record_property):
    record_property("a", TEXTS[at])
    print(TEXTS[at])
    local = TEXTS[at]
    long = " ".join([TEXTS[at]] * 3)
    assert long + " x" == long + " y"

@pytest.mark.xfail(reason=" ".join(TEXTS))
def test_expected(): assert False

def test_skipped(): pytest.skip(" ".join(TEXTS))
"""


def leaky(programme: Programme) -> None:
    """Write the programme."""
    texts = [TOKEN, JWT, URL, PEM, "Ada Byron has ada.byron@acme.example and ada-acme"]
    programme.things(*_EXPORT)
    programme.write(
        "exports/things/one/people.list.json",
        json.dumps(
            {"people": [{"email": "ada.byron@acme.example", "name": "Ada Byron", "accounts": ["github:ada-acme"]}]}
        ),
    )
    programme.write("exports/things/one/nobody.reads.ada.byron@acme.example.json", "{")
    programme.write(f"exports/things/one/things.owner.{TOKEN}.json", '{"owner": "x"}')
    programme.write("exports/things/one/things.owner.ada.byron@acme.example.json", '{"owner": "x"}')
    programme.write(f"exports/other/{TOKEN}.json", "{}")
    plugin = programme.path / "plugins/things.py"
    plugin.write_text(plugin.read_text("utf-8").replace("\n@hookimpl", f"{_PEOPLE}\n@hookimpl", 1), "utf-8")
    programme.write("conftest.py", _CONFTEST.format(texts=texts))
    programme.write("ordinary/test_it.py", _ORDINARY.format(texts=texts))
    programme.write("wrong/test_wrong.py", f"raise ValueError({texts!r})")
    programme.write("policies/wrong.py", f"raise ValueError({texts!r})")
    programme.policy(_POLICY)


class Channels(dict[str, str]):
    """Channel -> all that left on it: stdout, stderr and each file that a run or a command wrote."""

    code: int


def run(programme: Programme, *command: str, env: dict[str, str] | None = None, typed: str = "") -> Channels:
    """Run a command in the programme's folder and take in all that leaves it."""
    before = _files(programme.path)
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **(env or {})}
    program = _FORKED.get(command[:2])
    if program and not typed and can_be_forked(environment):
        ended = run_forked(command[2:], str(programme.path), environment, program)
    else:
        ended = subprocess.run(
            [sys.executable, *command], cwd=programme.path, capture_output=True, input=typed, text=True, timeout=120,
            env=environment, check=False, errors="replace",
        )  # fmt: skip
    found = Channels(stdout=ended.stdout, stderr=ended.stderr)
    found.code = ended.returncode
    for path, written in _files(programme.path).items():
        if before.get(path) != written:
            found[path.relative_to(programme.path).as_posix()] = path.read_text("utf-8", "replace")
    return found


def _files(folder: Path) -> dict[Path, tuple[int, int]]:
    files = [each for each in folder.rglob("*") if each.is_file()]
    return {each: (each.stat().st_mtime_ns, each.stat().st_size) for each in files}


def leaks(channels: Channels, person: bool) -> list[str]:
    """What was seen where; of each secret its first part."""
    found = []
    for name, text in channels.items():
        for secret in SECRETS:
            parts = (secret[at : at + _WINDOW] for at in range(len(secret) - _WINDOW + 1))
            found += [f"{name}: {part} in {_around(text, part)}" for part in parts if part in text][:1]
    for name, text in channels.items():
        low = text.casefold()
        found += [f"{name}: {part} in {_around(low, part)}" for part in PERSON if person and part in low]
    return found


def _around(text: str, part: str) -> str:
    at = text.index(part)
    return repr(text[max(0, at - 80) : at + 80])
