"""The tests of a pack run once more, and whether each comes out as the pack's report says."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec

from soc2test.pack.names import PROGRAMME, REPORT, STORE, About, PackError
from soc2test.pack.running import run_tests
from soc2test.verdicts import Verdict

__all__ = ["Again", "rerun"]


_HOLDS = (Verdict.PASS, Verdict.ACCEPTED, Verdict.NO_OCCURRENCES, Verdict.NOT_APPLICABLE)


class Again(msgspec.Struct, frozen=True, kw_only=True):
    """How one test came out again."""

    control: str
    said: str | None
    """the verdict in the pack's report; None: it is not told there"""
    now: str | None
    """the verdict that came out; None: it was not run"""
    same: bool
    """verdict, counts and all that is told of it are the same"""
    left_out: tuple[str, ...] = ()
    """documents that are left out of the pack and that what came out names: they may be why it differs"""


def rerun(folder: Path, about: About, control: str | None = None) -> list[Again]:
    """Run all tests, or one. Raises `PackError` where they don't run to their end, or the control is not there."""
    before = _told(folder / REPORT)
    if control is not None and control not in before:
        raise PackError(f"the report tells of no test {control}")
    with TemporaryDirectory(prefix="soc2test-rerun-") as above:
        copy = Path(above, "pack")
        for part in (PROGRAMME, STORE):
            shutil.copytree(folder / part, copy / part)  # what runs may write there
        report = copy / REPORT
        run_tests(copy, about, report, control)
        now = _told(report)
        findings = _texts(report)
    wanted = [control] if control is not None else sorted(before.keys() | now.keys())
    return [_again(id, before.get(id), now.get(id), about, findings.get(id, "")) for id in wanted]


def _again(id: str, before: dict[str, Any] | None, now: dict[str, Any] | None, about: About, findings: str) -> Again:
    same = before == now
    looks_better = now is None or now["verdict"] in _HOLDS  # what is missing makes nothing look better
    text = findings + json.dumps(now, ensure_ascii=False)
    return Again(
        control=id,
        said=None if before is None else before["verdict"],
        now=None if now is None else now["verdict"],
        same=same,
        left_out=() if same or looks_better else tuple(each.path for each in about.left_out if each.path in text),
    )


def _told(report: Path) -> dict[str, dict[str, Any]]:
    lines = _lines(report / "controls.ndjson")
    return {line["id"]: line for line in lines if line.get("schema") == "control/2"}


def _texts(report: Path) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in _lines(report / "findings.ndjson"):
        id = str(line.get("control"))
        found[id] = found.get(id, "") + json.dumps(line, ensure_ascii=False)
    return found


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    try:
        with path.open(encoding="utf-8") as file:
            yield from map(json.loads, file)
    except (OSError, ValueError):
        raise PackError(f"{REPORT}/{path.name} can't be read") from None
