"""The one operation: a plan or a state of a workspace, read as a whole, since what belongs together stands apart."""

from collections.abc import Iterable, Iterator

from soc2test import Item, Missed, Said, Subject, UnknownFact, or_skip
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
from soc2test_plugins.terraform.documents import Record
from soc2test_plugins.terraform.kinds import (
    TerraformAccessKey,
    TerraformEndpoint,
    TerraformHost,
    TerraformKey,
    TerraformLog,
    TerraformRule,
    TerraformStore,
)
from soc2test_plugins.terraform.known_types import judge
from soc2test_plugins.terraform.source import SHOW, as_document, terraform
from soc2test_plugins.terraform.workspace import READERS, Workspace

__all__: list[str] = []

_TELLS = (
    "name", "type", "planned", "copy", "public", "encrypted", "customer_key", "tls_only", "access_logged", "versioned",
    "backed_up", "backup_days", "deletion_protected", "protected_days", "multi_zone", "classification", "owner",
    "group", "inbound", "protocol", "from_port", "to_port", "world", "customer_managed", "enabled", "symmetric",
    "rotates", "next_rotation_at", "deletion_pending", "tls",
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
def show(body: Item, at: Subject) -> Iterator[Said]:
    """Every entry: facts of the types that are read, a skip or a gap; one that can't be read hides no other."""
    try:
        workspace = Workspace(at["workspace"], body.raw)
    except (TypeError, AttributeError, KeyError):
        raise UnknownFact("", "a part of it has not the shape that Terraform documents") from None
    yield from workspace.others
    gaps: dict[Missed, list[str]] = {}
    unread: list[str] = []
    for record in workspace.records:
        try:
            for word in _said(record, workspace):
                if isinstance(word, Missed):
                    gaps.setdefault(word, []).append(record.address)
                else:
                    yield word
        except UnknownFact as error:
            unread.append(f"{record.address}: {error.reason}")
        except (TypeError, AttributeError, ValueError, KeyError):
            unread.append(f"{record.address}: has not the shape that its provider documents")
    yield from (_gap(word, addresses) for word, addresses in gaps.items())
    if unread:
        raise UnknownFact("", unread[0])


def _said(record: Record, workspace: Workspace) -> Iterable[Said]:
    passed = judge(record, workspace)
    if passed is not None:
        return (passed,)
    return or_skip(READERS[record.type](record, workspace), f"{record.type}: allows nothing")


def _gap(word: Missed, addresses: list[str]) -> Missed:
    """Told once for a type, since a workspace may hold hundreds of one."""
    more = f" and {len(addresses) - 1} more" if addresses[1:] else ""
    return Missed(f"{addresses[0]}{more}: {word.text}", word.kinds, word.unknown_type)


@terraform.derives(TerraformStore, "encryption_key")
def encryption_key(store: TerraformStore) -> None:
    """None where the provider keeps the key. Raises `UnknownFact` for one of the company's own, whatever its state."""
    if store.customer_key:
        raise UnknownFact("encryption_key", "no document of Terraform tells the state of a key, exports of a cloud do")
