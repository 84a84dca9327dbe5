"""Devices that Intune manages.

https://learn.microsoft.com/graph/api/resources/intune-devices-manageddevice; the words are those of msgraph-sdk 1.65.0,
each with Microsoft's own sentence (`ManagementState`, `ComplianceState`, `ManagedDevicePartnerReportedHealthState`).
"""

from collections.abc import Iterator

from soc2test import (
    Device,
    Facts,
    Item,
    Subject,
    Unknown,
    UnknownFact,
    facts,
    flag,
    known,
    or_unknown,
    text,
    translated,
)
from soc2test_plugins.device_lists import serial_in, unless_silent
from soc2test_plugins.graph import GRAPH, as_graph
from soc2test_plugins.intune.kinds import IntuneCompliance
from soc2test_plugins.intune.source import intune, uid

_SELECT = (
    "id,deviceName,serialNumber,emailAddress,userPrincipalName,managementState,isEncrypted,complianceState,"
    "partnerReportedThreatState,lastSyncDateTime"
)

_LEAVING = Unknown("Intune was told to retire, wipe or delete it, and does not say who has it", what="managementState")
_FOUND = Unknown("Intune found it and did not enrol it, so that nothing of it is known", what="managementState")
_LATER = Unknown("Microsoft says no more of this word than that it stands for later ones")
_STATES: dict[str, str | Unknown] = {
    "managed": "in_use",
    "unhealthy": "in_use",
    **dict.fromkeys(("retireFailed", "wipeFailed", "retireCanceled", "wipeCanceled"), "in_use"),
    **dict.fromkeys(("retirePending", "retireIssued", "wipePending", "wipeIssued", "deletePending"), _LEAVING),
    "discovered": _FOUND,
    "unknownFutureValue": _LATER,
}
"""Whether it is in use; a command that failed or was taken back changed nothing."""

_UNTOLD = Unknown("Intune does not say whether the device complies", what="complianceState")
_ELSEWHERE = Unknown("Configuration Manager manages it, and says there whether it complies", what="complianceState")
_COMPLIANCE: dict[str, bool | Unknown] = {
    "compliant": True,
    "noncompliant": False,
    "inGracePeriod": False,
    **dict.fromkeys(("conflict", "error", "unknown"), _UNTOLD),
    "configManager": _ELSEWHERE,
}
"""Whether it keeps the rules; of `inGracePeriod` Microsoft says that it does not, and "still has access"."""

_UNREPORTED = Unknown("no mobile threat defense has reported of it to Intune", what="partnerReportedThreatState")
_THREATS: dict[str, bool | Unknown] = {
    **dict.fromkeys(("secured", "lowSeverity", "mediumSeverity", "highSeverity", "compromised"), True),
    **dict.fromkeys(("unresponsive", "misconfigured"), False),
    **dict.fromkeys(("unknown", "activated", "deactivated"), _UNREPORTED),
}
"""Whether a partner's protection runs and reports, whatever threat it reports of. Where none does, another may that is
no partner of Intune."""


@intune.reads(
    "deviceManagement managedDevices",
    kind=(Device, IntuneCompliance),
    items="value",
    lists=True,
    prepare=as_graph,
    command=GRAPH + f'deviceManagement/managedDevices?\\$select={_SELECT}"',
    arrange=unless_silent(
        "value", ["lastSyncDateTime"], "isEncrypted", "complianceState", "partnerReportedThreatState"
    ),
)
def device(item: Item, at: Subject) -> Iterator[Facts]:
    """A device by its serial number. A personal one counts too: what is managed has data of the company.

    "If Yes, the data stored on the device is encrypted", on Windows, macOS, iOS, iPadOS and Android
    (learn.microsoft.com, See device details in Intune, Encrypted); of Windows the drive of the system alone is meant
    (Monitor device encryption). Compliance is no word on encryption: what it asks for is the company's policy.
    """
    id = serial_in(item, "serialNumber") or uid(at, "devices", item["id"])
    yield facts(
        id,
        Device,
        name=item["deviceName"],
        owner_email=or_unknown(lambda: _owner(item)),
        status=translated(item["managementState"], _STATES),
        disk_encrypted=or_unknown(lambda: flag(item["isEncrypted"])),
        protected=translated(item["partnerReportedThreatState"], _THREATS),
    )
    kept = translated(item["complianceState"], _COMPLIANCE)
    yield facts(uid(at, "compliance", item["id"]), IntuneCompliance, device=id, rules_kept=kept)


def _owner(item: Item) -> str | None:
    """ "Email(s) for the user", or the name by which the user signs in; nobody's where both are empty."""
    told = [known(item[key]) for key in ("emailAddress", "userPrincipalName")]
    addresses = [address for address in told if address is not None and text(address)]
    if not addresses:
        return None
    if addresses[0].count("@") != 1:
        raise UnknownFact("emailAddress", "the user of the device has several addresses, or none of the usual shape")
    return text(addresses[0])
