"""How the plugin enters: its source, and the flat layout of Okta's documented examples."""

from collections.abc import Iterable

from soc2test import Claim, Export, Source, hookimpl
from soc2test_plugins.okta import (  # noqa: F401  # they declare
    administrators,
    applications,
    constants,  # it declares
    devices,
    groups,
    policies,
    second_factor,
    session_log,
    sign_on,
    system_log,
    tokens,
    users,
    vouchers,
)
from soc2test_plugins.okta.source import okta

__all__ = ["soc2_claim", "soc2_sources"]

_BY_TYPE = {
    "password": "listPolicies PASSWORD",
    "passwordWithBreachedProtection": "listPolicies PASSWORD",
    "okta-sign-on-policy": "listPolicies OKTA_SIGN_ON",
    "access-policy": "listPolicies ACCESS_POLICY",
}
"""How the examples of `listPolicies` are named; those of other policy types are not read."""


@hookimpl
def soc2_sources() -> Iterable[Source]:
    """The source `okta`."""
    return [okta]


@hookimpl
def soc2_claim(export: Export) -> Claim | None:
    """A file named after the API reference, `<operationId>.<example>.json`, which names no org."""
    if export.path.suffix != ".json":
        return None
    name, _, example = export.path.stem.partition(".")
    operation = _BY_TYPE.get(example, "") if name == "listPolicies" else name
    return Claim("okta", operation) if operation in okta.operations else None
