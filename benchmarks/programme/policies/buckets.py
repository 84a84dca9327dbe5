"""The benchmark's ten rules as controls; each control's function is named after its rule."""

import re

from soc2test_programme_plugins.bench import BenchBucket

from soc2test import control

REGIONS = frozenset({"us-east-1", "us-west-2", "eu-west-1", "eu-central-1"})
NAME = re.compile(r"^acme-(prod|staging|dev)-[a-z-]+-[0-9]{7}$")


@control("BENCH-01", criteria=["CC6.1"], nature="state")
def test_encrypted(bucket: BenchBucket):
    """A bucket encrypts what is written to it."""
    assert bucket.algorithm in ("aws:kms", "AES256"), "no default encryption"


@control("BENCH-02", criteria=["CC6.1"], nature="state")
def test_public_blocked(bucket: BenchBucket):
    """A bucket blocks every way of public access."""
    assert bucket.public_blocked, "public access is not blocked"


@control("BENCH-03", criteria=["A1.2"], nature="state")
def test_versioned(bucket: BenchBucket):
    """A bucket keeps former versions."""
    assert bucket.versioning == "Enabled", "versioning is off"


@control("BENCH-04", criteria=["CC7.2"], nature="state")
def test_logged(bucket: BenchBucket):
    """Access to a bucket is logged."""
    assert bucket.logged, "access is not logged"


@control("BENCH-05", criteria=["CC1.3"], nature="state")
def test_owner_tag(bucket: BenchBucket):
    """A bucket names who answers for it."""
    assert bucket.owner, "no owner"


@control("BENCH-06", criteria=["CC6.7"], nature="state")
def test_tls_only(bucket: BenchBucket):
    """A bucket refuses plain HTTP."""
    assert bucket.tls_only, "plain HTTP is allowed"


@control("BENCH-07", criteria=["C1.2"], nature="state")
def test_lifecycle(bucket: BenchBucket):
    """A bucket disposes of what is no longer needed."""
    assert bucket.lifecycle, "no lifecycle rule is on"


@control("BENCH-08", criteria=["CC6.1"], nature="state")
def test_region_ok(bucket: BenchBucket):
    """A bucket lies in an allowed region."""
    assert bucket.region in REGIONS, "lies in another region"


@control("BENCH-09", criteria=["CC6.1"], nature="state")
def test_acl_private(bucket: BenchBucket):
    """A bucket's ACL grants nothing to everybody."""
    for group in bucket.groups:
        assert "AllUsers" not in group and "AuthenticatedUsers" not in group, "its ACL grants to everybody"


@control("BENCH-10", criteria=["CC2.1"], nature="state")
def test_name_ok(bucket: BenchBucket):
    """A bucket's name follows the convention."""
    assert NAME.match(bucket.name), "its name breaks the convention"
