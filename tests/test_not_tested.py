"""What is not tested of each criterion: all 61 have lines, in words of our own."""

import re

import pytest

from soc2test.criteria import CRITERIA
from soc2test.not_tested import NOT_TESTED
from soc2test.reports.view import STATUS_WORDS, VERDICT_WORDS
from soc2test.run import DISCLAIMER

OF_OURSELVES = re.compile(
    r"\b(certified|compliant|audited|attested|audit-ready|assurance|effective|ensures?|guarantees?)\b|%", re.IGNORECASE
)
"""Words that only an auditor may use of what is tested here; and no percentage."""
_SHORT = 130  # characters


def test_every_criterion_has_its_lines_in_the_fixed_order() -> None:
    assert list(NOT_TESTED) == list(CRITERIA)
    assert all(NOT_TESTED.values())


@pytest.mark.parametrize("id", NOT_TESTED)
def test_lines_are_short_and_say_something_of_their_own(id: str) -> None:
    lines = NOT_TESTED[id]
    assert len(set(lines)) == len(lines)
    for line in lines:
        assert len(line) <= _SHORT, line
        assert line.casefold() != CRITERIA[id].subject.casefold()
        assert not OF_OURSELVES.search(line), line
        assert line == line.strip().rstrip(".")


def test_no_line_stands_at_two_criteria() -> None:
    lines = [line for lines in NOT_TESTED.values() for line in lines]
    assert len(set(lines)) == len(lines)


def test_words_of_verdicts_claim_nothing() -> None:
    for text in (*STATUS_WORDS.values(), *VERDICT_WORDS.values(), *(each.subject for each in CRITERIA.values())):
        assert not OF_OURSELVES.search(text), text
    assert DISCLAIMER.endswith("not affiliated with the AICPA. SOC 2® and SOC 3® are marks of the AICPA.")
