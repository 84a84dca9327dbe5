"""Devices that are enrolled with Okta Verify, and who signs in with each."""

from soc2test import (
    Facts,
    Item,
    SeenDevice,
    Subject,
    by_full_page,
    dig,
    facts,
    id_text,
    item_of,
    items_of,
    or_unknown,
    translated,
)
from soc2test_plugins.okta.source import API, okta, uid

_STATUSES = {"ACTIVE": True, "CREATED": False, "SUSPENDED": False, "DEACTIVATED": False}
"""Whether a device can be used: one that was made and not activated can't, by Okta's life cycle of devices."""
_PLATFORMS = {"MACOS": True, "WINDOWS": True, "CHROMEOS": True, "ANDROID": False, "IOS": False}
"""Whether the platform is one of computers."""

_ENCRYPTED = {"FULL": True, "USER": True, "ALL_INTERNAL_VOLUMES": True, "SYSTEM_VOLUME": False, "NONE": False}
"""Whether all internal disks are encrypted. FULL and USER are of phones, SYSTEM_VOLUME is the system's volume alone
(https://support.okta.com/help/s/article/using-device-expression-language-attribute-device-profile-diskencryptiontype).
Okta Verify tells it where it may; else it is left out."""


@okta.reads(
    "listDevices",
    kind=SeenDevice,
    items="",
    lists=True,
    paging=by_full_page(20, 200),
    command=API + 'devices?limit=200&expand=userSummary"',
)
def device(item: Item, at: Subject) -> Facts:
    """A device. A phone may keep its serial number to itself; its users are told where the list was asked to expand."""
    return facts(
        uid(at, "devices", item["id"]),
        serial=dig(item, "profile", "serialNumber"),
        computer=translated(dig(item, "profile", "platform"), _PLATFORMS),
        active=translated(item["status"], _STATUSES),
        accounts=or_unknown(lambda: _accounts(item, at)),
        disk_encrypted=translated(dig(item, "profile", "diskEncryptionType"), _ENCRYPTED),
    )


def _accounts(item: Item, at: Subject) -> tuple[str, ...]:
    linked = items_of(dig(item, "_embedded", "users"))
    return tuple(uid(at, id_text(item_of(link["user"])["id"])) for link in linked)
