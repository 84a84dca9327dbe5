"""Reports that lie elsewhere than in their scanner's folder, known by how they begin."""

import re

from soc2test import Claim, Export

__all__ = ["claim"]

_REPORTS = (
    ("cyclonedx", rb'"bomFormat"\s*:\s*"CycloneDX"'),
    ("sarif", rb'"\$schema"\s*:\s*"[^"]{1,200}sarif'),
    ("sarif", rb'"version"\s*:\s*"2\.1\.0"\s*,\s*"runs"\s*:'),
    ("prowler", rb'^\s*\[\s*\{.*"event_code"\s*:.*"name"\s*:\s*"Prowler"'),
    ("trivy", rb'"SchemaVersion"\s*:\s*\d\b.{0,400}"ArtifactName"\s*:'),
    ("grype", rb'^\s*\{\s*"matches"\s*:\s*\[\s*\{\s*"vulnerability"'),
    ("grype", rb'^\s*\{\s*"matches"\s*:\s*\[\s*\].*"descriptor"'),
    ("snyk", rb'^\s*\[?\s*\{\s*"vulnerabilities"\s*:\s*\[.*("SNYK-|"snyk:|"dependencyCount")'),
    ("osv", rb'^\s*\{\s*"results"\s*:\s*\[\s*\{\s*"source".*"packages"'),
    ("osv", rb'^\s*\{\s*"results"\s*:\s*\[\s*\]\s*,\s*"experimental_config"'),
)
_BEGINNINGS = tuple((name, re.compile(begins, re.DOTALL)) for name, begins in _REPORTS)
_REGION = re.compile(r"[a-z]{2,4}(-[a-z]+){1,2}-\d", re.ASCII)
_PRODUCT = re.compile(rb'"ProductArn"\s*:\s*"arn:aws[a-z-]*:securityhub:([a-z0-9-]+):')
_ACCOUNT = re.compile(rb'"AwsAccountId"\s*:\s*"(\d{12})"')
_FINDING = re.compile(rb'"findingArn"\s*:\s*"arn:aws[a-z-]*:inspector2:([a-z0-9-]+):(\d{12}):')
_COVERED = re.compile(rb'^\s*\{\s*"coveredResources"\s*:')
_COVERED_ACCOUNT = re.compile(rb'"accountId"\s*:\s*"(\d{12})"')
_CALL = re.compile(r"(securityhub|inspector2)[.-]((?:get|list)-findings|list-coverage)(?:\.page(\d+)|\.\d+)?\.json")
_SOURCES = {"securityhub": "securityhub", "inspector2": "inspector"}


def claim(export: Export) -> Claim | None:
    """A report whose beginning no other file has; its path without suffix is its target."""
    if export.path.suffix.lower() not in (".json", ".sarif", ""):
        return None
    head = export.head().removeprefix(b"\xef\xbb\xbf")
    if (found := _aws(export, head)) is not None:
        return found
    name = next((name for name, begins in _BEGINNINGS if begins.search(head)), None)
    return Claim(name, "report", {"target": _target(export, name)}) if name else None


def _target(export: Export, name: str) -> str:
    """A whole path, not only a name: two reports must not pass for two exports of one call."""
    folders = export.path.parts[:-1]
    stem = export.path.name.split(".json")[0].removesuffix(".sarif")
    parts = [*(folders[1:] if folders[:1] == (name,) else folders), *([] if stem == "report" else [stem])]
    return "/".join(parts) or stem


def _aws(export: Export, head: bytes) -> Claim | None:
    """Findings and coverage as the AWS CLI prints them, in the folders of account and region or by their content."""
    call = _CALL.fullmatch(export.path.name)
    folders = export.path.parts[:-1]
    if call and len(folders) > 1 and _REGION.fullmatch(folders[-1]):
        page = int(call[3]) if call[3] else None
        subject = {"account": folders[-2], "region": folders[-1]}
        return Claim(_SOURCES[call[1]], f"{call[1]} {call[2]}", subject, page)
    if (product := _PRODUCT.search(head)) and (account := _ACCOUNT.search(head)):
        subject = {"account": account[1].decode(), "region": product[1].decode()}
        return Claim("securityhub", "securityhub get-findings", subject)
    if found := _FINDING.search(head):
        subject = {"account": found[2].decode(), "region": found[1].decode()}
        return Claim("inspector", "inspector2 list-findings", subject)
    if _COVERED.match(head) and (account := _COVERED_ACCOUNT.search(head)):
        return Claim("inspector", "inspector2 list-coverage", {"account": account[1].decode()})
    return None
