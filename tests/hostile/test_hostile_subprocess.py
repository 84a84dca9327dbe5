"""A handful of hostile cases through the real `pytest --soc2`, all in one programme: a source and a control each."""

import json
import re

import pytest
from hostile_checks import secrets
from hostile_corpus import TOOL, cases
from hostile_inert import broken
from hostile_run import suffix_of
from programmes import Programme

pytest_plugins = ["hostile_summary"]
pytestmark = pytest.mark.skipif(not TOOL.is_file(), reason="shared/tools/badinputs.py is not beside the checkout")

REFUSED = ("A05", "A08", "A17", "B03", "D03", "H01", "H05", "I01", "I02")
DEVIATE = ("F01", "F03", "F11", "F15", "F20", "J01", "J02", "J05", "J07")
SOURCE = """
class {id}Row(Resource, frozen=True, gc=False, kw_only=True):
    name: str
    user_data: str
    encrypted: bool

{id} = Source("{id}", paging=unpaged)

@{id}.reads("rows", kind={id}Row, items="", lists=True)
def {id}_row(item, at):
    return facts(item.then("id", str), name=item.or_else("name", "none"), user_data=item.or_else("user_data", "none"),
                 encrypted=item.or_else("encrypted", False))
"""
PLUGIN = """from soc2test import Resource, Source, facts, hookimpl, unpaged
{sources}
@hookimpl
def soc2_sources():
    return [{names}]
"""
REFUSING = """
@control("X-{id}", criteria=["CC6.1"], nature="state", severity="high")
def test_{id}(row: {id}Row):
    \"\"\"The records of {id} are encrypted.\"\"\"
    assert row.encrypted
"""
DEVIATING = """
@control("X-{id}", criteria=["CC6.1"], nature="state", severity="high")
def test_{id}(row: {id}Row):
    \"\"\"The records of {id} are encrypted.\"\"\"
    assert row.encrypted{message}
"""

ON_USER_DATA = """
@control("X-J02B", criteria=["CC6.1"], nature="state", severity="high")
def test_J02B(row: J02Row):
    \"\"\"User data names no token.\"\"\"
    assert "TOKEN" not in row.user_data
"""


def write(programme: Programme) -> None:
    chosen = [case for case in cases() if case.id in (*REFUSED, *DEVIATE)]
    sources = "".join(SOURCE.format(id=case.id) for case in chosen)
    programme.write("plugins/cases.py", PLUGIN.format(sources=sources, names=", ".join(case.id for case in chosen)))
    programme.write("soc2.yaml", "system: Test\nsources:\n" + "".join(f"  {case.id}: {{}}\n" for case in chosen))
    policy = f"from soc2test import control\nfrom soc2test_programme_plugins.cases import {', '.join(f'{case.id}Row' for case in chosen)}\n"
    for case in chosen:
        # injected names stand in the message; of what holds a secret, the assert is left to pytest's introspection
        message = ', f"is named {row.name}"' if case.id.startswith("F") else ""
        policy += (REFUSING if case.id in REFUSED else DEVIATING).format(id=case.id, message=message)
        path = programme.path / "exports" / case.id / f"rows{suffix_of(case)}"
        path.parent.mkdir(parents=True)
        case.make(path, 1)
    programme.write("policies/own.py", policy)
    programme.write("exports/manifest.yaml", "collected_at: 2026-11-20T08:00:00Z\n")


def test_hostile_programme(programme: Programme) -> None:
    write(programme)
    result = programme.run()
    said = result.stdout.str() + result.stderr.str()
    assert result.ret == 1
    verdicts = {each["id"].removeprefix("X-"): each["verdict"] for each in programme.matrix()["controls"]}
    assert {id: verdicts[id] for id in REFUSED} == dict.fromkeys(REFUSED, "not_evaluated")
    assert {id: verdicts[id] for id in DEVIATE} == dict.fromkeys(DEVIATE, "fail")
    report = programme.path / "soc2-report"
    artifacts = {path.name: path.read_bytes() for path in report.rglob("*") if path.is_file()}
    assert broken(artifacts) == ""
    assert json.loads(artifacts["matrix.json"])["state"] == "finished"
    told = said.encode() + b"".join(artifacts.values())
    assert [secret[:6] for secret in secrets() if secret.encode() in told] == []
    assert not re.search(r"^\s*::(set-output|stop-commands|error file=a\.py)", said, re.MULTILINE)
    assert "Traceback" not in said


def test_console_holds_no_control_characters(programme: Programme, tried: dict[str, str]) -> None:
    write(programme)
    result = programme.run()
    found = re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", result.stdout.str() + result.stderr.str())
    tried["F15"] = tried["F20"] = (
        "pytest's introspection of the first deviation prints control characters" if found else ""
    )
    assert found is None


def test_introspection_shows_no_secret_of_a_fact(programme: Programme, tried: dict[str, str]) -> None:
    """The fact itself holds the secret; it is not read, and what is not read is neither a pass nor a deviation."""
    write(programme)
    policy = programme.path / "policies" / "own.py"
    policy.write_text(policy.read_text() + ON_USER_DATA)
    result = programme.run()
    told = (result.stdout.str() + result.stderr.str()).encode()
    told += b"".join(path.read_bytes() for path in (programme.path / "soc2-report").rglob("*") if path.is_file())
    assert programme.verdict("X-J02B") == "not_evaluated"
    assert programme.control("X-J02B")["findings"][0]["fact"] == "user_data"
    shown = [secret[:6] for secret in secrets() if secret.encode() in told]
    tried["J02"] = "an assert about a fact that holds a secret shows it on the console" if shown else ""
    assert shown == []
