"""Could a `where` take a resource of which only some facts are known? Asked of what is missing, and of unknown facts.

A gap of Kubernetes' tokens must not hold up a control over root's keys. `where` is run over a stand-in that gives known
facts as they are and tries each answer for the others, path by path. Only where no path takes it, it can't be a member;
whatever can't be followed counts as a member.
"""

import types
from collections.abc import Callable
from typing import Any, Literal, NoReturn, Union, get_args, get_origin

from soc2test.errors import UnknownFact
from soc2test.resources.resource import Resource, every_kind, fact_names, fact_types

__all__ = ["could_take"]

_MOST = 256
"""Paths that are tried; a `where` with more of them counts as one that may take anything."""

Known = Callable[[str], Any]
"""A fact by its name; raises `UnknownFact` where it is not known."""


class _CantBeFollowed(BaseException):
    """Something is asked of an unknown value that has more answers than can be tried; no `Exception`."""


class _Path:
    """One way through `where`: the answers given so far, and those to give again."""

    def __init__(self, script: list[int]) -> None:
        self._script = script
        self.taken: list[tuple[int, int]] = []

    def choose(self, count: int) -> int:
        """The next answer, of so many."""
        place = len(self.taken)
        answer = self._script[place] if place < len(self._script) else 0
        self.taken.append((answer, count))
        return answer

    def following(self) -> list[int] | None:
        """The script of the path that is to be tried after this one; None after the last."""
        answers = list(self.taken)
        while answers:
            answer, count = answers.pop()
            if answer + 1 < count:
                return [*(given for given, _ in answers), answer + 1]
        return None


class _Value:
    """A value that is not known: each comparison of it may come out either way.

    What a text's methods give is no None; of what others give nothing is known, and `is` can't be tried.
    """

    def __init__(self, path: _Path, *, text: bool = False) -> None:
        self._path, self._text = path, text

    def _either(self, *_: object) -> bool:
        return bool(self._path.choose(2))

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise _CantBeFollowed

    def _some(self, *_: object, **__: object) -> "_Value":
        return _Value(self._path, text=self._text)

    def _of_text(self, *_: object, **__: object) -> "_Value":
        return self._some() if self._text else self._refuse()

    __bool__ = __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __contains__ = _either
    __hash__ = __iter__ = __len__ = __str__ = __repr__ = __format__ = __int__ = __float__ = __index__ = _refuse
    __class__ = property(_refuse)  # isinstance() would say no
    __add__ = __radd__ = __sub__ = __rsub__ = _some
    __getitem__ = __call__ = _of_text

    def __getattr__(self, name: str) -> "_Value":
        return self._of_text()


class _StandIn:
    """A resource of `kind` as `where` sees it, on one path."""

    def __init__(self, kind: type[Resource], known: Known, path: _Path) -> None:
        self._kind, self._known, self._path = kind, known, path
        self._given: dict[str, Any] = {}
        self._asked_kind = False

    @property  # type: ignore[misc]
    def __class__(self) -> Any:  # isinstance() asks it
        if not self._asked_kind:  # a member may be of each kind below too
            kinds = [self._kind, *every_kind(self._kind)]
            self._kind, self._asked_kind = kinds[self._path.choose(len(kinds))], True
        return self._kind

    def __getattr__(self, name: str) -> Any:
        if name not in self._given:  # one answer for each fact on a path
            self._given[name] = self._fact(name)
        return self._given[name]

    def _fact(self, name: str) -> Any:
        try:
            return self._known(name)
        except UnknownFact:
            pass
        if name not in (*fact_names(self._kind), "id", "source", "origin"):
            raise _CantBeFollowed  # a property or method of the kind
        return _any_of(fact_types(self._kind).get(name, str), self._path)

    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = _Value._refuse
    __hash__ = _Value._refuse


def _any_of(type_: Any, path: _Path) -> Any:
    """Some value of a type; each of them where they are few."""
    if type_ is bool:
        return bool(path.choose(2))
    origin = get_origin(type_)
    if origin is Literal:
        values = get_args(type_)
        return values[path.choose(len(values))]
    if origin in (Union, types.UnionType):
        members = get_args(type_)
        return _any_of(members[path.choose(len(members))], path)
    return None if type_ is type(None) else _Value(path, text=type_ is str)


def could_take(where: Callable[[Any], object], kind: type[Resource], known: Known) -> bool:
    """True unless `where` takes no resource of `kind` with these known facts, whatever the others are."""
    script: list[int] = []
    for _ in range(_MOST):
        path = _Path(script)
        try:
            if where(_StandIn(kind, known, path)):
                return True
        except KeyboardInterrupt:
            raise
        except BaseException:  # noqa: BLE001  # whatever it raises, it can't be followed: then it may take it
            return True
        following = path.following()
        if following is None:
            return False
        script = following
    return True
