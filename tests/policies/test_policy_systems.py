"""The inventory of systems: what cases can't say."""

from typing import Any

import pytest
from policy_case import Made, made

from soc2test import DataStore, Host, Repository, System, Workload
from soc2test.testing import check
from soc2test_policies.cc2.assets import test_assets_of_the_inventory_are_there as there
from soc2test_policies.cc2.assets import test_hosts_belong_to_a_system as hosts
from soc2test_policies.cc2.assets import test_repositories_belong_to_a_system as repositories
from soc2test_policies.cc2.assets import test_stores_belong_to_a_system as stores
from soc2test_policies.cc2.assets import test_workloads_belong_to_a_system as workloads

STORE = made(DataStore, "arn:orders", name="orders", copy=False)
HOST = made(Host, "i-0a1b2c", name="web-1", running=True)
REPOSITORY = made(Repository, "github/acme/web", name="web", archived=False)
WORKLOAD = made(Workload, "shop/Deployment/web", name="web")


def _of(*assets: str) -> Made:
    return made(System, "shop", assets=assets)


def _verdict(control: Any, *makes: Made, partial: tuple[type, ...] = ()) -> str:
    return check(control, *(each.build() for each in makes), partial=partial).verdict.value


@pytest.mark.parametrize(
    ("entry", "verdict"),
    [
        ("web-1", "pass"),
        ("i-0a1b2c", "pass"),
        ("web*", "pass"),
        ("i-0*", "pass"),
        ("web-1*", "pass"),
        ("we*", "fail"),  # two letters would take in half of a company
        ("*", "fail"),
        ("web", "fail"),
        ("WEB-1", "fail"),
        ("web-*-x", "fail"),
        ("eb-1*", "fail"),
    ],
)
def test_a_name_with_a_star_is_of_all_that_begin_so(entry: str, verdict: str) -> None:
    assert _verdict(hosts, HOST, _of(entry)) == verdict


@pytest.mark.parametrize(("control", "asset"), [(stores, STORE), (repositories, REPOSITORY), (workloads, WORKLOAD)])
def test_what_does_not_come_and_go_by_itself_is_named(control: Any, asset: Made) -> None:
    """A star takes in what nobody foresaw; the company may say which ones count, and says who approved it."""
    assert _verdict(control, asset, _of(f"{asset.facts['name'][:3]}*")) == "fail"
    wide = [asset.build(), _of(f"{asset.facts['name'][:3]}*").build()]
    allowed, another = (f"{asset.facts['name'][:3]}*",), ("els*",)
    assert check(control, *wide, limits={"prefixes": allowed}).verdict.value == "pass"
    assert check(control, *wide, limits={"prefixes": another}).verdict.value == "fail"


def test_an_empty_inventory_says_nothing_of_what_must_be_in_it() -> None:
    assert _verdict(stores, STORE) == "not_evaluated"
    assert _verdict(stores, STORE, _of()) == "fail"


def test_an_empty_inventory_has_no_assets_that_are_there() -> None:
    assert _verdict(there, STORE) == "fail"


def test_what_is_named_by_one_system_of_two_belongs() -> None:
    assert _verdict(stores, STORE, _of("else"), made(System, "other", assets=("orders",))) == "pass"


@pytest.mark.parametrize("asset", [STORE, HOST, REPOSITORY, WORKLOAD])
def test_assets_of_each_kind_are_there_by_name_or_id(asset: Made) -> None:
    everything = (STORE, HOST, REPOSITORY, WORKLOAD)
    others = [each for each in everything if each is not asset]
    assert _verdict(there, *everything, _of(asset.id)) == "pass"
    assert _verdict(there, *others, _of(asset.id)) == "fail"


@pytest.mark.parametrize("kind", [DataStore, Host, Repository, Workload])
def test_what_no_export_shows_is_unknown_where_a_list_may_not_be_all(kind: type) -> None:
    everything = (STORE, HOST, REPOSITORY, WORKLOAD)
    assert _verdict(there, *everything, _of("gone"), partial=(kind,)) == "not_evaluated"
    assert _verdict(there, *everything, _of("orders", "web-1", "web"), partial=(kind,)) == "pass"
