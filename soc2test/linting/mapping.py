"""Whether controls are mapped to criteria with thought: no criterion a copy of another, no control for everything."""

from collections.abc import Iterator

from soc2test.criteria import CRITERIA
from soc2test.linting.finding import LintFinding
from soc2test.linting.looked_at import LookedAt, Placed

__all__ = ["same_controls", "too_many_criteria"]

_MOST = 4
"""criteria that one control may test directly"""


def same_controls(looked_at: LookedAt) -> Iterator[LintFinding]:
    """Criteria that the very same controls test and support."""
    by_controls: dict[tuple[frozenset[str], frozenset[str]], list[str]] = {}
    for criterion in CRITERIA:
        testing = frozenset(each.control.id for each in looked_at.controls if criterion in each.control.criteria)
        supporting = frozenset(each.control.id for each in looked_at.controls if criterion in each.control.supports)
        if testing or supporting:
            by_controls.setdefault((testing, supporting), []).append(criterion)
    for (testing, supporting), criteria in by_controls.items():
        if len(criteria) > 1:
            ids = testing | supporting
            first = next(each for each in looked_at.controls if each.control.id in ids)
            yield _same(first, criteria, sorted(ids))


def _same(first: Placed, criteria: list[str], ids: list[str]) -> LintFinding:
    names = ", ".join(criteria)
    text = (
        f"{names} have the same controls ({', '.join(ids)}): no two criteria ask for the same; "
        "map each control to what it shows, or add one that tells them apart"
    )
    return first.finding("same-controls", text, subject=names)


def too_many_criteria(looked_at: LookedAt) -> Iterator[LintFinding]:
    """Controls that are to test more criteria directly than one test can show."""
    for placed in looked_at.controls:
        criteria = placed.control.criteria
        if len(criteria) > _MOST:
            text = (
                f"tests {len(criteria)} criteria directly ({', '.join(criteria)}), at most {_MOST} are one control's; "
                "move those that it only contributes to into supports= with the reason, or split the control"
            )
            yield placed.finding("many-criteria", text)
