"""What lists of device managers have in common: serial numbers, and devices that they have not heard of for long."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from soc2test import Context, Item, Unknown, is_placeholder

__all__ = ["SILENT", "serial_in", "unless_silent"]

SILENT = timedelta(days=30)
"""A manager shows what a device said last, however long ago that was. After 30 days without a word Intune no longer
takes it, unless a company says otherwise (learn.microsoft.com, Compliance policies in Intune, "Compliance status
validity period (days)")."""


def serial_in(item: Any, key: str) -> str | None:
    """The serial number, the id of a device in each list; None where there is none, as of virtual machines."""
    serial = item.or_else(key, None) if isinstance(item, Item) else None
    if isinstance(serial, str) and serial.strip() and not is_placeholder(serial):
        return serial
    return None


def unless_silent(items: str, heard: Sequence[str], *said: str) -> Callable[[Any, Context], Any]:
    """An arrange function: of devices that were silent for long, what they said last is unknown.

    items  key of the list of devices
    heard  way from a device to the time when it reported last
    said   its keys that hold what it reported
    """

    def arrange(body: Any, context: Context) -> Any:
        devices = body.get(items) if isinstance(body, dict) else None
        if not isinstance(devices, list):
            return body
        return {**body, items: [_heard_of(device, heard, said, context) for device in devices]}

    return arrange


def _heard_of(device: Any, heard: Sequence[str], said: Sequence[str], context: Context) -> Any:
    if not isinstance(device, dict):
        return device
    reason = _silence(_last_heard(device, heard, context), context.moment)
    if not reason:
        return device
    unheard = {key: Unknown(reason, what=key) for key in said if key in device}
    return {**device, **unheard}


def _last_heard(device: Any, heard: Sequence[str], context: Context) -> datetime | None:
    value = device
    for key in heard:
        value = value.get(key) if isinstance(value, dict) else None
    try:
        return context.time(value) if isinstance(value, str) else None
    except ValueError:  # no time, or one that means never
        return None


def _silence(last: datetime | None, moment: datetime) -> str:
    """Why what a device said last tells nothing of now; "" where it does."""
    if last is None:
        return "nothing says when the device reported last, so that what it said may be of any age"
    if moment - last <= SILENT:
        return ""
    since = f"{last:%Y-%m-%d}"
    return f"the device reported last on {since}, more than {SILENT.days} days before, and may have changed since"
