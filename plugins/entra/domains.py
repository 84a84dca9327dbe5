"""Domains of the tenant, and who signs in the users of federated ones."""

from typing import Any

from soc2test import (
    Facts,
    Item,
    Population,
    Subject,
    Unknown,
    UnknownFact,
    facts,
    id_text,
    items_of,
    or_unknown,
    text,
    translated,
)
from soc2test_plugins.entra.about import OF_DOMAIN
from soc2test_plugins.entra.kinds import EntraDomain, EntraTenant, EntraUser
from soc2test_plugins.entra.source import COUNT, GRAPH, as_graph, entra, uid
from soc2test_plugins.issuers import realm_of, source_of

_AUTHENTICATION = {"Managed": False, "Federated": True}


@entra.reads("domains", kind=EntraDomain, items="value", total=COUNT, lists=True, never_empty=True, prepare=as_graph)
def domain(item: Item, at: Subject) -> Facts:
    """A domain."""
    name = id_text(item["id"]).lower()
    return facts(uid(at, "domains", name), name=name, federated=translated(item["authenticationType"], _AUTHENTICATION))


@entra.reads(
    "domains federationConfiguration",
    kind=EntraDomain,
    subject="domain",
    about={"domain": OF_DOMAIN},
    prepare=as_graph,
    command=GRAPH + 'domains/{domain}/federationConfiguration"',
)
def federation(body: Any, at: Subject) -> Facts:
    """The identity provider of one federated domain."""
    return facts(
        uid(at, "domains", at["domain"].lower()),
        signs_in_at=or_unknown(lambda: tuple(place for each in items_of(body["value"]) for place in _places(each))),
    )


def _places(provider: Item) -> tuple[str, ...]:
    """Where people are sent; the issuer may be any name that both sides agreed on."""
    told = (provider.or_else(key, None) for key in ("passiveSignInUri", "issuerUri"))
    return tuple(text(place) for place in told if place is not None)


@entra.derives(EntraUser, "signed_in_by", joins=EntraDomain)
def signed_in_by(user: EntraUser, domains: Population[EntraDomain]) -> str:
    """By the domain that the sign-in name ends in; a guest's ends in one of the tenant and says nothing.

    A word in any case: facts that follow from it must not be taken from what is not told yet.
    """
    if user.guest:
        return "another"
    federated = or_unknown(lambda: domain_of(user, domains).federated)
    if isinstance(federated, Unknown):
        return "unknown"
    return "another" if federated else "Entra"


@entra.derives(EntraUser, "federated_to", joins=EntraDomain)
def federated_to(user: EntraUser, domains: Population[EntraDomain]) -> str | None:
    """The source of the provider that signs in the users of the domain."""
    if user.guest:
        raise UnknownFact("federated_to", "a guest signs in at a directory of his own, which is not told here")
    own = domain_of(user, domains)
    if not own.federated:
        return None
    if not own.signs_in_at:
        raise UnknownFact("signs_in_at", "the domain is federated, and its federation names no provider")
    return _first_known(own.signs_in_at)


@entra.derives(EntraUser, "federated_realm", joins=EntraDomain)
def federated_realm(user: EntraUser, domains: Population[EntraDomain]) -> str | None:
    """The directory of that provider: the address that people are sent to names it, if its issuer does not."""
    named = (realm_of(place) for place in domain_of(user, domains).signs_in_at)
    return next((realm for realm in named if realm is not None), None)


@entra.derives(EntraUser, "realm", joins=EntraTenant)
def realm(user: EntraUser, tenants: Population[EntraTenant]) -> str | None:
    """The tenant, by the id that it has in its own export."""
    tenant = tenants.one("id", "/".join(user.id.split("/")[:2]))
    return None if tenant is None else tenant.directory_id


def _first_known(places: tuple[str, ...]) -> str:
    unknown: UnknownFact | None = None
    for place in places:
        try:
            return source_of(place)
        except UnknownFact as error:
            unknown = error
    raise unknown or UnknownFact("signs_in_at", "no provider is named")


def domain_of(user: EntraUser, domains: Population[EntraDomain]) -> EntraDomain:
    name = user.name.rpartition("@")[2].lower()
    tenant = "/".join(user.id.split("/")[:2])
    for own in domains.all("id", f"{tenant}/domains/{name}").hits:
        return own
    for gap in domains.gaps:
        raise UnknownFact("federated_to", gap.text, code=gap.code)
    raise UnknownFact("federated_to", "the list of domains does not name the one that the sign-in name ends in")


@entra.derives(EntraUser, "security_defaults", joins=EntraTenant)
def defaults_of_the_tenant(user: EntraUser, tenants: Population[EntraTenant]) -> bool:
    """Whether Microsoft's own rules are on in the user's tenant."""
    tenant = tenants.one("id", "/".join(user.id.split("/")[:2]))
    if tenant is None:
        raise UnknownFact("security_defaults", "no export tells whether security defaults are on")
    return tenant.security_defaults
