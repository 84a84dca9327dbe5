"""Consents, and the fields in which personal data is stored."""

from datetime import datetime

from soc2test.resources.resource import Resource

__all__ = ["Consent", "DeclaredField", "StoredField"]


class Consent(Resource, frozen=True, gc=False, kw_only=True):
    """One consent of one person, who is not named."""

    activity: str
    """id of the `ProcessingActivity` that it is for"""
    point: str
    """id of the `CollectionPoint` where it was given"""
    notice: str | None
    """id of the `PrivacyNotice` that was shown; None: none was, or nobody knows"""
    given_at: datetime
    how: str
    """what the person did: "signed", "typed", "double_opt_in", "ticked_box", "said", "went_on" (nothing)"""
    first_used_at: datetime | None
    """when the data was first used for it; None: not yet"""
    withdrawn_at: datetime | None
    """when the person took it back; None: it holds"""
    stopped_at: datetime | None
    """when the use ended after that; None: it goes on"""


class StoredField(Resource, frozen=True, gc=False, kw_only=True):
    """A column of a table, as the database lists it; id is "store/schema.table.column"."""

    store: str
    """as `ProcessingActivity.stores` writes it"""
    column_name: str
    data_type: str


class DeclaredField(Resource, frozen=True, gc=False, kw_only=True):
    """What stored fields are for, or that they are no personal data; id is "store/schema.table.column".

    An asterisk in place of the column stands for all of a table without personal data that no other entry names.
    """

    activity: str | None
    """id of the `ProcessingActivity` that needs it; None: it is no personal data"""
    data_category: str | None
    """the short name of the record of processing for what it holds"""
    reason: str | None
    """why it is no personal data; None: it is some, or nobody says"""
    declared_by: str | None
    """e-mail of who says so"""
    declared_at: datetime | None
