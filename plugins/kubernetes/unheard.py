"""Verbs and resources that are not known here, where roles, logins and certificates are given out.

Kubernetes adds verbs of meaning there (`escalate`, `bind`, `impersonate:user-info`), so a new one may give anything.
Elsewhere an unknown verb does nothing, and people write some that never existed (`describe`, `logs`).
"""

from collections.abc import Iterator

from soc2test_plugins.kubernetes.impersonation import LOGINS, MODES
from soc2test_plugins.kubernetes.rules import EVERY, Rule
from soc2test_plugins.kubernetes.ways import RBAC, READ

__all__ = ["unheard"]

_CERTIFICATES = "certificates.k8s.io"
_PLAIN = (*READ, "create", "update", "patch", "delete", "deletecollection")
_SPECIAL = ("escalate", "bind", "impersonate", "approve", "sign", "attest", "use", "proxy")
_ACTED_AS = tuple(f"impersonate:{mode}" for mode in MODES)
_ACTED = tuple(f"impersonate-on:{mode}:{verb}" for mode in MODES for verb in (*_PLAIN, *_SPECIAL))
_VERBS = frozenset({EVERY, *_PLAIN, *_SPECIAL, *_ACTED_AS, *_ACTED})
"""Those of Kubernetes 1.37 (https://kubernetes.io/docs/reference/access-authn-authz/authorization/#determine-the-request-verb)."""
_RESOURCES = {
    RBAC: ("roles", "rolebindings", "clusterroles", "clusterrolebindings"),
    LOGINS: ("users", "groups", "uids", "userextras", "serviceaccounts", "nodes", "tokenreviews", "selfsubjectreviews"),
    _CERTIFICATES: (
        "certificatesigningrequests",
        "certificatesigningrequests/approval",
        "signers",
        "clustertrustbundles",
        "podcertificaterequests",
    ),
}
_HARMLESS_PARTS = ("status", "finalizers")


def unheard(rule: Rule) -> Iterator[str]:
    """A right such as "unheard verb delegate?" for each verb or resource of these groups that is not known."""
    yield from (f"unheard verb {verb}?" for verb in sorted(_new_verbs(rule)))
    if rule.verbs - set(READ):
        yield from (f"unheard resource {resource}?" for resource in sorted(_new_resources(rule)))


def _new_verbs(rule: Rule) -> set[str]:
    """Of other groups those alone by which somebody acts as somebody else in a way that is not known."""
    new = rule.verbs - _VERBS
    return {verb for verb in new if _guarded(rule) or verb.startswith("impersonate:")}


def _guarded(rule: Rule) -> bool:
    """Whether it is for roles, logins or certificates."""
    if rule.groups & set(_RESOURCES):
        return True
    named = {EVERY, *(resource for resources in _RESOURCES.values() for resource in resources)}
    return EVERY in rule.groups and bool(rule.resources & named)


def _new_resources(rule: Rule) -> set[str]:
    """Of rules for these groups by name: with all groups any resource may be meant."""
    groups = rule.groups & set(_RESOURCES)
    known = {EVERY, *(resource for group in groups for resource in _RESOURCES[group])}
    others = rule.groups - groups
    if not groups or others:
        return set()
    return {resource for resource in rule.resources - known if not _harmless(resource)}


def _harmless(resource: str) -> bool:
    whole, _, part = resource.partition("/")
    return part in _HARMLESS_PARTS or whole in (EVERY, "userextras")
