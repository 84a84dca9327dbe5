"""Microsoft Defender Vulnerability Management: the weaknesses of software on each device.

https://learn.microsoft.com/defender-endpoint/api/get-assessment-software-vulnerabilities: "the current snapshot of the
current state. It doesn't contain historic data", one row for each device, software, version and CVE.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from soc2test import (
    Collecting,
    Facts,
    Item,
    Rights,
    ScopeIdentity,
    Skip,
    Source,
    Subject,
    by_token,
    facts,
    id_text,
    or_unknown,
    skip,
    text,
)
from soc2test_plugins.graph import DENIED, error_info
from soc2test_plugins.vulnerabilities.kinds import DefenderWeakness
from soc2test_plugins.vulnerabilities.severity import severity

__all__ = ["defender"]

_OPERATION = "machines SoftwareVulnerabilitiesByMachine"
_DEVICE = re.compile("[0-9a-f]{40}", re.ASCII)
_API = 'curl --fail-with-body -sS -H "Authorization: Bearer $DEFENDER_TOKEN" "https://api.securitycenter.microsoft.com/api/'


def once(at: Mapping[str, str], operation: str, item: Any) -> Iterator[str]:
    """`deviceId`, "Unique identifier for the device in the service"."""
    id = item.get("deviceId") if isinstance(item, dict) else None
    if isinstance(id, str) and _DEVICE.fullmatch(id):
        yield id


defender = Source(
    "defender",
    title="Microsoft Defender Vulnerability Management",
    hosted_by=["Microsoft Defender", "Defender for Endpoint"],
    sold_by=["Microsoft", "Microsoft 365"],
    scope=("tenant",),
    identity=ScopeIdentity(once=once),
    command=_API + '<path of {operation}>"',
    # with `$top` no further page is named, and not all is there: the command asks by `pageSize`
    paging=by_token("@odata.nextLink"),
    error=error_info,
    denied=(*DENIED, "Unauthorized", "401", "403"),
    collecting=Collecting(
        tools={"curl --version": "7.76.0", "jq --version": "1.5"},  # --fail-with-body came with curl 7.76.0
        variables={"DEFENDER_TOKEN": "a token of an app for https://api.securitycenter.microsoft.com"},
        follow="next_link",
        rights=Rights(
            called="application permissions of WindowsDefenderATP",
            give="to the app registration, with an administrator's consent",
            url="https://learn.microsoft.com/defender-endpoint/api/get-assessment-software-vulnerabilities",
            of={_OPERATION: ("Vulnerability.Read.All",)},
        ),
    ),
    url="https://learn.microsoft.com/defender-endpoint/api/get-assessment-methods-properties",
)


@defender.reads(
    _OPERATION,
    kind=DefenderWeakness,
    items="value",
    lists=True,
    never_empty=True,  # software without a weakness has a row too: no row at all is no device at all
    command=_API + 'machines/SoftwareVulnerabilitiesByMachine?pageSize=50000"',
)
def weakness(item: Item, at: Subject) -> Facts | Skip:
    """A weakness that is there now; one that was fixed is in the export no more, and when that was nothing says."""
    id = "/".join(("defender", at["tenant"], id_text(item["id"])))
    if item["cveId"] is None:
        return skip("software without a known weakness", id)
    return facts(
        id,
        category="host",
        asset=or_unknown(lambda: text(item["deviceName"])),
        severity=severity(item.or_else("vulnerabilitySeverityLevel", None), item.or_else("cvssScore", None)),
        state="open",
        first_seen_at=or_unknown(lambda: item.time("firstSeenTimestamp")),
        closed_at=None,
        dismissed_by=None,
        dismissed_reason=None,
        weakness=or_unknown(lambda: text(item["cveId"])),
        package=or_unknown(lambda: f"{text(item['softwareName'])}@{text(item['softwareVersion'])}"),
    )
