"""How much of a hostile or broken export is read before it is refused."""

__all__ = ["JSON_DEPTH", "ReadLimits"]

import msgspec

MIB = 1 << 20
JSON_DEPTH = 200
"""The JSON parser's own limit, which can be lowered but not raised."""


class ReadLimits(msgspec.Struct, frozen=True):
    """Limits of reading; the defaults are what a laptop survives. soc2.yaml sets them under `reading`."""

    document_mib: int = 512
    """largest file, after decompression, that is read as one document; NDJSON of a streaming source has no limit"""
    ratio: int = 200
    """largest expansion of a compressed file or an archive; a MiB is always allowed"""
    files: int = 200_000
    """most files below the exports folder; each member of an archive is one"""
    yaml_depth: int = 100
    """deepest nesting of YAML"""
    json_depth: int = JSON_DEPTH
    """deepest nesting of JSON"""
    entries: int = 20_000_000
    """most entries (list items, keys, rows of CSV) of one document; a streaming source has no limit"""

    @property
    def document_bytes(self) -> int:
        """`document_mib` in bytes."""
        return self.document_mib * MIB
