"""S3: who may read or write a bucket, and how."""

from collections.abc import Callable

from soc2test import (
    Facts,
    Item,
    Subject,
    Unknown,
    UnknownFact,
    facts,
    item_of,
    items_of,
    known,
    meaning,
    or_unknown,
    text,
)
from soc2test_plugins.aws.about import BUCKET_OF_POLICY
from soc2test_plugins.aws.documents import denies_plain_http
from soc2test_plugins.aws.kinds import S3Bucket
from soc2test_plugins.aws.openness import delegates, open_to_all
from soc2test_plugins.aws.outsiders import outsiders_of
from soc2test_plugins.aws.s3 import bucket_id, s3
from soc2test_plugins.aws.source import aws, either

__all__ = ["EVERYBODY"]

GRANTEES = {"Group": True, "CanonicalUser": False, "AmazonCustomerByEmail": False}
_NAMED_BY = {"CanonicalUser": "ID", "AmazonCustomerByEmail": "EmailAddress"}
OWNERSHIP = {"BucketOwnerEnforced": False, "BucketOwnerPreferred": True, "ObjectWriter": True}
"""Whether the access lists of a bucket and of its objects have force."""
EVERYBODY = ("/global/AllUsers", "/global/AuthenticatedUsers")


@s3("get-bucket-acl")
def bucket_acl(body: Item, at: Subject) -> Facts:
    """Grants to everybody, or to everybody with any AWS account."""
    return facts(
        bucket_id(at, at["bucket"]),
        acl_public=any(_everybody(grant["Grantee"]) for grant in items_of(body["Grants"])),
        acl_outsiders=or_unknown(lambda: _others_in_list(body)),
    )


def _others_in_list(body: Item) -> tuple[str, ...]:
    """People and accounts with a grant that are not its owner: S3 names accounts by their canonical ids."""
    owner = text(known(body["Owner"])["ID"])
    grantees = [item_of(grant["Grantee"]) for grant in items_of(body["Grants"])]
    single = [grantee for grantee in grantees if not meaning(grantee["Type"], GRANTEES)]
    named = {text(grantee[_NAMED_BY[text(grantee["Type"])]]) for grantee in single}
    return tuple(sorted(named - {owner}))


def _everybody(grantee: Item) -> bool:
    """A group is named by its address; people and accounts have none."""
    return meaning(grantee["Type"], GRANTEES) and text(grantee["URI"]).endswith(EVERYBODY)


@s3("get-bucket-policy-status", absent=["NoSuchBucketPolicy"])
def bucket_policy_status(body: Item | None, at: Subject) -> Facts:
    """AWS's own verdict on the policy."""
    public = False if body is None else known(body["PolicyStatus"])["IsPublic"]
    return facts(bucket_id(at, at["bucket"]), policy_public=public)


@s3("get-bucket-policy", absent=["NoSuchBucketPolicy"], about={"bucket": BUCKET_OF_POLICY})
def bucket_policy(body: Item | None, at: Subject) -> Facts:
    """The policy, JSON in a string: does it refuse plain HTTP?"""
    name = at["bucket"]
    if body is None:
        return facts(
            bucket_id(at, name), tls_only=False, policy_open=False, policy_delegates=False, policy_outsiders=()
        )  # fmt: skip
    document = known(body["Policy"])
    return facts(
        bucket_id(at, name),
        tls_only=or_unknown(lambda: denies_plain_http(document, name)),
        policy_open=or_unknown(lambda: open_to_all(document)),
        policy_delegates=or_unknown(lambda: delegates(document)),
        policy_outsiders=or_unknown(lambda: outsiders_of(document)),
    )


@s3("get-bucket-ownership-controls", absent=["OwnershipControlsNotFoundError"])
def bucket_ownership(body: Item | None, at: Subject) -> Facts:
    """Whether access lists have force. Without controls, as older buckets are, they have."""
    has_force = True if body is None else or_unknown(lambda: _lists_have_force(known(body["OwnershipControls"])))
    return facts(bucket_id(at, at["bucket"]), object_acls=has_force)


def _lists_have_force(controls: Item) -> bool:
    words = [meaning(rule["ObjectOwnership"], OWNERSHIP) for rule in items_of(controls["Rules"])]
    if len(words) != 1:
        raise UnknownFact("object_acls", "the bucket's ownership controls have not one rule")
    return words[0]


@s3("get-public-access-block", absent=["NoSuchPublicAccessBlockConfiguration"])
def bucket_block(body: Item | None, at: Subject) -> Facts:
    """The bucket's own block; the two settings that take effect on what is public already."""
    if body is None:
        return facts(bucket_id(at, at["bucket"]), ignores_acls=False, restricts_policy=False)
    block = known(body["PublicAccessBlockConfiguration"])
    return facts(
        bucket_id(at, at["bucket"]),
        ignores_acls=block["IgnorePublicAcls"],
        restricts_policy=block["RestrictPublicBuckets"],
    )


@aws.derives(S3Bucket, "policy_public")
def policy_public(bucket: S3Bucket) -> bool:
    """Read from the policy itself; a condition only AWS can weigh."""
    return bucket.policy_open


@aws.derives(S3Bucket, "public")
def public(bucket: S3Bucket) -> bool:
    """Public by ACL or by policy, unless the block of the bucket or of the account makes that void."""
    return either(lambda: _by_acl(bucket), lambda: _by_policy(bucket))


@aws.derives(S3Bucket, "outsiders")
def outsiders(bucket: S3Bucket) -> tuple[str, ...]:
    """By its policy, and by its access list where lists have force; one that names somebody shows that they have."""
    listed = or_unknown(lambda: bucket.acl_outsiders)
    if isinstance(listed, Unknown):
        listed = () if _surely(lambda: not bucket.object_acls) else bucket.acl_outsiders
    return tuple(sorted({*bucket.policy_outsiders, *listed}))


def _by_acl(bucket: S3Bucket) -> bool:
    return not either(lambda: bucket.account_ignores_acls, lambda: bucket.ignores_acls, lambda: not _open_acls(bucket))


def _open_acls(bucket: S3Bucket) -> bool:
    """Whether the bucket's access list lets everybody in, or may let them in to objects, each of which has its own.

    Where lists have no force S3 shows none that is open: an open one tells by itself that they have.
    """
    if _surely(lambda: not bucket.object_acls):
        return False
    if _surely(lambda: bucket.acl_public):
        return True
    if not bucket.object_acls or bucket.acl_public:  # raises what is not told of them
        return bucket.object_acls
    text = "no block is in force and each object may have an access list of its own, which may let everybody in"
    raise UnknownFact("public", text)


def _by_policy(bucket: S3Bucket) -> bool:
    return not either(
        lambda: bucket.account_restricts_policy, lambda: bucket.restricts_policy, lambda: not _open_policy(bucket)
    )


def _open_policy(bucket: S3Bucket) -> bool:
    if bucket.policy_public:
        return True
    if _surely(lambda: bucket.policy_open):
        raise UnknownFact(
            "public", "its policy lets anybody in and the policy's status says that it does not: one is older, or wrong"
        )
    if bucket.policy_delegates:
        raise UnknownFact("public", "its policy leaves the decision to its access points, whose policies are not read")
    return False


def _surely(ask: Callable[[], bool]) -> bool:
    """True where it is known and so."""
    return or_unknown(ask) is True
