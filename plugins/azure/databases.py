"""Azure SQL and PostgreSQL: servers, databases, and who may connect."""

from collections.abc import Iterator
from typing import Any

from soc2test import (
    Facts,
    Item,
    Population,
    Skip,
    Subject,
    UnknownFact,
    all_of,
    any_of,
    facts,
    id_text,
    known,
    meaning,
    number,
    or_unknown,
    skip,
    text,
    translated,
)
from soc2test_plugins.azure.about import within
from soc2test_plugins.azure.key_ids import key_id
from soc2test_plugins.azure.kinds import (
    AzurePostgresFirewallRule,
    AzurePostgresName,
    AzurePostgresServer,
    AzureSqlDatabase,
    AzureSqlFirewallRule,
    AzureSqlIpv6Rule,
    AzureSqlServer,
)
from soc2test_plugins.azure.source import CLASSIFICATION, arm_id, as_value, azure, inner, many, public_network, tag

_REPLICAS = {"Primary": False, "None": False, "AsyncReplica": True, "GeoAsyncReplica": True}
_SECONDARIES = {"Geo": True, "Named": True, "Standby": True}
_INACCESSIBLE = "Inaccessible"
_ZONES = {"ZoneRedundant": True, "SameZone": False, "Disabled": False}
_ON = {"Enabled": True, "Disabled": False}
_VAULT = {"AzureKeyVault": True, "ServiceManaged": False, "SystemManaged": False, "SystemAssigned": False}
_SERVER = {"server": within("servers|flexibleServers")}
_OF_SERVER = "az {operation} --server {server} --resource-group {resource_group} --subscription {subscription}"
_OF_POSTGRES = "az {operation} --name {server} --resource-group {resource_group} --subscription {subscription}"


@azure.reads("sql server list", kind=AzureSqlServer, items="value", lists=True, prepare=as_value)
def sql_server(item: Item, at: Subject) -> Facts:
    """A logical server."""
    own = inner(item)
    return facts(
        arm_id(item),
        name=item["name"],
        public_network=or_unknown(lambda: public_network(text(own["publicNetworkAccess"]))),
        min_tls=own["minimalTlsVersion"],
    )


@azure.reads("sql server firewall-rule list", kind=AzureSqlFirewallRule, items="value", lists=True,
             per=AzureSqlServer, subject="server", about=_SERVER, prepare=as_value, command=_OF_SERVER)  # fmt: skip
def sql_rule(item: Item, at: Subject) -> Facts:
    """A rule of a SQL server."""
    told = _rule(item, 1433)
    return facts(arm_id(item), group=arm_id(item, below="firewallRules"), inbound=True, protocol="tcp", **told)


@azure.reads("postgres flexible-server firewall-rule list", kind=AzurePostgresFirewallRule, items="value", lists=True,
             per=AzurePostgresName, subject="server", about=_SERVER, prepare=as_value,
             command=_OF_POSTGRES)  # fmt: skip
def postgres_rule(item: Item, at: Subject) -> Facts:
    """A rule of a PostgreSQL server."""
    told = _rule(item, 5432)
    return facts(arm_id(item), group=arm_id(item, below="firewallRules"), inbound=True, protocol="tcp", **told)


def _rule(item: Item, port: int, first: str = "startIpAddress", last: str = "endIpAddress") -> dict[str, Any]:
    own = inner(item)
    world = or_unknown(lambda: many(own[first], own[last]))
    return {"from_port": port, "to_port": port, "world": world}


@azure.reads("sql server ipv6-firewall-rule list", kind=AzureSqlIpv6Rule, items="value", lists=True,
             per=AzureSqlServer, subject="server", about=_SERVER, prepare=as_value, command=_OF_SERVER)  # fmt: skip
def ipv6_rule(item: Item, at: Subject) -> Facts:
    """A rule of a SQL server for addresses of IPv6, which no other list holds
    (https://learn.microsoft.com/rest/api/sql/ipv6-firewall-rules)."""
    told = _rule(item, 1433, "startIPv6Address", "endIPv6Address")
    return facts(arm_id(item), group=arm_id(item, below="ipv6FirewallRules"), inbound=True, protocol="tcp", **told)


@azure.reads("sql server audit-policy show", kind=AzureSqlServer, subject="server", about=_SERVER, command=_OF_SERVER)
def audit(item: Item, at: Subject) -> Facts:
    """Whether each access to the server's databases leaves a record."""
    return facts(arm_id(item, below="auditingSettings"), audited=translated(inner(item)["state"], _ON))


@azure.reads("sql server tde-key show", kind=AzureSqlServer, subject="server", about=_SERVER, command=_OF_SERVER)
def protector(item: Item, at: Subject) -> Facts:
    """Whose key encrypts the server's databases."""
    own = translated(inner(item)["serverKeyType"], _VAULT)
    key = or_unknown(lambda: key_id(id_text(inner(item)["uri"])) if known(own) else None)
    return facts(arm_id(item, below="encryptionProtector"), customer_key=own, protector=key)


@azure.reads("sql db list", kind=AzureSqlDatabase, items="value", lists=True,
             per=AzureSqlServer, subject="server", about=_SERVER, prepare=as_value, command=_OF_SERVER)  # fmt: skip
def database(item: Item, at: Subject) -> Facts | Skip:
    """A database; `master` holds no data of the company's."""
    if text(item["name"]) == "master":
        return skip("master holds no data of the company's")
    own = inner(item)
    return facts(
        arm_id(item),
        name=item["name"],
        server=arm_id(item, below="databases"),
        status=own["status"],
        copy=or_unknown(lambda: _secondary(own)),
        tls_only=True,  # Azure SQL takes no connection without
        versioned=True,  # Azure backs each database up for a restore to any point in time
        backed_up=True,
        backup_days=None,  # seven by default; a period of its own is told by a call that is not read
        multi_zone=own["zoneRedundant"],
        classification=tag(item, *CLASSIFICATION),
        owner=tag(item, "owner"),
    )


@azure.reads("sql db tde show", kind=AzureSqlDatabase, subject=("server", "database"),
             about={**_SERVER, "database": within("databases")},
             command=_OF_SERVER + " --database {database}")  # fmt: skip
def encryption(item: Item, at: Subject) -> Facts:
    """Transparent data encryption, on unless somebody switched it off."""
    state = inner(item).first("state", "status")
    return facts(arm_id(item, below="transparentDataEncryption"), encrypted=translated(state, _ON))


def _secondary(own: Item) -> bool:
    """Left out, or null, of a database that copies no other."""
    told = own.or_else("secondaryType", None)
    return told is not None and meaning(told, _SECONDARIES)


def _server(store: AzureSqlDatabase, servers: Population[AzureSqlServer]) -> AzureSqlServer:
    found = servers.one("id", store.server)
    if found is None:
        raise UnknownFact("server", "the list of servers does not name its server")
    return found


@azure.derives(AzureSqlDatabase, "public_network", joins=AzureSqlServer)
def database_network(store: AzureSqlDatabase, servers: Population[AzureSqlServer]) -> bool:
    """Its server has a public address."""
    return _server(store, servers).public_network


@azure.derives(AzureSqlDatabase, "open_by_ipv4", joins=AzureSqlFirewallRule)
def open_by_ipv4(store: AzureSqlDatabase, rules: Population[AzureSqlFirewallRule]) -> bool:
    """One of its server's rules lets anybody connect."""
    return any_of(rules.all("group", store.server), lambda rule: rule.world)


@azure.derives(AzureSqlDatabase, "open_by_ipv6", joins=AzureSqlIpv6Rule)
def open_by_ipv6(store: AzureSqlDatabase, rules: Population[AzureSqlIpv6Rule]) -> bool:
    """The same of its rules for IPv6."""
    return any_of(rules.all("group", store.server), lambda rule: rule.world)


@azure.derives(AzureSqlDatabase, "public")
def database_public(store: AzureSqlDatabase) -> bool:
    """Its server has a public address, and one of the server's rules lets anybody connect."""
    lets_in = [or_unknown(lambda: store.open_by_ipv4), or_unknown(lambda: store.open_by_ipv6)]
    return all_of([or_unknown(lambda: store.public_network), or_unknown(lambda: any_of(lets_in))])


@azure.derives(AzureSqlDatabase, "access_logged", joins=AzureSqlServer)
def database_logged(store: AzureSqlDatabase, servers: Population[AzureSqlServer]) -> bool:
    """Its server keeps an audit log."""
    return _server(store, servers).audited


@azure.derives(AzureSqlDatabase, "customer_key", joins=AzureSqlServer)
def database_key(store: AzureSqlDatabase, servers: Population[AzureSqlServer]) -> bool:
    """Its server's protector lies in a key vault."""
    return _server(store, servers).customer_key


@azure.derives(AzureSqlDatabase, "encryption_key", joins=AzureSqlServer)
def database_protector(store: AzureSqlDatabase, servers: Population[AzureSqlServer]) -> str | None:
    """Its server's protector encrypts the keys of all its databases.

    One that lost access to the protector is "Inaccessible", whatever the vault says of the key
    (https://learn.microsoft.com/azure/azure-sql/database/transparent-data-encryption-byok-overview).
    """
    protector = _server(store, servers).protector
    if protector is not None and store.status == _INACCESSIBLE:
        raise UnknownFact("encryption_key", "Azure SQL can't open it (status Inaccessible): for want of its key?")
    return protector


@azure.reads(
    "postgres flexible-server list",
    kind=(AzurePostgresServer, AzurePostgresName),
    items="value",
    lists=True,
    prepare=as_value,
)
def postgres(item: Item, at: Subject) -> Iterator[Facts]:
    """A PostgreSQL server."""
    own = inner(item)
    kept = or_unknown(lambda: number(known(own["backup"])["backupRetentionDays"]) > 0)
    yield facts(arm_id(item), AzurePostgresName, name=item["name"])
    yield facts(
        arm_id(item),
        AzurePostgresServer,
        name=item["name"],
        copy=or_unknown(lambda: _replica(own["replicationRole"])),
        encrypted=True,  # Azure encrypts each server, and can't be told not to
        customer_key=or_unknown(lambda: _vault_key(own["dataEncryption"])),
        encryption_key=or_unknown(lambda: _usable_key(own)),
        public_network=or_unknown(lambda: public_network(text(known(own["network"])["publicNetworkAccess"]))),
        versioned=kept,
        backed_up=kept,
        backup_days=or_unknown(lambda: number(known(own["backup"])["backupRetentionDays"])),
        multi_zone=or_unknown(lambda: meaning(known(own["highAvailability"])["mode"], _ZONES)),
        classification=tag(item, *CLASSIFICATION),
        owner=tag(item, "owner"),
    )


def _usable_key(own: Item) -> str | None:
    """The key of a PostgreSQL server. Raises `UnknownFact` where it is in an invalid state, by the server's word.

    The meaning of the state "Inaccessible":
    https://learn.microsoft.com/dotnet/api/azure.resourcemanager.postgresql.flexibleservers.models.postgresqlflexibleserverstate.inaccessible
    """
    key = _primary_key(own["dataEncryption"])
    if key is not None and text(own["state"]) == _INACCESSIBLE:
        raise UnknownFact("encryption_key", "PostgreSQL can't use its key (state Inaccessible): it is down")
    return key


def _vault_key(encryption: Any) -> bool:
    return known(encryption) is not None and meaning(encryption["type"], _VAULT)


def _primary_key(encryption: Any) -> str | None:
    if not _vault_key(encryption):
        return None
    return key_id(id_text(encryption.first("primaryKeyUri", "primaryKeyURI")))


def _replica(role: Any) -> bool:
    """Null of a server that never had a replica."""
    return known(role) is not None and meaning(role, _REPLICAS)


@azure.derives(AzurePostgresServer, "public", joins=AzurePostgresFirewallRule)
def postgres_open(server: AzurePostgresServer, rules: Population[AzurePostgresFirewallRule]) -> bool:
    """It has a public address, and a rule lets anybody connect."""
    return any(rule.world for rule in rules.all("group", server.id)) and server.public_network


@azure.reads("postgres flexible-server parameter show", kind=AzurePostgresServer, subject=("server", "parameter"),
             about={**_SERVER, "parameter": within("configurations", "id", "name")},
             command="az {operation} --server-name {server} --name require_secure_transport "
             "--resource-group {resource_group} --subscription {subscription}")  # fmt: skip
def parameter(item: Item, at: Subject) -> Facts | Skip:
    """One setting of the server; only whether it demands TLS is read."""
    if text(item["name"]) != "require_secure_transport":
        return skip("a setting that no control asks for")
    on = or_unknown(lambda: meaning(text(inner(item)["value"]).lower(), {"on": True, "off": False}))
    return facts(arm_id(item, below="configurations"), tls_only=on)
