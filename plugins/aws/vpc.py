"""VPC: networks, and whether their traffic leaves a record."""

import re
from collections.abc import Iterator

from soc2test import (
    Facts,
    Item,
    Said,
    Skip,
    Subject,
    any_of,
    facts,
    id_text,
    items_of,
    meaning,
    or_unknown,
    skip,
    text,
)
from soc2test_plugins.aws.kinds import Vpc
from soc2test_plugins.aws.references import logged_in
from soc2test_plugins.aws.source import arn, aws
from soc2test_plugins.aws.tags import tag, tags_of

_ON = {"ACTIVE": True}
"""`FlowLogStatus`: the EC2 API names this one."""
_DELIVERED = {"SUCCESS": True, "FAILED": False}
_HOLDS_REFUSALS = {"ALL": True, "REJECT": True, "ACCEPT": False}
_FIELD = re.compile(r"\$\{([\w-]+)\}", re.ASCII)
_DEFAULT_FIELDS = "${srcaddr} ${dstaddr} ${action}"
"""what of the default format is asked for; older answers do not name a format"""


@aws.reads("ec2 describe-vpcs", kind=Vpc, items="Vpcs", lists=True)
def vpc(item: Item, at: Subject) -> Facts | Skip:
    """A network of this account; one that another account shares is logged, and listed, by its owner."""
    account, owner = at["account"], item.or_else("OwnerId", at["account"])
    name = id_text(item["VpcId"])
    id = arn(at, "ec2", f"vpc/{name}")
    if account.isdigit() and owner != account:
        return skip("shared by another account, whose own list has it", id)
    return facts(id, name=tag(tags_of(item.or_else("Tags", [])), "name") or name)


@aws.reads(
    "ec2 describe-flow-logs", kind=Vpc, others={"traffic_logged": False},
    references=[logged_in("FlowLogs[].LogGroupName")],
)  # fmt: skip
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
            traffic_logged=or_unknown(lambda own=own: any_of(own, _works)),  # type: ignore[misc]
        )


def _works(log: Item) -> bool:
    """On, delivered, and with at least what was refused in it."""
    on = meaning(log["FlowLogStatus"], _ON) and meaning(log["DeliverLogsStatus"], _DELIVERED)
    return on and meaning(log["TrafficType"], _HOLDS_REFUSALS) and _tells(log)


def _tells(log: Item) -> bool:
    """A format of the company's own may leave out who spoke with whom, or which connections were refused."""
    fields = set(_FIELD.findall(text(log.or_else("LogFormat", _DEFAULT_FIELDS))))
    ends = ({"srcaddr", "pkt-srcaddr"} & fields) and ({"dstaddr", "pkt-dstaddr"} & fields)
    return bool(ends) and ("action" in fields or text(log["TrafficType"]) == "REJECT")
