"""Where data goes: flows that systems saw, and flows that the company declares."""

from datetime import datetime

from soc2test.resources.resource import Resource

__all__ = ["DataFlow", "DeclaredFlow", "ObservedFlow"]


class DataFlow(Resource, frozen=True, gc=False, kw_only=True):
    """Data that goes from one place to another, whoever tells of it."""

    comes_from: str | None
    """where it comes from: id of the `DataStore`, else the place as a system names it ("postgres://db:5432"); None:
    from no place that is named"""
    goes_to: str | None
    """where it goes, likewise; None: to no place that is named, as of a job that reads and writes nothing"""
    job: str | None
    """what moves it, by the name that it has where it is started ("airflow-prod/orders.copy"); None: people do"""
    owners: tuple[str, ...]
    """who answers for what moves it, as its source names them (e-mail, "team:data"); none: nobody is named"""
    classes: tuple[str, ...]
    """the company's classes of what is moved ("confidential"), as its source labels it; none: it has no such label"""


class ObservedFlow(DataFlow, frozen=True, gc=False, kw_only=True):
    """A flow that a system saw: a job read here and wrote there in one run."""

    last_ran_at: datetime | None
    """when a run that moves it ended well last; None: none did, and part may have been moved all the same"""
    last_seen_at: datetime
    """when a run last told of it, however the run ended"""
    read: tuple[str, ...]
    """what it reads there, by the names that these have: tables, paths"""


class DeclaredFlow(DataFlow, frozen=True, gc=False, kw_only=True):
    """A flow as the company declares it: what it is for, and who allowed it."""

    vendor: str | None
    """id of the `Vendor` at whose place it ends; None: it stays with the company"""
    purpose: str | None
    approved_by: str | None
    """e-mail of who allowed it; None: nobody did"""
    approved_at: datetime | None
