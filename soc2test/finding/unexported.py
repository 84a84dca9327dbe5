"""`Unexported`: a call that would tell what is unknown, with its command and the file to save its output as."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from soc2test.finding.places import is_kept_by_hand, place_of
from soc2test.finding.suggested import command
from soc2test.sources.operation import Operation
from soc2test.sources.source import Source

__all__ = ["Unexported", "unexported"]


class Unexported(NamedTuple):
    """`file` holds angle brackets where a part of scope or subject is not known: then the call can't be made yet."""

    source: str
    operation: str
    command: str
    file: str
    schema: bool
    """people keep the file by hand, and `soc2test schema` prints its format"""

    @property
    def by_hand(self) -> bool:
        """No command prints it: people keep it."""
        return self.command == ""

    @property
    def line(self) -> str | None:
        """The command where it is one that a shell can run."""
        return self.command if " " in self.command else None

    def __str__(self) -> str:
        """What to do."""
        if not self.by_hand:
            return f"export `{self.command}` as {self.file}"
        format = f" (`soc2test schema {self.operation}` prints its format)" if self.schema else ""
        return f"write {self.file}{format}"


def unexported(source: Source, operation: Operation, known: Mapping[str, Any]) -> Unexported:
    """The call for a scope and subject, as far as they are `known`."""
    texts = {name: str(value) for name, value in known.items() if isinstance(value, str | int)}
    by_hand = is_kept_by_hand(operation)
    return Unexported(
        source.name, operation.name, "" if by_hand else command(operation, texts), place_of(source, operation, texts),
        operation.schema is not None,
    )  # fmt: skip
