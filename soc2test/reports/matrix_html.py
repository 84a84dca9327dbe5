"""`matrix.html`: the matrix as one self-contained page, without network and without script."""

from collections.abc import Iterator

from soc2test.reports.company_html import company
from soc2test.reports.frameworks_html import frameworks
from soc2test.reports.html_controls import attention, controls
from soc2test.reports.html_criteria import criteria
from soc2test.reports.html_data import data
from soc2test.reports.html_ours import documents, evidence_tests, exceptions, statements
from soc2test.reports.html_parts import code, control_links, prose, section, table, text
from soc2test.reports.html_style import STYLE
from soc2test.reports.natures import natures_text, sources_text
from soc2test.reports.period_view import late_lines, missing_lines
from soc2test.reports.privacy import privacy_text
from soc2test.reports.subservice_html import subservice
from soc2test.reports.view import (
    VERDICT_WORDS,
    as_of_label,
    as_of_text,
    counts,
    evidence_paths,
    in_scope,
    is_started,
    recorded_text,
    to_export,
    utc,
)
from soc2test.run import DISCLAIMER, EvidenceEntry, Run
from soc2test.verdicts import Verdict

__all__ = ["MatrixHtml"]

_EVIDENCE = 500_000  # bytes of the list; evidence.ndjson holds all
_PROBLEMS = 50
_FACT = 4000  # characters of a fact of the head
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


class MatrixHtml:
    """The matrix as a page for auditors."""

    filename = "matrix.html"

    def render(self, run: Run) -> bytes:
        """The page."""
        return "".join(_page(run)).encode()


def _page(run: Run) -> Iterator[str]:
    name = text(run.programme.system or "system not known yet")
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield '<meta name="referrer" content="no-referrer">\n<meta name="robots" content="noindex">\n'
    yield f"<title>SOC 2 control tests: {name}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
    yield _held_back(run)
    yield f'<header><div>\n<p class="mark">SOC 2 control tests</p>\n<h1>{name}</h1>\n'
    yield f"{_facts(run)}{_banner(run)}{_nav(run)}"
    yield "</div></header>\n<main>\n"
    yield from _sections(run)
    yield f"</main>\n<footer><div><p>{DISCLAIMER}</p></div></footer>\n</body>\n</html>\n"


def _facts(run: Run) -> str:
    scope = ", ".join(category.replace("_", " ") for category in in_scope(run))
    facts = {
        as_of_label(run): as_of_text(run),
        "in scope": scope,
        "privacy": "" if is_started(run) else privacy_text(run),
        "evidence": recorded_text(run),
        "missing": ". ".join(missing_lines(run.period)) if run.period is not None else "",
        "recorded late": ". ".join(late_lines(run.period)) if run.period is not None else "",
        "tests": str(len(run.controls)),
        "evidence files": str(len({entry.path for entry in run.evidence})),
        "soc2test": run.tool.version,
    }
    inner = "".join(
        f"<div><dt>{name}</dt><dd>{text(value, _FACT)}</dd></div>" for name, value in facts.items() if value
    )
    return f'<dl class="facts">{inner}</dl>\n'


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


def _nav(run: Run) -> str:
    places = (
        ("relied-on", "Reliance", evidence_tests(run)),
        ("criteria", "Criteria", True),
        ("company", "Controls", run.company_controls is not None),
        ("subservice", "Organisations", run.subservice is not None),
        ("left-out", "Left out", exceptions(run)),
        ("statements", "Statements", run.statements),
        ("deviations", "Deviations", attention(run)),
        ("gaps", "Gaps", to_export(run)),
        ("data", "Data", data(run)),
        ("controls", "Tests", run.controls),
        ("frameworks", "Frameworks", run.frameworks),
        ("evidence", "Evidence", run.evidence),
    )
    links = "".join(f'<a href="#{place}">{words}</a>' for place, words, there in places if there)
    return f'<nav aria-label="Sections">{links}</nav>\n'


def _sections(run: Run) -> Iterator[str]:
    paths = evidence_paths(run)
    if not is_started(run):
        yield _tiles(run)
        yield _natures(run)
    yield section("problems", "Problems of the run", _listed(run.problems))
    yield section("relied-on", "Can this evidence be relied on?", evidence_tests(run))
    yield section("criteria", "Criteria", criteria(run))
    yield section("company", "Controls", company(run))
    yield section("subservice", "Subservice organisations", subservice(run))
    yield section("left-out", "Left out, accepted or loosened", exceptions(run))
    yield section("statements", "Statements", statements(run))
    yield section("deviations", "Deviations and errors", attention(run))
    yield section("gaps", "Gaps: what to export", _gaps(run))
    yield section("data", "Where sensitive data lives", data(run))
    yield section("controls", "Tests", controls(run, paths))
    yield section("frameworks", "Other frameworks", frameworks(run))
    yield section("evidence", "Evidence", _evidence(run))
    yield section("documents", "Documents that rows name", documents(run))
    yield section("unclaimed", "Files that no source read", _unclaimed(run))
    yield section("tool", "What ran", _packs(run))


def _tiles(run: Run) -> str:
    tiles = "".join(
        f'<li class="{verdict}{"" if count else " zero"}"><b>{count}</b>'
        f"<span>{VERDICT_WORDS[Verdict(verdict)]}</span></li>"
        for verdict, count in counts(run).items()
    )
    return f'<ul class="tiles" aria-label="Tests by verdict">{tiles}</ul>\n'


def _natures(run: Run) -> str:
    sources = sources_text(run)
    beside = f"<br>{text(sources)}" if sources else ""
    return f'<p class="natures"><b>What they rest on:</b> {text(natures_text(run))}{beside}</p>\n'


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


def _evidence(run: Run) -> str:
    columns = ("file", "operation", "collected", "records", "complete", "sha256")
    return table(columns, map(_entry, run.evidence), len(run.evidence), _EVIDENCE)


def _entry(entry: EvidenceEntry) -> tuple[str, ...]:
    return (
        code(entry.path),
        f'{text(entry.operation)} <span class="soft">{text(entry.source)}</span>',
        utc(entry.collected_at) if entry.collected_at else "not dated",
        str(entry.records),
        "yes" if entry.complete else '<b class="sign not_evaluated">no</b>',
        f'<code title="{text(entry.sha256)}">{text(entry.sha256[:12])}</code>',
    )


def _packs(run: Run) -> str:
    rows = [
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
