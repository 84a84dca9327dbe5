"""Which verdicts fail: an item, and by severity the run."""

from soc2test.programme.baseline import Baseline
from soc2test.verdicts import SEVERITIES, ControlResult, Verdict

__all__ = ["fails_the_run", "is_failure", "worst"]


def is_failure(result: ControlResult, strict: bool) -> bool:
    """True where the verdict makes the run fail (deviations by severity apart)."""
    if result.verdict in (Verdict.FAIL, Verdict.ERROR):
        return True
    return result.verdict is Verdict.NOT_EVALUATED and (strict or result.declared)


def fails_the_run(result: ControlResult, *, strict: bool, fail_on: str, baseline: Baseline | None = None) -> bool:
    """True where a result makes the exit code 1: deviations do so from the severity `fail_on` on, if not known."""
    if not is_failure(result, strict) or (baseline is not None and baseline.holds_back(result)):
        return False
    return result.verdict is not Verdict.FAIL or SEVERITIES.index(result.severity) <= SEVERITIES.index(fail_on)


def worst(before: ControlResult | None, now: ControlResult) -> ControlResult:
    """The result that stands where a control ran twice: a rerun takes no error back."""
    if before is None or _badness(now) >= _badness(before):
        return now
    return before


def _badness(result: ControlResult) -> int:
    order = (Verdict.NOT_EVALUATED, Verdict.FAIL, Verdict.ERROR)
    return order.index(result.verdict) + 1 if result.verdict in order else 0
