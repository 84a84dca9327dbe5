"""VPC: networks, and whether their traffic leaves a record."""

from collections.abc import Iterator

from soc2test import Facts, Item, Said, Skip, Subject, facts, id_text, items_of, known, or_unknown, skip, text
from soc2test_plugins.aws.kinds import Vpc
from soc2test_plugins.aws.source import arn, aws
from soc2test_plugins.aws.tags import tag, tags_of

REFUSALS = ("ALL", "REJECT")


@aws.reads("ec2 describe-vpcs", kind=Vpc, items="Vpcs", lists=True)
def vpc(item: Item, at: Subject) -> Facts | Skip:
    """A network of this account; one that another account shares is logged, and listed, by its owner."""
    account, owner = at["account"], item.or_else("OwnerId", at["account"])
    if account.isdigit() and owner != account:
        return skip("shared by another account, whose own list has it")
    name = id_text(item["VpcId"])
    return facts(arn(at, "ec2", f"vpc/{name}"), name=tag(tags_of(item.or_else("Tags", [])), "name") or name)


@aws.reads("ec2 describe-flow-logs", kind=Vpc, others={"traffic_logged": False})
def flow_logs(body: Item, at: Subject) -> Iterator[Said]:
    """Flow logs of whole networks; those of single subnets or interfaces leave gaps that this call does not show."""
    logs: dict[str, list[Item]] = {}
    for each in items_of(body["FlowLogs"]):
        if text(each["ResourceId"]).startswith("vpc-"):
            logs.setdefault(each["ResourceId"], []).append(each)
        else:
            yield skip("a flow log of a single subnet, interface or gateway")
    for name, own in logs.items():
        yield facts(
            arn(at, "ec2", f"vpc/{name}"),
            traffic_logged=or_unknown(lambda own=own: any(_works(each) for each in own)),  # type: ignore[misc]
        )


def _works(log: Item) -> bool:
    """On, delivered, and with at least what was refused in it."""
    on = known(log["FlowLogStatus"]) == "ACTIVE" and known(log["DeliverLogsStatus"]) == "SUCCESS"
    return on and known(log["TrafficType"]) in REFUSALS
