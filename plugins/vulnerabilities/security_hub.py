"""AWS Security Hub: findings in the AWS Security Finding Format (ASFF), and the history of those that were closed."""

from collections.abc import Iterator
from typing import Any

import msgspec

from soc2test import (
    About,
    Facts,
    Item,
    Said,
    Skip,
    Source,
    Subject,
    Unknown,
    by_token,
    dig,
    facts,
    id_text,
    item_of,
    known,
    listed,
    missed,
    or_unknown,
    skip,
    text,
    translated,
)
from soc2test_plugins.aws.source import COLLECTING, DENIED, error
from soc2test_plugins.vulnerabilities.aws_places import SECURITY_HUB_PLACES
from soc2test_plugins.vulnerabilities.kinds import SecurityHubFinding
from soc2test_plugins.vulnerabilities.rights import SECURITY_HUB
from soc2test_plugins.vulnerabilities.severity import of_word
from soc2test_plugins.vulnerabilities.shapes import items_at, text_at

__all__ = ["security_hub"]

security_hub = Source(
    "securityhub",
    title="AWS Security Hub",
    hosted_by=["AWS", "Amazon Web Services"],
    sold_by=["Amazon"],
    scope=("account", "region"),
    command="aws {operation} --region {region}",
    error=error,
    denied=DENIED,
    paging=by_token("NextToken"),
    collecting=msgspec.structs.replace(COLLECTING, rights=SECURITY_HUB),
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-findings-format-syntax.html",
    identity=SECURITY_HUB_PLACES,
)
_OTHER = ("TTPs", "Effects", "Unusual Behaviors", "Sensitive Data Identifications")
"""Namespaces of the first part of `Types` that name events and data, no weakness."""
_NORMALIZED = ((90, "critical"), (70, "high"), (40, "medium"), (0, "low"))
_RECORDS = ("ACTIVE", "ARCHIVED")
_WORKFLOWS = ("", "NEW", "NOTIFIED", "RESOLVED")
_NOT_CHECKED = Unknown("the check could not be carried out (Compliance.Status)", what="state")
_CHECKS = {"FAILED": "open", "PASSED": "fixed", "NOT_AVAILABLE": _NOT_CHECKED, "WARNING": _NOT_CHECKED}
_INSPECTED = {"ACTIVE": "open", "CLOSED": "fixed"}
"""Amazon Inspector closes a finding when it sees it remediated; one that its rules suppress it says no more of."""
_ARCHIVED = Unknown(
    "the finding is archived, as one is whose resource is deleted, whose check is turned off, or of which the product "
    "speaks no more: that it was fixed is not told. Set its workflow status, to RESOLVED where it was",
    what="state",
)


def _findings(body: Any) -> Any:
    """The findings in one shape: ASFF comes as {"Findings"}, as {"findings"}, as a bare array, as a bare finding."""
    if isinstance(body, list):
        return {"Findings": body}
    if isinstance(body, dict) and "Findings" not in body and "findings" in body:
        return {**body, "Findings": body["findings"]}
    return {"Findings": [body]} if isinstance(body, dict) and "ProductArn" in body else body


@security_hub.reads(
    "securityhub get-findings", kind=SecurityHubFinding, items="Findings", lists=True, prepare=_findings
)
def finding(item: Item, at: Subject) -> Iterator[Said]:
    """A finding about one or more resources; a threat, an effect or sensitive data is no weakness."""
    types = [text(each).partition("/")[0] for each in listed(item["Types"])]
    if types and all(each in _OTHER for each in types):
        yield skip("a threat, an effect or sensitive data: no weakness")
        return
    resources = items_at(item, "Resources")
    if not resources:
        yield missed("a finding that names no resource", SecurityHubFinding)
    state = _state(item)
    for resource in resources:
        asset = resource["Id"]
        yield facts(
            item["Id"] if len(resources) == 1 else f"{id_text(item['Id'])}#{id_text(asset)}",
            category=_category(item, resource),
            asset=asset,
            severity=_severity(item),
            state=state,
            first_seen_at=item.time("FirstObservedAt" if "FirstObservedAt" in item else "CreatedAt"),
            closed_at=_closed(state, item),
            dismissed_by=_dismissed(state, item, "UpdatedBy"),
            dismissed_reason=_dismissed(state, item, "Text"),
            weakness=_weakness(item),
            product=or_unknown(lambda: text(item["ProductArn"]).partition("::product/")[2] or text(item["ProductArn"])),
        )


def _state(item: Item) -> Any:
    """Suppressed is dismissed; the workflow, the check and Inspector tell what was fixed. Null is what was not set.

    The workflow is the company's own word: a check that still fails, and Inspector that still sees it, are against it.
    A record is archived when its resource is deleted, its check turned off, or its product says no more of it.
    """
    workflow, record = text_at(item, "Workflow", "Status"), known(item["RecordState"])
    if workflow == "SUPPRESSED":
        return "dismissed"
    if record not in _RECORDS or workflow not in _WORKFLOWS:
        return Unknown("the finding has a state that the format does not define", what="state")
    check, inspected = _checked(item), _INSPECTED.get(text_at(item, "ProductFields", "aws/inspector/FindingStatus"))
    if isinstance(check, Unknown):
        return check
    if record == "ARCHIVED":
        told_fixed = "fixed" in (check, inspected) or workflow == "RESOLVED"
        return "fixed" if told_fixed and "open" not in (check, inspected) else _ARCHIVED
    if check is not None:
        return check
    return "fixed" if workflow == "RESOLVED" and inspected != "open" else "open"


def _checked(item: Item) -> Any:
    """What the check saw last; None of a finding that is of no check."""
    status = dig(item, "Compliance", "Status")
    if not isinstance(status, str):
        return None
    return translated(status, _CHECKS)


def _closed(state: Any, item: Item) -> Any:
    """When it was closed is no key of the format: UpdatedAt is the product's, and unmoved by a change of workflow."""
    if isinstance(state, Unknown) or state == "open":
        return state if isinstance(state, Unknown) else None
    return Unknown(
        "a finding does not say when it was closed: export `aws securityhub get-finding-history "
        f"--finding-identifier Id={text_at(item, 'Id')},ProductArn={text_at(item, 'ProductArn')}`",
        what="closed_at",
    )


def _dismissed(state: Any, item: Item, key: str) -> Any:
    """From the note on a suppressed finding; one without a note was suppressed without a word."""
    if isinstance(state, Unknown):
        return state
    return text_at(item, "Note", key) or None if state == "dismissed" else None


def _severity(item: Item) -> Any:
    """The label, else the normalised number by AWS's ranges. A label that nobody knows is no reason to ask on."""
    rated = [dig(item, "Severity"), dig(item, "FindingProviderFields", "Severity")]
    label = next((text for rating in rated if (text := text_at(rating, "Label"))), "")
    if label:
        return of_word(label) or Unknown("the finding's severity has a label that nobody knows", what="severity")
    number = dig(rated[0], "Normalized")
    if type(number) is int and 0 <= number <= 100:  # noqa: PLR2004  # the format's scale
        return next(word for least, word in _NORMALIZED if number >= least)
    return Unknown("the finding has neither a severity label nor a normalised severity", what="severity")


def _category(item: Item, resource: Item) -> str:
    if "Compliance" in item:
        return "configuration"
    kind = text_at(resource, "Type")
    return "image" if kind == "AwsEcrContainerImage" else "host" if kind == "AwsEc2Instance" else "dependency"


def _weakness(item: Item) -> Any:
    """The CVE where the finding names one, else the check or rule that made it."""
    named = [text_at(each, "Id") for each in items_at(item, "Vulnerabilities", [])]
    return next((each for each in named if each), item["GeneratorId"])


_CLOSING = {"ARCHIVED", "RESOLVED", "SUPPRESSED", "PASSED"}
_FIELDS = ("RecordState", "Workflow.Status", "WorkflowStatus", "Compliance.Status", "ComplianceStatus")


@security_hub.reads(
    "securityhub get-finding-history", kind=SecurityHubFinding, subject="finding",
    about={"finding": About(at=("Records[].FindingIdentifier.Id",), form="(arn:.+)")},
)  # fmt: skip
def history(body: Any, at: Subject) -> Facts | Skip:
    """When a finding was archived, resolved or suppressed, or its check passed: the last change of its state."""
    changes: list[tuple[Any, Item, bool]] = []
    for record in items_at(item_of(body), "Records"):
        states = [each for each in items_at(record, "Updates", []) if text_at(each, "UpdatedField") in _FIELDS]
        if states:
            closing = any(text_at(each, "NewValue").strip('"') in _CLOSING for each in states)
            changes.append((known(record.time("UpdateTime")), record, closing))
    if not changes:
        return skip("no change of its state is in the history")
    when, record, closing = max(changes, key=lambda change: change[0])
    if not closing:
        return skip("it was opened again, and not closed since")
    return facts(id_text(dig(record, "FindingIdentifier", "Id")), closed_at=when)
