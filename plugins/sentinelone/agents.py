"""Agents of SentinelOne: the machines that they run on, their disks, and which say that they do not protect.

The documentation of the API (2.1) is in each console; its schema of an agent has Dirt-Diver/s1-api at 0fe01bb0dc15
(`api/docs/AgentsSchemasAgentViewSchemaMany200Data.md`). What operational states there are and mean stands nowhere else.
"""

from functools import partial
from typing import Any

from soc2test import (
    Device,
    Facts,
    Item,
    Skip,
    Subject,
    Unknown,
    any_of,
    facts,
    flag,
    listed,
    meaning,
    or_unknown,
    skip,
    text,
)
from soc2test_plugins.device_lists import serial_in, unless_silent
from soc2test_plugins.sentinelone.source import AGENTS, API, sentinelone, uid

_NO_DEVICE = "is no device that people work on"
_MACHINES = {
    "desktop": "", "laptop": "",
    **dict.fromkeys(("ecs task", "kubernetes node", "kubernetes pod", "server", "storage"), _NO_DEVICE),
}  # fmt: skip
"""`machineType`. Of "unknown" nobody knows whether it is a device."""
_GONE = Unknown("its agent was removed or decommissioned, and nothing says what became of the device", what="status")
_NO_ADDRESS = Unknown("SentinelOne tells who signed in last by a login, and no address", what="lastLoggedInUserName")
_NOT_TOLD = Unknown(
    "what the operational states of an agent mean is documented in the console alone: nothing shows that it runs",
    what="operationalState",
)
_DOES_NOT_PROTECT = {
    "incompatible_os": True, "unprotected": True,
    **dict.fromkeys(
        (
            "extended_exclusions_partially_accepted", "ne_cf_not_active", "ne_not_running", "none",
            "pending_deprecation", "reboot_needed", "reboot_required", "rebootless_without_dynamic_detection",
            "upgrade_needed", "user_action_needed",
        ),
        False,
    ),
}  # fmt: skip
"""`userActionsNeeded`, "a list of pending user actions", in all words of the schema."""
_SAID = ("encryptedApplications", "userActionsNeeded")


@sentinelone.reads(
    AGENTS,
    kind=Device,
    items="data",
    lists=True,
    total="pagination.totalItems",
    command=API + 'agents?limit=1000"',
    arrange=unless_silent("data", ["lastActiveDate"], *_SAID),
)
def agent(item: Item, at: Subject) -> Facts | Skip:
    """A laptop or desktop by its serial number, in use as long as its agent is there."""
    id = serial_in(item, "serialNumber") or uid(at, "agents", item["id"])
    other = meaning(item["machineType"], _MACHINES)
    if other:
        return skip(other, id)
    return facts(
        id,
        name=or_unknown(lambda: text(item["computerName"])),
        owner_email=_NO_ADDRESS,
        status=or_unknown(lambda: _status(item)),
        disk_encrypted=or_unknown(lambda: flag(item["encryptedApplications"])),
        protected=or_unknown(lambda: _protected(item)),
    )


def _status(item: Item) -> Any:
    gone = any_of([item["isUninstalled"], item["isDecommissioned"]], flag)
    return _GONE if gone else "in_use"


def _protected(item: Item) -> Any:
    """That it does not protect is told; that it does is not."""
    needed = listed(item["userActionsNeeded"])
    actions = [or_unknown(partial(meaning, action, _DOES_NOT_PROTECT)) for action in needed]
    return False if any_of(actions, flag) else _NOT_TOLD
