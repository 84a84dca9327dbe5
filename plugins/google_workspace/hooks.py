"""How the plugin enters: its source, and pages of policies.list that lie elsewhere."""

import re
from collections.abc import Iterable

from soc2test import Claim, Export, Source, hookimpl
from soc2test_plugins.google_workspace import (  # noqa: F401  # they declare
    admin_log,
    constants,  # it declares
    grants,
    policies,
    single_sign_on,
    users,
)
from soc2test_plugins.google_workspace.source import google_workspace

__all__ = ["soc2_claim", "soc2_sources"]

_POLICIES = re.compile(rb'\A\s*\{\s*"policies"\s*:\s*\[')
_CUSTOMER = re.compile(rb'"customer"\s*:\s*"customers/(\w{1,40})"')
_USERS = re.compile(rb'"kind"\s*:\s*"admin#directory#users"')
_CUSTOMER_ID = re.compile(rb'"customerId"\s*:\s*"(\w{1,40})"')
_PAGE = re.compile(r"\.page(\d{1,6})\.json", re.ASCII)


@hookimpl
def soc2_sources() -> Iterable[Source]:
    """The source `google_workspace`."""
    return [google_workspace]


@hookimpl
def soc2_claim(export: Export) -> Claim | None:
    """Policies of a customer, and users as the Admin SDK lists them; pages are counted from 0 there."""
    if export.path.suffix != ".json":
        return None
    head = export.head()
    page = _PAGE.search(export.path.name)
    number = int(page[1]) + 1 if page else None
    if _POLICIES.search(head) and (customer := _CUSTOMER.search(head)):
        return Claim("google_workspace", "policies list", {"customer": customer[1].decode()}, number)
    if _USERS.search(head) and (customer := _CUSTOMER_ID.search(head)):
        return Claim("google_workspace", "users list", {"customer": customer[1].decode()}, number)
    return None
