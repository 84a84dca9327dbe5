"""The source of the period benchmark: hosts, of which a few change each day, and the people who answer for them."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from soc2test import Facts, Resource, Source, Subject, facts, hookimpl, unpaged


class FleetHost(Resource, frozen=True, gc=False, kw_only=True):
    """A host as the benchmark's export holds it. A kind of its own, so that no shipped control tests it."""

    name: str
    region: str
    encrypted: bool
    public: bool
    """reachable from everywhere"""
    backed_up: bool
    owner: str
    """login of who answers for it"""
    reviewer: str
    """login of who reviewed its access last"""
    patched_at: datetime
    key_made_at: datetime
    reviewed_at: datetime


class FleetPerson(Resource, frozen=True, gc=False, kw_only=True):
    """Somebody who may answer for a host."""

    login: str
    working: bool


fleet = Source("fleet", title="Fleet", paging=unpaged)


@fleet.reads("hosts", kind=FleetHost, items="", lists=True, stream=True, command="python -m benchmarks.period_growth")
def host(item: Mapping[str, Any], at: Subject) -> Facts:
    return facts(
        item["Id"],
        name=item["Name"],
        region=item["Region"],
        encrypted=item["Disk"]["Encrypted"],
        public=item["Network"]["Public"],
        backed_up=item["Backup"]["Enabled"],
        owner=item["Owner"],
        reviewer=item["Review"]["By"],
        patched_at=item["PatchedAt"],
        key_made_at=item["KeyMadeAt"],
        reviewed_at=item["Review"]["At"],
    )


@fleet.reads("people", kind=FleetPerson, items="", lists=True, command="python -m benchmarks.period_growth")
def person(item: Mapping[str, Any], at: Subject) -> Facts:
    return facts(item["Login"], login=item["Login"], working=item["Working"])


@hookimpl
def soc2_sources() -> Iterable[Source]:
    return [fleet]
