"""What one call of a region tells of all its stores: AWS's own keys, and what AWS Backup protects."""

from soc2test import Facts, Item, Subject, UnknownFact, facts
from soc2test_plugins.aws.kinds import AwsStore
from soc2test_plugins.aws.source import aws, known


@aws.reads("kms list-aliases", kind=AwsStore)
def aliases(body: Item, at: Subject) -> Facts:
    """The keys whose policy AWS holds: known by their alias, the ARN of a key does not tell.

    An alias without a key is a name that AWS keeps free.
    """
    own = [each for each in body["Aliases"] if str(known(each["AliasName"])).startswith("alias/aws/")]
    ids = sorted(str(known(each["TargetKeyId"])) for each in own if "TargetKeyId" in each)
    return facts("*", AwsStore, aws_keys=tuple(ids))


@aws.derives(AwsStore, "customer_key")
def customer_key(store: AwsStore) -> bool:
    """The store has a KMS key and it is none of AWS's."""
    if store.kms_key is None:
        return False
    if "key/" not in store.kms_key:
        raise UnknownFact("customer_key", "its key is named by alias or id, not by ARN")
    return store.kms_key.rpartition("/")[2] not in store.aws_keys


@aws.reads("backup list-protected-resources", kind=AwsStore)
def protected_resources(body: Item, at: Subject) -> Facts:
    """What AWS Backup holds a recovery point of, in the region."""
    arns = sorted(str(known(each["ResourceArn"])) for each in body["Results"])
    return facts("*", AwsStore, recovery_points=tuple(arns))
