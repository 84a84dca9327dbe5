"""What every report says of other frameworks in the same words: requirements are touched, never met."""

from soc2test.reports.view import GLYPHS, STATUS_WORDS
from soc2test.run import FrameworkRows, RequirementRow, Touch

__all__ = [
    "FRAMEWORKS_NOTE",
    "REQUIREMENT_STATUSES",
    "framework_text",
    "origins_text",
    "requirement_counts",
    "requirement_text",
    "touch_text",
    "untouched_lines",
    "with_touches",
]

REQUIREMENT_STATUSES = {
    "touched": "touched",
    "not_evaluated": "not evaluated",
    "no_test": "without a test",
    "untouched": "untouched",
}
"""A requirement's status; none of them is green."""

FRAMEWORKS_NOTE = (
    "A requirement is touched where a test of one of its criteria looked at something, whatever it found. That test "
    "may look at another part of the criterion than the requirement is about; whether a requirement is met, none says."
)

_LISTED = {
    "untouched": "nothing touches",
    "no_test": "touched by criteria that no test tests, or that are out of scope",
    "not_evaluated": "touched by criteria whose tests were not evaluated",
}


def requirement_counts(framework: FrameworkRows) -> dict[str, int]:
    """How many requirements have each status, all four."""
    found = [row.status for row in framework.requirements]
    return {status: found.count(status) for status in REQUIREMENT_STATUSES}


def framework_text(framework: FrameworkRows) -> str:
    """The counts in a line; of a framework of the company's own, that others of its requirements are not known."""
    counts = requirement_counts(framework)
    parts = [f"{count} {REQUIREMENT_STATUSES[status]}" for status, count in counts.items() if count]
    unknown = "" if framework.all_known else "; of what the file does not name nothing is known"
    return f"{', '.join(parts) or 'none is named'}{unknown}"


def origins_text(framework: FrameworkRows) -> str:
    """Whose word the pairs are."""
    return ", ".join(f"{origin.name} (sha256 {origin.sha256[:12]})" for origin in framework.origins)


def untouched_lines(framework: FrameworkRows) -> list[tuple[str, tuple[str, ...]]]:
    """What is not touched: in words, with the ids; nothing where there is none."""
    told = []
    for status, words in _LISTED.items():
        ids = tuple(row.id for row in framework.requirements if row.status == status)
        if ids:
            told.append((words, ids))
    return told


def requirement_text(row: RequirementRow) -> str:
    """Its status, and where it is touched how far: "touched, partial"."""
    words = REQUIREMENT_STATUSES[row.status]
    return words if row.strength is None else f"{words}, {row.strength}"


def touch_text(touch: Touch) -> str:
    """A criterion with its sign, its status and how far it touches: "✗ CC6.1 deviation, strong"."""
    return f"{GLYPHS[touch.status]} {touch.criterion} {STATUS_WORDS[touch.status]}, {touch.strength}"


def with_touches(framework: FrameworkRows) -> list[RequirementRow]:
    """The requirements that any criterion touches."""
    return [row for row in framework.requirements if row.touches]
