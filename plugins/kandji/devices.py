"""Devices that Kandji manages, and FileVault of its Macs.

https://api-docs.kandji.io, List Devices and Prism, FileVault ("Get FileVault information for macOS"), with the answers
that Kandji shows there (MScottBlake/kandji-openapi at 055d6bc36411; SumoLogic's sumologic-documentation, Kandji).
"""

from typing import Any

from soc2test import Device, Facts, Item, Skip, Subject, Unknown, dig, facts, flag, or_unknown, skip, text
from soc2test_plugins.device_lists import serial_in, unless_silent
from soc2test_plugins.kandji.source import API, kandji, uid

_REMOVED = Unknown("Kandji does not manage it any more, and does not say what became of it", what="is_removed")
_NO_MAC = Unknown("Kandji tells of disks of Macs alone", what="platform")
_NO_ADDRESS = Unknown("the user to whom it is assigned has no address", what="user")


@kandji.reads("devices", kind=Device, items="", lists=True, command=API + 'devices?limit=300"')
def device(item: Item, at: Subject) -> Facts | Skip:
    """A device by its serial number, in use as long as Kandji manages it. The list says nothing of its disk.

    `is_missing` says that it did not report, and no more than that of who has it.
    """
    id, platform = _id(item, at), text(item["platform"])
    if platform == "AppleTV":
        return skip("an Apple TV is no device that people work on", id)
    of_disk = {} if platform == "Mac" else {"disk_encrypted": _NO_MAC}
    return facts(
        id,
        name=item["device_name"],
        owner_email=or_unknown(lambda: _owner(item)),
        status=or_unknown(lambda: _REMOVED if flag(item["is_removed"]) else "in_use"),
        **of_disk,
    )


@kandji.reads(
    "prism filevault",
    kind=Device,
    items="data",
    next="cursor",
    command=API + 'prism/filevault?limit=300"',
    arrange=unless_silent("data", ["last_collected_at"], "status"),
)
def filevault(item: Item, at: Subject) -> Facts:
    """Whether FileVault of a Mac is on, as it was collected last."""
    return facts(_id(item, at), disk_encrypted=or_unknown(lambda: flag(item["status"])))


def _id(item: Item, at: Subject) -> str:
    """The serial number; Kandji's id where a machine has none."""
    return serial_in(item, "serial_number") or uid(at, "devices", item["device_id"])


def _owner(item: Item) -> Any:
    """The address of the user; Kandji writes "" for a device of nobody (mondoo's client of Iru, `EmbeddedUser`)."""
    if item["user"] == "":
        return None
    return text(dig(item, "user", "email")) or _NO_ADDRESS
