"""The lines of the summary in a terminal about other frameworks: counts, and what nothing touches."""

from soc2test.reports.frameworks_view import framework_text, untouched_lines
from soc2test.reports.terminal_parts import Paint, wrapped
from soc2test.reports.text import terminal_text
from soc2test.run import Run

__all__ = ["frameworks"]

_IDS = 20
_MOST = 10
_LONG = 400  # characters


def frameworks(run: Run, width: int, paint: Paint) -> str:
    """A few lines for each framework that was asked for."""
    if not run.frameworks:
        return ""
    lines = [paint("Other frameworks: what the criteria touch of them", "bold")]
    for framework in run.frameworks[:_MOST]:
        told = f"{framework.title}: {len(framework.requirements)} requirements, {framework_text(framework)}"
        lines.append(wrapped(terminal_text(told, _LONG), width, "    ", "  "))
        for words, ids in untouched_lines(framework):
            more = f" and {len(ids) - _IDS} more" if len(ids) > _IDS else ""
            named = ", ".join(terminal_text(id) for id in ids[:_IDS])
            lines.append(wrapped(f"{words}: {named}{more}", width, "      ", "    "))
    if len(run.frameworks) > _MOST:
        lines.append(f"  and {len(run.frameworks) - _MOST} more, see controls.ndjson")
    return "\n".join(lines)
