"""Access that was asked for, and rights that systems gave."""

from datetime import datetime

from soc2test.resources.resource import Resource

__all__ = ["AccessGrant", "AccessRequest"]


class AccessGrant(Resource, frozen=True, gc=False, kw_only=True):
    """A right that a system says was given to an account, and when: an administrator's role, ownership of a tenant."""

    identity: str | None
    """id of the `Identity`; None: its source tells the login alone"""
    account: str | None
    """login, as the lists of its source write the `name` of an `Identity`; None: its source tells the id alone"""
    right: str
    """the role, as the system names it"""
    given_at: datetime


class AccessRequest(Resource, frozen=True, gc=False, kw_only=True):
    """One request that a person be given an account or a right in one system, and who approved it."""

    person_email: str
    """for whom: who will use it"""
    system: str
    """name of the source ("github"), with the tenant where it is for one alone ("okta:acme")"""
    right: str | None
    """role or group that was asked for, as its system names it; None: an account with the rights of everybody"""
    requested_by: str | None
    """e-mail of who asked; None: nobody is named"""
    requested_at: datetime
    approved_by: str | None
    """e-mail of who approved it; None: nobody did"""
    approved_at: datetime | None
    shown_in: str | None
    """number or link of the ticket, or the file, in which it was asked and approved; None: there is none"""
