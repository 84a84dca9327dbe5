"""The first screen of `matrix.html`: what the run found, what is worst, what to export first, and what changed."""

from soc2test.reports.first_view import (
    Gap,
    Worst,
    first_gaps,
    not_shown_text,
    since_text,
    verdict_change,
    worst_findings,
)
from soc2test.reports.html_links import Places, control_links, evidence_link, finding_anchor
from soc2test.reports.html_parts import code, prose, sign, text
from soc2test.reports.natures import natures_text, sources_text
from soc2test.reports.view import VERDICT_SIGNS, VERDICT_WORDS, counts, headline
from soc2test.run import Run
from soc2test.verdicts import Verdict

__all__ = ["summary_of"]

_NEW = 6
_TESTS = 6


def summary_of(run: Run, places: Places) -> str:
    """Tiles with all seven counts, then the worst beside the gaps."""
    return (
        f'<section id="first" aria-label="What this run found">\n{_tiles(run)}<div class="halves">\n'
        f"<div>\n<h2>Worst deviations</h2>\n{_worst(run, places)}</div>\n"
        f"<div>\n<h2>Gaps to close first</h2>\n{_gaps(run)}{_since(run)}</div>\n</div>\n{_natures(run)}</section>\n"
    )


def _tiles(run: Run) -> str:
    tiles = "".join(_tile(Verdict(verdict), count) for verdict, count in counts(run).items())
    return f'<ul class="tiles" aria-label="Tests by verdict">{tiles}</ul>\n'


def _tile(verdict: Verdict, count: int) -> str:
    zero = "" if count else " zero"
    glyph = f'<span aria-hidden="true">{VERDICT_SIGNS[verdict]}</span>'
    return f'<li class="{verdict.value}{zero}"><b>{count}</b> <span>{glyph} {VERDICT_WORDS[verdict]}</span></li>'


def _worst(run: Run, places: Places) -> str:
    found = worst_findings(run)
    items = "".join(_worst_item(each, places) for each in found.shown)
    listed = f'<ol class="worst">{items}</ol>\n' if items else ""
    return f'{listed}<p class="fine">{text(not_shown_text(run, found), 600)}</p>\n'


def _worst_item(worst: Worst, places: Places) -> str:
    result, finding = worst.result, worst.finding
    severity = sign("deviation", "✗", text(result.severity))
    if finding is None:
        return f"<li>{severity} {control_links([result.id])} <p>{prose(headline(result))}</p></li>"
    told = evidence_link(finding, places)
    told = f'<span class="told">{told}</span>' if told else ""
    return (
        f'<li>{severity} {control_links([result.id])} <a href="#{finding_anchor(finding)}">{code(finding.resource)}</a>'
        f"<p>{prose(finding.message)}</p>{told}</li>"
    )


def _gaps(run: Run) -> str:
    gaps = first_gaps(run)
    if not gaps.shown:
        return '<p class="fine">No test names an export that it lacks.</p>\n'
    more = f'<p class="fine"><a href="#gaps">all {gaps.total} gaps</a></p>\n' if gaps.total > len(gaps.shown) else ""
    return f'<ol class="first-gaps">{"".join(map(_gap, gaps.shown))}</ol>\n{more}'


def _gap(gap: Gap) -> str:
    tests = f"{len(gap.tests)} test{'s' * (len(gap.tests) != 1)} wait for it, {gap.alone} of them for nothing else"
    named = control_links(gap.tests[:_TESTS]) + _rest(gap)
    return f'<li><div class="short">{prose(gap.text)}</div><span class="soft">{tests}: {named}</span></li>'


def _rest(gap: Gap) -> str:
    left = len(gap.tests) - _TESTS
    return f" and {left} more" if left > 0 else ""


def _since(run: Run) -> str:
    """What changed since the last run; nothing where none is known, for then nothing is known of a change either."""
    since = run.since
    if since is None:
        return ""
    lines = [text(since_text(since), 600)]
    findings = {finding.id: finding for result in run.controls for finding in result.findings}
    new = [findings[id] for id in since.new if id in findings]
    if new:
        links = ", ".join(f'<a href="#{finding_anchor(each)}">{code(each.resource)}</a>' for each in new[:_NEW])
        lines.append(f"new: {links}{_more(len(new))}")
    worse = [each for each in since.verdicts if each.worse]
    if worse:
        named = ", ".join(f"{control_links([each.control])} {text(verdict_change(each))}" for each in worse[:_NEW])
        lines.append(f"worse: {named}{_more(len(worse))}")
    return f"<h2>Since the last run</h2>\n<ul>{''.join(f'<li>{line}</li>' for line in lines)}</ul>\n"


def _more(count: int) -> str:
    return f" and {count - _NEW} more, see <code>soc2test diff</code>" if count > _NEW else ""


def _natures(run: Run) -> str:
    sources = sources_text(run)
    beside = f"<br>{text(sources)}" if sources else ""
    return f'<p class="natures"><b>What they rest on:</b> {text(natures_text(run))}{beside}</p>\n'
