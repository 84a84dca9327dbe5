"""S3: a bucket, and the resources beside it that hold its settings since version 4 of the provider."""

from typing import Any

from soc2test import Facts, Item, Unknown, UnknownFact, facts, known, meaning, number, or_unknown, text
from soc2test_plugins.aws.documents import denies_plain_http
from soc2test_plugins.aws.openness import delegates, open_to_all
from soc2test_plugins.aws.source import either
from soc2test_plugins.terraform.aws_access import company_key
from soc2test_plugins.terraform.documents import Record
from soc2test_plugins.terraform.kinds import TerraformStore
from soc2test_plugins.terraform.labels import labelled
from soc2test_plugins.terraform.values import blocks, flag_at, only, text_at
from soc2test_plugins.terraform.workspace import Workspace, reader
from soc2test_plugins.versions_kept import days_kept

_VERSIONED = {"Enabled": True, "Disabled": False, "Suspended": False}
_ENFORCED = {"BucketOwnerEnforced": True, "BucketOwnerPreferred": False, "ObjectWriter": False}

_OPEN_ACLS = {
    **dict.fromkeys(("public-read", "public-read-write", "authenticated-read"), True),
    **dict.fromkeys(("private", "aws-exec-read", "log-delivery-write"), False),
    **dict.fromkeys(("bucket-owner-read", "bucket-owner-full-control"), False),
}
_BLOCK = "aws_s3_bucket_public_access_block"
_EVERYBODY = ("/global/AllUsers", "/global/AuthenticatedUsers")


@reader("aws_s3_bucket")
def bucket(record: Record, workspace: Workspace) -> list[Facts]:
    """A bucket. S3 encrypts every object since January 2023, and keeps it in three zones at least."""
    versioned = or_unknown(lambda: _versioned(record, workspace))
    return [
        facts(
            workspace.id(record),
            TerraformStore,
            name=record.values.first("bucket", "bucket_prefix"),
            type=record.type,
            planned=record.planned,
            copy=False,
            public=or_unknown(lambda: _public(record, workspace)),
            encrypted=True,
            customer_key=or_unknown(lambda: _customer_key(record, workspace)),
            tls_only=or_unknown(lambda: _tls_only(record, workspace)),
            access_logged=or_unknown(lambda: _access_logged(record, workspace)),
            versioned=versioned,
            backed_up=versioned,
            backup_days=or_unknown(lambda: _version_days(record, workspace)),
            deletion_protected=or_unknown(lambda: _locked(record, workspace)),
            protected_days=or_unknown(lambda: _lock_days(record, workspace)),
            multi_zone=True,
            **labelled(record.values),
        )
    ]


def _access_logged(record: Record, workspace: Workspace) -> bool:
    """S3's own log is on. Raises `UnknownFact` where it is not: a trail may record the objects instead, and of that
    neither which it records nor whether it delivers is told here."""
    if _setting(record, workspace, "logging", "aws_s3_bucket_logging") is not None:
        return True
    text = "S3 writes no log of its accesses, and whether a trail of CloudTrail records them no plan or state tells"
    raise UnknownFact("access_logged", text)


def _setting(record: Record, workspace: Workspace, block: str, *types: str) -> Item | None:
    """A setting from the resource beside the bucket, else from the bucket's own block; None where neither makes it."""
    beside = workspace.one(record, "bucket", *types)
    if beside is not None:
        return beside.values
    _unless_deleted(record, workspace, types)
    return None if workspace.left_out(record, block) else only(record.values, block)


def _unless_deleted(record: Record, workspace: Workspace, types: tuple[str, ...]) -> None:
    """What a bucket shows of a setting is as it was before this plan takes the setting's own resource away."""
    if record.planned and not record.created and workspace.deleted & set(types):
        raise UnknownFact(types[0], f"the plan deletes a {types[0]}, and the bucket shows what was before")


def _version_days(record: Record, workspace: Workspace) -> int | None:
    """How long overwritten versions stay, by the rules of the bucket."""
    beside = workspace.one(record, "bucket", "aws_s3_bucket_lifecycle_configuration")
    if beside is not None:
        rules, key = blocks(beside.values, "rule"), "noncurrent_days"
    else:
        _unless_deleted(record, workspace, ("aws_s3_bucket_lifecycle_configuration",))
        left = workspace.left_out(record, "lifecycle_rule")
        rules, key = [] if left else blocks(record.values, "lifecycle_rule"), "days"
    of_all: list[int] = []
    of_some: list[int] = []
    for rule in rules:
        ends = only(rule, "noncurrent_version_expiration")
        if ends is not None and _is_on(rule):
            (of_some if _narrowed(rule) else of_all).append(int(number(known(ends[key]))))
    return days_kept(of_all, of_some)


def _is_on(rule: Item) -> bool:
    """The newer resource says it in a word, the bucket's own block by a switch."""
    if "status" in rule:
        return meaning(rule["status"], {"Enabled": True, "Disabled": False})
    return flag_at(rule, "enabled")


def _narrowed(rule: Item) -> bool:
    """Whether a rule is for some of the objects."""
    chosen = only(rule, "filter") or rule
    both = only(chosen, "and") or chosen
    return any(key in both and bool(known(both[key])) for key in ("prefix", "tag", "tags"))


def _versioned(record: Record, workspace: Workspace) -> bool:
    found = _setting(record, workspace, "versioning", "aws_s3_bucket_versioning")
    if found is None:
        return False
    if "versioning_configuration" in found:
        return any(meaning(each["status"], _VERSIONED) for each in blocks(found, "versioning_configuration"))
    return flag_at(found, "enabled", default=False)


def _customer_key(record: Record, workspace: Workspace) -> bool:
    beside = workspace.one(record, "bucket", "aws_s3_bucket_server_side_encryption_configuration")
    found = _setting(
        record, workspace, "server_side_encryption_configuration", "aws_s3_bucket_server_side_encryption_configuration"
    )
    if found is None:
        return False
    defaults = [only(each, "apply_server_side_encryption_by_default") for each in blocks(found, "rule")]
    default = next((each for each in defaults if each is not None), None)
    if default is None or not text(default["sse_algorithm"]).startswith("aws:kms"):
        return False
    where, argument = (record, "server_side_encryption_configuration") if beside is None else (beside, "rule")
    return company_key(workspace, where, argument, default["kms_master_key_id"])


_YEAR = 365


def _locked(record: Record, workspace: Workspace) -> bool:
    """Only a default retention locks each new version."""
    return bool(_retentions(record, workspace))


def _retentions(record: Record, workspace: Workspace) -> list[Item]:
    found = _setting(record, workspace, "object_lock_configuration", "aws_s3_bucket_object_lock_configuration")
    rules = [] if found is None else blocks(found, "rule")
    return [retention for rule in rules for retention in blocks(rule, "default_retention")]


def _lock_days(record: Record, workspace: Workspace) -> int | None:
    """How long each new version is locked, by days or by years; None where nothing locks it."""
    told = [(each.or_else("days", None), each.or_else("years", None)) for each in _retentions(record, workspace)]
    if any(days is None and years is None for days, years in told):
        raise UnknownFact("protected_days", "its object lock says for how many days neither by days nor by years")
    return min((int(number(days)) if days else int(number(years)) * _YEAR for days, years in told), default=None)


def _public(record: Record, workspace: Workspace) -> bool:
    """By its access list or its policy, unless its public access block makes that void.

    A block of the whole account is not seen here, and excuses nothing.
    """

    block = workspace.has(record, "bucket", _BLOCK)

    def blocked(key: str) -> bool:
        found = workspace.one(record, "bucket", _BLOCK)
        return found is not None and flag_at(found.values, key, default=False)

    def by(key: str, open_: Any) -> bool:
        return not either(lambda: blocked(key), lambda: not open_(record, workspace))

    try:
        return either(lambda: by("ignore_public_acls", _open_acl), lambda: by("restrict_public_buckets", _open_policy))
    except UnknownFact as error:
        hint = "" if block else f"; an {_BLOCK} for it would settle that"
        raise UnknownFact("public", f"{error.reason}{hint}") from None


def _open_acl(record: Record, workspace: Workspace) -> bool:
    owners = workspace.one(record, "bucket", "aws_s3_bucket_ownership_controls")
    rules = [] if owners is None else blocks(owners.values, "rule")
    if any(meaning(each["object_ownership"], _ENFORCED) for each in rules):
        return False  # access lists are switched off
    if _listed_open(record, workspace):
        return True
    if rules:
        raise UnknownFact("public", "each of its objects may have an access list of its own")
    return False


def _listed_open(record: Record, workspace: Workspace) -> bool:
    """Whether the bucket's own access list lets everybody in."""
    beside = workspace.one(record, "bucket", "aws_s3_bucket_acl")
    if beside is None:
        _unless_deleted(record, workspace, ("aws_s3_bucket_acl",))
    values = record.values if beside is None else beside.values
    named = or_unknown(lambda: text_at(values, "acl"))
    if not isinstance(named, Unknown) and named is not None:
        return meaning(named, _OPEN_ACLS)
    if beside is None:
        return any(_everybody(each["uri"]) for each in _blocks(values, "grant"))
    policies = _blocks(values, "access_control_policy")
    grants = [grant for each in policies for grant in blocks(each, "grant")]
    return any(_everybody(who["uri"]) for grant in grants for who in _blocks(grant, "grantee"))


def _blocks(values: Item, key: str) -> list[Item]:
    """Blocks that have to be told."""
    known(values[key])
    return blocks(values, key)


def _everybody(uri: Any) -> bool:
    return text(known(uri) or "").endswith(_EVERYBODY)


def _policy(record: Record, workspace: Workspace) -> str | None:
    """The text of its policy; None where it has none."""
    beside = workspace.one(record, "bucket", "aws_s3_bucket_policy")
    if beside is None:
        _unless_deleted(record, workspace, ("aws_s3_bucket_policy",))
    return text_at(record.values if beside is None else beside.values, "policy")


def _open_policy(record: Record, workspace: Workspace) -> bool:
    document = _policy(record, workspace)
    if document is None:
        return False
    if open_to_all(document):
        return True
    if delegates(document):
        raise UnknownFact("public", "its policy leaves the decision to its access points, whose policies are not read")
    return False


def _tls_only(record: Record, workspace: Workspace) -> bool:
    beside = workspace.one(record, "bucket", "aws_s3_bucket_policy")
    if beside is None and workspace.left_out(record, "policy"):
        return False  # without a policy, S3 answers plain HTTP too
    document = _policy(record, workspace)
    return document is not None and denies_plain_http(document, text(record.values["bucket"]))
