"""OpenSearch and Elasticsearch domains; the calls of both names answer for both engines."""

from collections.abc import Callable
from typing import Any

from soc2test import Facts, Item, Subject, facts
from soc2test_plugins.aws.documents import open_to_all
from soc2test_plugins.aws.ebs import CLASSIFICATION
from soc2test_plugins.aws.kinds import SearchDomain
from soc2test_plugins.aws.source import arn, attempt, aws, here, known, listed
from soc2test_plugins.aws.tags import tag, tags_of

Read = Callable[..., Facts]


def _domain(at: Subject, name: str) -> str:
    return arn(at, "es", f"domain/{name}")


@aws.reads("es list-domain-names", kind=SearchDomain, items="DomainNames", lists=True)
@aws.reads("opensearch list-domain-names", kind=SearchDomain, items="DomainNames", lists=True)
def domain(item: Item, at: Subject) -> Facts:
    """A domain. The service takes snapshots of each by itself, and any domain can be deleted."""
    name = str(known(item["DomainName"]))
    return facts(_domain(at, name), name=name, backed_up=True, versioned=False, deletion_protected=False)


def _about(service: str, call: str, which: str, *tells: str) -> Callable[[Read], Read]:
    return aws.reads(
        f"{service} {call}", kind=SearchDomain, subject="domain", tells=tells,
        command=f"aws {service} {call} {which} --region {{region}}",
    )  # fmt: skip


_BY_NAME = "--domain-name {domain}"
_BY_ARN = "--arn arn:aws:es:{region}:{account}:domain/{domain}"
_SETTINGS = ("public", "encrypted", "kms_key", "tls_only", "access_logged", "multi_zone")


@_about("es", "describe-elasticsearch-domain", _BY_NAME, *_SETTINGS)
@_about("opensearch", "describe-domain", _BY_NAME, *_SETTINGS)
def settings(body: Item, at: Subject) -> Facts:
    """What it is set to; an older domain answers without the options that came later."""
    status = known(body["DomainStatus"])
    here(at, status["ARN"])
    rest = known(status["EncryptionAtRestOptions"])
    config = known(status.first("ClusterConfig", "ElasticsearchClusterConfig"))
    return facts(
        _domain(at, at["domain"]),
        public=attempt(lambda: _public(status)),
        encrypted=rest["Enabled"],
        kms_key=rest.or_else("KmsKeyId", None),
        tls_only=status.then("DomainEndpointOptions", lambda options: options["EnforceHTTPS"]),
        access_logged=attempt(lambda: _audited(status.or_else("LogPublishingOptions", Item({})))),
        multi_zone=config["ZoneAwarenessEnabled"],
    )


def _public(status: Item) -> bool:
    """Outside of a network of the company's own, with a policy that lets anybody in; an empty one lets nobody."""
    if "VPCOptions" in status:
        return False
    policy: Any = known(status["AccessPolicies"])
    return policy != "" and open_to_all(policy)


def _audited(options: Item) -> bool:
    return bool("AUDIT_LOGS" in options and known(options["AUDIT_LOGS"]["Enabled"]) is True)


@_about("es", "list-tags", _BY_ARN, "owner", "classification")
@_about("opensearch", "list-tags", _BY_ARN, "owner", "classification")
def labels(body: Item, at: Subject) -> Facts:
    """Owner and class."""
    tags = tags_of(listed(body["TagList"]))
    return facts(_domain(at, at["domain"]), owner=tag(tags, "owner"), classification=tag(tags, *CLASSIFICATION))
