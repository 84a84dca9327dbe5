"""EC2: machines, and the disks that are made with them or apart."""

from collections.abc import Iterator
from typing import Any

from soc2test import Facts, Item, Unknown, facts, known, meaning, or_unknown, translated
from soc2test_plugins.aws.ec2 import ENDPOINT, TOKENS
from soc2test_plugins.terraform.aws_access import company_key
from soc2test_plugins.terraform.documents import Record
from soc2test_plugins.terraform.kinds import TerraformHost, TerraformStore
from soc2test_plugins.terraform.labels import labelled
from soc2test_plugins.terraform.values import flag_at, listed_at, only, text_at
from soc2test_plugins.terraform.workspace import Workspace, reader

_RUNNING = {
    "running": True,
    **dict.fromkeys(("pending", "shutting-down", "terminated", "stopping", "stopped"), False),
}
_BACKUPS = Unknown("whether AWS Backup holds a copy of it, Terraform does not tell", what="backed_up")


@reader("aws_ebs_volume")
def volume(record: Record, workspace: Workspace) -> Iterator[Facts]:
    """A disk that is made apart."""
    yield _disk(record, workspace, record.values, workspace.id(record), "kms_key_id")


@reader("aws_instance")
def machine(record: Record, workspace: Workspace) -> Iterator[Facts]:
    """A machine and its disks; each machine has a root disk, whether or not the configuration says how it is."""
    values = record.values
    state = values.or_else("instance_state", None)
    yield facts(
        workspace.id(record),
        TerraformHost,
        planned=record.planned,
        name=record.address,
        running=True if record.created else translated(state, _RUNNING),
        public_address=or_unknown(lambda: _public(values)),
        metadata_token_required=or_unknown(lambda: _token_required(values)),
    )
    for key in ("root_block_device", "ebs_block_device"):
        for number, disk in enumerate(_disks(values, key)):
            yield _disk(record, workspace, disk, workspace.id(record, f"{key}[{number}]"), key)


def _disks(values: Item, key: str) -> list[Item]:
    """The disks of a machine; further ones that its image brings along are known only after apply."""
    found = or_unknown(lambda: listed_at(values, key))
    if not isinstance(found, Unknown):
        return found
    return [Item(dict.fromkeys(("encrypted", "kms_key_id", "tags"), found))] if key == "root_block_device" else []


def _public(values: Item) -> bool:
    if "public_ip" in values and not isinstance(values["public_ip"], Unknown):
        return bool(text_at(values, "public_ip")) or bool(listed_at(values, "ipv6_addresses"))
    return flag_at(values, "associate_public_ip_address")


def _token_required(values: Item) -> bool:
    """Version 2 only, or no metadata service at all."""
    known(values["metadata_options"])
    options = only(values, "metadata_options")
    if options is None:
        return False
    answers = meaning(text_at(options, "http_endpoint") or "enabled", ENDPOINT)
    return not answers or meaning(text_at(options, "http_tokens") or "optional", TOKENS)


def _disk(record: Record, workspace: Workspace, values: Item, id: str, argument: str) -> Facts:
    """An encrypted disk's way to its machine is encrypted too, and no other way exists; only snapshots are shared."""
    encrypted = or_unknown(lambda: flag_at(values, "encrypted"))
    return facts(
        id,
        TerraformStore,
        name=f"{record.address} {argument}" if argument != "kms_key_id" else record.address,
        type="aws_ebs_volume",
        planned=record.planned,
        copy=False,
        public=False,
        encrypted=encrypted,
        customer_key=or_unknown(lambda: _key(record, workspace, values, argument)),
        tls_only=encrypted,
        access_logged=False,
        versioned=False,
        backed_up=_BACKUPS,
        backup_days=None,
        deletion_protected=False,
        protected_days=None,
        multi_zone=False,
        **labelled(values),
    )


def _key(record: Record, workspace: Workspace, values: Item, argument: str) -> bool:
    key: Any = values["kms_key_id"]
    return company_key(workspace, record, argument, key)
