"""EC2: instances."""

import ipaddress
from collections.abc import Iterator

from soc2test import (
    Facts,
    Item,
    Skip,
    Subject,
    UnknownFact,
    facts,
    id_text,
    known,
    listed,
    meaning,
    or_unknown,
    skip,
    text,
)
from soc2test_plugins.aws.kinds import Ec2Instance
from soc2test_plugins.aws.references import disk, group, network
from soc2test_plugins.aws.source import arn, aws
from soc2test_plugins.aws.tags import tag, tags_of

GONE = ("shutting-down", "terminated")
ENDPOINT = {"enabled": True, "disabled": False}
TOKENS = {"required": True, "optional": False}
RUNNING = {"running": True, **dict.fromkeys(("pending", "stopping", "stopped", *GONE), False)}


@aws.reads(
    "ec2 describe-instances", kind=Ec2Instance, items="Reservations[].Instances[]", lists=True,
    references=[network(), group("SecurityGroups[].GroupId"), group("NetworkInterfaces[].Groups[].GroupId"),
                disk("BlockDeviceMappings[].Ebs.VolumeId", since="AttachTime")],
)  # fmt: skip
def instance(item: Item, at: Subject) -> Facts | Skip:
    """A virtual machine; a terminated one is listed for an hour more."""
    state = known(item["State"])["Name"]
    running = meaning(state, RUNNING)
    name = id_text(item["InstanceId"])
    id = arn(at, "ec2", f"instance/{name}")
    if state in GONE:
        return skip("terminated", id)
    return facts(
        id,
        name=or_unknown(lambda: tag(tags_of(item.or_else("Tags", [])), "name") or name),
        running=running,
        public_address=or_unknown(lambda: any(list(_addresses(item)))),
        metadata_token_required=item.then(
            "MetadataOptions", lambda options: or_unknown(lambda: _token_required(options))
        ),
    )


def _token_required(options: Item) -> bool:
    """Version 2 only, or no metadata service at all. While a change is pending, the options are those asked for and
    not yet those in force (EC2 API, InstanceMetadataOptionsResponse)."""
    if not meaning(options.or_else("State", "applied"), {"applied": True, "pending": False}):
        raise UnknownFact("metadata_token_required", "a change of its metadata options is pending: export it again")
    answers = meaning(options.or_else("HttpEndpoint", "enabled"), ENDPOINT)
    return not answers or meaning(options["HttpTokens"], TOKENS)


def _addresses(item: Item) -> Iterator[str]:
    """Public addresses: EC2 leaves out what an instance does not have. IPv6 addresses are global unless private."""
    yield text(item.or_else("PublicIpAddress", ""))
    for interface in listed(item["NetworkInterfaces"]):
        yield from (
            text(known(each["Association"]).or_else("PublicIp", ""))
            for each in _private(interface)
            if "Association" in each
        )
        for each in interface.or_else("Ipv6Addresses", []):
            address = text(each["Ipv6Address"])
            yield address if ipaddress.ip_address(address).is_global else ""


def _private(interface: Item) -> list[Item]:
    return [interface, *interface.or_else("PrivateIpAddresses", [])]
