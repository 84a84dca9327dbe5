"""Which subject an answer of Graph is of: its context repeats what was asked for, `#users('ID')/authentication`."""

from soc2test import About

__all__ = ["OF_DOMAIN", "OF_GROUP", "OF_USER"]

_CONTEXT = ("@odata.context",)
_ID = r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
OF_USER = (
    About(at=_CONTEXT, form=rf"(?:.*#users\(')?({_ID})(?:'\).*)?"),
    About(at=_CONTEXT, form=r"(?:.*#users\(')?([^'()#/]+(?:@|%40)[^'()#/]+)(?:'\).*)?"),
)
"""By the id or by the name, as it was asked for; the one says nothing of the other."""
OF_GROUP = About(at=_CONTEXT, form=rf"(?:.*#groups\(')?({_ID})(?:'\).*)?")
OF_DOMAIN = About(at=_CONTEXT, form=r"(?:.*#domains\(')?([^'()#/]+)(?:'\).*)?")
