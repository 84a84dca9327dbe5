"""The section of `matrix.html` about other frameworks."""

from collections.abc import Iterator, Mapping

from soc2test.reports.company_view import results_by_id
from soc2test.reports.frameworks_view import (
    FRAMEWORKS_NOTE,
    framework_text,
    origins_text,
    requirement_text,
    untouched_lines,
    with_touches,
)
from soc2test.reports.html_parts import control_links, status_sign, table, text
from soc2test.run import FrameworkRows, RequirementRow, Run, Touch
from soc2test.verdicts import ControlResult

__all__ = ["frameworks"]

_TOUCHES = 20  # criteria of one requirement
_RELATED = 6
_IDS = 400  # requirements that are not touched
_ROOM = 150_000  # bytes of a framework's table
_MOST = 8  # frameworks with a table
_LONG = 400  # characters


def frameworks(run: Run) -> str:
    """Each framework that was asked for: counts, what nothing touches, and a table of the other requirements."""
    if not run.frameworks:
        return ""
    results = results_by_id(run)
    parts = [f'<p class="fine">{text(FRAMEWORKS_NOTE, _LONG)}</p>']
    for framework in run.frameworks[:_MOST]:
        parts += _framework(framework, results)
    if len(run.frameworks) > _MOST:
        parts.append(f'<p class="fine">and {len(run.frameworks) - _MOST} more, see controls.ndjson</p>')
    return "\n".join(parts)


def _framework(framework: FrameworkRows, results: Mapping[str, ControlResult]) -> Iterator[str]:
    yield f"<h3>{text(framework.title)}</h3>"
    count = len(framework.requirements)
    origins = text(origins_text(framework), 1000)
    yield f"<p><b>{count} requirements:</b> {text(framework_text(framework), _LONG)}. Pairs by {origins}</p>"
    for words, ids in untouched_lines(framework):
        more = f" and {len(ids) - _IDS} more" if len(ids) > _IDS else ""
        yield f"<p><b>{text(words.capitalize())}:</b> {', '.join(map(text, ids[:_IDS]))}{more}</p>"
    touched = with_touches(framework)
    columns = ("requirement", "status", "criteria that touch it", "tests", "NIST relates it to")
    yield table(columns, (_row(row, results) for row in touched), len(touched), _ROOM)


def _row(requirement: RequirementRow, results: Mapping[str, ControlResult]) -> tuple[str, ...]:
    touches = [_touch(touch) for touch in requirement.touches[:_TOUCHES]]
    if len(requirement.touches) > _TOUCHES:
        touches.append(f"and {len(requirement.touches) - _TOUCHES} more")
    return (
        text(requirement.id),
        requirement_text(requirement),
        "<br>".join(touches),
        control_links(id for id in requirement.tests if id in results) or "none",
        _related(requirement),
    )


def _related(requirement: RequirementRow) -> str:
    """What NIST says; the .ndjson files hold all."""
    more = f" and {len(requirement.related) - _RELATED} more" if len(requirement.related) > _RELATED else ""
    return ", ".join(map(text, requirement.related[:_RELATED])) + more


def _touch(touch: Touch) -> str:
    return f"{touch.criterion} {status_sign(touch.status)} {touch.strength}: {text(touch.reason, _LONG)}"
