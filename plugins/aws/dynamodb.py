"""DynamoDB: tables."""

from soc2test import Facts, Item, Subject, UnknownFact, facts, known, listed, or_unknown, text, translated
from soc2test_plugins.aws.about import TABLE_OF_POLICY, last
from soc2test_plugins.aws.documents import denies_without_tls
from soc2test_plugins.aws.ebs import CLASSIFICATION
from soc2test_plugins.aws.kinds import DynamoTable
from soc2test_plugins.aws.openness import open_to_all
from soc2test_plugins.aws.outsiders import outsiders_of
from soc2test_plugins.aws.references import encrypted_by
from soc2test_plugins.aws.source import arn, aws, either
from soc2test_plugins.aws.stores import has_recovery_point
from soc2test_plugins.aws.tags import tag, tags_of

RECOVERY_DAYS = 35
"""How far point-in-time recovery reaches back where the table has no period of its own."""
_LOCKED = ("INACCESSIBLE_ENCRYPTION_CREDENTIALS", "ARCHIVING", "ARCHIVED")
_SWITCH = {"ENABLED": True, "DISABLED": False}
ARN = "arn:{partition}:dynamodb:{region}:{account}:table/{table}"
"""What takes no name of a table; the account is told by its number."""


def table_id(at: Subject, table: str) -> str:
    """A table's ARN, from its name or ARN."""
    return arn(at, "dynamodb", f"table/{table.rpartition('/')[2]}")


@aws.reads("dynamodb list-tables", kind=DynamoTable, items="TableNames", lists=True, entry="text")
def table(name: str, at: Subject) -> Facts:
    """A table; DynamoDB encrypts each and keeps it in three zones."""
    return facts(table_id(at, name), name=name, encrypted=True, multi_zone=True, grows=True)


@aws.reads(
    "dynamodb describe-table", kind=DynamoTable, subject="table",
    about={"table": last("Table.TableName", "Table.TableArn", exact=True)},
    command="aws dynamodb describe-table --table-name {table} --region {region}",
    references=[encrypted_by("Table.SSEDescription.KMSMasterKeyArn")],
)  # fmt: skip
def details(body: Item, at: Subject) -> Facts:
    """Its key, where DynamoDB can use it."""
    item = known(body["Table"])
    return facts(
        table_id(at, text(item.or_else("TableName", at["table"]))),
        kms_key=or_unknown(lambda: _key(item)),
        deletion_protected=item["DeletionProtectionEnabled"],
    )


def _key(item: Item) -> str | None:
    """`SSEDescription` is left out where DynamoDB's own key is used, which no customer sees.

    Raises `UnknownFact` where DynamoDB can't use the key, whatever KMS says of it: its operations fail, and after seven
    days the table is archived. The date of that goes away once it can
    (https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_SSEDescription.html and API_TableDescription).
    """
    sse = item.or_else("SSEDescription", None)
    if sse is None:
        return None
    since, status = sse.or_else("InaccessibleEncryptionDateTime", None), text(item["TableStatus"])
    if since is not None or status in _LOCKED:
        raise UnknownFact("kms_key", f"DynamoDB can't use its key (status {status}): what it holds can't be read")
    return text(sse["KMSMasterKeyArn"])


@aws.reads(
    "dynamodb describe-continuous-backups", kind=DynamoTable, subject="table",
    command="aws dynamodb describe-continuous-backups --table-name {table} --region {region}",
)  # fmt: skip
def continuous_backups(body: Item, at: Subject) -> Facts:
    """Point-in-time recovery."""
    recovery = known(body["ContinuousBackupsDescription"])["PointInTimeRecoveryDescription"]
    return facts(
        table_id(at, at["table"]),
        versioned=translated(recovery["PointInTimeRecoveryStatus"], _SWITCH),
        recovery_days=recovery.or_else("RecoveryPeriodInDays", RECOVERY_DAYS),
    )


@aws.derives(DynamoTable, "backed_up")
def backed_up(table: DynamoTable) -> bool:
    """Point-in-time recovery, or a recovery point of AWS Backup."""
    return either(lambda: table.versioned, lambda: has_recovery_point(table, table.id))


@aws.reads(
    "dynamodb get-resource-policy", kind=DynamoTable, subject="table", absent=["PolicyNotFoundException"],
    about={"table": TABLE_OF_POLICY},
    command=f"aws dynamodb get-resource-policy --resource-arn {ARN} --region {{region}}",
)  # fmt: skip
def resource_policy(body: Item | None, at: Subject) -> Facts:
    """Without a policy nobody outside the account reads it; DynamoDB's endpoints also answer plain HTTP."""
    if body is None:
        return facts(table_id(at, at["table"]), public=False, tls_only=False, outsiders=())
    document = known(body["Policy"])
    return facts(
        table_id(at, at["table"]),
        public=or_unknown(lambda: open_to_all(document)),
        outsiders=or_unknown(lambda: outsiders_of(document)),
        tls_only=or_unknown(lambda: denies_without_tls(document, "dynamodb:*")),
    )


@aws.reads(
    "dynamodb list-tags-of-resource", kind=DynamoTable, subject="table",
    command=f"aws dynamodb list-tags-of-resource --resource-arn {ARN} --region {{region}}",
)  # fmt: skip
def labels(body: Item, at: Subject) -> Facts:
    """Owner and class."""
    tags = tags_of(listed(body["Tags"]))
    return facts(table_id(at, at["table"]), owner=tag(tags, "owner"), classification=tag(tags, *CLASSIFICATION))
