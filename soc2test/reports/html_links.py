"""Where the things of `matrix.html` stand: the fragments that lead to tests, criteria, findings and evidence."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from soc2test.criteria import CRITERIA
from soc2test.reports.text import html_text
from soc2test.reports.view import told_in
from soc2test.verdicts import ControlResult, Finding

__all__ = ["Places", "anchor", "control_links", "criterion_links", "evidence_anchor", "evidence_link", "finding_anchor"]

_NOT_IN_ANCHOR = re.compile(r"[^A-Za-z0-9-]")
_LINKS = 30
_DIGITS = 12
"""of a digest: of a million ids two are alike once in five hundred pages"""


class Places(NamedTuple):
    """What of a run stands in the page and can be led to."""

    paths: Mapping[str, str]
    """evidence id -> path of its file, of all evidence"""
    evidence: frozenset[str]
    """ids of the evidence that the page lists"""


def anchor(id: str) -> str:
    """The fragment of a control's place."""
    return f"c-{_NOT_IN_ANCHOR.sub('_', id[:60])}"


def finding_anchor(finding: Finding) -> str:
    """The fragment of a finding's place; its id is the same from run to run."""
    return f"f-{_NOT_IN_ANCHOR.sub('_', finding.id[:60])}"


def evidence_anchor(id: str) -> str:
    """The fragment of an evidence's place: ids are paths, which may hold anything."""
    return f"e-{hashlib.sha256(id.encode('utf-8', 'surrogatepass')).hexdigest()[:_DIGITS]}"


def control_links(ids: Iterable[str]) -> str:
    """The controls' ids, each leading to its section; the first of many."""
    named = list(ids)
    more = f" and {len(named) - _LINKS} more" if len(named) > _LINKS else ""
    return ", ".join(f'<a href="#{anchor(id)}">{html_text(id)}</a>' for id in named[:_LINKS]) + more


def criterion_links(result: ControlResult) -> str:
    """The criteria that it tests; of one that tests none, those that it supports."""
    if result.criteria:
        return ", ".join(map(_criterion_link, result.criteria))
    return f"supports {', '.join(map(_criterion_link, result.supports))}"


def _criterion_link(id: str) -> str:
    return f'<a href="#{id}">{id}</a>' if id in CRITERIA else html_text(id)


def evidence_link(finding: Finding, places: Places) -> str:
    """The file that told a finding, leading to its digest and date where the page lists it; "" where none told it."""
    path = told_in(finding, places.paths)
    if not path or finding.evidence not in places.evidence:
        return f"<code>{html_text(path)}</code>" if path else ""
    return f'<a href="#{evidence_anchor(finding.evidence)}">{html_text(path)}</a>'
