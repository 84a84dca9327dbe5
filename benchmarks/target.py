"""A figure and what it may be at most."""

from dataclasses import dataclass

__all__ = ["Target"]


@dataclass(frozen=True)
class Target:
    """A figure, and what it may be at most."""

    what: str
    found: float
    most: float
    unit: str = ""

    def row(self) -> tuple[str, str, str, str]:
        """As a table's row."""
        return (
            self.what, f"{self.found:.2f}{self.unit}", f"{self.most:g}{self.unit}",
            "met" if self.found <= self.most else "MISSED",
        )  # fmt: skip
