"""Days on which there was nothing where there has to be something: a list that was complete and empty.

A test of single events or performances may fail by that (`on_empty="fail"`). It is a deviation of the control as a
whole, from the first snapshot that shows it to the first that shows something again, as one of a state is: what a
later snapshot lists takes none of it back.
"""

import msgspec

from soc2test.period.observed import WHOLE, Observed

__all__ = ["as_a_whole"]


def as_a_whole(seen: Observed) -> Observed:
    """A snapshot with no more than what it says of the control as a whole; where it shows anything, that holds."""
    lapsed = seen.findings.get(WHOLE)
    there = seen.members or seen.exempt_days or seen.result.exempt
    return msgspec.structs.replace(
        seen,
        members={WHOLE: ""} if lapsed is None and there else {},
        findings={} if lapsed is None else {WHOLE: lapsed},
    )
