"""Computers, and the encryption of the partition that they start from.

https://developer.jamf.com/jamf-pro/reference, computers-inventory, whose models jamf-pro-sdk 0.9a1 has (models/pro/
computers.py). A section that was not asked for is null.
"""

from soc2test import Device, Facts, Item, Subject, Unknown, dig, facts, meaning, or_unknown
from soc2test_plugins.device_lists import serial_in, unless_silent
from soc2test_plugins.jamf.source import API, jamf, uid
from soc2test_plugins.jamf.words import owner_of, status_of

_UNKNOWN = Unknown("Jamf itself does not know the state of the disk", what="partitionFileVault2State")
_OPTIMIZING = Unknown(
    "Jamf does not document whether a disk that is optimized is encrypted", what="partitionFileVault2State"
)
_ENCRYPTED: dict[str, bool | Unknown] = {
    "ENCRYPTED": True,
    "OPTIMIZING": _OPTIMIZING,
    "UNKNOWN": _UNKNOWN,
    **dict.fromkeys(
        (
            "DECRYPTED", "DECRYPTING", "DECRYPTING_PAUSED", "ENCRYPTING", "ENCRYPTING_PAUSED", "INELIGIBLE",
            "RESTART_NEEDED", "UNENCRYPTED",
        ),
        False,
    ),
}  # fmt: skip
"""All that the API documents: what is on its way to encryption, or waits for a restart, is not encrypted yet. VALID, in
the example of the vendor's reference, is none of them."""


@jamf.reads(
    "computers-inventory",
    kind=Device,
    items="results",
    lists=True,
    total="totalCount",
    command=API + 'v3/computers-inventory?section=GENERAL,HARDWARE,DISK_ENCRYPTION,USER_AND_LOCATION&page-size=2000"',
    arrange=unless_silent("results", ["general", "lastContactTime"], "diskEncryption"),
)
def computer(item: Item, at: Subject) -> Facts:
    """A computer by its serial number, in use as long as Jamf manages it."""
    serial = serial_in(item["hardware"], "serialNumber")
    return facts(
        serial or uid(at, "computers", item["id"]),
        name=dig(item, "general", "name"),
        owner_email=or_unknown(lambda: owner_of(item["userAndLocation"], "email")),
        status=or_unknown(lambda: status_of(dig(item, "general", "remoteManagement", "managed"))),
        disk_encrypted=or_unknown(lambda: _encrypted(item)),
    )


def _encrypted(item: Item) -> bool:
    state = dig(item, "diskEncryption", "bootPartitionEncryptionDetails", "partitionFileVault2State")
    return meaning(state, _ENCRYPTED)
