"""How much of a hostile or broken export is read before it is refused."""

from dataclasses import dataclass

__all__ = ["ReadLimits"]

MIB = 1 << 20


@dataclass(frozen=True)
class ReadLimits:
    """Limits of reading; the defaults are what a laptop survives. soc2.yaml sets them under `reading`."""

    document_mib: int = 512
    """largest file, after decompression, that is read as one document; NDJSON of a streaming source has no limit"""
    ratio: int = 200
    """largest expansion of a compressed file"""
    files: int = 200_000
    """most files below the exports folder"""
    yaml_depth: int = 100
    """deepest nesting of YAML (JSON stops at 200)"""

    @property
    def document_bytes(self) -> int:
        """`document_mib` in bytes."""
        return self.document_mib * MIB
