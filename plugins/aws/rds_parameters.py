"""RDS: parameter groups of instances and of clusters, and what they demand of the databases that use them."""

import re
from collections.abc import Mapping

from soc2test import (
    Facts,
    Item,
    Population,
    Subject,
    UnknownFact,
    any_of,
    facts,
    id_text,
    items_of,
    known,
    or_unknown,
    text,
)
from soc2test_plugins.aws.kinds import Database, DbClusterParameterGroup, DbOptionGroup, DbParameterGroup, DbParameters
from soc2test_plugins.aws.rds import group_id
from soc2test_plugins.aws.rds_clusters import cluster_group_id
from soc2test_plugins.aws.source import arn, aws, either

ON = ("1", "on", "true", "all")
CONNECTIONS = (*ON, "receipt", "authentication", "authorization")
"""Words of PostgreSQL's log_connections; since version 18 a list of them."""
AUDIT_PARAMETERS: Mapping[str, tuple[str, ...]] = {
    "server_audit_logging": ON,  # Aurora MySQL
    "audit_logs": ("enabled", "all"),  # DocumentDB
    "neptune_enable_audit_log": ON,
}
"""Settings of clusters without which an audit log that is exported stays empty."""
_ACCESS = {"read", "write"}
TLS_PARAMETERS: Mapping[str, tuple[str, ...]] = {
    "rds.force_ssl": ON,  # PostgreSQL, SQL Server
    "require_secure_transport": ON,  # MySQL, MariaDB
    "tls": ("enabled", "fips-140-3", "tls1.2+", "tls1.3+"),  # DocumentDB
    "neptune_enforce_ssl": ON,
}
FORCED_FROM = {"postgres": 15, "aurora-postgresql": 17}
"""The versions from which the engine demands TLS unless a group says otherwise (RDS User Guide, "Using SSL with a
PostgreSQL DB instance"; Aurora User Guide, "Securing Aurora PostgreSQL data with SSL/TLS")."""
OPEN_BY_DEFAULT = ("aurora-mysql", "postgres", "aurora-postgresql")
_FAMILY = re.compile(r"(?P<engine>[a-z-]+?)(?P<version>\d+)(?:\.\d+)?", re.ASCII)
_TOLD = ("tls_setting", "log_setting", "audit_setting")
_PLUGIN_ENGINES = ("mysql", "mariadb")
"""Their audit log is written by a plugin that an option group adds (RDS User Guide, "MariaDB Audit Plugin")."""
_PLUGIN = "MARIADB_AUDIT_PLUGIN"


@aws.reads("rds describe-db-parameter-groups", kind=DbParameterGroup, items="DBParameterGroups", lists=True)
def parameter_group(item: Item, at: Subject) -> Facts:
    """A group of instances; what it sets is asked for by group."""
    name = id_text(item["DBParameterGroupName"])
    return facts(group_id(at, name), name=name, family=item["DBParameterGroupFamily"])


@aws.reads(
    "rds describe-db-cluster-parameter-groups", kind=DbClusterParameterGroup, items="DBClusterParameterGroups",
    lists=True,
)  # fmt: skip
def cluster_parameter_group(item: Item, at: Subject) -> Facts:
    """A group of clusters."""
    name = id_text(item["DBClusterParameterGroupName"])
    return facts(cluster_group_id(at, name), name=name, family=item["DBParameterGroupFamily"])


@aws.reads(
    "rds describe-db-parameters", kind=DbParameterGroup, subject="group", tells=_TOLD, next="Marker",
    command="aws rds describe-db-parameters --db-parameter-group-name {group} --region {region}",
)  # fmt: skip
def parameters(body: Item, at: Subject) -> Facts:
    """What a group of instances sets."""
    return facts(group_id(at, at["group"]), **_settings(body))


@aws.reads(
    "rds describe-db-cluster-parameters", kind=DbClusterParameterGroup, subject="group", tells=_TOLD, next="Marker",
    command="aws rds describe-db-cluster-parameters --db-cluster-parameter-group-name {group} --region {region}",
)  # fmt: skip
def cluster_parameters(body: Item, at: Subject) -> Facts:
    """What a group of clusters sets."""
    return facts(cluster_group_id(at, at["group"]), **_settings(body))


def _settings(body: Item) -> dict[str, bool | None]:
    """A parameter that is not in the export, or has no value, is left to the engine."""
    values = _values(items_of(body["Parameters"]))
    return {
        "tls_setting": _on(values, TLS_PARAMETERS),
        "log_setting": _logs(values),
        "audit_setting": _on(values, AUDIT_PARAMETERS),
    }


def _values(parameters: list[Item]) -> dict[str, str]:
    values: dict[str, str] = {}
    for each in parameters:
        if "ParameterValue" in each:
            name, value = text(each["ParameterName"]), id_text(each["ParameterValue"]).casefold()
            if values.setdefault(name, value) != value:
                raise UnknownFact(name, f"the export gives the parameter {name} two values")
    return values


def _on(values: Mapping[str, str], names: Mapping[str, tuple[str, ...]]) -> bool | None:
    told = [values[name] in words for name, words in names.items() if name in values]
    return any(told) if told else None


def _logs(values: Mapping[str, str]) -> bool | None:
    """Reads and writes by pgaudit, or each connection by the engine itself; None: nothing is set."""
    told = [_by_pgaudit(values), _connections(values), _general(values)]
    return True if True in told else False if False in told else None


def _by_pgaudit(values: Mapping[str, str]) -> bool | None:
    """It has to be loaded, and to be told to log reads and writes: "role" is about grants alone."""
    if "pgaudit.log" not in values:
        return None
    loaded = "pgaudit" in _words(values.get("shared_preload_libraries", ""))
    classes: set[str] = set()
    for word in (each for each in _words(values["pgaudit.log"]) if each != "none"):
        named = _ACCESS if word.strip("-") == "all" else {word.strip("-")}
        classes = classes - named if word.startswith("-") else classes | named
    return True if loaded and classes >= _ACCESS else None if not classes else False


def _connections(values: Mapping[str, str]) -> bool | None:
    if "log_connections" not in values:
        return None
    return any(word in CONNECTIONS for word in _words(values["log_connections"]))


def _general(values: Mapping[str, str]) -> bool | None:
    """MySQL's general log leaves the machine where it is written to a file; by itself RDS writes it to a table."""
    if "general_log" not in values:
        return None
    if values["general_log"] not in ON:
        return False
    if "log_output" not in values:
        return None
    return "file" in _words(values["log_output"])


def _words(value: str) -> list[str]:
    return [word.strip() for word in value.split(",") if word.strip()]


@aws.derives(DbParameters, "forces_tls")
def forces_tls(group: DbParameters) -> bool:
    """By its setting; one of AWS's own, which nobody can change, has none, and needs not be asked for."""
    setting = or_unknown(lambda: group.tls_setting)
    if isinstance(setting, bool):
        return setting
    if setting is not None and not group.name.startswith("default."):
        return bool(group.tls_setting)  # raises with the command that would tell it
    return _by_engine(group.family)


def _by_engine(family: str) -> bool:
    match = _FAMILY.fullmatch(family)
    if match is None or match["engine"] not in OPEN_BY_DEFAULT:
        raise UnknownFact("forces_tls", f"the parameter group leaves TLS to the engine {family}")
    first = FORCED_FROM.get(match["engine"])
    return first is not None and int(match["version"]) >= first


@aws.derives(Database, "tls_only", joins=DbParameters)
def tls_only(database: Database, groups: Population[DbParameters]) -> bool:
    """Its parameter group demands TLS. In a cluster that is one of the settings of clusters alone."""
    if database.cluster_parameter_group is not None:
        return _of_cluster(database, groups).forces_tls
    return any(group.forces_tls for group in _of_instance(database, groups))


@aws.derives(Database, "access_logged", joins=DbParameters)
def access_logged(database: Database, groups: Population[DbParameters]) -> bool:
    """An activity stream or an audit log that leaves the machine, or PostgreSQL's log with connections in it."""
    if either(lambda: database.activity_stream, lambda: database.cluster_activity_stream):
        return True
    exports = {*database.log_exports, *database.cluster_log_exports}
    if "audit" in exports and _audit_written(database, groups):
        return True
    return bool({"postgresql", "general"} & exports) and _connections_logged(database, groups)


def _audit_written(database: Database, groups: Population[DbParameters]) -> bool:
    """That an audit log is exported says nothing of whether the engine writes one."""
    if database.cluster_parameter_group is not None:
        setting = _of_cluster(database, groups).audit_setting
        if setting is None:
            raise UnknownFact("access_logged", "its parameter group leaves the audit log to the engine")
        return setting
    engines = {_engine(group.family) for group in _of_instance(database, groups)}
    if engines <= set(_PLUGIN_ENGINES):
        return database.audit_plugin
    raise UnknownFact("access_logged", "whether its engine writes the audit log that is exported is not told")


def _engine(family: str) -> str:
    match = _FAMILY.fullmatch(family)
    return match["engine"] if match is not None else family


@aws.reads("rds describe-option-groups", kind=DbOptionGroup, items="OptionGroupsList", lists=True)
def option_group(item: Item, at: Subject) -> Facts:
    """A group of options, which add plugins to an engine."""
    name = id_text(item["OptionGroupName"])
    options = or_unknown(lambda: [text(each["OptionName"]) for each in items_of(item["Options"])])
    return facts(option_group_id(at, name), name=name, audits=or_unknown(lambda: _PLUGIN in known(options)))


def option_group_id(at: Subject, name: str) -> str:
    """The ARN of an option group."""
    return arn(at, "rds", f"og:{name}")


@aws.derives(Database, "audit_plugin", joins=DbOptionGroup)
def audit_plugin(database: Database, groups: Population[DbOptionGroup]) -> bool:
    """One of its option groups has the plugin; RDS's own ("default:mysql-8-4") have none."""
    own = [name for name in database.option_groups if not name.startswith("default:")]
    return any_of(own, lambda name: _group(groups, name).audits)


def _group(groups: Population[DbOptionGroup], name: str) -> DbOptionGroup:
    found = groups.one("name", name)
    if found is None:
        raise UnknownFact("audit_plugin", f"the export of the option groups does not name {name}")
    return found


def _connections_logged(database: Database, groups: Population[DbParameters]) -> bool:
    """An instance's own group goes before that of its cluster."""
    own = [group.log_setting for group in _of_instance(database, groups)] if database.parameter_groups else []
    if any(setting is not None for setting in own):
        return any(own)
    told = None if database.cluster_parameter_group is None else _of_cluster(database, groups).log_setting
    if told is None:
        raise UnknownFact("access_logged", "its parameter groups leave the log of connections to the engine")
    return told


def _of_instance(database: Database, groups: Population[DbParameters]) -> list[DbParameters]:
    """The parameter groups of an instance, one at least, in force.

    RDS says of a group as a whole that it waits for a restart (`pending-reboot`), and not which parameter does. Raises
    `UnknownFact` where it does, and where a group is in no export.
    """
    _in_force(applied=database.parameters_applied)
    whole = [_named(groups, name) for name in database.parameter_groups]
    if not whole:
        raise UnknownFact("parameter_groups", "it names no parameter group")
    return whole


def _of_cluster(database: Database, groups: Population[DbParameters]) -> DbParameters:
    """The parameter group of its cluster, in force. Raises `UnknownFact` as above."""
    _in_force(applied=database.cluster_parameters_applied)
    return _named(groups, str(database.cluster_parameter_group))


def _in_force(*, applied: bool) -> None:
    if not applied:
        text = "what its parameter group says is not in force yet: restart the instance, and export it again"
        raise UnknownFact("parameters_applied", text)


def _named(groups: Population[DbParameters], name: str) -> DbParameters:
    group = groups.one("id", name)
    if group is None:
        raise UnknownFact("parameter_groups", "the export of the parameter groups does not name its group")
    return group
