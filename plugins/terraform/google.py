"""Google Cloud: buckets, firewalls, databases and keys."""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

import jiter

from soc2test import Facts, Item, Unknown, UnknownFact, facts, id_text, known, meaning, number, or_unknown, text
from soc2test_plugins.networks import lets_in_world
from soc2test_plugins.terraform.documents import Record
from soc2test_plugins.terraform.kinds import TerraformKey, TerraformRule, TerraformStore
from soc2test_plugins.terraform.labels import labelled
from soc2test_plugins.terraform.values import blocks, flag_at, listed_at, only, port_range, text_at
from soc2test_plugins.terraform.workspace import Workspace, reader
from soc2test_plugins.versions_kept import DELETES, days_kept

_IN_ZONES = {"REGIONAL": True, "ZONAL": False}
_ANYBODY = ("allUsers", "allAuthenticatedUsers")
_OPEN_ACLS = ("publicRead", "publicReadWrite", "authenticatedRead")
_GRANTS = {
    "google_storage_bucket_iam_member": "member",
    "google_storage_bucket_iam_binding": "members",
    "google_storage_bucket_access_control": "entity",
    "google_storage_default_object_access_control": "entity",
    "google_storage_bucket_acl": "role_entity",
    "google_storage_default_object_acl": "role_entity",
}
_TLS_MODES = {
    "ENCRYPTED_ONLY": True,
    "TRUSTED_CLIENT_CERTIFICATE_REQUIRED": True,
    "ALLOW_UNENCRYPTED_AND_ENCRYPTED": False,
}
_INBOUND = {"INGRESS": True, "EGRESS": False}
_OTHER_PURPOSES = ("ASYMMETRIC_SIGN", "ASYMMETRIC_DECRYPT", "RAW_ENCRYPT_DECRYPT", "MAC", "KEY_ENCAPSULATION")
_PURPOSES = {"ENCRYPT_DECRYPT": True, **dict.fromkeys(_OTHER_PURPOSES, False)}
_INSIDE = {"SOFTWARE": True, "HSM": True, "HSM_SINGLE_TENANT": True, "EXTERNAL": False, "EXTERNAL_VPC": False}
_YEAR = 366 * 86400


@reader("google_storage_bucket")
def bucket(record: Record, workspace: Workspace) -> Iterator[Facts]:
    """A bucket; Cloud Storage encrypts everything, and spreads it over zones."""
    values = record.values
    versions = or_unknown(lambda: _on(values, "versioning", "enabled"))
    yield facts(
        workspace.id(record),
        TerraformStore,
        name=values["name"],
        type=record.type,
        planned=record.planned,
        copy=False,
        public=or_unknown(lambda: _public(record, workspace)),
        encrypted=True,
        customer_key=or_unknown(lambda: _given(values, "encryption", "default_kms_key_name")),
        versioned=versions,
        backed_up=versions,
        backup_days=or_unknown(lambda: _version_days(values)),
        deletion_protected=or_unknown(lambda: bool(blocks(values, "retention_policy"))),
        protected_days=or_unknown(lambda: _retained_days(values)),
        multi_zone=True,
        **labelled(values),
    )


_DAY = 86400


def _retained_days(values: Item) -> int | None:
    periods = [int(number(each["retention_period"])) for each in blocks(values, "retention_policy")]
    return min((seconds // _DAY for seconds in periods), default=None)


def _public(record: Record, workspace: Workspace) -> bool:
    """A grant to anybody, unless public access is prevented. Grants of its project and of others are not seen here."""
    prevention = or_unknown(lambda: text_at(record.values, "public_access_prevention"))
    if not isinstance(prevention, Unknown) and prevention == "enforced":
        return False
    for type_, argument in _GRANTS.items():
        for each in workspace.attached(record, "bucket", type_):
            if any(text(who).rpartition(":")[2] in _ANYBODY for who in _texts(each.values, argument)):
                return True
            if "predefined_acl" in each.values and text_at(each.values, "predefined_acl") in _OPEN_ACLS:
                return True
    for each in workspace.attached(record, "bucket", "google_storage_bucket_iam_policy"):
        if any(who in _ANYBODY for who in _members(text_at(each.values, "policy_data"))):
            return True
    raise UnknownFact("public", 'grants from elsewhere are not seen: set public_access_prevention = "enforced"')


def _texts(values: Item, key: str) -> list[Any]:
    found = known(values[key])
    return [known(each) for each in found] if isinstance(found, list) else [found]


def _members(document: str | None) -> Iterable[str]:
    try:
        policy = jiter.from_json((document or "{}").encode(), catch_duplicate_keys=True)
    except ValueError:
        raise UnknownFact("policy_data", "the policy is not JSON") from None
    bindings = policy.get("bindings") or [] if isinstance(policy, Mapping) else []
    return [str(who) for each in bindings for who in each.get("members") or []]


def _on(values: Item, block: str, key: str) -> bool:
    found = only(values, block)
    return found is not None and flag_at(found, key, default=False)


def _given(values: Item, block: str, key: str) -> bool:
    """A key that is yet to be made is one too."""
    found = only(values, block)
    return found is not None and (isinstance(found[key], Unknown) or text_at(found, key) is not None)


@reader("google_compute_firewall")
def firewall(record: Record, workspace: Workspace) -> Iterator[Facts]:
    """What a firewall rule allows; nothing where it is switched off, or denies."""
    values = record.values
    if or_unknown(lambda: flag_at(values, "disabled", default=False)) is True:
        return
    inbound = or_unknown(lambda: meaning(_unset(record, workspace, "direction") or "INGRESS", _INBOUND))
    world = or_unknown(lambda: _world(record, workspace, known(inbound)))
    allowed = or_unknown(lambda: listed_at(values, "allow"))
    for each in [Item({})] if isinstance(allowed, Unknown) else allowed:
        protocol, ports = or_unknown(partial(_protocol, each)), or_unknown(partial(listed_at, each, "ports"))
        for written in [ports] if isinstance(ports, Unknown) else ports or [None]:
            low, high = _range(written)
            yield facts(
                workspace.id(record, _word(protocol), "all" if written is None else _word(written)),
                TerraformRule,
                planned=record.planned,
                group=workspace.id(record),
                inbound=inbound,
                protocol=protocol,
                from_port=low,
                to_port=high,
                world=world,
            )


def _protocol(allowed: Item) -> str:
    return id_text(allowed["protocol"]).lower()


def _word(value: Any) -> str:
    return "?" if isinstance(value, Unknown) else str(value)


def _unset(record: Record, workspace: Workspace, key: str) -> str | None:
    """A text, None also where a new resource leaves it to the provider's default."""
    return None if workspace.left_out(record, key) else text_at(record.values, key)


def _world(record: Record, workspace: Workspace, inbound: bool) -> bool:
    """Without any source Compute Engine takes all addresses; ranges and tags add up."""
    values, key = record.values, "source_ranges" if inbound else "destination_ranges"
    ranges = [] if key not in values or workspace.left_out(record, key) else listed_at(values, key)
    if not ranges:
        return not any(listed_at(values, each) for each in ("source_tags", "source_service_accounts") if each in values)
    return lets_in_world(ranges)


def _range(written: Any) -> tuple[Any, Any]:
    if written is None or isinstance(written, Unknown):
        return written, written
    return port_range(id_text(written))


@reader("google_sql_database_instance")
def database(record: Record, workspace: Workspace) -> Iterator[Facts]:
    """A database instance; Cloud SQL encrypts everything."""
    values = record.values
    settings = or_unknown(lambda: _settings(values))
    inner = settings if isinstance(settings, Item) else Item({})
    yield facts(
        workspace.id(record),
        TerraformStore,
        name=values["name"],
        type=record.type,
        planned=record.planned,
        copy=or_unknown(lambda: text_at(values, "master_instance_name") is not None),
        public=or_unknown(lambda: _reachable(_block(inner, "ip_configuration"))),
        encrypted=True,
        customer_key=or_unknown(lambda: text_at(values, "encryption_key_name") is not None),
        tls_only=or_unknown(lambda: _tls_only(_block(inner, "ip_configuration"))),
        versioned=or_unknown(lambda: _point_in_time(_block(inner, "backup_configuration"))),
        backed_up=or_unknown(lambda: flag_at(_block(inner, "backup_configuration"), "enabled", default=False)),
        backup_days=or_unknown(lambda: _backups_kept(_block(inner, "backup_configuration"))),
        deletion_protected=or_unknown(lambda: flag_at(inner, "deletion_protection_enabled", default=False)),
        protected_days=None,
        multi_zone=or_unknown(lambda: meaning(text_at(inner, "availability_type") or "ZONAL", _IN_ZONES)),
        **labelled(inner if "user_labels" in inner else values),
    )


def _version_days(values: Item) -> int | None:
    """How long overwritten versions of a bucket's objects stay, by its lifecycle rules."""
    of_all: list[int] = []
    of_some: list[int] = []
    for rule in blocks(values, "lifecycle_rule"):
        condition = _block(rule, "condition")
        deletes = meaning(text_at(_block(rule, "action"), "type"), DELETES)
        if not deletes or _state(condition) == "LIVE":
            continue
        if days := _whole(condition, "days_since_noncurrent_time"):
            narrowed = any(listed_at(condition, key) for key in _OF_SOME if key in condition)
            (of_some if narrowed else of_all).append(days)
        elif _state(condition) == "ARCHIVED" or _whole(condition, "num_newer_versions"):
            raise UnknownFact("backup_days", "a lifecycle rule deletes versions, and not after a number of days")
    return days_kept(of_all, of_some)


_OF_SOME = ("matches_prefix", "matches_suffix", "matches_storage_class")


def _state(condition: Item) -> str | None:
    return text_at(condition, "with_state") if "with_state" in condition else None


def _whole(item: Item, key: str) -> int | None:
    """A number that the provider writes as 0 or null where it is not set."""
    value = known(item[key]) if key in item else None
    return None if value is None else int(number(value)) or None


def _backups_kept(configuration: Item) -> int:
    """One backup a day is made, and seven are kept where nobody set another number."""
    kept = only(configuration, "backup_retention_settings")
    return (kept and _whole(kept, "retained_backups")) or 7


def _settings(values: Item) -> Item:
    return _block(values, "settings")


def _block(values: Item, key: str) -> Item:
    """A nested block that has to be told."""
    known(values[key])
    found = only(values, key)
    if found is None:
        raise UnknownFact(key, f"{key} is not set, and what the provider then does is not told")
    return found


def _reachable(addresses: Item) -> bool:
    """It has a public address, and lets any address connect."""
    if not flag_at(addresses, "ipv4_enabled", default=True):
        return False
    return lets_in_world(network["value"] for network in blocks(addresses, "authorized_networks"))


def _tls_only(addresses: Item) -> bool:
    """`ssl_mode` where it is told, else the older `require_ssl`."""
    mode = text_at(addresses, "ssl_mode") if "ssl_mode" in addresses else None
    if mode is not None and mode not in _TLS_MODES:
        raise UnknownFact("tls_only", "Cloud SQL knows no such mode of TLS, as far as this plugin knows")
    return flag_at(addresses, "require_ssl", default=False) if mode is None else _TLS_MODES[mode]


def _point_in_time(backups: Item) -> bool:
    keys = [key for key in ("point_in_time_recovery_enabled", "binary_log_enabled") if key in backups]
    return any(flag_at(backups, key, default=False) for key in keys)


@reader("google_kms_crypto_key")
def key(record: Record, workspace: Workspace) -> Iterator[Facts]:
    """A key; without a rotation period it does not rotate by itself."""
    values = record.values
    yield facts(
        workspace.id(record),
        TerraformKey,
        planned=record.planned,
        name=values["name"],
        customer_managed=True,
        enabled=True,  # Terraform makes it with a version that is enabled
        symmetric=or_unknown(lambda: _symmetric(values)),
        rotates=or_unknown(lambda: _seconds(text_at(values, "rotation_period")) <= _YEAR),
        next_rotation_at=None,
        deletion_pending=False,  # what Terraform deletes is no longer in the document
    )


def _symmetric(values: Item) -> bool:
    if not meaning(text_at(values, "purpose") or "ENCRYPT_DECRYPT", _PURPOSES):
        return False
    template = None if isinstance(values["version_template"], Unknown) else only(values, "version_template")
    return template is None or meaning(template["protection_level"], _INSIDE)


def _seconds(duration: str | None) -> float:
    """Google writes durations as "7776000s"; it takes no period below a day."""
    seconds = float("inf") if duration is None else float(duration.removesuffix("s"))
    if not seconds > 0:
        raise UnknownFact("rotates", "the period of the rotation is none: Cloud KMS takes a day at least")
    return seconds
