"""EBS: disks and their snapshots."""

from collections.abc import Iterator

from soc2test import EVERY, Facts, Item, Subject, facts, id_text, items_of, known, or_unknown, translated
from soc2test_plugins.aws.kinds import EbsSnapshot, EbsVolume
from soc2test_plugins.aws.references import attached_to, encrypted_by
from soc2test_plugins.aws.source import arn, aws, either, of_account
from soc2test_plugins.aws.stores import has_recovery_point
from soc2test_plugins.aws.tags import tag, tags_of

__all__ = ["CLASSIFICATION"]

CLASSIFICATION = ("classification", "data-classification", "dataclassification")


@aws.reads(
    "ec2 describe-volumes", kind=EbsVolume, items="Volumes", lists=True,
    references=[attached_to("Attachments[].InstanceId", since="AttachTime"), encrypted_by()],
)  # fmt: skip
def volume(item: Item, at: Subject) -> Facts:
    """A disk. EC2 leaves out `Tags` and `KmsKeyId` where there is none."""
    name = id_text(item["VolumeId"])
    tags = tags_of(item.or_else("Tags", []))
    return facts(
        arn(at, "ec2", f"volume/{name}"),
        name=name,
        encrypted=item["Encrypted"],
        kms_key=item.or_else("KmsKeyId", None),
        public=False,  # a disk can't be shared, only its snapshots can
        tls_only=item["Encrypted"],  # an encrypted disk's way to its host is encrypted too; no other way exists
        versioned=False,
        deletion_protected=False,
        grows=False,
        multi_zone=False,
        access_logged=False,
        attached_to=or_unknown(lambda: tuple(arn(at, "ec2", f"instance/{each}") for each in _instances(item))),
        classification=tag(tags, *CLASSIFICATION),
        owner=tag(tags, "owner"),
    )


def _instances(item: Item) -> list[str]:
    return [id_text(each["InstanceId"]) for each in items_of(item["Attachments"]) if "InstanceId" in each]


@aws.derives(EbsVolume, "backed_up")
def volume_backed_up(volume: EbsVolume) -> bool:
    """AWS Backup holds a recovery point of the disk, or of the machine that it belongs to."""
    return has_recovery_point(volume, volume.id, *volume.attached_to)


@aws.reads(
    "ec2 describe-snapshots", kind=EbsSnapshot, items="Snapshots", lists=True,
    command="aws ec2 describe-snapshots --owner-ids self --region {region}",
)  # fmt: skip
def snapshot(item: Item, at: Subject) -> Facts:
    """A snapshot of this account. Asked without --owner-ids the call names those of the whole world too: a list with
    others' in it can't be told from that of another account, and is not taken for this one's."""
    of_account(at, known(item["OwnerId"]))
    name = id_text(item["SnapshotId"])
    tags = tags_of(item.or_else("Tags", []))
    return facts(
        arn(at, "ec2", f"snapshot/{name}"),
        name=name,
        encrypted=item["Encrypted"],
        kms_key=item.or_else("KmsKeyId", None),
        tls_only=True,  # only AWS's API reads it
        backed_up=True,  # it is a backup itself
        multi_zone=True,  # EBS keeps snapshots in S3
        classification=tag(tags, *CLASSIFICATION),
        owner=tag(tags, "owner"),
    )


@aws.reads(
    "ec2 describe-snapshot-attribute", kind=EbsSnapshot, subject="snapshot", about={"snapshot": "SnapshotId"},
    command="aws ec2 describe-snapshot-attribute --attribute createVolumePermission --snapshot-id {snapshot} "
    "--region {region}",
)  # fmt: skip
def snapshot_permission(body: Item, at: Subject) -> Facts:
    """Who may make a disk of it: everybody (group "all"), or accounts by their number."""
    return facts(
        arn(at, "ec2", f"snapshot/{at['snapshot']}"),
        shared_with_all=or_unknown(lambda: "all" in [each.or_else("Group", None) for each in _shares(body)]),
        outsiders=or_unknown(lambda: tuple(sorted(_accounts(body)))),
    )


def _shares(body: Item) -> list[Item]:
    return items_of(body["CreateVolumePermissions"])


def _accounts(body: Item) -> Iterator[str]:
    yield from (id_text(each["UserId"]) for each in _shares(body) if "Group" not in each)


_BLOCKS = {"block-all-sharing": True, "block-new-sharing": False, "unblocked": False}


@aws.reads("ec2 get-snapshot-block-public-access-state", kind=EbsSnapshot)
def snapshot_block(body: Item, at: Subject) -> Facts:
    """A setting of each region; only one of its states also ends sharing that exists."""
    return facts(EVERY, sharing_blocked=translated(body["State"], _BLOCKS))


@aws.derives(EbsSnapshot, "public")
def snapshot_public(snapshot: EbsSnapshot) -> bool:
    """Shared with everybody, unless the region blocks that."""
    return not either(lambda: snapshot.sharing_blocked, lambda: not snapshot.shared_with_all)
