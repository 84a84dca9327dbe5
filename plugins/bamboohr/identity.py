"""Whose an export of BambooHR is: the company's own subdomain in the links of an answer, and employees of one alone."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from soc2test import Owner, ScopeIdentity

__all__ = ["COMPANY", "IDENTITY", "link_to_itself", "with_company"]

COMPANY = "[a-z0-9][a-z0-9-]*"
"""Pattern of a subdomain: "https://{companyDomain}.bamboohr.com" (the OpenAPI document, servers)."""

_KEY = "companyDomain"
_HOST = re.compile(rf"https://(?!api\.)({COMPANY})\.bamboohr\.com/", re.ASCII | re.IGNORECASE)
_GATEWAY = re.compile(rf"https://[^/]+/api/gateway\.php/({COMPANY})/", re.ASCII | re.IGNORECASE)
""" "`https://` + the data-center-specific API host for this tenant + ` /api/gateway.php/` + the company's `domain`"
(the OpenAPI document, get-meta-company)."""


def link_to_itself(body: Any) -> str:
    """`_links.self`, "Link to current page"; "" where there is none."""
    links = body.get("_links") if isinstance(body, dict) else None
    link = links.get("self") if isinstance(links, dict) else None
    return link if isinstance(link, str) else ""


def with_company(body: Any) -> Any:
    """Each employee with the company that the answer names; as it is where the links bear no host."""
    link = link_to_itself(body)
    match = _HOST.match(link) or _GATEWAY.match(link)
    if match is None or not isinstance(body.get("data"), list):
        return body
    company = match[1].lower()
    return {**body, "data": [{**one, _KEY: company} if isinstance(one, dict) else one for one in body["data"]]}


def owners(at: Mapping[str, str], operation: str, item: Any) -> Iterator[Owner]:
    """The subdomain at which the list was asked for."""
    company = item.get(_KEY) if isinstance(item, dict) else None
    if isinstance(company, str):
        yield Owner("subdomain", company)


def once(at: Mapping[str, str], operation: str, item: Any) -> Iterator[str]:
    """The number of an employee with the work address: each company counts its employees, and an address is one's."""
    number, address = (item.get("employeeId"), item.get("workEmail")) if isinstance(item, dict) else (None, None)
    if isinstance(number, str) and isinstance(address, str) and number and address.strip():
        yield f"{number} {address.strip().casefold()}"


IDENTITY = ScopeIdentity(of=owners, once=once, names={"subdomain": COMPANY})
