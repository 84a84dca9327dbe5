"""The inventory of systems against what exports show, both ways."""

from typing import Any

from soc2test import DataStore, Host, Population, Repository, System, Workload, any_of, control
from soc2test_policies._assets import NO_PREFIXES, ONE_BY_ONE, is_called, missing_from
from soc2test_policies._joins import problems


@control(
    "SYS-03",
    criteria=["CC2.1"],
    nature="state",
    supports={"CC6.1": "places with information are in the inventory of assets"},
    severity="medium",
    operates="continuously",
    where=lambda store: not store.copy,
    limits={"prefixes": NO_PREFIXES},
    looser={"prefixes": "more"},
    blind_spots=ONE_BY_ONE,
)
def test_stores_belong_to_a_system(store: DataStore, systems: Population[System], limits: Any) -> None:
    """Every data store that exports show is an asset of a system in the inventory; copies go with what they are of.

    `prefixes` are the entries with a star at their end ("pvc-*") that count for stores which nobody names by hand.

    CC2.1: what is known of systems is whole only where it is held against what there is.
    """
    problem = missing_from(systems, store, limits.prefixes)
    assert not problem, problem


@control(
    "SYS-04",
    criteria=["CC2.1"],
    nature="state",
    supports={"CC6.1": "machines are in the inventory of assets"},
    severity="medium",
    operates="continuously",
    where=lambda host: host.running,
)
def test_hosts_belong_to_a_system(host: Host, systems: Population[System]) -> None:
    """Every host that runs is an asset of a system in the inventory.

    An entry with a star at its end ("web-*") is of all hosts that are called so, foreseen or not: they come and go by
    themselves. How many belong to a system by one alone is not counted.

    CC2.1: a machine that no inventory knows is watched, patched and switched off by nobody.
    """
    problem = missing_from(systems, host, ())
    assert not problem, problem


@control(
    "SYS-05",
    criteria=["CC2.1"],
    nature="state",
    supports={"CC8.1": "what is changed belongs to a system that somebody answers for"},
    severity="low",
    operates="continuously",
    where=lambda repository: not repository.archived,
    limits={"prefixes": NO_PREFIXES},
    looser={"prefixes": "more"},
    blind_spots=ONE_BY_ONE,
)
def test_repositories_belong_to_a_system(repository: Repository, systems: Population[System], limits: Any) -> None:
    """Every repository that is not archived is an asset of a system in the inventory, by its own name.

    `prefixes` are the entries with a star at their end that count all the same.

    CC2.1: code that belongs to no known system is changed and released past those who answer for systems.
    """
    problem = missing_from(systems, repository, limits.prefixes)
    assert not problem, problem


@control(
    "SYS-06",
    criteria=["CC2.1"],
    nature="state",
    supports={"CC6.8": "what runs and was not foreseen is found"},
    severity="medium",
    operates="continuously",
    limits={"prefixes": NO_PREFIXES},
    looser={"prefixes": "more"},
    blind_spots=ONE_BY_ONE,
)
def test_workloads_belong_to_a_system(workload: Workload, systems: Population[System], limits: Any) -> None:
    """Every workload that a cluster runs is an asset of a system in the inventory, by its own name.

    `prefixes` are the entries with a star at their end that count all the same. One of another namespace under a name
    of the inventory is taken for what is meant.

    CC2.1: what runs in a cluster and belongs to no known system was started by somebody for something else.
    """
    problem = missing_from(systems, workload, limits.prefixes)
    assert not problem, problem


@control(
    "SYS-07",
    criteria=["CC2.1"],
    nature="state",
    severity="low",
    operates="continuously",
    on_empty="fail",
    beside=("stores", "hosts", "repositories", "workloads"),
)
def test_assets_of_the_inventory_are_there(
    system: System,
    stores: Population[DataStore],
    hosts: Population[Host],
    repositories: Population[Repository],
    workloads: Population[Workload],
) -> None:
    """Every asset that a system of the inventory names is one that exports show, and each system names some.

    CC2.1: an inventory that names what is gone describes a system as it was.
    """
    assert system.assets, "names no asset that it is made of"
    everything: tuple[Population[Any], ...] = (stores, hosts, repositories, workloads)

    def check(entry: str) -> str:
        shown = any_of(everything, lambda assets: any_of(assets, lambda asset: is_called(entry, asset)))
        return "" if shown else f"names {entry}, which no export shows"

    problem = problems(check, system.assets)
    assert not problem, problem
