"""What the tests of a run rest on: a vendor's export, a document, or a row that somebody keeps by hand."""

from collections.abc import Mapping, Sequence

from soc2test.coverage.statuses import natures_seen
from soc2test.run import CriterionRow, DocumentEntry, Run, SourceNature
from soc2test.verdicts import FACT_NATURES, ControlResult

__all__ = [
    "NATURE_COUNTS", "nature_counts", "natures_text", "rests_text", "row_rests", "rows_text", "shared_text",
    "sources_text",
]  # fmt: skip

NATURE_COUNTS = (*FACT_NATURES, "nothing", "reliance")
"""How tests are counted: by the weakest of what they rest on; apart those without evidence, and those of it."""

_COUNTED: Mapping[str, str] = {
    "system": "on system evidence",
    "document": "on documents",
    "record": "on records kept by hand",
    "nothing": "that saw no evidence",
    "reliance": "of the evidence itself",
}
_OF: Mapping[str, str] = {"system": "system evidence is of", "record": "records kept by hand are of"}
_NOT_TESTED = ("no_control", "carved_out", "not_relevant", "out_of_scope")


def rests_text(natures: Sequence[str]) -> str:
    """The natures as they stand beside a verdict: "system + record", "" where there are none."""
    return " + ".join(natures)


def row_rests(row: CriterionRow) -> str:
    """What the tests of a criterion rest on; "" where none tests it."""
    return "" if row.status in _NOT_TESTED else rests_text(row.rests_on)


def rows_text(document: DocumentEntry) -> str:
    """How many rows name a document; what several name shows none of them."""
    return "1" if document.rows == 1 else f"{document.rows}, of which it shows none"


def shared_text(run: Run, most: int) -> str:
    """The documents that several rows name, the first of them by name; "" where none is.

    Rows that name one rest on themselves, so that a criterion may fall back to a statement alone.
    """
    shared = [document for document in run.documents if document.rows > 1]
    if not shared:
        return ""
    named = ", ".join(f"{document.file} ({document.rows} rows)" for document in shared[:most])
    more = f" and {len(shared) - most} more" if len(shared) > most else ""
    return f"documents that several rows name, and that show none of them: {named}{more}"


def nature_counts(run: Run) -> dict[str, int]:
    """How many tests there are of each of `NATURE_COUNTS`; their sum is that of all tests."""
    counted = dict.fromkeys(NATURE_COUNTS, 0)
    for result in run.controls:
        counted[_counted_as(result)] += 1
    return counted


def _counted_as(result: ControlResult) -> str:
    if result.reliance:
        return "reliance"
    natures = natures_seen(result)
    return natures[-1] if natures else "nothing"  # strongest first: a test is as strong as the last


def natures_text(run: Run) -> str:
    """The counts in a line: "100 tests: 62 on system evidence, 4 on documents, 34 on records kept by hand"."""
    counted = nature_counts(run)
    words = [f"{count} {_COUNTED[nature]}" for nature, count in counted.items() if count or nature in FACT_NATURES]
    return f"{len(run.controls)} tests: {', '.join(words)}"


def sources_text(run: Run) -> str:
    """Which sources are of which nature: "system evidence is of aws, pager (nature stated by plugins/pager.py)".

    "" where nothing was exported. What a company's own plugin says of itself is for the reader to judge.
    """
    parts = []
    for nature, words in _OF.items():
        names = [_named(each) for each in run.sources if each.nature == nature]
        parts += [f"{words} {', '.join(names)}"] if names else []
    return "; ".join(parts)


def _named(source: SourceNature) -> str:
    if source.plugin is None:
        return source.source
    said = "nature stated by" if source.nature == "system" else "read by"
    return f"{source.source} ({said} {source.plugin})"
