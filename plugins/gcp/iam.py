"""IAM: policies, service accounts and their keys."""

from collections.abc import Iterator
from typing import Any

from soc2test import (
    Facts,
    Item,
    Said,
    UnknownFact,
    facts,
    flag,
    id_text,
    items_of,
    listed,
    meaning,
    or_unknown,
    skip,
    text,
)
from soc2test_plugins.gcp.kinds import AuditLog, GcpAccountName, GcpServiceAccount, GcpServiceAccountKey
from soc2test_plugins.gcp.members import ANYBODY
from soc2test_plugins.gcp.shapes import Asset, reader

__all__ = ["policy_facts"]

_TYPES = {"1": "ADMIN_READ", "2": "DATA_WRITE", "3": "DATA_READ"}
"""gcloud writes the names, some exports the numbers."""
_GOOGLES = {"SYSTEM_MANAGED": True, "USER_MANAGED": False}


def policy_facts(name: str, policy: Any) -> Facts:
    """What a policy grants to anybody, and what of it is logged."""
    if not isinstance(policy, Item):
        raise UnknownFact("iamPolicy", "the row holds no IAM policy: export with --content-type=iam-policy")
    return facts(
        name,
        anyone=or_unknown(lambda: _anyone(policy)),
        audited=or_unknown(lambda: tuple(_audited(policy))),
    )


def _bindings(policy: Item) -> list[Item]:
    """Google leaves an empty list out."""
    return items_of(policy.or_else("bindings", []))


def _members(binding: Item) -> list[str]:
    return [text(each) for each in listed(binding.or_else("members", []))]


def _anyone(policy: Item) -> tuple[str, ...]:
    open_to_all = (each for each in _bindings(policy) if any(member in ANYBODY for member in _members(each)))
    return tuple(sorted({id_text(each["role"]) for each in open_to_all}))


def _audited(policy: Item) -> Iterator[AuditLog]:
    configs = policy.first("auditConfigs", "audit_configs") if _has_audit(policy) else []
    for config in listed(configs):
        service = text(config["service"])
        for log in listed(config.first("auditLogConfigs", "audit_log_configs")):
            log_type = id_text(log.first("logType", "log_type"))
            yield AuditLog(service=service, log_type=_TYPES.get(log_type, log_type), exempts=_exempts(log))


def _has_audit(policy: Item) -> bool:
    return "auditConfigs" in policy or "audit_configs" in policy


def _exempts(log: Item) -> bool:
    return any(log.or_else(key, []) for key in ("exemptedMembers", "exempted_members"))


@reader("iam.googleapis.com/ServiceAccount")
def service_account(asset: Asset) -> Iterator[Facts]:
    """A service account; `disabled` is left out where it is not."""
    address = id_text(asset.data["email"])
    yield facts(
        f"{asset.scope}/{address}",
        GcpAccountName,
        scope=asset.scope,
        asset=asset.name,
        email=address,
        parents=asset.parents,
    )
    active = or_unknown(lambda: not flag(asset.data.or_else("disabled", False)))
    yield facts(
        asset.name,
        GcpServiceAccount,
        name=asset.data["email"],
        email=None,  # its address is no person's
        human=False,
        root=False,
        active=active,
        password=False,
        owner=None,
        **({"disabled_at": None} if active is True else {}),
    )


@reader("iam.googleapis.com/ServiceAccountKey")
def key(asset: Asset) -> Iterator[Said]:
    """A key. Google makes, rotates and never hands out those of type SYSTEM_MANAGED."""
    data = asset.data
    if meaning(data["keyType"], _GOOGLES):
        yield skip("a key that Google makes, rotates and never hands out")
        return
    yield facts(
        asset.name,
        GcpServiceAccountKey,
        identity=asset.name.rpartition("/keys/")[0],
        category="access_key",
        active=or_unknown(lambda: not flag(data.or_else("disabled", False))),
        root=False,
        created_at=data.time("validAfterTime"),
        expires_at=or_unknown(lambda: _expiry(data)),
    )


def _expiry(data: Item) -> Any:
    """Google writes the year 9999 for never."""
    moment = data.time("validBeforeTime")
    return None if text(data["validBeforeTime"]).startswith("9999-") else moment
