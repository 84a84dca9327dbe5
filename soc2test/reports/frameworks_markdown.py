"""The section of `matrix.md` about other frameworks: blocks of lines, the first of each framework with its heading."""

from collections.abc import Iterator

from soc2test.reports.frameworks_view import (
    FRAMEWORKS_NOTE,
    framework_text,
    origins_text,
    requirement_text,
    touch_text,
    untouched_lines,
    with_touches,
)
from soc2test.reports.markdown_parts import row
from soc2test.reports.text import markdown_text
from soc2test.run import FrameworkRows, RequirementRow, Run

__all__ = ["frameworks"]

_NAMED = 8  # tests of one requirement
_TOUCHES = 12  # criteria of one requirement
_IDS = 400  # requirements that are not touched


def frameworks(run: Run) -> Iterator[list[str]]:
    """Each framework that was asked for: counts, what nothing touches, then a row for each other requirement."""
    heading = ["", "## Other frameworks", "", FRAMEWORKS_NOTE]
    for framework in run.frameworks:
        yield [*heading, *_head(framework)]
        for requirement in with_touches(framework):
            yield [_row(requirement)]
        heading = []


def _head(framework: FrameworkRows) -> Iterator[str]:
    count = len(framework.requirements)
    yield from ("", f"### {markdown_text(framework.title)}", "")
    origins = markdown_text(origins_text(framework), 1000)
    yield f"**{count} requirements:** {framework_text(framework)}. Pairs by {origins}"
    for words, ids in untouched_lines(framework):
        more = f" and {len(ids) - _IDS} more" if len(ids) > _IDS else ""
        yield from ("", f"{words.capitalize()}: {', '.join(map(markdown_text, ids[:_IDS]))}{more}")
    if with_touches(framework):
        yield from ("", "| requirement | status | criteria that touch it | tests |", "|---|---|---|---|")


def _row(requirement: RequirementRow) -> str:
    touches = [markdown_text(touch_text(touch)) for touch in requirement.touches[:_TOUCHES]]
    tests = [markdown_text(id) for id in requirement.tests[:_NAMED]]
    if len(requirement.touches) > _TOUCHES:
        touches.append(f"and {len(requirement.touches) - _TOUCHES} more")
    if len(requirement.tests) > _NAMED:
        tests.append(f"and {len(requirement.tests) - _NAMED} more")
    status = requirement_text(requirement)
    return row(markdown_text(requirement.id), status, "; ".join(touches), ", ".join(tests) or "none")
