"""What the artifacts of a run say of it, for a record that is made after it."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from soc2test.errors import Soc2Error
from soc2test.run import AsOf, Tool
from soc2test.store.recording import Results
from soc2test.verdicts import Verdict

__all__ = ["ReportRefused", "collected_otherwise", "results_in"]


class ReportRefused(Soc2Error):
    """The artifacts are none of a run that ended, or don't tell which bytes it read; the text follows their folder."""


def results_in(folder: Path) -> Results:
    """What a run found and read, by its artifacts. Raises `ReportRefused`."""
    matrix = _matrix(folder)
    controls, findings = _bytes(folder, "controls.ndjson"), _bytes(folder, "findings.ndjson")
    evidence = list(_lines(_bytes(folder, "evidence.ndjson"), "evidence.ndjson"))
    try:
        exports = [line for line in evidence if line.get("schema") == "export/1"]
        as_of = AsOf(datetime.fromisoformat(matrix["as_of"]["time"]), matrix["as_of"]["source"])
        lines = _lines(controls, "controls.ndjson")
        verdicts = {line["id"]: Verdict(line["verdict"]) for line in lines if line.get("schema") == "control/2"}
        return Results(
            as_of=as_of,
            complete=matrix["complete"],
            incomplete_because=matrix["incomplete_because"],
            verdicts=verdicts,
            tool=msgspec.convert(matrix["tool"], Tool),
            controls=controls,
            findings=findings,
            read={line["path"]: line["sha256"] for line in exports},
            unclaimed=frozenset(line["path"] for line in evidence if line.get("schema") == "unclaimed/1"),
            documents={line["file"]: line["sha256"] for line in evidence if line.get("schema") == "document/1"},
            programme={"soc2.yaml": matrix["programme"]["digest"], **matrix["programme"]["files"]},
            dates=tuple(datetime.fromisoformat(line["collected_at"]) for line in exports if line["collected_at"]),
            collected=tuple((line["path"], _moment(line["collected_at"])) for line in exports),
        )
    except (AttributeError, KeyError, TypeError, ValueError, msgspec.MsgspecError):
        raise ReportRefused("holds artifacts of another version of soc2test") from None


def collected_otherwise(results: Results, now: Iterable[tuple[str, datetime | None]]) -> str:
    """Why exports that lie there `now` are not those of a run whose bytes are the same; empty where they are.

    Each is given by its path with when it was collected. What was collected anew shows another day than the run saw.
    """
    read = set(results.collected)
    others = sorted({path for path, moment in now if (path, moment) not in read and path in results.read})
    if not others:
        return ""
    more = f" and {len(others) - 1} more files" if others[1:] else ""
    return f"{others[0]}{more}: collected at another time than the run read, whose verdicts are of another moment"


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _matrix(folder: Path) -> Mapping[str, Any]:
    try:
        matrix = json.loads(_bytes(folder, "matrix.json"))
    except ValueError:
        raise ReportRefused("holds a matrix.json that is none") from None
    if not isinstance(matrix, dict) or matrix.get("state") != "finished":
        raise ReportRefused("is that of a run that did not end")
    if matrix.get("period") is not None:
        raise ReportRefused("is over a period, so that its verdicts are of many snapshots and of none alone")
    if matrix.get("pseudonymised"):
        raise ReportRefused("names nothing by its own name (it is pseudonymised)")
    return matrix


def _bytes(folder: Path, name: str) -> bytes:
    try:
        return (folder / name).read_bytes()
    except OSError:
        raise ReportRefused(f"has no {name} that can be read") from None


def _lines(content: bytes, name: str) -> Iterator[dict[str, Any]]:
    try:
        yield from map(json.loads, content.splitlines())
    except ValueError:
        raise ReportRefused(f"holds a {name} that is none") from None
