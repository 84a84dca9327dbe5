"""How a part of a command's template is written: as it is, or percent-encoded for a path (`{name:url}`)."""

from urllib.parse import quote

__all__ = ["TemplatePart", "written"]

_URL = "url"


class TemplatePart(str):
    """What stands for a part that is not known yet, in whichever form it is asked for.

    Raises `ValueError` for a form that there is not.
    """

    __slots__ = ()

    def __format__(self, form: str) -> str:
        return written(str(self), form, known=False)


def written(value: str, form: str, *, known: bool = True) -> str:
    """A value in a form. Raises `ValueError` for a form that there is not."""
    if form not in ("", _URL):
        raise ValueError(form)
    return quote(value, safe="") if form and known else value
