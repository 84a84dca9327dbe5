"""The period benchmark's ten rules as controls: three ask the moment, two join people. Named as in the loop beside it."""

import re
from datetime import datetime, timedelta

from soc2test_programme_plugins.fleet import FleetHost, FleetPerson

from soc2test import Population, control

REGIONS = frozenset({"us-east-1", "us-west-2", "eu-west-1", "eu-central-1"})
NAME = re.compile(r"^host-(prod|staging|dev)-[0-9]{7}$")


@control("FLEET-01", criteria=["CC6.1"], nature="state")
def test_encrypted(host: FleetHost):
    """A host encrypts its disk."""
    assert host.encrypted, "its disk is not encrypted"


@control("FLEET-02", criteria=["CC6.6"], nature="state")
def test_private(host: FleetHost):
    """A host is not reachable from everywhere."""
    assert not host.public, "reachable from everywhere"


@control("FLEET-03", criteria=["A1.2"], nature="state")
def test_backed_up(host: FleetHost):
    """A host is backed up."""
    assert host.backed_up, "not backed up"


@control("FLEET-04", criteria=["CC6.1"], nature="state")
def test_region(host: FleetHost):
    """A host lies in an allowed region."""
    assert host.region in REGIONS, "lies in another region"


@control("FLEET-05", criteria=["CC2.1"], nature="state")
def test_named(host: FleetHost):
    """A host's name follows the convention."""
    assert NAME.match(host.name), "its name breaks the convention"


@control("FLEET-06", criteria=["CC7.1"], nature="state")
def test_patched(host: FleetHost, as_of: datetime):
    """A host was patched within a year."""
    assert host.patched_at >= as_of - timedelta(days=365), "not patched for a year"


@control("FLEET-07", criteria=["CC6.1"], nature="state")
def test_key_is_young(host: FleetHost, as_of: datetime):
    """A host's key is at most a year old."""
    assert host.key_made_at >= as_of - timedelta(days=365), "its key is older than a year"


@control("FLEET-08", criteria=["CC6.2"], nature="state")
def test_reviewed(host: FleetHost, as_of: datetime):
    """Access to a host was reviewed within a year."""
    assert host.reviewed_at >= as_of - timedelta(days=365), "not reviewed within a year"


@control("FLEET-09", criteria=["CC1.3"], nature="state")
def test_owner_works_here(host: FleetHost, people: Population[FleetPerson]):
    """Somebody who works here answers for a host."""
    owner = people.one("login", host.owner)
    assert owner is not None, "its owner is nobody known"
    assert owner.working, "its owner works here no more"


@control("FLEET-10", criteria=["CC6.2"], nature="state")
def test_reviewer_works_here(host: FleetHost, people: Population[FleetPerson]):
    """Somebody who works here reviewed access to a host."""
    reviewer = people.one("login", host.reviewer)
    assert reviewer is not None, "its reviewer is nobody known"
    assert reviewer.working, "its reviewer works here no more"
