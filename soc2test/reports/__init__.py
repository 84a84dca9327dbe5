"""Reports: pure writers, a run in and bytes out, one file a format; and how they reach the disk."""

from collections.abc import Callable

from soc2test.reports.control_list import ControlList
from soc2test.reports.evidence_list import EvidenceList
from soc2test.reports.findings import Findings
from soc2test.reports.github import annotations, step_summary
from soc2test.reports.junit import Junit
from soc2test.reports.matrix_html import MatrixHtml
from soc2test.reports.matrix_json import MatrixJson
from soc2test.reports.matrix_markdown import MatrixMarkdown
from soc2test.reports.publish import Journal, prepare, publish, start
from soc2test.reports.terminal import summary
from soc2test.run import Run, Writer

__all__ = [
    "BUILDERS",
    "WRITERS",
    "ControlList",
    "EvidenceList",
    "Findings",
    "Journal",
    "Junit",
    "MatrixHtml",
    "MatrixJson",
    "MatrixMarkdown",
    "annotations",
    "prepare",
    "publish",
    "start",
    "step_summary",
    "summary",
]

WRITERS: tuple[Writer, ...] = (
    MatrixJson(), MatrixMarkdown(), MatrixHtml(), Junit(), Findings(), ControlList(), EvidenceList(),
)  # fmt: skip
"""The artifacts of every run; plugins add further ones through `soc2_writers`."""

BUILDERS: tuple[Callable[[Run], str], ...] = (summary, step_summary, annotations)
"""The texts of a run that are no artifacts: for the terminal and for GitHub Actions."""
