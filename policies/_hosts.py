"""Which vendor hosts a source that soc2.yaml declares: what our evidence comes from, our commitments rest on.

The row of such a vendor can't take it out of what is examined by its own word (`subservice: false`, `active: false`).
"""

import re
from collections.abc import Iterable, Iterator
from unicodedata import normalize

from soc2test import DeclaredScope, Population, Vendor
from soc2test_policies._joins import told

__all__ = ["taken_out"]

_NO_VENDORS = frozenset(
    ("registers", "kubernetes", "kubernetes-manifests", "terraform", "trivy", "osv", "grype", "cyclonedx", "sarif")
)
"""Sources that are files of ours, or software that we run."""
_NAMES = {
    "aws": ("aws", "amazon web services", "amazon aws"),
    "azure": ("azure", "microsoft azure", "ms azure", "windows azure"),
    "entra": ("entra", "microsoft entra", "azure ad", "azure active directory", "microsoft 365", "office 365", "m365"),
    "gcp": ("gcp", "google cloud", "google gcp"),
    "google_workspace": ("google workspace", "g suite", "gsuite", "google apps"),
    "github": ("github", "git hub"),
    "okta": ("okta",),
    "inspector": ("aws", "amazon web services"),
    "securityhub": ("aws", "amazon web services"),
}
"""How registers call the vendors of the sources that soc2test reads; more words may follow ("GitHub Enterprise")."""
_COMPANIES = {
    "aws": ("amazon", "amazon com"),
    "azure": ("microsoft",),
    "entra": ("microsoft", "azure", "microsoft azure"),
    "gcp": ("google",),
    "google_workspace": ("google",),
    "github": ("microsoft",),
}
"""Companies that sell much else too: they are meant where no other row names the source."""
_WORDS = re.compile(r"[^\W_]+")
_IN_BRACKETS = re.compile(r"[(\[]([^)\]]*)[)\]]")
_OF_COMPANIES = frozenset(
    (
        "inc", "incorporated", "llc", "ltd", "limited", "corp", "corporation", "co", "company", "gmbh", "ag", "bv",
        "plc", "sa", "sarl", "sàrl", "s", "à", "a", "r", "l", "b", "v", "emea", "europe", "ireland", "operations",
        "uk", "us", "usa", "international", "germany", "switzerland", "luxembourg",
    )
)  # fmt: skip
"""Words at the end of a name that say which company of a group it is."""


def taken_out(vendor: Vendor, scopes: Population[DeclaredScope], vendors: Population[Vendor]) -> str:
    """The declared source whose vendor a row says is none of ours, where no other row is examined for it; else ""."""
    for source in sorted({scope.source for scope in scopes.members} - _NO_VENDORS):
        rows = _of_source(source, vendors.members)
        if vendor in rows and not any(map(_examined, rows)) and (vendor.active or not any(map(_in_use, rows))):
            return source
    return ""


def _in_use(vendor: Vendor) -> bool:
    return told(lambda: vendor.active, True)


def _examined(vendor: Vendor) -> bool:
    return told(lambda: vendor.active and vendor.subservice, False)


def _of_source(source: str, vendors: Iterable[Vendor]) -> list[Vendor]:
    """The rows that name the vendor of a source; where none does, those of the company that sells it among others."""
    rows = list(vendors)
    known_as = _NAMES.get(source, (" ".join(_WORDS.findall(source.casefold())),))
    named = [row for row in rows if any(_begins(name, known_as) for name in _names(row))]
    return named or [row for row in rows if any(" ".join(name) in _COMPANIES.get(source, ()) for name in _names(row))]


def _begins(words: list[str], known_as: Iterable[str]) -> bool:
    return any(words[: len(name.split())] == name.split() or "".join(words) == name for name in known_as)


def _names(vendor: Vendor) -> Iterator[list[str]]:
    """The words of its name, of what stands there in brackets, and of its id."""
    name = told(lambda: vendor.name, "")
    for text in (_IN_BRACKETS.sub(" ", name), *_IN_BRACKETS.findall(name), vendor.id):
        words = _WORDS.findall(normalize("NFKC", text).casefold())
        while words[1:] and words[-1] in _OF_COMPANIES:
            words.pop()
        if words:
            yield words
