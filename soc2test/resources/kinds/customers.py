"""Customers, what they are given and told, and the file by which outsiders find whom to tell of a weakness."""

from datetime import datetime

from soc2test.resources.resource import Resource

__all__ = ["Customer", "CustomerDocument", "CustomerNotice", "SecurityTxt"]


class Customer(Resource, frozen=True, gc=False, kw_only=True):
    """Somebody who uses the service by a contract."""

    since: datetime
    until: datetime | None
    """first day without the service; None while no end is set"""
    terms: str | None
    """id of the `CustomerDocument` that was signed; None: none was"""
    signed_at: datetime | None
    document: str | None
    """file of the signed terms or of the record of the agreement; None: there is none"""


class CustomerDocument(Resource, frozen=True, gc=False, kw_only=True):
    """One version of a text that customers are given and may rely on."""

    topic: str
    """"terms", "service-levels", "data-processing", "system-description", "user-entity-controls" ..."""
    version: str
    valid_from: datetime
    valid_until: datetime | None
    """first day on which it counts no more; None while it does"""
    owner_email: str | None
    approved_by: str | None
    """e-mail of who approved this version; None: nobody"""
    approved_at: datetime | None
    reviewed_at: datetime | None
    document: str | None
    """file of the text; None: there is none"""


class CustomerNotice(Resource, frozen=True, gc=False, kw_only=True):
    """Something that all customers were told."""

    about: tuple[str, ...]
    """ids of the `CustomerDocument` that it tells of"""
    sent_at: datetime
    recipients: int
    """how many customers it reached, as the system counts them that sent it"""
    sent_by: str | None
    """e-mail of the person who sent it; None: nobody is named"""
    document: str | None
    """file of the notice with the system's record; None: there is none"""


class SecurityTxt(Resource, frozen=True, gc=False, kw_only=True):
    """The answer of a site to who asked for its security.txt (RFC 9116)."""

    url: str
    fetched_at: datetime
    status: int
    content_type: str | None
    """header of the answer; None: it had none"""
    contacts: tuple[str, ...]
    """values of its fields Contact, in their order"""
    canonical: tuple[str, ...]
    """values of its fields Canonical: under which addresses it is meant to lie"""
    expires: datetime | None
    """value of its field Expires; None: there is none, more than one, or it is no time"""
