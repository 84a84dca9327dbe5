"""What is recorded, watched and found."""

from datetime import datetime

from soc2test.resources.resource import Resource

__all__ = ["Alarm", "Detector", "LogSink", "LogStore", "Page", "PostureCheck", "Vulnerability"]


class LogSink(Resource, frozen=True, gc=False, kw_only=True):
    """Where the audit log of a tenant goes: trail, log stream, audit log setting."""

    name: str
    scope: str
    """the tenant whose events it takes in, an account for instance"""
    of_organization: bool
    """it takes in those of all members of the tenant's organization too"""
    organization: str | None
    """id of the organization that the tenant belongs to; None: to none"""
    delivering: bool
    """switched on and its last delivery succeeded"""
    last_delivered_at: datetime | None
    """None: never; unknown where the provider does not tell"""
    recording_since: datetime | None
    """when it was switched on last: it was not off since; None: it is off now"""
    all_regions: bool
    management_events: bool
    integrity_checked: bool
    """tampering can be detected afterwards"""
    encrypted: bool
    """encrypted with a key of the company's own"""
    retention_days: int | None
    """None: kept for ever"""


class LogStore(Resource, frozen=True, gc=False, kw_only=True):
    """Where logs of workloads and services are kept, beside the audit log of the tenant."""

    name: str
    retention_days: int | None
    """None: kept for ever"""


class Alarm(Resource, frozen=True, gc=False, kw_only=True):
    """A rule that goes off when something that is measured leaves its bounds."""

    name: str
    notifies: bool
    """when it goes off, somebody is told or something acts"""
    answered: bool
    """when it goes off, somebody is told, an incident is opened or room is added; a restart is none of these"""
    told_by_mail: tuple[str, ...]
    """the addresses that are told, where mail alone tells anybody; empty: something else acts or tells, or nothing"""
    capacity: bool
    """it measures how full or how busy something is, and goes off when little is left"""
    watches: tuple[str, ...]
    """ids of the resources that it measures; empty: of none that can be told"""
    space_of: tuple[str, ...]
    """ids of the `DataStore`s of which it goes off when their free space runs low; empty: of none"""


class Page(Resource, frozen=True, gc=False, kw_only=True):
    """What a paging service called somebody for, whether or not anybody declared an incident of it."""

    name: str
    """its number, as people call it"""
    reference: str
    """its id in the service's own words, which a row of the register of incidents names"""
    title: str
    urgency: str
    """"high" (somebody is to look at once), "low\""""
    priority: str | None
    """the name that the company gave it; None: it has none"""
    created_at: datetime
    """when it was triggered first"""
    resolved_at: datetime | None
    """None: it goes on"""
    merged_into: str | None
    """`reference` of the page that goes on in its place; None: it was not merged"""


class PostureCheck(Resource, frozen=True, gc=False, kw_only=True):
    """A service that checks the settings of one scope for weaknesses.

    A scope where it is off is a resource too, with enabled False.
    """

    category: str
    """"benchmark" (settings against a published standard), "external_access" (who outside can reach what)"""
    scope: str
    """account/region or tenant that it checks"""
    enabled: bool


class Detector(Resource, frozen=True, gc=False, kw_only=True):
    """A service that watches one scope: threat detection, configuration recorder, scanner.

    A scope where it is off is a resource too, with enabled False.
    """

    category: str
    """"threat", "configuration", "vulnerability\""""
    scope: str
    """account/region, repository or tenant that it watches"""
    enabled: bool
    covers_all: bool
    """watches every resource type of its scope"""
    on_since: datetime | None
    """when it was switched on last: it was not off since; None: it is off now"""


class Vulnerability(Resource, frozen=True, gc=False, kw_only=True):
    """One weakness that a scanner reported on one asset."""

    category: str
    """"dependency", "code", "secret", "image", "host\""""
    asset: str
    """what it was found on: a repository, an image, a host"""
    severity: str
    """"critical", "high", "medium", "low\""""
    state: str
    """"open", "fixed", "dismissed\""""
    first_seen_at: datetime
    closed_at: datetime | None
    """fixed or dismissed at"""
    dismissed_by: str | None
    dismissed_reason: str | None
