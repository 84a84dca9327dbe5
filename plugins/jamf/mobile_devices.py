"""Phones and tablets, and whether their data is protected.

https://developer.jamf.com/jamf-pro/reference, mobile-devices/detail, whose models jamf-pro-sdk 0.9a1 has (models/pro/
mobile_devices.py). What protects data is Apple's word: "For a device to be protected with Data Protection,
`HardwareEncryptionCaps` must be `3`" - both block-level and file-level encryption - "and `PasscodePresent` must be
`true`" (MDM Protocol Reference, SecurityInfo).
"""

from soc2test import Facts, Item, Skip, Subject, all_of, dig, facts, flag, or_unknown, skip, text
from soc2test_plugins.device_lists import serial_in, unless_silent
from soc2test_plugins.jamf.kinds import JamfMobileDevice
from soc2test_plugins.jamf.source import API, jamf, uid
from soc2test_plugins.jamf.words import owner_of, status_of

_PROTECTED_BY = ("blockLevelEncryptionCapable", "fileLevelEncryptionCapable", "passcodePresent")


@jamf.reads(
    "mobile-devices detail",
    kind=JamfMobileDevice,
    items="results",
    lists=True,
    total="totalCount",
    command=API + 'v2/mobile-devices/detail?section=GENERAL,HARDWARE,SECURITY,USER_AND_LOCATION&page-size=2000"',
    arrange=unless_silent("results", ["general", "lastInventoryUpdateDate"], "security"),
)
def mobile_device(item: Item, at: Subject) -> Facts | Skip:
    """A phone or tablet by its serial number, in use as long as Jamf manages it."""
    serial = serial_in(item["hardware"], "serialNumber")
    id = serial or uid(at, "mobile-devices", item["mobileDeviceId"])
    if text(item["deviceType"]) == "tvOS":
        return skip("an Apple TV is no device that people work on", id)
    return facts(
        id,
        name=dig(item, "general", "displayName"),
        owner_email=or_unknown(lambda: owner_of(item["userAndLocation"], "emailAddress")),
        status=or_unknown(lambda: status_of(dig(item, "general", "managed"))),
        disk_encrypted=or_unknown(lambda: all_of([dig(item, "security", key) for key in _PROTECTED_BY], flag)),
    )
