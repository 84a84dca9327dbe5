"""Secrets Manager: secrets, and how old their values are."""

from datetime import datetime

from soc2test import Facts, Item, Skip, Subject, Unknown, UnknownFact, facts, known, listed, or_unknown, skip
from soc2test_plugins.aws.about import SECRET
from soc2test_plugins.aws.kinds import AwsSecret
from soc2test_plugins.aws.references import encrypted_by
from soc2test_plugins.aws.source import aws

CURRENT = "AWSCURRENT"


@aws.reads("secretsmanager list-secrets", kind=AwsSecret, items="SecretList", lists=True, references=[encrypted_by()])
def secret(item: Item, at: Subject) -> Facts | Skip:
    """A secret. `LastRotatedDate` is left out where Secrets Manager never rotated it; `LastChangedDate` is no age of
    the value, as it moves with a tag too."""
    if "DeletedDate" in item and item.time("DeletedDate") is not None:  # asked with --include-planned-deletion
        return skip("deletion is planned: it is no secret in use")
    return facts(
        known(item["ARN"]),
        name=item["Name"],
        rotated_at=or_unknown(lambda: item.time("LastRotatedDate") if "LastRotatedDate" in item else None),
    )


@aws.reads(
    "secretsmanager list-secret-version-ids", kind=AwsSecret, subject="secret", about={"secret": SECRET},
    command="aws secretsmanager list-secret-version-ids --secret-id {secret} --region {region}",
)  # fmt: skip
def versions(body: Item, at: Subject) -> Facts:
    """When the version in use was made: the one way to see that somebody replaced a value by hand."""
    return facts(known(body["ARN"]), version_made_at=or_unknown(lambda: _current(listed(body["Versions"]))))


def _current(found: list[Item]) -> datetime:
    current = [each for each in found if CURRENT in listed(each.or_else("VersionStages", []))]
    made = known(current[0].time("CreatedDate")) if len(current) == 1 else None
    if not isinstance(made, datetime):
        raise UnknownFact("version_made_at", "the export does not name one version in use and when it was made")
    return made


@aws.derives(AwsSecret, "replaced_at")
def replaced_at(secret: AwsSecret) -> datetime:
    """The version in use tells; else the last rotation, as the value can only be younger than that."""
    made = or_unknown(lambda: secret.version_made_at)
    if not isinstance(made, Unknown):
        return made
    return secret.rotated_at or secret.version_made_at  # reading what is not told raises with its reason
