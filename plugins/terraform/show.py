"""The one operation: a plan or a state of a workspace, read as a whole, since what belongs together stands apart."""

from collections.abc import Iterator

from soc2test import Facts, Item, Subject, UnknownFact
from soc2test_plugins.terraform import (  # noqa: F401  # they register their readers
    aws_access,
    aws_databases,
    aws_disks,
    aws_network,
    aws_s3,
    azure_databases,
    azure_network,
    azure_storage,
    google,
    not_read,
)
from soc2test_plugins.terraform.kinds import (
    TerraformAccessKey,
    TerraformEndpoint,
    TerraformHost,
    TerraformKey,
    TerraformLog,
    TerraformRule,
    TerraformStore,
)
from soc2test_plugins.terraform.source import SHOW, as_document, terraform
from soc2test_plugins.terraform.workspace import READERS, Workspace

__all__: list[str] = []

_TELLS = (
    "name", "type", "planned", "copy", "public", "encrypted", "customer_key", "tls_only", "access_logged", "versioned",
    "backed_up", "backup_days", "deletion_protected", "multi_zone", "classification", "owner", "group", "inbound",
    "protocol", "from_port", "to_port", "world", "customer_managed", "enabled", "symmetric", "rotates",
    "next_rotation_at", "deletion_pending", "tls",
    "tls_policy", "min_tls", "running", "public_address", "metadata_token_required", "delivering", "all_regions",
    "management_events", "integrity_checked", "identity", "category", "active", "root", "created_at",
)  # fmt: skip


@terraform.reads(
    SHOW,
    kind=(
        TerraformStore, TerraformRule, TerraformKey, TerraformEndpoint, TerraformHost, TerraformLog, TerraformAccessKey,
    ),
    lists=True,
    tells=_TELLS,
    prepare=as_document,
)  # fmt: skip
def show(body: Item, at: Subject) -> Iterator[Facts]:
    """Every managed resource of a type that is read here; one that can't be read hides no other."""
    try:
        workspace = Workspace(at["workspace"], body.raw)
    except (TypeError, AttributeError):
        raise UnknownFact("", "a part of it has not the shape that Terraform documents") from None
    unread: list[str] = []
    for record in workspace.records:
        try:
            yield from READERS[record.type](record, workspace) if record.type in READERS else ()
        except UnknownFact as error:
            unread.append(f"{record.address}: {error.reason}")
        except (TypeError, AttributeError, ValueError, KeyError):
            unread.append(f"{record.address}: has not the shape that its provider documents")
    if unread:
        raise UnknownFact("", unread[0])
