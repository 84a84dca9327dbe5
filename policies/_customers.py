"""Who is a customer, and which documents for customers count, at a moment."""

from datetime import datetime, timedelta
from typing import Any

from soc2test import Customer, CustomerDocument, Population, SystemCount, UnknownFact, any_of, deviation
from soc2test_policies._ages import day, disorder, overdue
from soc2test_policies._joins import known

__all__ = ["counts_then", "customers_counted", "is_customer", "leavers_counted", "reach_problem"]

_COUNTED_DAYS = 92
"""How old the billing system's last count may be: a quarter."""
_DAY = timedelta(days=1)


def is_customer(customer: Customer, moment: datetime) -> bool:
    """True where the contract had begun and had not ended."""
    return customer.since <= moment and (customer.until is None or customer.until > moment)


def counts_then(document: CustomerDocument, moment: datetime) -> bool:
    """True where this version counted at a moment."""
    return document.valid_from <= moment and (document.valid_until is None or document.valid_until > moment)


def customers_counted(customers: Population[Customer], counts: Population[SystemCount], as_of: datetime) -> None:
    """The register holds as many customers as the billing system counted last, on the day of that count."""
    own = sorted(counts.all("what", "customers"), key=lambda count: count.last_day)
    problem = overdue("last counted", own[-1].last_day if own else None, _COUNTED_DAYS, as_of)
    if problem:
        raise UnknownFact("", f"no billing system counts the customers: {problem}")
    for count in own:
        ends = count.last_day + _DAY
        late = disorder(as_of, ("ended", ends), ("counted", count.counted_at))
        if late:
            raise UnknownFact("", f"{count.id}: its day was {late}")
        listed = sum(1 for customer in customers if is_customer(customer, count.last_day))
        if listed != count.count:
            text = f"{count.system} counts {count.count} customers on {day(count.last_day)}, the register {listed}"
            deviation(count, text)


def leavers_counted(
    customers: Population[Customer], counts: Population[SystemCount], limits: Any, as_of: datetime
) -> None:
    """The register holds all customers, also those of the day from which on leavers are asked for.

    Who left since and stands in no row is missing from the register as of that day, which only a count of then tells.
    """
    customers_counted(customers, counts, as_of)
    begins = as_of - timedelta(days=limits.since_days)
    counted = any_of(counts.all("what", "customers"), lambda count: count.last_day <= begins)
    if not counted:
        text = f"no billing system counted the customers by {day(begins)}, so that who left since may be missing"
        raise UnknownFact("", text)


def reach_problem(reached: int, customers: Population[Customer], moment: datetime) -> str:
    """What is wrong where something sent at a moment reached fewer than who were customers then."""
    then, unknown = known(customers, lambda customer: is_customer(customer, moment))
    if reached < len(then):
        return f"reached {reached} of {len(then)} customers on {day(moment)}"
    if unknown is not None:
        raise unknown
    return ""
