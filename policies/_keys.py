"""Whether a key that something is encrypted with can be used."""

from soc2test import EncryptionKey, Population, UnknownFact

__all__ = ["lost"]


def lost(id: str, keys: Population[EncryptionKey]) -> str:
    """Why a key can't be used, or soon can't; "" where it can. Raises `UnknownFact` where no list has it."""
    key = keys.one("id", id)
    if key is None:
        raise UnknownFact("encryption_key", f"its key {id} is in no list: is it deleted, or of another account?")
    if key.deletion_pending:
        return f"its key {id} is on its way to deletion"
    return "" if key.enabled else f"its key {id} is off"
