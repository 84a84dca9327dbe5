"""A deviation of one side of a comparison."""

import msgspec

__all__ = ["Deviation"]


class Deviation(msgspec.Struct, frozen=True, kw_only=True):
    """A finding that deviates, whether a waiver accepts it or not; of a control as a whole one of no resource."""

    control: str
    severity: str
    kind: str
    resource: str
    message: str
    evidence: str | None
    waiver: str | None
    """the id of the waiver that accepts it"""

    @property
    def what(self) -> str:
        """What deviates, for people."""
        return self.resource if self.kind or self.resource else "the control as a whole"
