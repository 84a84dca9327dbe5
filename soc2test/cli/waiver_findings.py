"""Which deviation is meant by what somebody writes after `soc2test waive`."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click
import msgspec

__all__ = ["Deviation", "finding_in"]

_SHOWN = 5
_REDACTED = "[redacted "


class Deviation(msgspec.Struct, frozen=True, kw_only=True):
    """A deviation of a report: its control, and the id of its resource."""

    control: str
    resource: str


def finding_in(report: Path, asked: str) -> Deviation:
    """The deviation of this id, or of CONTROL:RESOURCE. Raises `click.ClickException` where it is none to be waived."""
    if _matrix(report).get("pseudonymised"):
        raise click.ClickException(
            f"{report.name}: its resources are tokens, which no run would find again: run without --soc2-pseudonymise"
        )
    lines = list(_findings(report))
    found = [line for line in lines if asked in (line["id"], f"{line['control']}:{line['resource']}")]
    if not found:
        raise click.ClickException(f"{report.name}/findings.ndjson has no finding {asked!r}{_some(lines)}")
    if len({(line["control"], line["resource"]) for line in found}) > 1:
        raise click.ClickException(f"{asked!r} are several findings of {report.name}: name one by its id")
    (line, *_) = found
    if line["outcome"] == "waived":
        raise click.ClickException(f"it is accepted already, by the waiver {line['waiver']}")
    if line["outcome"] != "deviation":
        text = f"{line['control']}({line['resource']}) is {line['outcome']}: only a deviation can be waived"
        raise click.ClickException(f"{text}; what nobody can tell has to be evidenced")
    if not line["resource"] or _REDACTED in line["resource"]:
        raise click.ClickException("the id of its resource is hidden, so that no waiver can name it")
    return Deviation(control=line["control"], resource=line["resource"])


def _some(lines: list[Mapping[str, Any]]) -> str:
    """The first deviations that there are."""
    deviating = [f"{line['id']} ({line['control']}:{line['resource']})" for line in lines if _deviates(line)]
    if not deviating:
        return "; no deviation stands there"
    more = f" and {len(deviating) - _SHOWN} more" if len(deviating) > _SHOWN else ""
    return f"; deviations are {', '.join(deviating[:_SHOWN])}{more}"


def _deviates(line: Mapping[str, Any]) -> bool:
    return bool(line["outcome"] == "deviation")


def _matrix(report: Path) -> Mapping[str, Any]:
    matrix = _json(_text(report, "matrix.json"), f"{report.name}/matrix.json")
    if not isinstance(matrix, dict) or matrix.get("state") != "finished":
        raise click.ClickException(f"{report.name}: holds no run that ended: run `pytest --soc2` first")
    return matrix


def _findings(report: Path) -> Iterator[Mapping[str, Any]]:
    for text in _text(report, "findings.ndjson").splitlines():
        line = _json(text, f"{report.name}/findings.ndjson")
        if isinstance(line, dict) and str(line.get("schema", "")).startswith("finding/"):
            yield line


def _text(report: Path, name: str) -> str:
    try:
        return (report / name).read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        text = "can't be read: run `pytest --soc2` first, or name its report folder with --report"
        raise click.ClickException(f"{report.name}/{name}: {text}") from None


def _json(text: str, name: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        raise click.ClickException(f"{name} is no JSON of soc2test") from None
