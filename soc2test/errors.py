"""Every error that soc2test raises on purpose; each carries its data beside its text."""

from collections.abc import Iterable
from datetime import datetime

from soc2test.nearest import near

__all__ = [
    "AmbiguousJoin",
    "ControlDefinitionError",
    "EvidenceError",
    "NoSuchFact",
    "Pending",
    "PluginError",
    "ProgrammeError",
    "Soc2Error",
    "UnknownFact",
]


class Soc2Error(Exception):
    """Base of all errors of soc2test."""

    def __reduce__(self) -> tuple[object, ...]:  # they travel between processes, with what they carry
        return (_rebuild, (type(self), self.args, self.__dict__))


def _rebuild(kind: type[Soc2Error], args: tuple[object, ...], carried: dict[str, object]) -> Soc2Error:
    error = kind.__new__(kind, *args)
    error.__dict__.update(carried)
    return error


class UnknownFact(BaseException):
    """A fact was read that the evidence does not tell.

    Raised by *reading* the fact, so that no operator, default or match can turn it into a pass.
    The resource under test is then not evaluated, for `reason`.
    Deliberately no `AttributeError`: `getattr(resource, "mfa", True)` and `hasattr` must raise too. And no `Exception`:
    `try: assert identity.mfa` with `except Exception: pass` must not swallow it. To handle it, name it.
    """

    def __init__(
        self, fact: str, reason: str, *, kind: str = "", resource: str = "", code: str = "unknown_fact"
    ) -> None:
        self.fact, self.reason, self.kind, self.resource, self.code = fact, reason, kind, resource, code
        where = f"{kind}({resource})." if kind else ""
        super().__init__(f"{where}{fact} is unknown: {reason}" if fact else reason)

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild_unknown, (self.fact, self.reason, self.kind, self.resource, self.code))


def _rebuild_unknown(fact: str, reason: str, kind: str, resource: str, code: str) -> UnknownFact:
    return UnknownFact(fact, reason, kind=kind, resource=resource, code=code)


class Pending(BaseException):
    """An event's limit is still open: the resource under test neither passes nor deviates yet.

    No `Exception`, for the reason that `UnknownFact` is none. Raised by `pending(...)`.
    """

    def __init__(self, text: str, until: datetime) -> None:
        self.text, self.until = text, until
        super().__init__(text)


class AmbiguousJoin(Soc2Error):
    """`Population.one` met several members where the control expects one at most."""

    def __init__(self, kind: str, fact: str, count: int) -> None:
        self.kind, self.fact, self.count = kind, fact, count
        super().__init__(f"{count} resources of kind {kind} share one {fact}; use all({fact!r}, ...) to meet each")


class NoSuchFact(Soc2Error):
    """A kind does not have the fact that is read or joined by.

    No `AttributeError`: `getattr(store, "encryptd", True)`, `hasattr` and a `match` would give an answer instead.
    A join over an empty population would find nothing for ever.
    """

    def __init__(self, kind: str, fact: str, known: Iterable[str]) -> None:
        self.kind, self.fact = kind, fact
        super().__init__(f"{kind} has no fact {fact!r}{near(fact, known)}")


class ControlDefinitionError(Soc2Error):
    """A control is declared wrongly (unknown criterion, no docstring, async function ...)."""


class PluginError(Soc2Error):
    """A plugin declares something wrong or raised while reading; `plugin` names it, `code` is that of its gap."""

    def __init__(self, plugin: str, text: str, *, code: str = "plugin") -> None:
        self.plugin, self.code = plugin, code
        super().__init__(f"plugin {plugin}: {text}")


class ProgrammeError(Soc2Error):
    """soc2.yaml is missing or wrong: file, line (1-based, or None), key path and what is allowed."""

    def __init__(self, file: str, text: str, *, line: int | None = None, key: str = "") -> None:
        self.file, self.text, self.line, self.key = file, text, line, key
        place = file if line is None else f"{file}:{line}"
        super().__init__(f"{place}: {key}: {text}" if key else f"{place}: {text}")


class EvidenceError(Soc2Error):
    """An export can't be read: file (relative to the exports folder), place in it, reason, way out.

    Never quotes content of the file: it may hold secrets.
    """

    def __init__(self, file: str, text: str, *, place: str = "", code: str = "unreadable") -> None:
        self.file, self.text, self.place, self.code = file, text, place, code
        super().__init__(f"{file}: {place}: {text}" if place else f"{file}: {text}")
