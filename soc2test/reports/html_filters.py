"""The bar of `matrix.html` by which a reader searches and filters. It is hidden until the script that it needs runs."""

from collections.abc import Iterable, Mapping, Sequence

from soc2test.reports.html_parts import text
from soc2test.reports.view import CATEGORY_WORDS, VERDICT_WORDS
from soc2test.run import Run
from soc2test.verdicts import SEVERITIES

__all__ = ["filters", "owners_of"]

_OPTIONS = 300
"""names of a list: nobody looks through more, and the search finds the others"""


def owners_of(run: Run) -> Mapping[str, Sequence[str]]:
    """Test -> who owns the company's own controls that it tests, by controls.yaml."""
    owners: dict[str, list[str]] = {}
    for control in run.company_controls.controls if run.company_controls is not None else ():
        for test in control.tests:
            named = owners.setdefault(test.id, [])
            if control.owner not in named:
                named.append(control.owner)
    return owners


def filters(run: Run, sources: Iterable[str]) -> str:
    """A field to search and a list for each thing to filter by; no list where the run tells nothing to choose."""
    found = {result.verdict for result in run.controls}
    severities = {result.severity for result in run.controls}
    owners = sorted({owner for named in owners_of(run).values() for owner in named})
    lists = (
        ("category", CATEGORY_WORDS),
        ("verdict", {verdict.value: words for verdict, words in VERDICT_WORDS.items() if verdict in found}),
        ("severity", {name: name for name in SEVERITIES if name in severities}),
        ("source", {name: name for name in sorted(sources)}),
        ("owner", {name: name for name in owners}),
    )
    fields = "".join(_field(name, options) for name, options in lists if options)
    return (
        '<div id="find" role="search" aria-label="Search and filter" hidden>\n'
        '<label class="query">search <input id="q" type="search" autocomplete="off" spellcheck="false" '
        'placeholder="resource, message, test, file"></label>\n'
        f'<details id="lists"><summary>filter</summary>\n<div>{fields}</div></details>\n'
        '<p id="shown" role="status"></p>\n<button type="button" id="reset" hidden>show all</button>\n</div>\n'
    )


def _field(name: str, options: Mapping[str, str]) -> str:
    listed = "".join(
        f'<option value="{text(value)}">{text(words)}</option>' for value, words in list(options.items())[:_OPTIONS]
    )
    return f'<label>{name} <select id="by-{name}"><option value="">all</option>{listed}</select></label>\n'
