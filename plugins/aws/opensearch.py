"""OpenSearch and Elasticsearch domains; the calls of both names answer for both engines."""

from collections.abc import Callable
from typing import Any

from soc2test import Facts, Item, Subject, UnknownFact, facts, flag, id_text, item_of, known, listed, or_unknown, text
from soc2test_plugins.aws.about import last
from soc2test_plugins.aws.ebs import CLASSIFICATION
from soc2test_plugins.aws.kinds import SearchDomain
from soc2test_plugins.aws.openness import open_to_all
from soc2test_plugins.aws.outsiders import outsiders_of
from soc2test_plugins.aws.references import encrypted_by, group, network
from soc2test_plugins.aws.source import arn, aws, either
from soc2test_plugins.aws.tags import tag, tags_of

Read = Callable[..., Facts]


def _domain(at: Subject, name: str) -> str:
    return arn(at, "es", f"domain/{name}")


@aws.reads("es list-domain-names", kind=SearchDomain, items="DomainNames", lists=True)
@aws.reads("opensearch list-domain-names", kind=SearchDomain, items="DomainNames", lists=True)
def domain(item: Item, at: Subject) -> Facts:
    """A domain. It keeps no versions, and any domain can be deleted."""
    name = id_text(item["DomainName"])
    return facts(_domain(at, name), name=name, versioned=False, deletion_protected=False, grows=False)


def _about(service: str, call: str, which: str, *tells: str) -> Callable[[Read], Read]:
    return aws.reads(
        f"{service} {call}", kind=SearchDomain, subject="domain", tells=tells,
        about=_NAMED if which == _BY_NAME else None,
        command=f"aws {service} {call} {which} --region {{region}}",
        references=[network("DomainStatus.VPCOptions.VPCId"), group("DomainStatus.VPCOptions.SecurityGroupIds[]"),
                    encrypted_by("DomainStatus.EncryptionAtRestOptions.KmsKeyId")],
    )  # fmt: skip


_NAMED = {"domain": last("DomainStatus.DomainName", "DomainStatus.ARN")}
_BY_NAME = "--domain-name {domain}"
_BY_ARN = "--arn arn:{partition}:es:{region}:{account}:domain/{domain}"
_SETTINGS = (
    "public", "outsiders", "encrypted", "kms_key", "tls_only",
    "access_logged", "multi_zone", "backed_up", "backup_days",
)  # fmt: skip
_SNAPSHOT_DAYS = 14
"""The service keeps its hourly snapshots two weeks (OpenSearch Service Developer Guide, "Creating index snapshots")."""


@_about("es", "describe-elasticsearch-domain", _BY_NAME, *_SETTINGS)
@_about("opensearch", "describe-domain", _BY_NAME, *_SETTINGS)
def settings(body: Item, at: Subject) -> Facts:
    """What it is set to; an older domain answers without the options that came later."""
    status = known(body["DomainStatus"])
    rest = known(status["EncryptionAtRestOptions"])
    config = known(status.first("ClusterConfig", "ElasticsearchClusterConfig"))
    return facts(
        # not by the file's name, where it tells: another domain's answer would pass for this one's
        _domain(at, text(status.or_else("DomainName", at["domain"]))),
        public=or_unknown(lambda: _public(status)),
        outsiders=or_unknown(lambda: _outsiders(status)),
        encrypted=rest["Enabled"],
        kms_key=rest.or_else("KmsKeyId", None),
        tls_only=status.then("DomainEndpointOptions", lambda options: options["EnforceHTTPS"]),
        access_logged=or_unknown(lambda: _audited(status)),
        multi_zone=config["ZoneAwarenessEnabled"],
        backup_days=_SNAPSHOT_DAYS,
        backed_up=or_unknown(lambda: _snapshots(status.or_else("AutomatedSnapshotPauseOptions", None))),
    )


def _public(status: Item) -> bool:
    """Outside of a network of the company's own, with a policy that lets anybody in; an empty one lets nobody.

    Fine-grained access control asks who calls after the policy let him in, unless it lets in whom it does not know.
    """
    if status.or_else("VPCOptions", None) is not None and known(status["VPCOptions"].or_else("VPCId", None)):
        return False
    policy: Any = known(status["AccessPolicies"])
    if policy == "":
        return False
    return not either(lambda: not open_to_all(policy), lambda: _asks_who(status))


def _outsiders(status: Item) -> tuple[str, ...]:
    """An empty policy names nobody."""
    policy: Any = known(status["AccessPolicies"])
    return () if policy == "" else outsiders_of(policy)


def _asks_who(status: Item) -> bool:
    options = status.or_else("AdvancedSecurityOptions", None)  # an older domain has none
    if options is None or not flag(item_of(options)["Enabled"]):
        return False
    return not flag(options.or_else("AnonymousAuthEnabled", False))


def _snapshots(pause: Item | None) -> bool:
    """The service takes snapshots of each domain by itself, unless the company paused that."""
    if pause is None or known(pause["Enabled"]) is False:
        return True
    state = known(pause["State"])
    if state not in ("Active", "Completed", "Scheduled", "Disabled"):
        raise UnknownFact(
            "backed_up", "whether its automatic snapshots are paused is told in no word that AWS documents"
        )
    return bool(state != "Active")


def _audited(status: Item) -> bool:
    """Audit logs need fine-grained access control, and to be switched on in Dashboards, which no export shows
    (https://docs.aws.amazon.com/opensearch-service/latest/developerguide/audit-logs.html)."""
    options = status.or_else("LogPublishingOptions", Item({}))
    if "AUDIT_LOGS" not in options or known(options["AUDIT_LOGS"]["Enabled"]) is not True:
        return False
    fine_grained = status.or_else("AdvancedSecurityOptions", None)
    if fine_grained is None or not flag(item_of(fine_grained)["Enabled"]):
        return False
    raise UnknownFact("access_logged", "audit logs are published, and whether Dashboards writes any no export shows")


@_about("es", "list-tags", _BY_ARN, "owner", "classification")
@_about("opensearch", "list-tags", _BY_ARN, "owner", "classification")
def labels(body: Item, at: Subject) -> Facts:
    """Owner and class."""
    tags = tags_of(listed(body["TagList"]))
    return facts(_domain(at, at["domain"]), owner=tag(tags, "owner"), classification=tag(tags, *CLASSIFICATION))
