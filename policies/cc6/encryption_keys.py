"""Keys that encrypt data at rest."""

from soc2test import EncryptionKey, control


@control(
    "DAT-07",
    criteria=["CC6.1"],
    severity="medium",
    operates="yearly",
    where=lambda key: key.customer_managed and key.enabled and key.symmetric,
    on_empty="no_occurrences",
)
def test_encryption_keys_rotate(key: EncryptionKey) -> None:
    """Every enabled key of the company's own that can rotate by itself does so at least yearly."""
    assert key.rotates, "its key material is never renewed"
