"""Documents that a copy of a store does not hold, since others may not have them: a vendor's own report above all.

They are documents alone. Nothing that lacks one looks better: what rests on a document that is not there is not shown.
"""

import msgspec

from soc2test.store.objects import NoSuchObject, Objects, StoreError

__all__ = ["NAME", "LeftOut", "encode", "left_out"]

NAME = "left-out.json"


class LeftOut(msgspec.Struct, frozen=True, kw_only=True):
    """What is left out: SHA-256 of each document -> its names."""

    schema: str = "left-out/1"
    documents: dict[str, tuple[str, ...]]


def left_out(objects: Objects) -> dict[str, tuple[str, ...]]:
    """SHA-256 of each document that is left out -> its names; none in a store that is no copy. Raises `StoreError`."""
    try:
        told = msgspec.json.decode(objects.read(NAME), type=LeftOut)
    except NoSuchObject:
        return {}
    except (msgspec.MsgspecError, RecursionError):
        raise StoreError(f"{objects.shown}: {NAME} does not tell what is left out") from None
    if told.schema != LeftOut(documents={}).schema:
        raise StoreError(f"{objects.shown}: {NAME} is of the form {told.schema!r}, which is not known")
    return told.documents


def encode(documents: dict[str, tuple[str, ...]]) -> bytes:
    """The bytes of `left-out.json`."""
    ordered = {digest: tuple(sorted(names)) for digest, names in sorted(documents.items())}
    return msgspec.json.format(msgspec.json.encode(LeftOut(documents=ordered)), indent=1) + b"\n"
