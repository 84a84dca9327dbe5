"""How the plugin enters: a source a scanner, and the reports that lie elsewhere than in its folder."""

from collections.abc import Iterable

from soc2test import Claim, Export, Source, hookimpl
from soc2test_plugins.vulnerabilities import claims, constants  # noqa: F401  # what the sources always are
from soc2test_plugins.vulnerabilities.cyclonedx import cyclonedx
from soc2test_plugins.vulnerabilities.defender import defender
from soc2test_plugins.vulnerabilities.grype import grype
from soc2test_plugins.vulnerabilities.inspector import inspector
from soc2test_plugins.vulnerabilities.osv import osv
from soc2test_plugins.vulnerabilities.prowler import prowler
from soc2test_plugins.vulnerabilities.sarif import sarif
from soc2test_plugins.vulnerabilities.security_hub import security_hub
from soc2test_plugins.vulnerabilities.snyk import snyk
from soc2test_plugins.vulnerabilities.trivy import trivy

__all__ = ["SOURCES", "soc2_claim", "soc2_sources"]

# A source each, not one for all: operations of one source that list the same kind stand in for each other, but a
# whole Trivy report must never make up for a Snyk report that can't be read.
SOURCES = (trivy, grype, snyk, osv, sarif, cyclonedx, prowler, defender, security_hub, inspector)


@hookimpl
def soc2_sources() -> Iterable[Source]:
    """One source a scanner."""
    return SOURCES


@hookimpl
def soc2_claim(export: Export) -> Claim | None:
    """A report that is known by how it begins, wherever it lies."""
    return claims.claim(export)
