"""All rules, in the order in which they stand in the docs, and `lint`, which asks each."""

from collections.abc import Callable, Iterable

import msgspec

from soc2test.linting.finding import LintFinding
from soc2test.linting.limits import limits_unknown, limits_unread
from soc2test.linting.loading import does_not_load, invented_criteria
from soc2test.linting.looked_at import LookedAt
from soc2test.linting.mapping import same_controls, too_many_criteria
from soc2test.linting.owners import owners_missing
from soc2test.linting.reasons import reasons_without_content, reasons_without_docstring
from soc2test.linting.told import facts_untold, kinds_untold
from soc2test.linting.unread_facts import facts_unread
from soc2test.linting.wording import words_refused

__all__ = ["RULES", "Rule", "lint"]


class Rule(msgspec.Struct, frozen=True):
    """The names that its findings bear, and how it is asked."""

    names: tuple[str, ...]
    look: Callable[[LookedAt], Iterable[LintFinding]]


RULES = (
    Rule(("criterion",), invented_criteria),
    Rule(("loads",), does_not_load),
    Rule(("same-controls",), same_controls),
    Rule(("many-criteria",), too_many_criteria),
    Rule(("criterion-reason",), reasons_without_docstring),
    Rule(("support-reason",), reasons_without_content),
    Rule(("kind-untold",), kinds_untold),
    Rule(("fact-untold",), facts_untold),
    Rule(("fact-unread", "kept"), facts_unread),
    Rule(("limit-unread",), limits_unread),
    Rule(("limit-unknown",), limits_unknown),
    Rule(("owner",), owners_missing),
    Rule(("words", "kept"), words_refused),
)


def lint(looked_at: LookedAt) -> list[LintFinding]:
    """What all rules find, by place; what two rules say alike stands once."""
    return sorted({finding for rule in RULES for finding in rule.look(looked_at)})
