"""What checks an account's settings in each region: IAM Access Analyzer and Security Hub."""

from soc2test import Facts, Item, Subject, facts, known, listed, or_unknown, text
from soc2test_plugins.aws.kinds import AccessAnalyzer, SecurityHub
from soc2test_plugins.aws.source import aws, here, regional

EXTERNAL = ("ACCOUNT", "ORGANIZATION")
"""Types of analyzers that look for access from outside; the others look for unused or internal access."""


@aws.reads("accessanalyzer list-analyzers", kind=AccessAnalyzer, lists=True)
def analyzers(body: Item, at: Subject) -> Facts:
    """On where an analyzer of access from outside is active. An organisation's analyzer is listed in the account that
    keeps it alone: in the others it does not show."""
    found = listed(body["analyzers"])
    for each in found:
        here(at, each["arn"])
    on = or_unknown(
        lambda: any(known(each["type"]) in EXTERNAL and known(each["status"]) == "ACTIVE" for each in found)
    )
    return facts(regional(at, "access-analyzer"), category="external_access", scope=regional(at), enabled=on)


@aws.reads(
    "securityhub describe-hub", kind=SecurityHub, lists=True, absent=["InvalidAccessException"],
    tells=["category", "scope"],  # of enabled only that it is not, so the standards are asked for
)  # fmt: skip
def hub(body: Item | None, at: Subject) -> Facts:
    """The region's hub; the error is what an account gets that did not subscribe."""
    told = {"category": "benchmark", "scope": regional(at)}
    if body is None:
        return facts(regional(at, "security-hub"), **told, enabled=False)
    here(at, body["HubArn"])
    return facts(regional(at, "security-hub"), **told)


@aws.reads("securityhub get-enabled-standards", kind=SecurityHub, absent=["InvalidAccessException"])
def standards(body: Item | None, at: Subject) -> Facts:
    """A hub checks nothing until a standard is ready in it, other than AWS's for tags, which asks for no security."""
    found = [] if body is None else listed(body["StandardsSubscriptions"])
    ready = or_unknown(lambda: any(known(each["StandardsStatus"]) == "READY" and not _of_tags(each) for each in found))
    return facts(regional(at, "security-hub"), enabled=ready)


def _of_tags(standard: Item) -> bool:
    return "/aws-resource-tagging-standard/" in text(standard["StandardsArn"])
