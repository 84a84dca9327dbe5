"""Organizations: which organisation an account belongs to."""

from collections.abc import Iterator

from soc2test import EVERY, Facts, Item, Subject, facts, id_text, known
from soc2test_plugins.aws.kinds import AccessAnalyzer, OrganizationAnalyzer, S3Bucket, Trail
from soc2test_plugins.aws.source import aws


@aws.reads(
    "organizations describe-organization", kind=(Trail, AccessAnalyzer, OrganizationAnalyzer, S3Bucket),
    scope=("account",), absent=["AWSOrganizationsNotInUseException"], command="aws organizations describe-organization",
)  # fmt: skip
def organization(body: Item | None, at: Subject) -> Iterator[Facts]:
    """The id of the account's organisation; an error is what an account gets that belongs to none."""
    name = None if body is None else id_text(known(body["Organization"])["Id"])
    for kind in (Trail, AccessAnalyzer, OrganizationAnalyzer, S3Bucket):
        yield facts(EVERY, kind, organization=name)
