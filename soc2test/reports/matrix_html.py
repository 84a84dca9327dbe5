"""`matrix.html`: the matrix as one self-contained page, without network; its one script is named by its digest."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from soc2test.reports.company_html import company
from soc2test.reports.frameworks_html import frameworks
from soc2test.reports.html_controls import attention, control_parts, controls, shared_room, sources_of
from soc2test.reports.html_criteria import criteria
from soc2test.reports.html_data import data
from soc2test.reports.html_evidence import evidence, places_of
from soc2test.reports.html_files import policy, script, style
from soc2test.reports.html_filters import filters, owners_of
from soc2test.reports.html_ours import documents, evidence_tests, exceptions, statements
from soc2test.reports.html_parts import code, control_links, prose, section, table, text
from soc2test.reports.html_pictures import pictures
from soc2test.reports.html_room import PAGE
from soc2test.reports.html_summary import summary_of
from soc2test.reports.period_view import late_lines, missing_lines
from soc2test.reports.privacy import privacy_text
from soc2test.reports.subservice_html import subservice
from soc2test.reports.view import as_of_label, as_of_text, in_scope, is_started, recorded_text, to_export
from soc2test.run import DISCLAIMER, Run

__all__ = ["MatrixHtml"]

_PROBLEMS = 50
_FACT = 4000  # characters of a fact of the head


class MatrixHtml:
    """The matrix as a page: for who mends, who answers for it, and who audits it."""

    filename = "matrix.html"

    def render(self, run: Run) -> bytes:
        """The page."""
        return "".join(_page(run)).encode()


def _page(run: Run) -> Iterator[str]:
    name = text(run.programme.system or "system not known yet")
    sections = _sections(run)
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy()}">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield '<meta name="referrer" content="no-referrer">\n<meta name="robots" content="noindex">\n'
    yield f"<title>SOC 2 control tests: {name}</title>\n<style>{style()}</style>\n</head>\n<body>\n"
    yield '<a class="skip" href="#controls">to the tests</a>\n' if run.controls else ""
    yield _held_back(run)
    yield f'<header><div>\n<p class="mark">SOC 2 control tests</p>\n<h1>{name}</h1>\n'
    yield f"{_facts(run)}{_banner(run)}{_nav(sections)}"
    yield "</div></header>\n"
    if not is_started(run):
        yield filters(run, _sources(run))
    yield "<main>\n"
    yield from (section(*each[1:4], searched=each.searched) if each.heading else each.body for each in sections)
    # behind what it reads, so that nothing waits for it; the last words of the page are no script's
    yield f"</main>\n<script>{script()}</script>\n"
    yield f"<footer><div><p>{DISCLAIMER}</p></div></footer>\n</body>\n</html>\n"


def _sources(run: Run) -> set[str]:
    """What can be chosen as source: of the exports, and of findings."""
    of_tests = {source for result in run.controls for source in sources_of(result)}
    return of_tests | {entry.source for entry in run.evidence}


def _facts(run: Run) -> str:
    scope = ", ".join(category.replace("_", " ") for category in in_scope(run))
    facts = {
        as_of_label(run): as_of_text(run),
        "in scope": scope,
        "evidence": recorded_text(run),
        "tests": str(len(run.controls)),
        "evidence files": str(len({entry.path for entry in run.evidence})),
    }
    inner = "".join(
        f"<div><dt>{name}</dt><dd>{text(value, _FACT)}</dd></div>" for name, value in facts.items() if value
    )
    return f'<dl class="facts">{inner}</dl>\n{_lacking(run)}'


def _lacking(run: Run) -> str:
    """What the store lacks of a period: how much in sight, which one step away, since it may fill a phone's screen."""
    if run.period is None:
        return ""
    lists = {"missing": list(missing_lines(run.period)), "recorded late": list(late_lines(run.period))}
    said = ", ".join(f"{name}: {len(lines)}" for name, lines in lists.items() if lines)
    if not said:
        return ""
    told = "".join(f"<p><b>{name}</b> {text('. '.join(lines), _FACT)}</p>" for name, lines in lists.items() if lines)
    return f'<details class="lacking"><summary>{said}</summary>{told}</details>\n'


def _held_back(run: Run) -> str:
    """Before everything else: the exit code of this run says less than its verdicts."""
    if run.held_back is None:
        return ""
    return f'<p class="banner deviation" role="alert"><strong>{text(run.held_back.text)}</strong></p>\n'


def _banner(run: Run) -> str:
    if run.complete:
        words = "<strong>Complete run:</strong> no result was lost. A test that is not evaluated has told nothing."
        return f'<p class="banner no_occurrences">{words}</p>\n'
    because = text(run.incomplete_because or "no reason given", 600)
    words = f"<strong>NOT COMPLETE:</strong> {because}. What is missing below was not tested."
    return f'<p class="banner deviation" role="alert">{words}</p>\n'


class _Section(NamedTuple):
    """A part of the page, and by which word the line of links names it; "" where it does not."""

    link: str
    id: str
    heading: str
    body: str
    searched: bool = False
    """it stays in sight while a search hides the others"""


def _nav(sections: Sequence[_Section]) -> str:
    links = "".join(f'<a href="#{each.id}">{each.link}</a>' for each in sections if each.link and each.body)
    return f'<nav aria-label="Sections">{links}</nav>\n'


def _sections(run: Run) -> list[_Section]:
    """The first screen, criteria and tests, then the rest.

    What grows with the company takes what room is left: the findings come last.
    """
    places = places_of(run)
    parts, more = control_parts(run, owners_of(run), places)
    first = "" if is_started(run) else summary_of(run, places)
    drawn = "" if is_started(run) else pictures(run)
    listed = evidence(run, places, [part.result for part in parts])
    above = [
        _Section("", "problems", "Problems of the run", _listed(run.problems)),
        _Section("Reliance", "relied-on", "Can this evidence be relied on?", evidence_tests(run)),
        _Section("Deviations", "deviations", "Deviations and errors", attention(run)),
        _Section("Gaps", "gaps", "Gaps: what to export", _gaps(run)),
        _Section("Pictures", "pictures", "In pictures", drawn),
        _Section("Criteria", "criteria", "Criteria", _privacy(run) + criteria(run), True),
    ]
    below = [
        _Section("Controls", "company", "Controls", company(run)),
        _Section("Organisations", "subservice", "Subservice organisations", subservice(run)),
        _Section("Left out", "left-out", "Left out, accepted or loosened", exceptions(run)),
        _Section("Statements", "statements", "Statements", statements(run)),
        _Section("Data", "data", "Where sensitive data lives", data(run)),
        _Section("Frameworks", "frameworks", "Other frameworks", frameworks(run)),
        _Section("Evidence", "evidence", "Evidence", listed, True),
        _Section("", "documents", "Documents that rows name", documents(run)),
        _Section("", "unclaimed", "Files that no source read", _unclaimed(run)),
        _Section("", "tool", "What ran", _packs(run)),
    ]
    taken = _size(style(), script(), first, *(each.body for each in (*above, *below)))
    rooms = shared_room(parts, places, PAGE - taken)
    tests = _Section("Tests", "controls", "Tests", "".join(controls(parts, rooms, places, more)), True)
    return [_Section("", "first", "", first), *above, tests, *below]


def _size(*texts: str) -> int:
    return sum(len(each.encode()) for each in texts)


def _listed(items: tuple[str, ...]) -> str:
    more = f"<li>and {len(items) - _PROBLEMS} more, see controls.ndjson</li>" if len(items) > _PROBLEMS else ""
    shown = "".join(f"<li>{prose(item)}</li>" for item in items[:_PROBLEMS])
    return f"<ul>{shown}{more}</ul>" if items else ""


def _gaps(run: Run) -> str:
    gaps = to_export(run)
    rows = ((prose(gap), control_links(ids)) for gap, ids in gaps)
    return table(("to close the gap", "tests that wait for it"), rows, len(gaps))


def _unclaimed(run: Run) -> str:
    rows = ((code(entry.path), prose(entry.reason)) for entry in run.unclaimed)
    return table(("path", "reason"), rows, len(run.unclaimed))


def _privacy(run: Run) -> str:
    """As what the company acts for Privacy: it bears on which of these criteria are relevant."""
    told = "" if is_started(run) else privacy_text(run)
    return f'<p class="fine">privacy: {text(told, _FACT)}</p>\n' if told else ""


def _packs(run: Run) -> str:
    rows = [("soc2test", "soc2test", text(run.tool.version), "")] if run.tool.version else []
    rows += [
        (
            kind,
            text(pack.name),
            text(pack.version or ""),
            f'<code title="{text(pack.digest)}">{text(pack.digest[:19])}</code>',
        )
        for kind, packs in (("plugin", run.tool.plugins), ("policies", run.tool.packs))
        for pack in packs
    ]
    return table(("what", "name", "version", "digest"), rows, len(rows))
