"""A comparison in words: for a terminal, and as Markdown for a comment on a pull request."""

from collections.abc import Iterator, Sequence

from soc2test.comparing.compare import Changes
from soc2test.comparing.deviations import Deviation
from soc2test.reports.text import markdown_code, markdown_prose, markdown_text, terminal_text
from soc2test.reports.view import VERDICT_WORDS
from soc2test.run import DISCLAIMER
from soc2test.verdicts import Verdict

__all__ = ["as_markdown", "as_text"]

_SHOWN = 30
_MESSAGE = 300


def as_text(changes: Changes) -> str:
    """For a terminal."""
    return "\n".join([*_text_lines(changes), "", DISCLAIMER])


def _text_lines(changes: Changes) -> Iterator[str]:
    yield f"{terminal_text(changes.before)} ({changes.as_of[0]}) -> {terminal_text(changes.after)} ({changes.as_of[1]})"
    yield from _not_complete(changes)
    yield _counts(changes)
    if changes.verdicts:
        yield ""
        yield "Verdicts"
        for each in changes.verdicts[:_SHOWN]:
            mark = "worse" if each.worse else "     "
            change = f"{_verdict(each.before)} -> {_verdict(each.after)}"
            yield f"  {mark}  {terminal_text(each.control)}  {change}  {terminal_text(each.title)}"
        yield from _more(len(changes.verdicts))
    for heading, found in _parts(changes):
        if found:
            yield ""
            yield heading
            for deviation in found[:_SHOWN]:
                what = f"{terminal_text(deviation.what)}: {terminal_text(deviation.message, _MESSAGE)}"
                yield f"  {deviation.severity:<8}  {terminal_text(deviation.control)}  {what}"
            yield from _more(len(found))
    for heading, lines in _rest(changes):
        if lines:
            yield ""
            yield heading
            yield from (f"  {terminal_text(line)}" for line in lines[:_SHOWN])
            yield from _more(len(lines))


def as_markdown(changes: Changes) -> str:
    """For a comment on a pull request."""
    return "\n".join([*_markdown_lines(changes), "", DISCLAIMER, ""])


def _markdown_lines(changes: Changes) -> Iterator[str]:
    yield "## SOC 2 control tests: what changed"
    yield ""
    sides = ((changes.before, changes.as_of[0]), (changes.after, changes.as_of[1]))
    yield " → ".join(f"{markdown_text(shown)} ({markdown_text(moment)})" for shown, moment in sides)
    yield ""
    for line in _not_complete(changes):
        yield f"> **{markdown_text(line)}**"
        yield ""
    yield f"**{markdown_text(_counts(changes))}**"
    if changes.verdicts:
        yield ""
        yield "| test | before | after | what must hold |"
        yield "|---|---|---|---|"
        for each in changes.verdicts[:_SHOWN]:
            after = f"**{_verdict(each.after)}**" if each.worse else _verdict(each.after)
            yield f"| {markdown_text(each.control)} | {_verdict(each.before)} | {after} | {markdown_text(each.title)} |"
        yield from _more(len(changes.verdicts))
    for heading, found in _parts(changes):
        if found:
            yield ""
            yield f"### {heading}"
            yield ""
            yield "| severity | test | resource | message |"
            yield "|---|---|---|---|"
            for deviation in found[:_SHOWN]:
                what = (_what(deviation), markdown_prose(deviation.message, _MESSAGE))
                yield f"| {' | '.join((deviation.severity, markdown_text(deviation.control), *what))} |"
            yield from _more(len(found))
    for heading, lines in _rest(changes):
        if lines:
            yield ""
            yield f"### {heading}"
            yield ""
            yield from (f"- {markdown_prose(line, _MESSAGE)}" for line in lines[:_SHOWN])
            yield from _more(len(lines))


def _what(deviation: Deviation) -> str:
    return markdown_code(deviation.resource) if deviation.resource else markdown_text(deviation.what)


def _counts(changes: Changes) -> str:
    worse = sum(each.worse for each in changes.verdicts)
    waived = ((len(changes.accepted), "accepted now"), (len(changes.lapsed), "accepted no longer"))
    told = ", ".join(f"{count} {words}" for count, words in waived if count)
    both = f"{changes.still} in both{f' ({told})' if told else ''}"
    return (
        f"{len(changes.new)} new deviations, {len(changes.closed)} closed, {both}, "
        f"{len(changes.lost)} not told any more{_elsewhere(changes)}; "
        f"{len(changes.verdicts)} verdicts changed, {worse} for the worse"
    )


def _elsewhere(changes: Changes) -> str:
    found = (
        (len(changes.other_period), "of another period"),
        (len(changes.other_limit), "gone with a changed limit"),
        (len(changes.taken_back), "taken back"),
        (len(changes.exempt), "exempt now"),
    )
    return "".join(f", {count} {words}" for count, words in found if count)


def _not_complete(changes: Changes) -> Iterator[str]:
    for shown, complete in zip((changes.before, changes.after), changes.complete, strict=True):
        if not complete:
            yield f"NOT COMPLETE: {terminal_text(shown)}: what is missing there was not tested"


def _parts(changes: Changes) -> Sequence[tuple[str, Sequence[Deviation]]]:
    return (
        ("New deviations", changes.new),
        ("Accepted no longer", changes.lapsed),
        ("Accepted by a waiver now, and deviating all the same", changes.accepted),
        ("Closed", changes.closed),
        ("Taken back by a revision, and closed by nobody", changes.taken_back),
        ("Exempt now, and counted beside the others", changes.exempt),
        ("Of days of which the newer run does not tell, so that nothing was closed", changes.other_period),
        ("Gone since a limit has another value, so that nobody knows whether it was closed", changes.other_limit),
        ("Not told any more, so that nobody knows", changes.lost),
    )


def _rest(changes: Changes) -> Sequence[tuple[str, Sequence[str]]]:
    limits = [f"{each.control} {each.name}: from {each.before} to {each.after}" for each in changes.limits]
    changed = [f"{changes.evidence_changed} files with another content"] if changes.evidence_changed else []
    return (
        ("Limits", limits),
        ("Evidence that is new", changes.evidence_new),
        ("Evidence that is gone", changes.evidence_gone),
        ("Evidence that changed", changed),
        ("Tested with something else", changes.tested_with),
    )


def _verdict(verdict: str | None) -> str:
    return VERDICT_WORDS[Verdict(verdict)] if verdict is not None else "not there"


def _more(count: int) -> Iterator[str]:
    if count > _SHOWN:
        yield f"  and {count - _SHOWN} more: --format json has all"
