"""Which vendor hosts a source that soc2.yaml declares: what our evidence comes from, our commitments rest on.

The row of such a vendor can't take it out of what is examined by its own word (`subservice: false`, `active: false`),
nor make it a small one (`tier: low`).
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from unicodedata import normalize

from soc2test import DeclaredScope, Population, Vendor, deviation
from soc2test_policies._joins import told

__all__ = ["hosts_told", "relied_on", "taken_out"]

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
    for source, scope in sorted({scope.source: scope for scope in scopes.members}.items()):
        rows = _of_source(scope, vendors.members)
        if vendor in rows and not any(map(_examined, rows)) and (vendor.active or not any(map(_in_use, rows))):
            return source
    return ""


def relied_on(vendor: Vendor, scopes: Population[DeclaredScope], vendors: Population[Vendor]) -> bool:
    """Whether our own commitments rest on a vendor: a subservice organisation, or who hosts a declared source.

    What rests on it is critical, whatever the tier of its row. Of a row that does not say VEN-04 asks.
    """
    declared = {scope.source: scope for scope in scopes.members}.values()
    if any(vendor in _of_source(scope, vendors.members) for scope in declared):
        return True
    return told(lambda: vendor.subservice, False)


def hosts_told(scopes: Population[DeclaredScope], vendors: Population[Vendor]) -> None:
    """The register names the vendor of each source that soc2.yaml declares: what is examined there is in use."""
    for source, scope in sorted({scope.source: scope for scope in scopes.members}.items()):
        nobody: tuple[str, ...] = ()
        hosts = told(lambda scope=scope: scope.hosted_by, nobody)  # type: ignore[misc]
        if hosts and not _of_source(scope, vendors.members):
            deviation(scope, f"soc2.yaml declares {source}, and no row is of {hosts[0]}: enter the vendor")


def _in_use(vendor: Vendor) -> bool:
    return told(lambda: vendor.active, True)


def _examined(vendor: Vendor) -> bool:
    return told(lambda: vendor.active and vendor.subservice, False)


def _of_source(scope: DeclaredScope, vendors: Sequence[Vendor]) -> list[Vendor]:
    """The rows that name the vendor of a source; where none does, those of a company that sells it among others."""
    nobody: tuple[str, ...] = ()
    hosts = [_split(name) for name in told(lambda: scope.hosted_by, nobody)]
    sellers = [_split(name) for name in told(lambda: scope.sold_by, nobody)]
    named = [row for row in vendors if any(_begins(name, host) for name in _names(row) for host in hosts)]
    return named or [row for row in vendors if any(name in sellers for name in _names(row))]


@lru_cache(maxsize=4096)
def _split(text: str) -> tuple[str, ...]:
    return tuple(_WORDS.findall(normalize("NFKC", text).casefold()))


def _begins(words: Sequence[str], host: Sequence[str]) -> bool:
    return words[: len(host)] == host or "".join(words) == "".join(host)


def _names(vendor: Vendor) -> tuple[tuple[str, ...], ...]:
    """The words of its name, of what stands there in brackets, and of its id."""
    return _words_of(told(lambda: vendor.name, ""), vendor.id)


@lru_cache(maxsize=4096)
def _words_of(name: str, id: str) -> tuple[tuple[str, ...], ...]:
    found = []
    for text in (_IN_BRACKETS.sub(" ", name), *_IN_BRACKETS.findall(name), id):
        words = _split(text)
        while words[1:] and words[-1] in _OF_COMPANIES:
            words = words[:-1]
        if words:
            found.append(words)
    return tuple(found)
