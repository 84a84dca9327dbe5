"""The scanners' kinds: the neutral `Vulnerability` with what a scanner tells beside it, and what was scanned."""

from datetime import datetime

from soc2test import Resource, Vulnerability

__all__ = [
    "PACKAGES",
    "CodeWeakness",
    "DefenderWeakness",
    "DependencyWeakness",
    "HostWeakness",
    "ImageWeakness",
    "InspectorFinding",
    "ReportedVulnerability",
    "ScannedAsset",
    "SecurityHubFinding",
]


class ReportedVulnerability(Vulnerability, frozen=True, gc=False, kw_only=True):
    """A weakness in a scanner's report on one target.

    Such a report is a look at one moment: it never says when the weakness was first seen, so that fact is unknown.
    `category` is "image", "host", "dependency", "code", "secret" or "configuration".
    """

    weakness: str
    """the scanner's id of it: "CVE-2023-37920", a rule"""
    package: str | None
    """name@version of what is weak; None where it is no package"""


class ImageWeakness(ReportedVulnerability, frozen=True, gc=False, kw_only=True):
    """What a report lacks, where it would be of category "image": such a gap holds up no control over secrets."""


class HostWeakness(ReportedVulnerability, frozen=True, gc=False, kw_only=True):
    """The same of category "host"."""


class DependencyWeakness(ReportedVulnerability, frozen=True, gc=False, kw_only=True):
    """The same of category "dependency"."""


class CodeWeakness(ReportedVulnerability, frozen=True, gc=False, kw_only=True):
    """The same of category "code"."""


PACKAGES = (ImageWeakness, HostWeakness, DependencyWeakness)
"""What a weakness may be that nobody sought in packages."""


class SecurityHubFinding(Vulnerability, frozen=True, gc=False, kw_only=True):
    """A weakness that AWS Security Hub collected, or a check of its own that failed (category "configuration").

    Threats, odd behaviour and sensitive data are findings there too, but no weaknesses: they are no resources here.
    """

    weakness: str
    product: str
    """who reported it: the last part of the product's ARN, "aws/securityhub", "aws/inspector\""""


class InspectorFinding(Vulnerability, frozen=True, gc=False, kw_only=True):
    """A finding of Amazon Inspector on one resource."""

    weakness: str


class DefenderWeakness(Vulnerability, frozen=True, gc=False, kw_only=True):
    """A weakness of software on a device that Microsoft Defender reports, which says since when it is there."""

    weakness: str
    package: str
    """name@version of the software"""


class ScannedAsset(Resource, frozen=True, gc=False, kw_only=True):
    """One asset that a scanner looked at: the scanned set, to be held against the inventory."""

    scanner: str
    asset: str
    scanning: bool
    """the scanner covers it now; a report is proof of it"""
    last_scanned_at: datetime | None
    """None: never"""
