"""What device managers show is what a device said last, however long ago that was."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from soc2test import Context
from soc2test.resources.unknown import Unknown
from soc2test.sources.item import Item
from soc2test_plugins.device_lists import SILENT, serial_in, unless_silent

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
CONTEXT = Context(as_of=NOW + timedelta(days=5), collected_at=NOW)
arrange = unless_silent("devices", ["seen", "at"], "disk", "threat")


def told(seen: Any, context: Context = CONTEXT) -> Any:
    device = {"id": 1, "seen": seen, "disk": True}
    return arrange({"devices": [device], "total": 1}, context)["devices"][0]


@pytest.mark.parametrize("ago", [timedelta(0), SILENT, -timedelta(days=1)])
def test_what_a_device_said_lately_counts(ago: timedelta) -> None:
    assert told({"at": (NOW - ago).isoformat()})["disk"] is True


def test_it_is_asked_of_the_export_and_else_of_the_moment() -> None:
    seen = {"at": (NOW - SILENT + timedelta(days=1)).isoformat()}
    assert told(seen)["disk"] is True
    assert isinstance(told(seen, Context(as_of=NOW + timedelta(days=5)))["disk"], Unknown)


@pytest.mark.parametrize(
    ("seen", "reason"),
    [
        ({"at": (NOW - SILENT - timedelta(seconds=1)).isoformat()}, "reported last on 2026-10-21, more than 30 days"),
        ({"at": "0001-01-01T00:00:00Z"}, "nothing says when"),
        ({"at": None}, "nothing says when"),
        ({"at": "soon"}, "nothing says when"),
        ({"at": 1794268800}, "nothing says when"),
        ({}, "nothing says when"),
        (None, "nothing says when"),
    ],
)
def test_what_a_silent_device_said_is_unknown_and_all_else_stays(seen: Any, reason: str) -> None:
    device = told(seen)
    assert reason in device["disk"].reason
    assert (device["id"], device["seen"], "threat" in device) == (1, seen, False)


@pytest.mark.parametrize("body", [None, [], {"devices": None}, {"devices": "x"}, {"devices": [None, 7, []]}])
def test_what_is_no_list_of_devices_stays_as_it_is(body: Any) -> None:
    assert arrange(body, CONTEXT) == body


@pytest.mark.parametrize("serial", [None, "", " ", "N/A", "none", 7, True])
def test_a_serial_number_that_names_nothing_is_none(serial: Any) -> None:
    assert serial_in(Item({"serial": serial}), "serial") is None


@pytest.mark.parametrize("item", [Item({}), None, "C02", Unknown("absent")], ids=["empty", "null", "text", "absent"])
def test_where_nothing_is_told_there_is_no_serial_number(item: Any) -> None:
    assert serial_in(item, "serial") is None


def test_a_serial_number() -> None:
    assert serial_in(Item({"serial": "C02ZC2QYLVDL"}), "serial") == "C02ZC2QYLVDL"
