"""A value that the evidence does not tell, on its way from a plugin's function to a resource."""

from typing import Any, NoReturn

from soc2test.errors import UnknownFact

__all__ = ["Unknown"]


class Unknown:
    """Stands for a value that is absent; any use but handing it on to `facts()` raises `UnknownFact`.

    A plugin's function gets one from `item["key"]` where the key is absent, and may hand it on untouched:
    the fact is then unknown for `reason`. A computation over it raises, so absent never becomes False.
    """

    __slots__ = ("code", "reason", "what")

    def __init__(self, reason: str, *, what: str = "", code: str = "unknown_fact") -> None:
        self.reason, self.what, self.code = reason, what, code

    def raise_(self, *_: Any, **__: Any) -> NoReturn:
        """Raise `UnknownFact` with the reason."""
        raise UnknownFact(self.what or "a value", self.reason, code=self.code)

    def __getattr__(self, name: str) -> NoReturn:
        self.raise_()

    __bool__ = __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __hash__ = raise_
    __str__ = __repr__ = __format__ = __len__ = __iter__ = __contains__ = raise_
    __getitem__ = __setitem__ = __delitem__ = __next__ = __reversed__ = __call__ = raise_
    __int__ = __float__ = __complex__ = __index__ = __bytes__ = __round__ = __trunc__ = __floor__ = __ceil__ = raise_
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = raise_
    __floordiv__ = __rfloordiv__ = __mod__ = __rmod__ = __divmod__ = __rdivmod__ = __pow__ = __rpow__ = raise_
    __matmul__ = __rmatmul__ = __lshift__ = __rlshift__ = __rshift__ = __rrshift__ = raise_
    __and__ = __rand__ = __or__ = __ror__ = __xor__ = __rxor__ = __neg__ = __pos__ = __abs__ = __invert__ = raise_

    __reduce__ = __reduce_ex__ = __copy__ = __deepcopy__ = __enter__ = __await__ = raise_
