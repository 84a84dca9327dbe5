"""What a company decided on how long data are kept, and whether a deletion is shown."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from soc2test import Deletion, Person, Population, RetentionRule, UnknownFact
from soc2test_policies._ages import disorder, late, overdue
from soc2test_policies._approved import approval_problem
from soc2test_policies._documents import of_another, of_other_kind
from soc2test_policies._people import named_problem, owner_problem
from soc2test_policies._spelling import one_spelling

__all__ = ["days_to_delete", "deletion_problem", "is_for", "last_at", "rule_problem"]


def is_for(rule: RetentionRule, label: str) -> bool:
    """True where it is the rule of a class, in whatever case people wrote either."""
    return one_spelling(rule.data_class, label)


def rule_problem(rule: RetentionRule, persons: Population[Person], approved_days: int, as_of: datetime) -> str:
    """What is wrong with how a rule came to be; "" where it is in force."""
    if rule.basis is None:
        return "its rule names no contract or law that it rests on"
    if rule.document is None:
        return "no file shows its rule"
    if old := overdue("approved", rule.approved_at, approved_days, as_of):
        return f"its rule was {old}"
    unapproved = approval_problem(rule.owner_email, rule.approved_by, rule.approved_at, as_of, persons)
    return owner_problem(rule.owner_email, persons, as_of) or (unapproved and f"its rule: {unapproved}")


def days_to_delete(rules: Iterable[RetentionRule], labels: Iterable[str]) -> int:
    """The days of the strictest rule of these classes. Raises `UnknownFact` where there is none."""
    wanted = list(labels)
    days = [rule.delete_days for rule in rules if any(is_for(rule, label) for label in wanted)]
    if not days:
        raise UnknownFact("", f"no rule of retention says in how many days data of class {' or '.join(wanted)} go")
    return min(days)


def last_at(place: str, deletions: Iterable[Deletion]) -> list[Deletion]:
    """The last deletion of one place, for a later search may find what an earlier one did not.

    They are several where they bear one day, of which nobody knows which was last. One without a day is not over.
    """
    own = [deletion for deletion in deletions if deletion.place == place]
    undated = [deletion for deletion in own if deletion.deleted_at is None]
    if undated:
        return undated
    last = max((deletion.deleted_at for deletion in own if deletion.deleted_at is not None), default=None)
    return [deletion for deletion in own if deletion.deleted_at == last]


def deletion_problem(
    deletion: Deletion,
    ended: datetime,
    days: int,
    deletions: Population[Deletion],
    rules: Population[RetentionRule],
    persons: Population[Person],
    as_of: datetime,
) -> str:
    """What is wrong with a deletion after a contract ended; not done while its limit is open is `Pending`.

    `deletions` and `rules` are all there are: its record is that of no other day, and no rule's text.
    """
    done = deletion.deleted_at
    problem = disorder(as_of, ("ended", ended), ("deleted", done))
    if not problem and done is not None and deletion.remaining:
        return f"{deletion.remaining} records were found after its deletion"
    problem = problem or late("deleted", done, ended, timedelta(days=days), as_of)
    if problem or done is None:
        return problem
    if deletion.document is None:
        return "no file shows its deletion"
    problem = named_problem("deleter", deletion.deleted_by, done, persons)
    problem = problem or of_other_kind(deletion.document, rules.members)
    return problem or of_another(deletion, deletions, lambda each: each.document, lambda each: each.deleted_at)
