"""How a stage tells how far it has come; who shows it lies in the ways in."""

from typing import Protocol

__all__ = ["Watch", "nobody"]


class Watch(Protocol):
    """Whoever wants to know how far a stage has come. It is called often and must cost next to nothing."""

    def __call__(self, stage: str, done: int, whole: int | None) -> None:
        """`stage` in our own words, never anything of the evidence: "reading file"; `whole` where it is known."""
        ...


def nobody(stage: str, done: int, whole: int | None) -> None:
    """Nobody watches."""
