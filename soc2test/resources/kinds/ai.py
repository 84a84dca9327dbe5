"""Systems of artificial intelligence: those that the company knows of, and those that people use."""

from datetime import datetime

from soc2test.resources.resource import Resource

__all__ = ["AISystem", "AIUse", "PromptLog"]


class AISystem(Resource, frozen=True, gc=False, kw_only=True):
    """A system of artificial intelligence that the company uses or builds on, by its register."""

    known_as: tuple[str, ...]
    """names by which lists of applications and of seats show it"""
    vendor: str
    """id of the `Vendor` whose model it is"""
    owner_email: str | None
    purpose: str | None
    """what it is used for; None: nobody wrote it down"""
    data_classes: tuple[str, ...]
    """classes of data that it may be given"""
    in_use_since: datetime
    reviewed_by: str | None
    """e-mail of who last looked at its use and the data that it gets; None: nobody"""
    reviewed_at: datetime | None
    application: str | None
    """the `Application` by which people sign in, as "source:id" ("okta:okta/acme/apps/0oa1"); None: by none"""
    terms: str | None
    """file of what the vendor agreed to for it; None: there is none"""
    terms_at: datetime | None
    training_clause: str | None
    """where it says that what the model is given trains no model; None: nowhere"""
    retention_days: int | None
    """how long the vendor keeps what the model is given, by the terms; None: they say nothing"""
    rights: tuple[str, ...]
    """what it may do in other systems, as these write it ("contents:read"); empty: nothing"""
    prompt_log: str | None
    """the `PromptLog` that records what it is asked, as "source:id"; None: none does"""
    repository: str | None
    """the `Repository` in which its prompts and the choice of its model are kept, as "source:id"; None: the company
    writes none"""


class AIUse(Resource, frozen=True, gc=False, kw_only=True):
    """An account that may use a system of artificial intelligence, as its vendor lists it."""

    product: str
    account: str
    """login of the account in the source that tells of it"""


class PromptLog(Resource, frozen=True, gc=False, kw_only=True):
    """Whether a vendor records what its models are asked and answer in one scope; also where it is off."""

    texts: bool
    """the texts themselves are recorded, not only that there were some"""
    log_store: str | None
    """id of the `LogStore` that takes them; None: none does"""
