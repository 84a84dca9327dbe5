"""What went wrong beside the controls, each said once, and whether it makes the run fail."""

from collections.abc import Iterable, Iterator

__all__ = ["Problems"]


class Problems:
    """Texts in the order in which they came. What a gap says as well does not fail the run by itself."""

    def __init__(self) -> None:
        self._fails: dict[str, bool] = {}

    def __iter__(self) -> Iterator[str]:
        return iter(self._fails)

    def __len__(self) -> int:
        return len(self._fails)

    @property
    def fail(self) -> bool:
        """True where one of them makes the run fail."""
        return any(self._fails.values())

    def add(self, text: str, *, fails: bool = True) -> None:
        """What is said twice fails the run where one of both did not come as a gap alone."""
        self._fails[text] = self._fails.get(text, False) or fails

    def extend(self, texts: Iterable[str], *, fails: bool = True) -> None:
        """Add all."""
        for text in texts:
            self.add(text, fails=fails)
