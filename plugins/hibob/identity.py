"""Whose an export of HiBob is: the number of the company in each employee, and employees of one company alone."""

from collections.abc import Iterator, Mapping
from typing import Any

from soc2test import Owner, ScopeIdentity
from soc2test_plugins.hibob.fields import value_of

__all__ = ["IDENTITY"]


def owners(at: Mapping[str, str], operation: str, item: Any) -> Iterator[Owner]:
    """`root.companyId`, "The company ID" of the events that HiBob sends (apidocs.hibob.com, Employee terminated)."""
    number = value_of(item, "root.companyId")
    if isinstance(number, int) and not isinstance(number, bool):
        yield Owner("company", str(number))
    elif isinstance(number, str) and number:
        yield Owner("company", number)


def once(at: Mapping[str, str], operation: str, item: Any) -> Iterator[str]:
    """The id of an employee with the address: "A unique identifier representing a specific employee" (Employee)."""
    id, address = value_of(item, "root.id"), value_of(item, "root.email")
    if isinstance(id, str) and isinstance(address, str) and id and address.strip():
        yield f"{id} {address.strip().casefold()}"


IDENTITY = ScopeIdentity(of=owners, once=once, names={"company": "[0-9]+"})
