"""Employees of BambooHR, who left among them.

https://documentation.bamboohr.com/reference/list-employees (the OpenAPI document of BambooHR/bhr-api-php at
33dbcf254295, `.sdk-update/public.yaml`, and its docs/Api/EmployeesApi.md): "for complete or general-purpose employee
listings [...] use List Employees".

How somebody is employed nothing says: employment statuses and types are "customized by account". Which accounts
somebody has, and what they signed, a register says.
"""

from typing import Any

from soc2test import (
    Facts,
    Item,
    Person,
    Skip,
    Subject,
    Unknown,
    UnknownFact,
    facts,
    flag,
    known,
    meaning,
    or_unknown,
    skip,
    text,
)
from soc2test_plugins.bamboohr.arranging import BEGINS_LATER, LEAVERS_STAY, MANAGER, arrange
from soc2test_plugins.bamboohr.identity import with_company
from soc2test_plugins.bamboohr.source import API, bamboohr, uid
from soc2test_plugins.bamboohr.words import ACTIVE
from soc2test_plugins.bamboohr.work import Work

_FIELDS = "workEmail,hireDate,originalHireDate,terminationDate,reportsToId"
"""Those beside the "default identity and job fields"; a field that was not asked for is not in the answer."""
_CUSTOM = Unknown("employment statuses and types of BambooHR are each company's own words", what="employment")


@bamboohr.reads(
    "list-employees",
    kind=Person,
    items="data",
    lists=True,
    total="meta.total",
    never_empty=True,  # whoever has a key is somebody
    prepare=with_company,
    arrange=arrange,
    command=API + f'employees?fields={_FIELDS}&page[limit]=2500"',
)
def employee(item: Item, at: Subject) -> Facts | Skip:
    """Somebody who works here or did, by the work address; by the employee's number where there is none.

    Whoever has no work address can't be matched to accounts: what is asked of them is unknown.
    """
    email = _email(item)
    known_email = isinstance(email, str)
    id = email.lower() if known_email else uid(at, "employees", item["employeeId"])
    work = _work(item)
    if _only_begins_later(work):
        return skip("has not begun to work here", id)
    return facts(
        id,
        name=or_unknown(lambda: f"{text(_told(item, 'firstName'))} {text(_told(item, 'lastName'))}"),
        email=email,
        employment=_CUSTOM,
        active=work.active,
        role=or_unknown(lambda: _role(item)),
        manager_email=or_unknown(lambda: _manager(item)),
        started_at=or_unknown(work.started_at),
        ended_at=or_unknown(work.ended_at),
        spells=or_unknown(work.spells),
        stays_listed=item[LEAVERS_STAY],
    )


def _told(item: Item, key: str) -> Any:
    """The value of a field, None where it has none.

    "Field values the caller cannot read are returned as `null`, and the names of those suppressed fields are listed on
    the record in `_restrictedFields`"; without that list null may be either.
    """
    value, names = item[key], item.or_else("_restrictedFields", [])
    if isinstance(names, list) and not all(isinstance(name, str) for name in names):
        return Unknown("_restrictedFields names what is no field, so that it does not say which are hidden", what=key)
    if value is not None:
        return value
    hidden = item["_restrictedFields"]
    if not isinstance(hidden, list):
        return Unknown(f"{key} is null, and nothing says whether the API key may read it", what=key)
    return Unknown(f"the API key may not read {key}", what=key, code="denied") if key in hidden else None


def _email(item: Item) -> Any:
    """`workEmail`; no other address, since `bestEmail` may be that of somebody's home."""
    address = _told(item, "workEmail")
    if isinstance(address, Unknown):
        return address
    if isinstance(address, str) and "@" in address.strip():
        return address.strip()
    return Unknown("no work email stands there, so that no account can be found", what="workEmail")


def _role(item: Item) -> str:
    """The job title. One with a comma would be read as two roles."""
    title = text(_told(item, "jobTitleName"))
    if "," in title:
        raise UnknownFact("jobTitleName", "the job title has a comma, which parts two roles")
    return title


def _manager(item: Item) -> str | None:
    """The address of the employee whose number `reportsToId` is; None where there is none."""
    return None if known(_told(item, "reportsToId")) is None else text(item[MANAGER])


def _work(item: Item) -> Work:
    return Work(
        active=or_unknown(lambda: meaning(_told(item, "status"), ACTIVE)),
        hired=_told(item, "hireDate"),
        first_hired=_told(item, "originalHireDate"),
        let_go=_told(item, "terminationDate"),
        begins_later=flag(item[BEGINS_LATER]),
    )


def _only_begins_later(work: Work) -> bool:
    """What is not known may be of somebody who was here before."""
    try:
        return work.only_begins_later
    except UnknownFact:
        return False
