"""What soc2.yaml declares, what was exported and which controls there are, as resources of their own."""

from soc2test.resources.resource import Resource

__all__ = ["DeclaredScope", "EvidenceItem", "ExportedScope", "NamedControl"]


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
