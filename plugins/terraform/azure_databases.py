"""Azure: SQL databases, PostgreSQL servers, and the rules that say who may connect to them."""

import ipaddress
from collections.abc import Iterator, Mapping

from soc2test import Facts, Item, Unknown, UnknownFact, facts, meaning, or_unknown, text
from soc2test_plugins.azure.source import many
from soc2test_plugins.networks import lets_in_world
from soc2test_plugins.terraform.documents import Record
from soc2test_plugins.terraform.kinds import TerraformRule, TerraformStore
from soc2test_plugins.terraform.labels import labelled
from soc2test_plugins.terraform.values import blocks, flag_at, only, text_at
from soc2test_plugins.terraform.workspace import Workspace, agreed, reader

_RESTORED = (
    "Copy", "Default", "PointInTimeRestore", "Recovery", "Restore", "RestoreExternalBackup",
    "RestoreLongTermRetentionBackup",
)  # fmt: skip
_EXTERNAL = Unknown("whether a secondary that is made of an external backup copies another database is not documented")
_SQL_COPIES: Mapping[str, bool | Unknown] = {
    **dict.fromkeys(("OnlineSecondary", "Secondary"), True),
    **dict.fromkeys(_RESTORED, False),
    "RestoreExternalBackupSecondary": _EXTERNAL,
}
"""Ways to make a database (`create_mode` of the provider): does it go on copying another one?"""
_POSTGRES_COPIES = {
    "Replica": True,
    **dict.fromkeys(("Create", "Default", "GeoRestore", "PointInTimeRestore", "ReviveDropped", "Update"), False),
}
_IN_ZONES = {"ZoneRedundant": True, "SameZone": False}

_SQL = "azurerm_mssql_firewall_rule"
_POSTGRES = "azurerm_postgresql_flexible_server_firewall_rule"
_PORTS = {_SQL: (1433, "server_id"), _POSTGRES: (5432, "server_id")}
_SERVERS = ("azurerm_mssql_server", "azurerm_postgresql_flexible_server")
_ENDS = ("start_ip_address", "end_ip_address")


@reader(*_PORTS)
def firewall(record: Record, workspace: Workspace) -> Iterator[Facts]:
    """A range of addresses that may connect."""
    port, argument = _PORTS[record.type]
    server = or_unknown(lambda: workspace.target(record, argument, *_SERVERS))
    yield facts(
        workspace.id(record),
        TerraformRule,
        planned=record.planned,
        group=workspace.id(server) if isinstance(server, Record) else record.values[argument],
        inbound=True,
        protocol="tcp",
        from_port=port,
        to_port=port,
        world=or_unknown(lambda: _anybody(record.values)),
    )


def _anybody(values: Item) -> bool:
    return many(*(values[key] for key in _ENDS))


def _ends(values: Item) -> tuple[ipaddress.IPv4Address, ipaddress.IPv4Address]:
    try:
        first, last = (ipaddress.IPv4Address(text(values[key])) for key in _ENDS)
    except ValueError:
        raise UnknownFact("world", "an address of a range is none") from None
    if last < first:
        raise UnknownFact("world", "a range of addresses ends before it begins")
    return first, last


def _networks(values: Item) -> list[str]:
    """The networks of its range; what can't be read is unknown in the rule's own facts."""
    ends = or_unknown(lambda: _ends(values))
    return [] if isinstance(ends, Unknown) else [str(each) for each in ipaddress.summarize_address_range(*ends)]


@reader("azurerm_mssql_database")
def sql(record: Record, workspace: Workspace) -> Iterator[Facts]:
    """A database; Azure SQL takes no connection without TLS, and backs each up."""
    values = record.values
    yield facts(
        workspace.id(record),
        TerraformStore,
        name=values["name"],
        type=record.type,
        planned=record.planned,
        copy=or_unknown(lambda: meaning(text_at(values, "create_mode") or "Default", _SQL_COPIES)),
        public=or_unknown(lambda: _open(_server(record, workspace), workspace, _SQL)),
        encrypted=or_unknown(lambda: flag_at(values, "transparent_data_encryption_enabled", default=True)),
        tls_only=True,
        versioned=True,
        backed_up=True,
        backup_days=None,
        multi_zone=or_unknown(lambda: flag_at(values, "zone_redundant", default=False)),
        **labelled(values),
    )


def _server(record: Record, workspace: Workspace) -> Record:
    found = workspace.target(record, "server_id", "azurerm_mssql_server")
    if found is None:
        raise UnknownFact("server", "its server is not made in this workspace")
    return found


def _open(server: Record, workspace: Workspace, rules: str) -> bool:
    """It has a public address, and a rule lets anybody connect."""
    if not flag_at(server.values, "public_network_access_enabled", default=True):
        return False
    own = workspace.certain(server, "server_id", rules)
    if lets_in_world(network for each in own for network in _networks(each.values)):
        return True
    if any(_anybody(each.values) for each in workspace.attached(server, "server_id", rules)):
        return True
    if not server.created:
        raise UnknownFact("public", "rules of its server may be in other workspaces")
    return False


@reader("azurerm_postgresql_flexible_server")
def postgres(record: Record, workspace: Workspace) -> Iterator[Facts]:
    """A PostgreSQL server; Azure encrypts each, keeps backups for 7 days, and demands TLS unless told not to."""
    values = record.values
    yield facts(
        workspace.id(record),
        TerraformStore,
        name=values["name"],
        type=record.type,
        planned=record.planned,
        copy=or_unknown(lambda: meaning(text_at(values, "create_mode") or "Default", _POSTGRES_COPIES)),
        public=or_unknown(lambda: _open(record, workspace, _POSTGRES)),
        encrypted=True,
        customer_key=or_unknown(lambda: bool(blocks(values, "customer_managed_key"))),
        tls_only=or_unknown(lambda: _demands_tls(record, workspace)),
        versioned=True,
        backed_up=True,
        backup_days=None,
        multi_zone=or_unknown(lambda: _zones(values)),
        **labelled(values),
    )


def _demands_tls(record: Record, workspace: Workspace) -> bool:
    settings = workspace.attached(record, "server_id", "azurerm_postgresql_flexible_server_configuration")
    told = [each for each in settings if text_at(each.values, "name") == "require_secure_transport"]
    demanded = agreed(((text_at(each.values, "value") or "").lower() == "on" for each in told), _addresses(told))
    if demanded is not None:
        return demanded
    if not record.created:
        raise UnknownFact("tls_only", "its setting require_secure_transport is not in this workspace")
    return True


def _addresses(records: list[Record]) -> str:
    return " and ".join(each.address for each in records[:2])


def _zones(values: Item) -> bool:
    found = only(values, "high_availability")
    return found is not None and meaning(text_at(found, "mode"), _IN_ZONES)
