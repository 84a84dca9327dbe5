"""Second sources: what else would show that something occurred, where the list that should hold it is empty."""

from datetime import datetime
from typing import Any

from soc2test import (
    Change,
    Commit,
    Detector,
    Incident,
    Page,
    Person,
    Population,
    Repository,
    UnknownFact,
    any_of,
)
from soc2test_policies._ages import in_window
from soc2test_policies._joins import known
from soc2test_policies._pages import MINOR, asks_for_an_incident, raise_if_pages_may_lack
from soc2test_policies._people import leavers_would_be_listed, left

__all__ = [
    "no_alerts", "no_changes", "no_commits", "no_severe_incidents", "nobody_left_a_device", "scanners_watched",
]  # fmt: skip

_SEVERE = ("critical", "high")


def no_commits(commits: Population[Commit], limits: Any, as_of: datetime) -> None:
    """No default branch holds a commit of the window: whatever came there came by a change."""
    lately = [commit for commit in commits if in_window(commit.committed_at, limits.since_days, as_of)]
    assert not lately, f"{len(lately)} commits of the window are on default branches, such as {lately[0].id}"


def no_alerts(pages: Population[Page], detectors: Population[Detector], limits: Any, as_of: datetime) -> None:
    """Nobody was paged urgently in the window, by lists of pages that go back beyond it.

    Without such a list nothing shows it: that a detector is on says nothing of what it reported.
    """
    lately = [page for page in pages.members if in_window(page.created_at, limits.since_days, as_of)]
    urgent, unclear = known(lately, _is_urgent)
    such = f"such as {urgent[0].id}" if urgent else ""
    assert not urgent, f"{len(urgent)} pages of the window were urgent, {such}"
    if unclear is not None:
        raise unclear
    if not pages.members:
        on, _ = known(detectors.members, _threats)
        beside = f"; {len(on)} detectors of threats are on, which says nothing of what they reported" if on else ""
        raise UnknownFact("", f"only an export of what was paged would, and none tells of a page{beside}")
    for _ in pages:  # raises where a list is not whole
        pass
    raise_if_pages_may_lack(pages, limits.since_days, as_of)


def _is_urgent(page: Page) -> bool:
    return asks_for_an_incident(page, MINOR)


def no_severe_incidents(incidents: Population[Incident], limits: Any, as_of: datetime) -> None:
    """No severe incident of the window stands in the register: somebody would have been paged for it."""
    lately = [incident for incident in incidents if in_window(incident.detected_at, limits.since_days, as_of)]
    severe = [incident for incident in lately if incident.severity in _SEVERE]
    assert not severe, f"{len(severe)} severe incidents of the window are in the register, such as {severe[0].id}"


def _threats(detector: Detector) -> bool:
    return detector.category == "threat" and detector.enabled


def no_changes(changes: Population[Change], limits: Any, as_of: datetime) -> None:
    """No change was merged in the window: a merged one leaves commits."""
    lately = [each for each in changes if each.merged and in_window(each.merged_at, limits.since_days, as_of)]
    assert not lately, f"{len(lately)} changes were merged in the window, such as {lately[0].id}"


def scanners_watched(repositories: Population[Repository], detectors: Population[Detector]) -> None:
    """A scanner was on that would have found vulnerabilities; of one that is off an empty list says nothing."""
    if not any_of(repositories.members, _scanned) and not any_of(detectors.members, _looks_for_them):
        raise UnknownFact("", "no scanner is known to be on: its list would be empty whatever there is")


def _scanned(repository: Repository) -> bool:
    return repository.dependency_alerts


def _looks_for_them(detector: Detector) -> bool:
    return detector.category == "vulnerability" and detector.enabled


def nobody_left_a_device(persons: Population[Person], as_of: datetime) -> None:
    """Nobody has left: whoever leaves gives a device back, and no device is listed that ever went out of use."""
    gone, unknown = known(persons, lambda person: left(person, as_of))
    assert not gone, f"{len(gone)} people have left, such as {gone[0].id}, and no device that came back is listed"
    if unknown is not None:
        raise unknown
    leavers_would_be_listed(persons)
