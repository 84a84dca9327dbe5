"""Every shipped control is proven over the sample company, and proofs.json says what was proven of this version."""

import random
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from soc2test.cli.here import Here, open_here
from soc2test.controls.packs import load_pack, pack_folders
from soc2test.evaluation.limits import limits_of
from soc2test.inventory.dating import Clock, given_moment
from soc2test.inventory.load import Loaded
from soc2test.inventory.opening import opened, request_for
from soc2test.proving.proving_all import ToProve, prove_one
from soc2test.proving.saved import saved_proofs

PROOFS = Path(__file__).resolve().parents[2] / "policies" / "proofs.json"
ACME = Path(__file__).resolve().parents[2] / "fixtures" / "acme"


@cache
def programme() -> tuple[Here, Loaded]:
    here = open_here(ACME / "soc2.yaml")
    clock = Clock(given_moment("2026-11-20T12:00:00Z"), given_moment("2026-11-20T12:00:00Z"))
    controls = [known.control for known in here.controls().values()]
    assert here.config is not None
    request = request_for(here.config, here.plugins, here.declared, controls, ACME / "exports", clock)
    return here, opened(here.config, request)


def shipped() -> list[str]:
    packs = [load_pack(*each) for each in pack_folders(None)]
    return [control.id for pack in packs for file in pack.files for control in file.controls]


ANEW = 12


def sampled() -> list[Any]:
    """All of them, those that are not in this version's sample by `make damage` alone: a proof takes most of a second.

    The sample is another one with each change of the pack.
    """
    ids, changed = shipped(), sha256(PROOFS.read_bytes()).hexdigest()
    anew = random.Random(changed).sample(ids, ANEW)  # noqa: S311
    return [id if id in anew else pytest.param(id, marks=pytest.mark.long) for id in ids]


def test_what_is_saved_was_proven_of_this_version_of_each() -> None:
    here, _ = programme()
    saved = saved_proofs(here.packs, None)
    assert [id for id in shipped() if id not in saved or not saved[id].proven] == []


@pytest.mark.each(10)
@pytest.mark.parametrize("id", sampled())
def test_it_can_fail_and_reads_no_unknown_fact_as_good(id: str) -> None:
    here, loaded = programme()
    control = here.controls()[id].control
    own: dict[str, Any] = dict(here.config.limits.get(id, {})) if here.config is not None else {}
    given = ToProve(
        control=control, limits=limits_of(control, own), as_of=loaded.as_of.time, told=loaded.inventory
    )  # fmt: skip
    proof = prove_one(given)
    assert proof.faults == ()
    assert proof.proven
    assert proof.basis.startswith("the exports")
    reasons = {weakness.stated for weakness in proof.blind_spots}
    assert sorted(set(control.blind_spots.values()) - reasons) == []  # what is stated is still so
    saved = saved_proofs(here.packs, None)[id]
    assert saved.proven
    assert saved.facts == tuple(fact.name for fact in proof.facts if fact.decides)
