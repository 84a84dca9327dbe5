"""How long confidential data is kept, and what goes when a customer does."""

from datetime import datetime, timedelta
from typing import Any

from soc2test import Customer, CustomerDeletion, Person, Population, RetentionRule, any_of, control, deviation
from soc2test_policies._ages import WINDOW, disorder, in_window, late, overdue
from soc2test_policies._joins import problems
from soc2test_policies._named import signer_problem
from soc2test_policies._signed_off import approval_problem


@control(
    "RET-01",
    criteria=["C1.2"],
    nature="state",
    severity="medium",
    operates="yearly",
    limits={"classes": ("confidential", "restricted"), "review_days": 365},
    looser={"classes": "fewer", "review_days": "higher"},
    on_empty="fail",
)
def test_each_class_of_data_has_a_time_to_go(
    rules: Population[RetentionRule], persons: Population[Person], limits: Any, as_of: datetime
) -> None:
    """Each confidential class of data has an approved rule of how long it is kept and why, reviewed each year.

    C1.2: what is confidential is disposed of when its time is over only where somebody decided when that is.
    """

    def wrong(rule: RetentionRule) -> str:
        if rule.delete_days is None or rule.basis is None:
            return "says not how long, or not why"
        if rule.document is None:
            return "stands in no document"
        problem = approval_problem(rule.approved_by, rule.approved_at, rule.owner_email, persons, as_of)
        return problem or overdue("last reviewed", rule.reviewed_at, limits.review_days, as_of)

    def missing(data_class: str) -> str:
        of_class = [*rules.all("data_class", data_class)]
        if any_of(of_class, lambda rule: not wrong(rule)):
            return ""
        for rule in of_class:
            deviation(rule, wrong(rule))
        return f"no rule in force says how long {data_class} data is kept"

    problem = problems(missing, limits.classes)
    assert not problem, problem


def _left(customer: Customer, limits: Any, as_of: datetime) -> bool:
    ended = customer.until
    return ended is not None and ended <= as_of and in_window(ended, limits.since_days, as_of)


@control(
    "RET-02",
    criteria=["C1.2"],
    nature="event",
    dated="until",
    severity="high",
    operates="per event",
    where=_left,
    limits={"since_days": WINDOW, "days": 90, "covers": ("stores", "backups", "vendors")},
    looser={"since_days": "lower", "days": "higher", "covers": "fewer"},
    least={"since_days": 1},
    blind_spots={"Customer.until": "a customer that went before the window was another period's"},
)
def test_data_of_customers_who_left_is_deleted(
    customer: Customer,
    deletions: Population[CustomerDeletion],
    persons: Population[Person],
    limits: Any,
    as_of: datetime,
) -> None:
    """The data of every customer who left is deleted in time, everywhere, by somebody who worked here, with proof.

    C1.2: a customer's data is gone when its time is over where a deletion in each place shows it, not a rule alone.
    """
    ended = customer.until
    assert ended is not None

    def wrong(deletion: CustomerDeletion) -> str:
        deleted = deletion.deleted_at
        if deleted is None:
            return "its data is not deleted"
        problem = disorder(as_of, ("ended", ended), ("deleted", deleted))
        problem = problem or late("deleted", deleted, ended, timedelta(days=limits.days), as_of)
        if problem:
            return f"its data was {problem}"
        left = [place for place in limits.covers if place not in deletion.covers]
        if left:
            return f"its data was not deleted in {', '.join(left)}"
        if deletion.document is None:
            return "there is no proof that its data was deleted"
        return signer_problem("deleter", deletion.deleted_by, deleted, persons)

    of_customer = deletions.all("customer", customer.id)
    if any_of(of_customer, lambda deletion: not wrong(deletion)):
        return
    problem = problems(wrong, of_customer)
    problem = problem or late("deleted", None, ended, timedelta(days=limits.days), as_of)
    assert not problem, problem if of_customer.hits else f"its data is {problem}"
