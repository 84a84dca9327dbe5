"""A programme of good and bad things, the people of it, and its waivers.yaml."""

import json
from collections.abc import Mapping
from typing import Any

from programmes import Programme

__all__ = ["ALONE", "BAD", "CONTROLS", "GOOD", "ONE", "people", "prepare", "waive"]

CONTROLS = '''
@control("OWN-01", criteria=["CC6.1"], nature="state")
def test_things_are_good(thing: Thing):
    """Every thing is good."""
    assert thing.good, "is bad"

@control("OWN-02", criteria=["CC6.7"], nature="state")
def test_things_are_named(thing: Thing):
    """Every thing has a name."""
    assert thing.id

@control("OWN-03", criteria=["CC6.8"], nature="state")
def test_things_are_owned(thing: Thing):
    """Every good thing has an owner."""
    assert thing.good or thing.owner is not None

@control("OWN-04", criteria=["CC6.6"], nature="state")
def test_things_are_good_together(things: Population[Thing]):
    """All things are good."""
    for thing in things:
        if not thing.good and thing.id != "whole":
            deviation(thing, "is bad among others")
    assert all(thing.id != "whole" for thing in things), "the whole is bad"
    assert all(thing.owner is not None for thing in things if thing.id == "riddle")
'''
ONE = {
    "id": "WV-1",
    "test": "OWN-01",
    "resources": ["bad"],
    "reason": "The vendor mends it in spring",
    "owner": "ann@acme.example",
    "approver": "ben@acme.example",
    "opened": "2026-11-02",
    "expires": "2027-03-31",
}
GOOD, BAD = {"id": "fine", "good": True}, {"id": "bad", "good": False}
ALONE = "--soc2-control=OWN-01"


def people(**left: str) -> str:
    """Ann and Ben, each of whom may have left; and Ben once more under another address."""
    row = {
        "employment": "employee", "role": "engineer", "manager_email": None, "started_at": "2021-01-04",
        "background_check_at": "2020-12-01", "nda_signed_at": "2020-12-02", "code_of_conduct_version": "1",
        "code_of_conduct_at": "2026-01-05",
    }  # fmt: skip
    names = {"ann": "Ann Real", "ben": "Ben Real", "ben.two": "Ben Real", "ned": "Ned New"}
    starts = {"ned": {"started_at": "2026-11-10"}}
    rows = [
        {
            **row, **starts.get(who, {}), "name": name, "email": f"{who}@acme.example", "active": who not in left,
            **({"ended_at": left[who]} if who in left else {}),
        }
        for who, name in names.items()
    ]  # fmt: skip
    return json.dumps({"register": "people", "as_of": "2026-11-20", "owner": "ann@acme.example", "entries": rows})


def prepare(programme: Programme) -> Programme:
    """Two things of which one is bad."""
    programme.policy(CONTROLS)
    programme.things(GOOD, BAD)
    programme.write("exports/registers/people.yaml", people())
    return programme


def waive(programme: Programme, *entries: Mapping[str, Any]) -> None:
    """A waivers.yaml of these entries, each that of `ONE` but for what it says itself; None takes a key away."""
    whole = [{key: value for key, value in {**ONE, **entry}.items() if value is not None} for entry in entries]
    programme.write("waivers.yaml", json.dumps({"waivers": whole}))
