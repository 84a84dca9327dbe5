"""EC2: managed prefix lists, by which rules of security groups name many networks at once."""

from soc2test import Facts, Item, Population, Subject, UnknownFact, facts, id_text, items_of, known, or_unknown
from soc2test_plugins.aws.kinds import AwsOpening, PrefixList, SecurityGroupRule
from soc2test_plugins.aws.source import aws, regional
from soc2test_plugins.networks import lets_in_world

_AWS = "AWS"


@aws.reads("ec2 describe-managed-prefix-lists", kind=PrefixList, items="PrefixLists", lists=True)
def prefix_list(item: Item, at: Subject) -> Facts:
    """A list that the account may use. Those of AWS itself hold the networks of one of its services, never all."""
    name = id_text(item["PrefixListId"])
    of_aws = known(item["OwnerId"]) == _AWS
    return facts(regional(at, name), name=name, **({"anybody": False} if of_aws else {}))


@aws.reads(
    "ec2 get-managed-prefix-list-entries", kind=PrefixList, subject="prefix_list", tells=["anybody"],
    command="aws ec2 get-managed-prefix-list-entries --prefix-list-id {prefix_list} --region {region}",
)  # fmt: skip
def entries(body: Item, at: Subject) -> Facts:
    """The networks in the list."""
    name = at["prefix_list"]
    return facts(regional(at, name), anybody=or_unknown(lambda: _anybody(body)))


def _anybody(body: Item) -> bool:
    return lets_in_world(entry["Cidr"] for entry in items_of(body["Entries"]))


@aws.derives(AwsOpening, "world", joins=PrefixList)
@aws.derives(SecurityGroupRule, "world", joins=PrefixList)
def world(rule: SecurityGroupRule | AwsOpening, lists: Population[PrefixList]) -> bool:
    """A rule for a prefix list lets in whom the list holds, today: what it held then no export tells."""
    if rule.prefix_list is None:
        return rule.world  # raises with the reason why its networks tell nothing
    prefix_list = lists.one("id", rule.prefix_list)
    if prefix_list is None:
        command = f"aws ec2 get-managed-prefix-list-entries --prefix-list-id {rule.peer}"
        raise UnknownFact("world", f"export `{command}`", code="missing")
    return prefix_list.anybody
