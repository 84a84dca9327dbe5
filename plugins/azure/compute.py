"""Machines, disks and snapshots."""

from soc2test import Facts, Item, Subject, UnknownFact, facts, known, meaning, or_unknown, text, translated
from soc2test_plugins.azure.kinds import AzureDisk, AzureSnapshot, AzureVm
from soc2test_plugins.azure.source import CLASSIFICATION, arm_id, as_value, azure, inner, tag

_STATES = ("stopped", "deallocated", "starting", "stopping", "deallocating")
_RUNNING = {"VM running": True, **{f"VM {state}": False for state in _STATES}}
_IN_SEVERAL_ZONES = {
    **dict.fromkeys(("premium_zrs", "standardssd_zrs", "standard_zrs"), True),
    **dict.fromkeys(("premium_lrs", "premiumv2_lrs", "standard_lrs", "standardssd_lrs", "ultrassd_lrs"), False),
}
"""SKUs of disks and snapshots."""
_CUSTOMER_KEY = {
    "EncryptionAtRestWithPlatformKey": False,
    "EncryptionAtRestWithCustomerKey": True,
    "EncryptionAtRestWithPlatformAndCustomerKeys": True,
}


@azure.reads(
    "vm list", kind=AzureVm, items="value", lists=True, prepare=as_value,
    command="az vm list --show-details --subscription {subscription} --output json",
)  # fmt: skip
def machine(item: Item, at: Subject) -> Facts:
    """A machine; only with `--show-details` does the CLI say whether it runs, and its addresses."""
    return facts(
        arm_id(item),
        name=item["name"],
        running=translated(item["powerState"], _RUNNING),
        public_address=or_unknown(lambda: text(item["publicIps"]) != ""),
        metadata_token_required=True,  # by a header, see the kind
    )


@azure.reads("disk list", kind=AzureDisk, items="value", lists=True, prepare=as_value)
def disk(item: Item, at: Subject) -> Facts:
    """A managed disk."""
    own = inner(item)
    return facts(
        arm_id(item),
        name=item["name"],
        copy=False,
        public=False,
        encrypted=True,  # Azure encrypts each disk, and can't be told not to
        customer_key=or_unknown(lambda: _own_key(own)),
        encryption_key=or_unknown(lambda: _set_key(own)),
        tls_only=True,  # its machine reaches it inside Azure, anybody else by HTTPS
        versioned=False,
        access_logged=False,
        multi_zone=or_unknown(lambda: _zones(item)),
        classification=tag(item, *CLASSIFICATION),
        owner=tag(item, "owner"),
    )


@azure.reads("snapshot list", kind=AzureSnapshot, items="value", lists=True, prepare=as_value)
def snapshot(item: Item, at: Subject) -> Facts:
    """A snapshot of a disk."""
    return facts(
        arm_id(item),
        name=item["name"],
        copy=True,
        public=False,
        encrypted=True,
        customer_key=or_unknown(lambda: _own_key(inner(item))),
        encryption_key=or_unknown(lambda: _set_key(inner(item))),
        tls_only=True,
        multi_zone=or_unknown(lambda: _zones(item)),
        classification=tag(item, *CLASSIFICATION),
        owner=tag(item, "owner"),
    )


def _own_key(own: Item) -> bool:
    return meaning(known(own["encryption"])["type"], _CUSTOMER_KEY)


def _set_key(own: Item) -> None:
    """None where Azure keeps the key. Raises `UnknownFact` where a disk encryption set names it, which is not read."""
    if _own_key(own):
        raise UnknownFact("encryption_key", "its key stands in a disk encryption set, which no export tells")


def _zones(item: Item) -> bool:
    return meaning(text(known(item["sku"])["name"]).lower(), _IN_SEVERAL_ZONES)
