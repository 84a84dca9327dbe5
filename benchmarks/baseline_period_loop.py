"""What most would write without soc2test, for one day: a pytest item a rule, each a loop over `json.load`.

`BENCH_DATA=FOLDER BENCH_DAY=2026-01-01T12:00:00+00:00 BENCH_FOUND=found.txt pytest benchmarks/baseline_period_loop.py`.
The rules are those of `period_programme`; the items write down what they find and pass.
"""

import json
import os
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

Json = dict[str, Any]

REGIONS = {"us-east-1", "us-west-2", "eu-west-1", "eu-central-1"}
NAME = re.compile(r"^host-(prod|staging|dev)-[0-9]{7}$")
FOLDER = Path(os.environ["BENCH_DATA"])
AS_OF = datetime.fromisoformat(os.environ["BENCH_DAY"])


def load(name: str) -> list[Json]:
    """All resources, in memory."""
    with open(FOLDER / name, encoding="utf-8") as file:
        loaded: list[Json] = json.load(file)
    return loaded


HOSTS = load("hosts.json")
PEOPLE = {person["Login"]: person for person in load("people.json")}


def encrypted(host: Json) -> bool:
    """Its disk is encrypted."""
    return bool(host["Disk"]["Encrypted"])


def private(host: Json) -> bool:
    """It is not reachable from everywhere."""
    return not host["Network"]["Public"]


def backed_up(host: Json) -> bool:
    """It is backed up."""
    return bool(host["Backup"]["Enabled"])


def region(host: Json) -> bool:
    """It lies in an allowed region."""
    return host["Region"] in REGIONS


def named(host: Json) -> bool:
    """Its name follows the convention."""
    return NAME.match(host["Name"]) is not None


def patched(host: Json) -> bool:
    """It was patched within a year."""
    return datetime.fromisoformat(host["PatchedAt"]) >= AS_OF - timedelta(days=365)


def key_is_young(host: Json) -> bool:
    """Its key is at most a year old."""
    return datetime.fromisoformat(host["KeyMadeAt"]) >= AS_OF - timedelta(days=365)


def reviewed(host: Json) -> bool:
    """Access to it was reviewed within a year."""
    return datetime.fromisoformat(host["Review"]["At"]) >= AS_OF - timedelta(days=365)


def owner_works_here(host: Json) -> bool:
    """Its owner is known and works here."""
    owner = PEOPLE.get(host["Owner"])
    return owner is not None and owner["Working"]


def reviewer_works_here(host: Json) -> bool:
    """Its reviewer is known and works here."""
    reviewer = PEOPLE.get(host["Review"]["By"])
    return reviewer is not None and reviewer["Working"]


RULES = (
    encrypted, private, backed_up, region, named, patched, key_is_young, reviewed, owner_works_here, reviewer_works_here,
)  # fmt: skip


@pytest.mark.parametrize("holds", RULES, ids=lambda rule: str(rule.__name__))
def test_rule(holds: Callable[[Json], bool]) -> None:
    """Write down the resources that break a rule; the benchmark compares them with those of the period."""
    ids = [host["Id"] for host in HOSTS if not holds(host)]
    with open(os.environ["BENCH_FOUND"], "a", encoding="utf-8") as file:
        file.writelines(f"test_{holds.__name__}:{id}\n" for id in ids)
