"""The sections of `matrix.html` about the evidence itself, and about what the company leaves out and states."""

from soc2test.reports.html_parts import code, control_links, prose, table, text, verdict_sign
from soc2test.reports.left_out import left_out, statement_text
from soc2test.reports.natures import rows_text
from soc2test.reports.view import headline, is_started, reliance_of
from soc2test.run import Run

__all__ = ["documents", "evidence_tests", "exceptions", "statements"]

_LONG = 1000  # characters


def evidence_tests(run: Run) -> str:
    """The tests of the evidence itself, which stand in no criterion's row."""
    found = reliance_of(run)
    if not found:
        return "" if is_started(run) else "<p>No test of the evidence itself is part of this run.</p>"
    rows = (
        (verdict_sign(each.verdict), control_links([each.id]), text(each.title, 400), prose(headline(each)))
        for each in found
    )
    return table(("verdict", "test", "what must hold", "found"), rows, len(found))


def exceptions(run: Run) -> str:
    """Tests that are taken out, resources that are exempt and limits that are looser."""
    entries = left_out(run)
    rows = (
        (control_links([entry.control]), text(entry.what, _LONG), text(entry.why, _LONG), text(entry.who, _LONG))
        for entry in entries
    )
    return table(("test", "what", "why", "who"), rows, len(entries))


def statements(run: Run) -> str:
    """What people state where no export shows it."""
    rows = (
        (
            text(each.id),
            text(", ".join(each.criteria)),
            text(each.text, _LONG),
            text(statement_text(each), _LONG),
        )
        for each in sorted(run.statements, key=lambda statement: statement.id)
    )
    shown = table(("statement", "criteria", "text", "who, until when, and file"), rows, len(run.statements))
    return f'<p class="fine">A statement evidences nothing by itself.</p>\n{shown}' if shown else ""


def documents(run: Run) -> str:
    """The documents that rows name and that are there."""
    rows = (
        (code(each.file), f'<code title="{text(each.sha256)}">{text(each.sha256[:12])}</code>', text(rows_text(each)))
        for each in run.documents
    )
    return table(("file", "sha256", "rows"), rows, len(run.documents))
