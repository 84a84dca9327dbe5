"""Prowler's reports in OCSF (`prowler ... -M json-ocsf`): what its checks of a cloud's settings found.

https://docs.prowler.com, Reporting, and `prowler/lib/outputs/ocsf/ocsf.py` of prowler-cloud/prowler at 0d9f397bba11,
which writes each result of a check as a Detection Finding (OCSF class 2004): `status_code` is the result, `status` is
"Suppressed" where a mute list holds it and "New" otherwise, `time` is in seconds.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from soc2test import (
    Item,
    Said,
    Source,
    Subject,
    Unknown,
    UnknownFact,
    dig,
    id_text,
    item_of,
    items_of,
    meaning,
    missed,
    number,
    or_unknown,
    skip,
    text,
    unpaged,
)
from soc2test_plugins.vulnerabilities.kinds import ReportedVulnerability, ScannedAsset
from soc2test_plugins.vulnerabilities.severity import severity
from soc2test_plugins.vulnerabilities.shapes import TARGET, TELLS, reported, scanned, text_at

__all__ = ["prowler"]

prowler = Source(
    "prowler",
    title="Prowler",
    scope=TARGET,
    command="prowler <provider> -M json-ocsf -F {target}",
    paging=unpaged,  # a report is one document
    url="https://docs.prowler.com",
)
_DETECTION = 2004
"""`class_uid` of OCSF's Detection Finding; Prowler 3 wrote another class, with other keys."""
_FAILED, _PASSED = "FAIL", "PASS"
_MANUAL = Unknown("Prowler leaves this check to people (MANUAL), and does not say what they found", what="state")
_MUTED = {"New": False, "Suppressed": True}
_BY_LIST = "Prowler's mute list put it away, and the report does not say {}: the history of that file does"


@prowler.reads("report", kind=(ReportedVulnerability, ScannedAsset), lists=True, tells=TELLS)
def report(body: Any, at: Subject) -> Iterator[Said]:
    """One report of one or more accounts. Prowler writes none where no check had a result."""
    results = items_of(body)
    if not results:
        yield missed("a report without the result of any check", ReportedVulnerability, ScannedAsset)
        return
    for account, moments in _accounts(results, at).items():
        yield scanned(prowler, at, account, max(moments) if moments else _UNDATED, account)
    for result in results:
        yield from _finding(result, at)


_UNDATED = Unknown("the results do not say when they were made (time)", what="last_scanned_at")


def _accounts(results: list[Item], at: Subject) -> dict[str, list[datetime]]:
    """The accounts that were looked at, with the moments of their results; the target where none is named."""
    accounts: dict[str, list[datetime]] = {}
    for result in results:
        account = dig(result, "cloud", "account", "uid")
        moments = accounts.setdefault(account if isinstance(account, str) and account else at["target"], [])
        made = or_unknown(lambda result=result: _made_at(result))  # type: ignore[misc]
        if isinstance(made, datetime):
            moments.append(made)
    return accounts


def _made_at(result: Item) -> datetime:
    """`time` is in UTC by what it is; the texts beside it are of the clock of the machine that ran Prowler."""
    try:
        return datetime.fromtimestamp(number(result["time"]), UTC)
    except (OverflowError, OSError, ValueError):
        raise UnknownFact("time", "no moment stands there") from None


def _finding(result: Item, at: Subject) -> Iterator[Said]:
    """A check that failed is a weakness on each resource that it names; one that passed is none."""
    if number(result["class_uid"]) != _DETECTION:
        yield missed("a result of another class than OCSF's Detection Finding", ReportedVulnerability)
        return
    details = item_of(result["finding_info"])
    id, code = id_text(details["uid"]), text(result["status_code"])
    if code == _PASSED:
        yield skip("the check passed", "/".join(("prowler", at["target"], id)))
        return
    resources = items_of(result["resources"])
    if not resources:
        yield missed("a result that names no resource", ReportedVulnerability)
    state = or_unknown(lambda: _state(result, code))
    for resource in resources:
        asset = text_at(resource, "uid") or text_at(resource, "name")
        yield reported(
            prowler,
            at,
            (id,) if len(resources) == 1 else (id, asset),
            weakness=or_unknown(lambda: text(dig(result, "metadata", "event_code"))),
            package=None,
            category="configuration",
            asset=asset or Unknown("the result does not say on which resource", what="asset"),
            severity=severity(result.or_else("severity", None)),
            **_closing(state),
        )


def _state(result: Item, code: str) -> Any:
    if meaning(result["status"], _MUTED):
        return "dismissed"
    return "open" if code == _FAILED else _MANUAL if code == "MANUAL" else _of_no_known(code)


def _of_no_known(code: str) -> Any:
    raise UnknownFact("status_code", "the check has a result that Prowler does not document")


def _closing(state: Any) -> dict[str, Any]:
    """What is told of how it came to an end: nothing of who muted it, why and since when."""
    if isinstance(state, Unknown):
        return {"state": state, "closed_at": state, "dismissed_by": state, "dismissed_reason": state}
    if state == "open":
        return {}
    return {
        "state": state,
        "closed_at": Unknown(_BY_LIST.format("since when"), what="closed_at"),
        "dismissed_by": Unknown(_BY_LIST.format("who wrote it"), what="dismissed_by"),
        "dismissed_reason": Unknown(_BY_LIST.format("why"), what="dismissed_reason"),
    }
