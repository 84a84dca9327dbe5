"""`Teller`: an export that lists members of a kind, as far as it matters whether two of them are one."""

from typing import NamedTuple

__all__ = ["Teller"]


class Teller(NamedTuple):
    """One export that lists a kind: which call of which source it is, what stands behind it, and its digest."""

    source: str
    operation: str
    nature: str = "system"
    digest: str = ""

    def is_one_with(self, other: "Teller") -> bool:
        """True for exports of one call, and for two copies of one file that is kept by hand."""
        if (self.source, self.operation) == (other.source, other.operation):
            return True
        by_hand = self.nature == other.nature == "record"
        return by_hand and self.digest != "" and self.digest == other.digest
