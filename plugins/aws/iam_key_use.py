"""IAM: when an access key was used last, asked key by key. The credential report tells it of all keys at once."""

from datetime import datetime

from soc2test import Facts, Item, Population, Subject, UnknownFact, facts, known, or_unknown
from soc2test_plugins.aws.kinds import AccessKey, AccessKeyUse
from soc2test_plugins.aws.source import aws


@aws.reads(
    "iam get-access-key-last-used", kind=AccessKeyUse, lists=True, subject="key", scope=("account",),
    command="aws iam get-access-key-last-used --access-key-id {key}",
)  # fmt: skip
def last_used(body: Item, at: Subject) -> Facts:
    """The date is left out where the key was never used."""
    return facts(at["key"], last_used_at=or_unknown(lambda: _date(known(body["AccessKeyLastUsed"]))))


def _date(use: Item) -> datetime | None:
    used: datetime | None = known(use.time("LastUsedDate")) if "LastUsedDate" in use else None
    return used


@aws.derives(AccessKey, "last_used_at", joins=AccessKeyUse)
def key_last_used(key: AccessKey, uses: Population[AccessKeyUse]) -> datetime | None:
    """As IAM answered for its key id."""
    use = or_unknown(lambda: uses.one("id", key.key))
    if not isinstance(use, AccessKeyUse):
        raise UnknownFact("last_used_at", "export `aws iam get-credential-report`", code="missing")
    return use.last_used_at
