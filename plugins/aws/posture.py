"""What checks an account's settings in each region: IAM Access Analyzer and Security Hub."""

from collections.abc import Iterator
from functools import partial

from soc2test import Facts, Item, Population, Subject, Unknown, any_of, facts, known, listed, meaning, or_unknown, text
from soc2test_plugins.aws.kinds import AccessAnalyzer, OrganizationAnalyzer, SecurityHub
from soc2test_plugins.aws.source import aws, either, regional

ORGANIZATION = "ORGANIZATION"
EXTERNAL = {
    "ACCOUNT": True, ORGANIZATION: True, "ACCOUNT_UNUSED_ACCESS": False, "ORGANIZATION_UNUSED_ACCESS": False,
    "ACCOUNT_INTERNAL_ACCESS": False, "ORGANIZATION_INTERNAL_ACCESS": False,
}  # fmt: skip
"""Types of analyzers: whether they look for access from outside; the others look for unused or internal access."""
READY = {"READY": True, **dict.fromkeys(("DELETING", "FAILED", "INCOMPLETE", "PENDING"), False)}
ACTIVE = {"ACTIVE": True, "CREATING": False, "DISABLED": False, "FAILED": False}


@aws.reads(
    "accessanalyzer list-analyzers", kind=(AccessAnalyzer, OrganizationAnalyzer), lists=True,
    tells=["category", "scope", "region", "own", "active"],
)  # fmt: skip
def analyzers(body: Item, at: Subject) -> Iterator[Facts]:
    """The account's own analyzers, and those that it keeps for its organisation: no other account lists these."""
    found = listed(body["analyzers"])
    for analyzer in found:
        if _may_be_of_organization(analyzer):
            active = or_unknown(partial(_looks_outside, analyzer))
            yield facts(known(analyzer["arn"]), OrganizationAnalyzer, region=at["region"], active=active)
    own = or_unknown(lambda: either(*(partial(_looks_outside, analyzer) for analyzer in found)))
    told = {"category": "external_access", "scope": regional(at), "region": at["region"]}
    yield facts(regional(at, "access-analyzer"), AccessAnalyzer, **told, own=own)


def _may_be_of_organization(analyzer: Item) -> bool:
    """Of its organisation, or of a type that is not known here."""
    written = or_unknown(lambda: text(analyzer["type"]))
    return isinstance(written, Unknown) or written == ORGANIZATION or written not in EXTERNAL


def _looks_outside(analyzer: Item) -> bool:
    return meaning(analyzer["type"], EXTERNAL) and meaning(analyzer["status"], ACTIVE)


@aws.derives(AccessAnalyzer, "enabled", joins=OrganizationAnalyzer)
def analyzed(analyzer: AccessAnalyzer, others: Population[OrganizationAnalyzer]) -> bool:
    """By an analyzer of the account, or by one of its organisation in the same region, in whichever account.

    Security Hub, GuardDuty and the recorder of AWS Config have no such thing: whoever administers them for an
    organisation switches them on in each account, which lists its own.
    """
    found = others.all("region", analyzer.region)
    asked = [partial(_covers, other, analyzer) for other in found.hits]
    return either(lambda: analyzer.own, *asked, lambda: any(False for _ in found))  # the last raises for a gap


def _covers(other: OrganizationAnalyzer, analyzer: AccessAnalyzer) -> bool:
    """Its organisation is the account's, unless both are told and differ."""
    told = [or_unknown(lambda: other.organization), or_unknown(lambda: analyzer.organization)]
    apart = not any(isinstance(each, Unknown) for each in told) and told[0] != told[1]
    return not apart and other.active


@aws.reads(
    "securityhub describe-hub", kind=SecurityHub, lists=True, absent=["InvalidAccessException"],
    tells=["category", "scope"],  # of enabled only that it is not, so the standards are asked for
)  # fmt: skip
def hub(body: Item | None, at: Subject) -> Facts:
    """The region's hub; the error is what an account gets that did not subscribe."""
    told = {"category": "benchmark", "scope": regional(at)}
    if body is None:
        return facts(regional(at, "security-hub"), **told, enabled=False)
    return facts(regional(at, "security-hub"), **told)


@aws.reads("securityhub get-enabled-standards", kind=SecurityHub, absent=["InvalidAccessException"])
def standards(body: Item | None, at: Subject) -> Facts:
    """A hub checks nothing until a standard is ready in it, other than AWS's for tags, which asks for no security."""
    found = [] if body is None else listed(body["StandardsSubscriptions"])
    ready = or_unknown(lambda: any_of(found, _checks))
    return facts(regional(at, "security-hub"), enabled=ready)


def _checks(standard: Item) -> bool:
    return meaning(standard["StandardsStatus"], READY) and not _of_tags(standard)


def _of_tags(standard: Item) -> bool:
    return "/aws-resource-tagging-standard/" in text(standard["StandardsArn"])
