"""What a Trivy report says of what it covers: the classes of its results, and whether there was data to match against.

Sources: https://trivy.dev/latest/docs/coverage/os/ and https://trivy.dev/latest/docs/coverage/language/; the classes
are those of `Result.Class` in Trivy's report type.
"""

from collections.abc import Iterator, Sequence

from soc2test import Item, Missed, Types, UnknownFact, flag, item_of, missed
from soc2test_plugins.vulnerabilities.kinds import PACKAGES, ReportedVulnerability
from soc2test_plugins.vulnerabilities.shapes import items_at, named_as, text_at

__all__ = ["CLASSES", "class_of", "coverage_gaps"]

_PACKAGES = ("os-pkgs", "lang-pkgs")
"""The classes of results of the scanner for vulnerabilities; all others look for something else."""

CLASSES = Types(
    read=(*_PACKAGES, "config", "secret", "license", "license-file"),
    others=lambda: {
        "crypto": "keys and certificates that an inventory lists, no weaknesses",
        "custom": (ReportedVulnerability,),
    },
)

_LISTS = {
    "Vulnerabilities": "lang-pkgs",
    "Misconfigurations": "config",
    "MisconfSummary": "config",
    "Secrets": "secret",
    "Licenses": "license",
    "CustomResources": "custom",
}
"""What shows the class of a result that names none, as those before Trivy 0.20."""

_SYSTEMS = frozenset((
    "alma", "alpine", "amazon", "azurelinux", "bottlerocket", "cbl-mariner", "centos", "chainguard", "debian", "echo",
    "minimos", "opensuse-leap", "opensuse-tumbleweed", "oracle", "photon", "redhat", "rocky", "slem", "sles", "ubuntu",
    "wolfi",
    # as Trivy before 0.57 spells them
    "opensuse.leap", "opensuse.tumbleweed", "suse linux enterprise micro", "suse linux enterprise server",
))  # fmt: skip
"""Families of operating systems for which Trivy has advisories. Others it detects, and says nothing of their packages:
Fedora, CentOS Stream, CoreOS, "none" where it found packages of a system that it does not know."""

_WITHOUT_PACKAGES = ("activestate",)
"""Families that have no packages of their own."""

_LANGUAGES = frozenset((
    "bitnami", "bun", "bundler", "cargo", "cocoapods", "composer", "composer-vendor", "conan", "dotnet-core", "gemspec",
    "gobinary", "gomod", "gradle", "hex", "jar", "javascript", "kubernetes", "node-pkg", "npm", "nuget",
    "packages-props", "pip", "pipenv", "pnpm", "poetry", "pom", "pub", "pylock", "python-pkg", "rustbinary", "sbt",
    "swift", "uv", "yarn",
))  # fmt: skip
"""Types of packages of languages for which Trivy has advisories; others (Conda) it only lists."""


def class_of(result: Item) -> str:
    """The class of a result, or what its lists show where it names none; "" where nothing does."""
    shown = next((name for key, name in _LISTS.items() if key in result), "")
    return text_at(result, "Class") or shown


def coverage_gaps(top: Item, results: Sequence[Item]) -> Iterator[Missed]:
    """What the report itself says that it did not look at, or had no advisories for."""
    packages = [result for result in results if _is_of_packages(result)]
    if not packages:
        yield missed(
            "no package was held against advisories: the report is of other scanners. Scan with --scanners vuln "
            "and --list-all-pkgs as well",
            *PACKAGES,
        )
    yield from _system_gaps(top, packages)
    for result in packages:
        yield from _result_gaps(result)


def _is_of_packages(result: Item) -> bool:
    return class_of(result) in _PACKAGES or bool(items_at(result, "Vulnerabilities", []))


def _system_gaps(top: Item, packages: Sequence[Item]) -> Iterator[Missed]:
    """Of the operating system that the report names; for a folder, or an image without one, none is named."""
    metadata = top.or_else("Metadata", None)
    system = item_of(metadata).or_else("OS", None) if metadata is not None else None
    if system is None:
        return
    described = item_of(system)
    family, version = text_at(described, "Family"), text_at(described, "Name")
    shown = f"{named_as(family)} {named_as(version)}" if version else named_as(family)
    if _at_its_end(described):
        yield missed(
            f"{shown} is at the end of its support: advisories are published for it no more, so that none is no sign "
            "of safety. Move to a version in support and scan again",
            *PACKAGES,
        )
    of_system = [result for result in packages if class_of(result) == "os-pkgs"]
    if family not in _WITHOUT_PACKAGES:
        yield from _family_gaps(family, version, shown, of_system)


def _at_its_end(system: Item) -> bool:
    """Trivy leaves `EOSL` out where it is false; anything but a switch is taken for the end of support."""
    try:
        return flag(system.or_else("EOSL", False))
    except UnknownFact:
        return True


def _family_gaps(family: str, version: str, shown: str, of_system: Sequence[Item]) -> Iterator[Missed]:
    matched = any(items_at(result, "Vulnerabilities", []) for result in of_system)
    stream = family == "centos" and "stream" in version.casefold()
    if (family not in _SYSTEMS or stream) and not matched:
        yield missed(
            f"the operating system is {shown}, for which this scanner is not known to have advisories: its packages "
            "were held against nothing. Scan it with a scanner that supports it",
            *PACKAGES,
        )
    elif not of_system:
        yield missed(
            f"the operating system is {shown}, and the report has no result for its packages: scan with "
            "--pkg-types os,library",
            *PACKAGES,
        )


def _result_gaps(result: Item) -> Iterator[Missed]:
    """Of one result of packages: its type may be one that Trivy lists without advisories."""
    kind = text_at(result, "Type")
    known = _SYSTEMS | {*_WITHOUT_PACKAGES} if class_of(result) == "os-pkgs" else _LANGUAGES
    if kind not in known and not items_at(result, "Vulnerabilities", []):
        yield missed(
            f"packages of type {named_as(kind)}, for which this scanner is not known to have advisories: they were "
            "held against nothing. Scan them with a scanner that supports them",
            *PACKAGES,
        )
