"""What soc2.yaml and subservice.yaml say, what was exported and which controls there are, as resources of their own."""

from datetime import datetime

from soc2test.resources.resource import Resource

__all__ = ["DeclaredScope", "EvidenceItem", "ExportedScope", "NamedControl", "SubserviceReport"]


class DeclaredScope(Resource, frozen=True, gc=False, kw_only=True):
    """A scope that soc2.yaml declares for a source (account and region, organisation, register).

    Made by the framework from soc2.yaml and what was exported; id is "source/scope".
    """

    scope: str
    exported: bool
    """at least one export of it was read"""
    hosted_by: tuple[str, ...]
    """how registers of vendors call the one that hosts its source; empty: it is software or files of one's own"""
    sold_by: tuple[str, ...]
    """companies that sell it among much else"""


class ExportedScope(Resource, frozen=True, gc=False, kw_only=True):
    """A scope that exports are about (account, region, organisation), where soc2.yaml declares sources at all.

    Made by the framework from the exports; id is "source/level/scope", of a source without levels "source".
    """

    scope: str
    declared: bool
    """soc2.yaml names it, so that what is missing of it is missed"""


class EvidenceItem(Resource, frozen=True, gc=False, kw_only=True):
    """One export or evidence record that was read. Made by the framework; id is the evidence id."""

    path: str
    operation: str
    dated: bool
    """it says when it was collected"""
    readable: bool
    complete: bool
    """no page is missing, no call in it was denied, it is neither stale nor from the future"""
    problem: str | None
    """why it is not readable or not complete, in words; None where all is well"""
    unknown_types: tuple[str, ...]
    """types of things in it that no table of its source knows"""
    records: int


class NamedControl(Resource, frozen=True, gc=False, kw_only=True):
    """A test that is loaded, or one of the company's own controls.

    Made by the framework from policies and controls.yaml; id is what registers name it by.
    """

    first_day: datetime | None
    """first moment of the day since which it is in force; None: a test, which is asked in each run"""
    last_day: datetime | None
    """first moment of the last day on which it is; None: it goes on"""


class SubserviceReport(Resource, frozen=True, gc=False, kw_only=True):
    """A report on a subservice organisation, as subservice.yaml tells it: what the register of vendors says as well.

    Made by the framework from subservice.yaml; id is "organisation/number", counted from 1.
    """

    organisation: str
    """id of the `Vendor`"""
    report_type: str
    """a word as that of `Vendor.report_type`, or "questionnaire\""""
    period_start: datetime | None
    """first moment of its first day; None: not told"""
    period_end: datetime | None
    """first moment of its last day; None: not told"""
    conclusion: str | None
    """a word as that of `Vendor.report_opinion`; None: not told"""
    exceptions: int | None
    """how many of the deviations that it notes touch us, a part of all; None: not told"""
    document: str | None
    """its file; None: none is named"""
    document_digest: str | None
    """SHA-256 of that file as the entry says it, in hex"""
