"""Vulnerability scanners: Trivy, Grype, Snyk, OSV, SARIF, CycloneDX, AWS Security Hub and Amazon Inspector."""

from soc2test_plugins.vulnerabilities.hooks import soc2_claim, soc2_sources

__all__ = ["soc2_claim", "soc2_sources"]
