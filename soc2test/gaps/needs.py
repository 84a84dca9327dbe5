"""Why a test's result is not without deviation: causes in words, each with what would have to be done."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec

from soc2test.evaluation.patterns import of_ids
from soc2test.gaps.matching import Matching
from soc2test.gaps.records import Cause, Refused, Wanted
from soc2test.reports.view import headline, ordered
from soc2test.verdicts import ControlResult, Finding, Verdict

__all__ = ["Need", "needs_of"]

_CAUSES: Mapping[str, Cause] = {"missing": "missing", "stale": "stale", "denied": "denied"}
_NO_PART = ("scope", "deselected", "stopped")
"""codes of reasons that say that a test had no part in what was evaluated"""
_SECOND = ("contradicted", "unconfirmed")
"""codes of what second sources say against a population"""


class Need(msgspec.Struct, frozen=True, kw_only=True):
    """One cause, and what is wanted against it: something of the exports, or something else of this kind."""

    cause: Cause
    text: str
    wanted: Wanted | None = None
    kind: str = ""
    """of the step where nothing of the exports is wanted: mend, process, repair, tell, run, prove; "" where none is"""
    findings: tuple[Finding, ...] = ()
    """what is to be mended"""


def needs_of(
    result: ControlResult,
    matching: Matching,
    *,
    seconds: Sequence[Wanted] = (),
    refused: Sequence[Refused] = (),
    decided: bool = True,
) -> list[Need]:
    """The causes of one test, each once; none where it is without deviation and proven.

    `seconds` is wanted of its second sources, `refused` are entries about it that have no force. `decided` is false
    where proofs could not be read: whether it was proven is not known then.
    """
    found: dict[tuple[str, str], Need] = {}
    for need in _of(result, matching, seconds, refused, decided=decided):
        key = need.cause, need.wanted.text if need.wanted is not None else need.text
        found.setdefault(key, need)
    return list(found.values())


def _of(
    result: ControlResult,
    matching: Matching,
    seconds: Sequence[Wanted],
    refused: Sequence[Refused],
    *,
    decided: bool,
) -> Iterator[Need]:
    if result.reason is not None and result.reason.code in _NO_PART:
        return
    if result.verdict is Verdict.NOT_APPLICABLE:
        yield Need(cause="left_out", text=headline(result))
        return
    # who approved an exemption can't be looked up: what it names is asked again once that is known
    waiting = [entry for entry in refused if matching.of(entry.text)]
    for entry in waiting:
        yield from _wanting(entry.text, matching)
    patterns = [of_ids(pattern) for entry in waiting for pattern in entry.resources]
    findings = [each for each in ordered(result.findings) if not any(map(_names(each.resource), patterns))]
    if result.verdict in (Verdict.FAIL, Verdict.ACCEPTED):
        yield from _deviating(result, findings, matching)
    if result.verdict is Verdict.ERROR:
        code = result.reason.code if result.reason is not None else ""
        yield Need(cause="error", text=headline(result), kind="run" if code == "setup" else "repair")
    yield from _unseen(result, findings, matching, seconds)
    if decided and result.proven is not True and not result.reliance:
        shown = "`soc2test prove` did not show that it can" if result.proven is False else "this version was not proven"
        yield Need(cause="not_proven", text=f"whether it can fail is not known: {shown}", kind="prove")


def _names(resource: str) -> Callable[[re.Pattern[str]], bool]:
    return lambda pattern: pattern.fullmatch(resource) is not None


def _deviating(result: ControlResult, findings: Sequence[Finding], matching: Matching) -> Iterator[Need]:
    cause: Cause = "deviation" if result.verdict is Verdict.FAIL else "accepted"
    bad = tuple(each for each in findings if each.outcome in ("deviation", "waived"))
    if (left := result.deviations - len(bad)) > 0:
        text = f"{left} of {result.population} deviate that an exemption names, whose approval can't be looked up"
        yield Need(cause=cause, text=text)
    if bad:
        yield Need(cause=cause, text=headline(result), kind="mend", findings=bad)
    elif not result.deviations:  # as a whole: over populations that lack something it may be that alone
        lacks = any(matching.of(gap.text) for gap in result.gaps)
        kind = "process" if result.nature == "occurrence" else "mend"
        yield Need(cause=cause, text=headline(result), kind="" if lacks else kind)


def _unseen(
    result: ControlResult, findings: Sequence[Finding], matching: Matching, seconds: Sequence[Wanted]
) -> Iterator[Need]:
    """What was not seen: also of a test that deviates already, since more may deviate among it."""
    texts = [gap.text for gap in result.gaps if gap.code not in _SECOND]
    texts += [each.message for each in findings if each.outcome == "unknown"]
    found = [need for text in dict.fromkeys(texts) for need in _wanting(text, matching)]
    if not any(need.wanted for need in found):
        # what second sources say of populations that lack something is asked again once they are whole
        said = list(dict.fromkeys(gap.text for gap in result.gaps if gap.code in _SECOND))
        found += [need for text in said for need in _against(text, matching, seconds)]
    reason = result.reason
    if not texts and not found and result.verdict is Verdict.NOT_EVALUATED and reason is not None:
        if result.unknown and not any(each.outcome == "unknown" for each in findings):
            return  # all of it is named by an exemption that can't be looked up
        found = [Need(cause="not_told", text=reason.text, kind="run")] if reason.code == "fixtures" else []
        found = found or list(_wanting(reason.text, matching))
    yield from found


def _against(text: str, matching: Matching, seconds: Sequence[Wanted]) -> Iterator[Need]:
    """What a second source says, which may lack something itself: where it names a list that is not there."""
    words = set(re.findall(r"\w+", text))
    named = [each for each in seconds if each.operation in words]
    if named and not matching.of(text):
        yield from (Need(cause="not_told", text=text, wanted=each) for each in named)
    else:
        yield from _wanting(text, matching)


def _wanting(text: str, matching: Matching) -> Iterator[Need]:
    wanted = matching.of(text)
    for each in wanted:
        cause = "no_source" if each.source is None else _CAUSES.get(each.code, "not_usable")
        yield Need(cause=cause, text=each.text, wanted=each)
    if not wanted:
        yield Need(cause="not_told", text=text, kind="tell")
