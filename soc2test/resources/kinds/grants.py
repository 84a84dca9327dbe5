"""Applications that were let into what others hold."""

from soc2test.resources.resource import Resource

__all__ = ["AppGrant"]


class AppGrant(Resource, frozen=True, gc=False, kw_only=True):
    """What an application of others may do in a tenant, since an account or an administrator let it in."""

    name: str
    """of the application, as the list of its source shows it"""
    active: bool
    rights: tuple[str, ...]
    """as its source writes them: "contents:read", "https://www.googleapis.com/auth/drive.readonly\""""
