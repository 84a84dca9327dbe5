"""Service principals, enterprise applications, and the secrets of app registrations."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from soc2test import (
    AppSecret,
    Facts,
    Item,
    Population,
    Said,
    Subject,
    Unknown,
    facts,
    id_text,
    item_of,
    items_of,
    known,
    listed,
    missed,
    or_skip,
    or_unknown,
    skip,
    text,
    translated,
)
from soc2test_plugins.entra.kinds import EntraAppCredential, EntraEnterpriseApp, EntraServicePrincipal
from soc2test_plugins.entra.source import COUNT, GRAPH, as_graph, entra, uid

_MICROSOFT = ("f8cdef31-a31e-4b4a-93e4-5f571e91255a", "72f988bf-86f1-41af-91ab-2d7cd011db47")
"""Tenants that Microsoft's own applications are registered in."""

_SIGN_ON = {"saml": True, "oidc": True, "password": False}
_ENTERPRISE = "WindowsAzureActiveDirectoryIntegratedApp"
"""The tag by which the portal knows enterprise applications."""


@entra.reads(
    "servicePrincipals",
    kind=(EntraServicePrincipal, EntraEnterpriseApp),
    items="value",
    total=COUNT,
    lists=True,
    prepare=as_graph,
    tells=(
        "name",
        "email",
        "human",
        "root",
        "active",
        "password",
        "owner",
        "app_id",
        "directory_id",
        "sign_on_mode",
        "single_sign_on",
        "catalogue_name",
    ),
    command=GRAPH + 'servicePrincipals?\\$expand=owners&\\$top=500"',
)
def service_principal(item: Item, at: Subject) -> Iterator[Said]:
    """A service principal, and the enterprise application that people know it as.

    `appDisplayName` is the name that its own registration, of whoever made it, gives it
    (https://learn.microsoft.com/graph/api/resources/serviceprincipal).
    """
    if item.or_else("appOwnerOrganizationId", None) in _MICROSOFT:
        yield skip("Microsoft's own")
        return
    id, active = id_text(item["id"]), item["accountEnabled"]
    yield facts(
        uid(at, "servicePrincipals", id),
        EntraServicePrincipal,
        directory_id=id,
        name=item["displayName"],
        app_id=item["appId"],
        email=None,
        human=False,
        root=False,
        active=active,
        password=False,
        owner=or_unknown(lambda: _owner(items_of(item["owners"]))),
        disabled_at=None if active is True else Unknown("Entra does not tell since when an account is disabled"),
    )
    if "tags" not in item:  # Graph shows an empty list where there are none
        yield missed("a service principal does not tell whether it is an enterprise application", EntraEnterpriseApp)
    elif _ENTERPRISE in map(text, listed(item["tags"])):
        yield facts(
            uid(at, "applications", id),
            EntraEnterpriseApp,
            app_id=item["appId"],
            name=item["displayName"],
            catalogue_name=item["appDisplayName"],
            active=active,
            sign_on_mode=item["preferredSingleSignOnMode"],
            single_sign_on=translated(item["preferredSingleSignOnMode"], _SIGN_ON),
        )


def _owner(owners: list[Item]) -> str | None:
    """The first owner that is a person."""
    addresses = (each.or_else("mail", None) or each.or_else("userPrincipalName", None) for each in owners)
    return next((text(each) for each in addresses if each), None)


@entra.reads(
    "applications",
    kind=EntraAppCredential,
    items="value",
    total=COUNT,
    lists=True,
    prepare=as_graph,
    command=GRAPH + 'applications?\\$select=id,appId,displayName,passwordCredentials,keyCredentials&\\$top=500"',
)
def application(item: Item, at: Subject) -> Iterator[Said]:
    """The secrets and certificates of an application that the tenant registered; past their end they open nothing."""
    return or_skip(_credentials(item, at), "an application without secrets or certificates")


def _credentials(item: Item, at: Subject) -> Iterator[Said]:
    app = id_text(item["appId"])
    for key, category in (("passwordCredentials", "token"), ("keyCredentials", "certificate")):
        for row in listed(item[key]):
            read = or_unknown(partial(_credential, row, category, app, at))
            odd = missed(f"a {category} of application {app} can't be read", EntraAppCredential)
            yield odd if isinstance(read, Unknown) else read


def _credential(row: Any, category: str, app: str, at: Subject) -> Facts:
    credential = item_of(row)
    return facts(
        uid(at, "applications", app, "credentials", id_text(credential["keyId"])),
        EntraAppCredential,
        app_id=app,
        category=category,
        root=False,
        active=True,
        created_at=or_unknown(lambda: credential.time("startDateTime")),
        expires_at=or_unknown(lambda: credential.time("endDateTime")),
    )


@entra.derives(EntraAppCredential, "identity", joins=EntraServicePrincipal)
def holder(credential: EntraAppCredential, principals: Population[EntraServicePrincipal]) -> str:
    """The service principal of the application, else the application itself."""
    found = principals.one("app_id", credential.app_id)
    return credential.app_id if found is None else known(found.id)


@entra.derives(EntraEnterpriseApp, "secrets", joins=EntraAppCredential)
def secrets(app: EntraEnterpriseApp, credentials: Population[EntraAppCredential]) -> tuple[AppSecret, ...]:
    """Those that are still listed; an application of another tenant has its secrets there, and none here."""
    listed_here = [each for each in credentials.all("app_id", app.app_id) if each.category == "token"]
    return tuple(AppSecret(made_at=secret.created_at, expires_at=secret.expires_at) for secret in listed_here)
