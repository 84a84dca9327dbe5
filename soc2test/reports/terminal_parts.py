"""The sections of the summary in a terminal about the evidence, exceptions and statements; and what lays them out."""

from collections.abc import Iterator, Sequence
from textwrap import fill

from tabulate import tabulate

from soc2test.reports.left_out import left_out, statement_text
from soc2test.reports.period_notes import notes, sentences, without_deviations
from soc2test.reports.text import terminal_text
from soc2test.reports.view import VERDICT_SIGNS, VERDICT_WORDS, headline, is_started, ordered, outcome_text, reliance_of
from soc2test.run import Run
from soc2test.verdicts import ControlResult, Finding, Verdict

__all__ = [
    "Paint", "evidence_tests", "exceptions", "not_decided", "over_period", "plain", "statements", "wrapped",
]  # fmt: skip

_ENTRIES = 40  # of exceptions, statements, and of resources that are pending or exempt
_TESTS = 150  # lines about tests over a period in which nothing deviated
_IDS = 50  # of such tests in a line
_MESSAGE = 400  # characters
_UNDECIDED = ("waived", "pending", "exempt")
_COLOURS = {
    "deviation": "31",
    "fail": "31",
    "error": "31",
    "not_evaluated": "33",
    "accepted": "35",
    "accepted_deviation": "35",
    "statement_only": "95",
    "no_deviations_partial": "36",
    "no_deviations": "32",
    "pass": "32",
    "no_occurrences": "34",
    "no_control": "2",
    "no_test": "33",
    "not_in_force": "2",
    "carved_out": "94",
    "not_relevant": "90",
    "out_of_scope": "2",
    "bold": "1",
    "faint": "2",
}


class Paint:
    """Colours by meaning; none where the terminal has none."""

    def __init__(self, color: bool) -> None:
        self.color = color

    def __call__(self, text: str, meaning: str) -> str:
        code = _COLOURS.get(meaning)
        return f"\x1b[{code}m{text}\x1b[0m" if self.color and code else text


def plain(rows: Sequence[Sequence[str]], indent: int, widths: Sequence[int | None] | None = None) -> str:
    """Rows in columns without lines, cells wrapped to their widths."""
    text = tabulate(rows, tablefmt="plain", disable_numparse=True, maxcolwidths=widths)
    return "\n".join(" " * indent + line.rstrip() for line in text.splitlines())


def wrapped(text: str, width: int, indent: str, first: str = "") -> str:
    """A paragraph within the width."""
    return fill(text, width, initial_indent=first, subsequent_indent=indent)


def evidence_tests(run: Run, width: int, paint: Paint) -> str:
    """Whether the evidence can be relied on, a test a line; why, where one does not pass."""
    if is_started(run):
        return ""
    lines = [paint("Can this evidence be relied on?", "bold")]
    for result in reliance_of(run):
        words = f"{VERDICT_SIGNS[result.verdict]} {terminal_text(result.id)} {VERDICT_WORDS[result.verdict]}"
        lines.append(f"  {paint(words, result.verdict.value)}")
        lines.append(wrapped(terminal_text(_why(result), _MESSAGE), width, "      ", "      "))
    if len(lines) == 1:
        lines.append(wrapped("no test of the evidence itself is part of this run", width, "  ", "  "))
    return "\n".join(lines)


def _why(result: ControlResult) -> str:
    return result.title if result.verdict is Verdict.PASS else headline(result)


def exceptions(run: Run, width: int, paint: Paint) -> str:
    """What the company left out, accepted or loosened, with who answers for it."""
    entries = [f"{entry.control}: {entry.what}; {entry.why}; {entry.who}" for entry in left_out(run)]
    return _listed("Left out, accepted or loosened", entries, width, paint)


def statements(run: Run, width: int, paint: Paint) -> str:
    """What people state where no export shows it."""
    entries = [
        f"{each.id} ({', '.join(each.criteria)}): {each.text}; {statement_text(each)}" for each in run.statements
    ]
    return _listed("Statements, which evidence nothing by themselves", entries, width, paint)


def not_decided(run: Run, width: int, paint: Paint) -> str:
    """Accepted deviations, and what neither passed nor deviated: pending, and exempt with what was found."""
    found = [(result, finding) for result in run.controls for finding in _undecided(result)]
    found.sort(key=lambda entry: not _deviates(entry[1]))  # none of these may fall to the cut
    entries = [_line(*entry) for entry in found]
    return _listed("Accepted, pending and exempt", entries, width, paint)


def _deviates(finding: Finding) -> bool:
    return finding.outcome == "waived" or finding.found == "deviation"


def _undecided(result: ControlResult) -> Iterator[Finding]:
    yield from (finding for finding in ordered(result.findings) if finding.outcome in _UNDECIDED)


def _line(result: ControlResult, finding: Finding) -> str:
    return f"{result.id} {outcome_text(finding)}: {finding.resource}: {finding.message}"


def over_period(run: Run, width: int, paint: Paint) -> str:
    """What may be said of the tests over a period that stand under no deviation, and what else is told of them."""
    results = without_deviations(run)
    said = [
        f"{VERDICT_SIGNS[verdict]} {VERDICT_WORDS[verdict]}: {_ids(ids)}: {text}"
        for verdict, text, ids in sentences(results)
    ]
    told = [f"{_ids(ids)}: {text}" for ids, text in notes(results)]
    parts = (("Over the period", said), ("What else is told of these tests", told))
    return "\n".join(filter(None, (_listed(heading, lines, width, paint, _TESTS) for heading, lines in parts)))


def _ids(ids: Sequence[str]) -> str:
    more = f" and {len(ids) - _IDS} more tests" if len(ids) > _IDS else ""
    return ", ".join(ids[:_IDS]) + more


def _listed(heading: str, entries: Sequence[str], width: int, paint: Paint, most: int = _ENTRIES) -> str:
    if not entries:
        return ""
    lines = [wrapped(terminal_text(entry, 2 * _MESSAGE), width, "    ", "  ") for entry in entries[:most]]
    if len(entries) > most:
        lines.append(f"  and {len(entries) - most} more, see controls.ndjson")
    return "\n".join([paint(heading, "bold"), *lines])
