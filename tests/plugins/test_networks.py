"""Ranges of addresses: whether they let in the internet, alone, together, and over the rules of a group."""

import ipaddress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soc2test import Unknown, UnknownFact
from soc2test_plugins.networks import Opening, lets_in_world, opened_together, weighed

EIGHTHS = [f"{number}.0.0.0/8" for number in range(256)]
PRIVATE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16"]


@pytest.mark.parametrize(
    "ranges",
    [
        ["0.0.0.0/0"],
        ["::/0"],
        ["10.0.0.0/0"],
        ["0.0.0.0/1", "128.0.0.0/1"],
        EIGHTHS,
        EIGHTHS[::2],
        EIGHTHS[1::3],
        [f"{number}.0.0.0/9" for number in range(256)],
        [f"{number:x}00::/8" for number in range(0x20, 0x40)],
        ["2400::/12", "2a00::/12"],
        ["192.0.2.0/24", "a placeholder", "0.0.0.0/0"],
    ],
)
def test_the_internet_alone_and_in_parts(ranges: list[str]) -> None:
    assert lets_in_world(ranges) is True


@pytest.mark.parametrize(
    "ranges",
    [
        [],
        PRIVATE,
        ["fc00::/7", "fe80::/10", "ff00::/8", "64:ff9b::/96"],
        ["224.0.0.0/3", "240.0.0.0/4"],
        ["8.0.0.0/8", "192.0.2.7", "2001:db8::/32"],
        [f"203.{number}.0.0/16" for number in range(200)],
    ],
)
def test_networks_of_somebody_are_not(ranges: list[str]) -> None:
    assert lets_in_world(ranges) is False


@pytest.mark.parametrize("ranges", [["24.0.0.0/8", "50.0.0.0/8"], EIGHTHS[1:100:4], ["192.0.2.0/24", "/0"], [None]])
def test_whose_they_are_may_be_unknown(ranges: list[Any]) -> None:
    with pytest.raises(UnknownFact):
        lets_in_world(ranges)


def test_a_network_of_somebody_beside_one_that_is_open_stays_what_it_is() -> None:
    assert weighed(["192.0.2.0/24", "0.0.0.0/0", "10.0.0.0/8"]) == [False, True, False]
    assert weighed(["8.0.0.0/8", "9.0.0.0/8", "192.0.2.0/24"]) == [True, True, False]


@given(st.lists(st.ip_addresses(v=4), max_size=6), st.integers(min_value=8, max_value=32))
def test_more_ranges_never_let_in_less(addresses: list[ipaddress.IPv4Address], prefix: int) -> None:
    ranges = [f"{address}/{prefix}" for address in addresses]
    answers = [_answer(ranges[:count]) for count in range(len(ranges) + 1)]
    assert answers == sorted(answers)


def _answer(ranges: list[str]) -> int:
    try:
        return 2 if lets_in_world(ranges) else 0
    except UnknownFact:
        return 1


def test_rules_of_a_group_between_them() -> None:
    one, other = EIGHTHS[1:120:8], EIGHTHS[7:224:4]
    found = list(opened_together([Opening("tcp", 20, 22, one), Opening("all", 22, 65535, other)]))
    assert [(each.protocol, each.low, each.high, each.world) for each in found] == [("tcp", 22, 22, True)]


@pytest.mark.parametrize(
    "openings",
    [
        [],
        [Opening("tcp", 22, 22, EIGHTHS)],  # told with the rule itself
        [Opening("tcp", 22, 22, EIGHTHS), Opening("tcp", 22, 22, ["192.0.2.0/24"])],
        [Opening("tcp", 22, 22, EIGHTHS[::2]), Opening("udp", 22, 22, EIGHTHS[1::2])],
        [Opening("tcp", 22, 22, PRIVATE), Opening("tcp", 22, 22, ["192.0.2.0/24"])],
        [Opening("tcp", 22, 22, ["8.0.0.0/8"]), Opening("tcp", 23, 23, ["9.0.0.0/8"])],
    ],
)
def test_rules_that_open_nothing_together(openings: list[Opening]) -> None:
    assert list(opened_together(openings)) == []


def test_rules_between_them_may_be_unknown() -> None:
    (found,) = opened_together([Opening("tcp", 1, 9, ["24.0.0.0/8"]), Opening("tcp", 5, 20, ["50.0.0.0/8"])])
    assert (found.low, found.high) == (5, 9)
    assert isinstance(found.world, Unknown)
