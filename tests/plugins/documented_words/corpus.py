"""The exports that the words are tried in: those of acme and of the cases, and one of each call that these have not.

`more_exports.json` holds the latter: bodies of the plugins' own tests, each with its call and what it is about.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from soc2test.evidence.read_limits import ReadLimits
from soc2test.evidence.record import Evidence
from soc2test.finding.collect import collect
from soc2test.sources.loading import load_plugins
from soc2test.sources.source import Source
from soc2test.telling.body_reading import Given

__all__ = ["GIVEN", "SOURCES", "exports"]

ROOT = Path(__file__).parents[3]
ACME = ROOT / "fixtures/acme"
MORE = Path(__file__).parent / "more_exports.json"
AS_OF = datetime(2026, 11, 20, 12, tzinfo=UTC)
_PLUGINS = load_plugins(ACME / "plugins")
SOURCES: Mapping[str, Source] = _PLUGINS.sources
GIVEN = Given(sources=SOURCES, as_of=AS_OF, undated=AS_OF)


@cache
def exports() -> tuple[Evidence, ...]:
    """Each different export that holds data, with its secrets taken out as in a run."""
    found: dict[str, Evidence] = {}
    for evidence in (*_on_disk(), *_more()):
        if evidence.operation and evidence.problem is None and evidence.code is None and _is_data(evidence.body):
            call = [evidence.source, evidence.operation, sorted(evidence.subject.items()), evidence.body]
            found.setdefault(json.dumps(call, default=str), evidence)
    return tuple(found.values())


def _is_data(body: Any) -> bool:
    return isinstance(body, dict | list)


def _on_disk() -> Iterator[Evidence]:
    cases = sorted(case.parent / "files/exports" for case in (ROOT / "tests/cases").rglob("case.yaml"))
    for folder in (ACME / "exports", *cases):
        yield from collect(folder, SOURCES, _PLUGINS.ask, ReadLimits(), lambda operation: False).evidence


def _more() -> Iterator[Evidence]:
    for number, export in enumerate(json.loads(MORE.read_text("utf-8"))):
        name = f"more/{number}"
        yield Evidence(id=name, path=name, sha256="", collected_at=AS_OF, **export)
