"""CycloneDX: the vulnerabilities of a bill of materials or VEX document, with their analysis."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from soc2test import Facts, Item, Missed, Said, Source, Subject, Unknown, UnknownFact, dig, item_of, missed, unpaged
from soc2test_plugins.vulnerabilities.kinds import PACKAGES, ReportedVulnerability, ScannedAsset
from soc2test_plugins.vulnerabilities.severity import of_score, of_word, worst
from soc2test_plugins.vulnerabilities.shapes import (
    TARGET,
    TELLS,
    items_at,
    moment,
    named_as,
    reported,
    scanned,
    text_at,
)

__all__ = ["cyclonedx"]

cyclonedx = Source(
    "cyclonedx",
    title="CycloneDX",
    scope=TARGET,
    command="grype -o cyclonedx-json <image of {target}>",
    dated="metadata.timestamp",
    paging=unpaged,  # a report is one document
    url="https://cyclonedx.org/docs/latest/json/",
)
_STATES = {
    "resolved": "fixed",
    "resolved_with_pedigree": "fixed",
    "exploitable": "open",
    "in_triage": "open",
    "false_positive": "dismissed",
    "not_affected": "dismissed",
}
_WHOLE = ("complete", "not_specified")
"""Aggregates that say no less than a document without compositions."""
_NOT_WHOLE = (
    "incomplete", "incomplete_first_party_only", "incomplete_first_party_opensource_only",
    "incomplete_first_party_proprietary_only", "incomplete_third_party_only", "incomplete_third_party_opensource_only",
    "incomplete_third_party_proprietary_only", "unknown",
)  # fmt: skip
"""Those by which parts are or may be left out."""


@cyclonedx.reads("report", kind=(ReportedVulnerability, ScannedAsset), lists=True, tells=TELLS)
def report(body: Any, at: Subject) -> Iterator[Said]:
    """One document. Without the list `vulnerabilities` it is a bill of materials that nobody has held against any."""
    top = item_of(body)
    if "vulnerabilities" not in top:
        raise UnknownFact(
            "vulnerabilities", "is a bill of materials without vulnerabilities: scan it, and export the result"
        )
    metadata = top["metadata"]
    names = dict(_names(top))
    subject = text_at(metadata, "component", "name") or at["target"]
    when = metadata.time("timestamp") if isinstance(metadata, Item) else Unknown("the document is not dated")
    gaps = list(_left_out(top))
    yield from gaps
    yield scanned(cyclonedx, at, subject, when, gaps=gaps)
    for ref, item, ratings in _affected(items_at(top, "vulnerabilities")):
        yield _weakness(item, ratings, at, ref, names.get(ref, ref or subject), _author(metadata))


def _affected(weaknesses: Iterable[Item]) -> Iterator[tuple[str, Item, list[Item]]]:
    """Each weakness once for each part that it affects, with all ratings of it: two sources may list it apart."""
    rated: dict[tuple[str, str], list[Item]] = {}
    affected = [(ref, item) for item in weaknesses for ref in _refs(item)]
    for ref, item in affected:
        rated.setdefault((ref, text_at(item, "id")), []).extend(items_at(item, "ratings", []))
    for ref, item in affected:
        yield ref, item, rated[ref, text_at(item, "id")]


def _refs(item: Item) -> list[str]:
    return [text_at(each, "ref") for each in items_at(item, "affects", [])] or [""]


def _left_out(top: Item) -> Iterator[Missed]:
    """What the document says that it does not hold, and an empty list that its tool writes without having looked."""
    if not items_at(top, "vulnerabilities") and _bill_of_trivy(top):
        yield missed(
            "Trivy writes an empty list of vulnerabilities into a bill of materials that it held against nothing too: "
            "export its own format (--format json), which tells one from the other",
            *PACKAGES,
        )
    own = text_at(top, "metadata", "component", "bom-ref")
    for composition in items_at(top, "compositions", []):
        aggregate = text_at(composition, "aggregate")
        if aggregate in _WHOLE or not _about_all(composition, own):
            continue
        if aggregate in _NOT_WHOLE:
            yield missed(f"the document says of itself that it is {named_as(aggregate)} (compositions)", *PACKAGES)
        else:
            yield missed("how whole it is the document says by a word that CycloneDX does not define", *PACKAGES)


def _about_all(composition: Item, own: str) -> bool:
    """Whether it speaks of the vulnerabilities, or of the parts of that which the document is about."""
    assemblies = composition.or_else("assemblies", None)
    of_subject = isinstance(assemblies, list) and own != "" and own in assemblies
    return of_subject or bool(composition.or_else("vulnerabilities", None))


def _bill_of_trivy(top: Item) -> bool:
    """Whether Trivy made it: `metadata.tools` is a list, since CycloneDX 1.5 an object with `components`."""
    tools = dig(top, "metadata", "tools")
    holder = dig(tools, "components") if isinstance(tools, Item) else tools
    named = [text_at(tool, "name") for tool in holder if isinstance(tool, Item)] if isinstance(holder, list) else []
    return any(name.casefold() == "trivy" for name in named)


def _names(top: Item) -> Iterator[tuple[str, str]]:
    """The names of the components by their reference."""
    own = dig(top, "metadata", "component")
    for component in [*items_at(top, "components", []), *([own] if isinstance(own, Item) else [])]:
        name, version = text_at(component, "name"), text_at(component, "version")
        yield text_at(component, "bom-ref"), f"{name}@{version}" if version else name


def _weakness(item: Item, ratings: Sequence[Item], at: Subject, ref: str, asset: str, author: Any) -> Facts:
    return reported(
        cyclonedx,
        at,
        (item["id"], ref),
        weakness=item["id"],
        package=asset,
        category="dependency",
        asset=asset,
        severity=_severity(ratings),
        **_state(item, author),
    )


def _severity(ratings: Iterable[Item]) -> Any:
    """The worst of the ratings: several parties rate one weakness, and the milder word must not hide the worse.

    One that can't be read (a vector alone, a word that CycloneDX does not define) may be the worst. "unknown" is none.
    """
    return worst([_word(rating) for rating in ratings if not _says_nothing(rating)])


def _word(rating: Item) -> str | None:
    """Its word, else its score. Only those of CVSS are known: OWASP's end at 9, those of "other" anywhere."""
    if (word := of_word(dig(rating, "severity"))) is not None:
        return word
    method = text_at(rating, "method")
    return of_score(dig(rating, "score")) if not method or method.startswith("CVSS") else None


def _says_nothing(rating: Item) -> bool:
    """The party that rates says that it does not know."""
    return text_at(rating, "severity") == "unknown" and "score" not in rating and "vector" not in rating


def _state(item: Item, author: Any) -> dict[str, Any]:
    """What the analysis says; a weakness without one is open."""
    if not isinstance(analysis := item.or_else("analysis", None), Item) or "state" not in analysis:
        return {}
    state = _STATES.get(text_at(analysis, "state"))
    if state is None:
        unknown = Unknown("the analysis has a state that CycloneDX does not define", what="state")
        return {"state": unknown, "closed_at": unknown, "dismissed_by": unknown, "dismissed_reason": unknown}
    if state == "open":
        return {}
    closed = moment(analysis, "lastUpdated") if "lastUpdated" in analysis else _WHEN
    if state == "fixed":
        return {"state": state, "closed_at": closed}
    why = text_at(analysis, "justification") or text_at(analysis, "detail") or None
    return {"state": state, "closed_at": closed, "dismissed_by": author, "dismissed_reason": why}


_WHEN = Unknown("the analysis does not say when it came to this (analysis.lastUpdated)", what="closed_at")


def _author(metadata: Any) -> Any:
    """Who answers for the document's analyses."""
    authors = items_at(metadata, "authors", []) if isinstance(metadata, Item) else []
    if authors and (name := text_at(authors[0], "email") or text_at(authors[0], "name")):
        return name
    return Unknown("the document names no author (metadata.authors)", what="dismissed_by")
