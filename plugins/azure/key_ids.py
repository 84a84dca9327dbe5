"""Identifiers of keys in key vaults, as stores name them."""

from soc2test import UnknownFact

__all__ = ["key_id"]

_PARTS = 5
"""https:, nothing, the vault, keys and the key's name"""


def key_id(address: str) -> str:
    """The identifier of a key without its version, from one that may have it.

    https://learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates#object-identifiers
    """
    parts = address.rstrip("/").lower().split("/")
    if len(parts) < _PARTS or parts[_PARTS - 2] != "keys":
        raise UnknownFact("encryption_key", "what it names as its key is no key of a key vault")
    return "/".join(parts[:_PARTS])
