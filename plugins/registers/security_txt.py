"""The file format of RFC 9116: fields of security.txt, also where it is signed with OpenPGP (RFC 4880, section 7)."""

from collections.abc import Iterator
from datetime import datetime

__all__ = ["Fields", "fields_of", "moment_of"]

Fields = dict[str, list[str]]
"""The values of each field, by its name in small letters."""

_SIGNED = "-----BEGIN PGP SIGNED MESSAGE-----"
_SIGNATURE = "-----BEGIN PGP SIGNATURE-----"


def fields_of(body: str) -> Fields:
    """The fields of a file, in their order; comments, and lines that are no field, are left out."""
    found: Fields = {}
    for line in _unsigned(body.removeprefix("\ufeff").splitlines()):
        name, colon, value = line.partition(":")
        if colon and name and not line.startswith("#") and name.strip() == name:
            found.setdefault(name.lower(), []).append(value.strip())
    return found


def moment_of(fields: Fields, name: str) -> datetime | None:
    """The time of RFC 3339 that a field holds once; None: it is not there, is there twice, or is no such time."""
    values = fields.get(name, [])
    if len(values) != 1:
        return None
    try:
        moment = datetime.fromisoformat(values[0].upper())
    except ValueError:
        return None
    return moment if "T" in values[0].upper() and moment.tzinfo is not None else None


def _unsigned(lines: list[str]) -> Iterator[str]:
    """The lines that were signed: without headers and signature, and with what the signer put before a dash undone."""
    if not lines or lines[0].rstrip() != _SIGNED:
        yield from lines
        return
    headers = True
    for line in lines[1:]:
        if line.rstrip() == _SIGNATURE:
            return
        if headers:
            headers = bool(line.strip())
            continue
        yield line.removeprefix("- ")
