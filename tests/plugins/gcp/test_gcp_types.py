"""The table of asset types: each stands there once, and what no control tests has its reason."""

from collections import Counter
from pathlib import Path

import pytest
from gcp_reading import asset, gap_codes, load

from soc2test import DataStore, Endpoint, Skip
from soc2test_plugins.gcp.asset_types import ANYTHING, HARMLESS, KINDS, KINDS_READ, TYPES, judge, listed
from soc2test_plugins.gcp.kinds import GcpAsset, GcpBucket, GcpOrgPolicy
from soc2test_plugins.gcp.shapes import READERS


def test_each_type_stands_in_one_place() -> None:
    counts = Counter(name for name, _ in listed())
    assert [name for name, count in counts.items() if count > 1] == []
    assert set(counts) & set(READERS) == set()
    assert set(READERS) == set(KINDS_READ) == TYPES.read


def test_each_word_is_one_of_those_that_are_known() -> None:
    words = {part for _, word in listed() for part in ([word] if word.startswith("-") else word.split("+"))}
    assert words <= {*KINDS, *HARMLESS, "any"}
    assert len(TYPES.others) > 400  # as many as Google's list had, read from the packaged file


@pytest.mark.parametrize(
    ("type_", "kinds"),
    [
        ("bigquery.googleapis.com/Dataset", (DataStore,)),
        ("redis.googleapis.com/Instance", (DataStore,)),
        ("compute.googleapis.com/ForwardingRule", (Endpoint,)),
        ("anthos.googleapis.com/ConnectedCluster", ANYTHING),
        ("futuredb.googleapis.com/Cluster", ANYTHING),
    ],
)
def test_what_is_not_read_is_a_gap_of_what_it_may_be(type_: str, kinds: tuple[type, ...]) -> None:
    word = judge(type_)
    assert word is not None
    assert not isinstance(word, Skip)
    assert word.kinds == kinds


def test_an_unknown_type_is_a_gap_of_stores_and_takes_no_join_away(tmp_path: Path) -> None:
    bucket = asset("//storage.googleapis.com/b", "storage.googleapis.com/Bucket", {"name": "b"})
    inventory = load(tmp_path, [bucket, asset("//x.googleapis.com/y", "x.googleapis.com/Y", {})], [])
    assert gap_codes(inventory, DataStore) == {"unknown_type"}
    for kind in (GcpAsset, GcpBucket, GcpOrgPolicy):
        assert gap_codes(inventory, kind) == set()


def test_each_row_is_a_resource_a_gap_or_a_skip_with_its_reason(tmp_path: Path) -> None:
    rows = [
        asset("//compute.googleapis.com/projects/p/global/firewalls/f", "compute.googleapis.com/Firewall",
              {"disabled": True}),
        asset("//compute.googleapis.com/projects/p/global/healthChecks/h", "compute.googleapis.com/HealthCheck", {}),
        asset("//iam.googleapis.com/projects/p/serviceAccounts/1/keys/k", "iam.googleapis.com/ServiceAccountKey",
              {"keyType": "SYSTEM_MANAGED"}),
    ]  # fmt: skip
    (export,) = load(tmp_path, rows).exports()
    assert sorted(export.skipped) == [
        "a firewall rule that is switched off",
        "a key that Google makes, rotates and never hands out",
        f"compute.googleapis.com/HealthCheck: {HARMLESS['-settings']}",
    ]
