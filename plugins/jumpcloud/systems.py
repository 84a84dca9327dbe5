"""Systems: the computers that JumpCloud's agent runs on.

https://docs.jumpcloud.com/api/1.0/index.html, Systems (the OpenAPI of TheJumpCloud/jcapi-powershell at 33e359ebfd3f,
System).
"""

from soc2test import Device, Facts, Item, Subject, Unknown, dig, facts, flag, or_unknown, text
from soc2test_plugins.device_lists import serial_in, unless_silent
from soc2test_plugins.jumpcloud.source import API, jumpcloud, uid

_NOT_TOLD = Unknown(
    "JumpCloud encrypts disks of Windows and macOS alone, and nothing says that it sees those of other systems",
    what="fde",
)


@jumpcloud.reads(
    "systems",
    kind=Device,
    items="results",
    lists=True,
    total="totalCount",
    command=API + 'systems?limit=100"',
    arrange=unless_silent("results", ["lastContact"], "fde"),
)
def system(item: Item, at: Subject) -> Facts:
    """A system, by its serial number.

    What is listed counts as in use: JumpCloud knows no stock, and `active` says no more than that the agent is
    connected now. Servers can't be told apart by anything that is documented, and count as devices. A machine that was
    enrolled twice is one device; where its two entries disagree on the disk, that is unknown.
    """
    return facts(
        serial_in(item, "serialNumber") or uid(at, "systems", item["_id"]),  # virtual machines have none
        name=item["displayName"],
        status="in_use",
        disk_encrypted=or_unknown(lambda: _encrypted(item)),
    )


def _encrypted(item: Item) -> bool | Unknown:
    """`fde.active`: "Indicates if the Full Disk Encryption is active in the system" (API 1.0, FDE)."""
    encrypted = flag(dig(item, "fde", "active"))
    family = text(item["os"]).casefold()
    return encrypted if encrypted or family.startswith(("windows", "mac")) else _NOT_TOLD
