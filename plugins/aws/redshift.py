"""Redshift: clusters, what their parameters demand, and their audit log."""

from datetime import datetime
from typing import Any

from soc2test import (
    Facts,
    Item,
    Population,
    Subject,
    UnknownFact,
    facts,
    id_text,
    known,
    listed,
    number,
    or_unknown,
    text,
)
from soc2test_plugins.aws.ebs import CLASSIFICATION
from soc2test_plugins.aws.kinds import RedshiftCluster, RedshiftParameters
from soc2test_plugins.aws.rds import behind
from soc2test_plugins.aws.references import encrypted_by, group, network
from soc2test_plugins.aws.source import arn, aws, either
from soc2test_plugins.aws.stores import has_recovery_point
from soc2test_plugins.aws.tags import tag, tags_of


def cluster_id(at: Subject, name: str) -> str:
    """A cluster's ARN."""
    return arn(at, "redshift", f"cluster:{name}")


@aws.reads(
    "redshift describe-clusters", kind=RedshiftCluster, items="Clusters", lists=True,
    references=[network(), group("VpcSecurityGroups[].VpcSecurityGroupId"), encrypted_by()],
)  # fmt: skip
def cluster(item: Item, at: Subject) -> Facts:
    """A cluster; `KmsKeyId` is left out where there is none. Redshift keeps snapshots, no versions, and any cluster
    can be deleted."""
    name = id_text(item["ClusterIdentifier"])
    tags = tags_of(listed(item.or_else("Tags", [])))
    return facts(
        cluster_id(at, name),
        name=name,
        public_address=item["PubliclyAccessible"],
        port=or_unknown(lambda: number(known(item["Endpoint"])["Port"])),
        security_groups=or_unknown(lambda: behind(item, at)),
        encrypted=item["Encrypted"],
        kms_key=item.or_else("KmsKeyId", None),
        versioned=False,
        deletion_protected=False,
        multi_zone=item.then("MultiAZ", lambda word: or_unknown(lambda: _enabled(word))),
        retention_days=item["AutomatedSnapshotRetentionPeriod"],
        parameter_groups=or_unknown(
            lambda: tuple(text(each["ParameterGroupName"]) for each in listed(item["ClusterParameterGroups"]))
        ),
        parameters_applied=or_unknown(lambda: all(map(_applied, listed(item["ClusterParameterGroups"])))),
        classification=tag(tags, *CLASSIFICATION),
        owner=tag(tags, "owner"),
    )


def _enabled(word: Any) -> bool:
    """AWS documents "a boolean value" in a text, and answers Enabled or Disabled."""
    found = {"enabled": True, "true": True, "disabled": False, "false": False}.get(str(word).casefold())
    if found is None:
        raise UnknownFact("multi_zone", "it says in no word that AWS documents whether it is in several zones")
    return found


def _applied(group: Item) -> bool:
    """What the group says of TLS is in force; the states of single parameters are left out where all are in force."""
    states = [
        each["ParameterApplyStatus"]
        for each in listed(group.or_else("ClusterParameterStatusList", []))
        if each["ParameterName"] == "require_ssl"
    ]
    return all(known(each) == "in-sync" for each in states or [group["ParameterApplyStatus"]])


@aws.derives(RedshiftCluster, "backed_up")
def backed_up(cluster: RedshiftCluster) -> bool:
    """Automatic snapshots, or a recovery point of AWS Backup."""
    return either(lambda: cluster.retention_days > 0, lambda: has_recovery_point(cluster, cluster.id))


@aws.reads(
    "redshift describe-logging-status", kind=RedshiftCluster, subject="cluster",
    command="aws redshift describe-logging-status --cluster-identifier {cluster} --region {region}",
)  # fmt: skip
def logging(body: Item, at: Subject) -> Facts:
    """The audit log of connections: it is on, delivers, and has the connections in it."""
    return facts(cluster_id(at, at["cluster"]), access_logged=or_unknown(lambda: _logs(body)))


def _logs(body: Item) -> bool:
    exports = body.or_else("LogExports", None)
    if not known(body["LoggingEnabled"]) or (exports and "connectionlog" not in exports):
        return False
    failed, worked = _moment(body, "LastFailureTime"), _moment(body, "LastSuccessfulDeliveryTime")
    return failed is None or (worked is not None and worked > failed)


def _moment(body: Item, key: str) -> datetime | None:
    """Left out, or null, where it never happened."""
    found: datetime | None = known(body.time(key)) if key in body else None
    return found


@aws.reads(
    "redshift describe-cluster-parameters", kind=RedshiftParameters, lists=True, subject="group",
    command="aws redshift describe-cluster-parameters --parameter-group-name {group} --region {region}",
)  # fmt: skip
def parameters(body: Item, at: Subject) -> Facts:
    """What a parameter group demands; whichever groups no cluster uses need not be asked for."""
    return facts(group_id(at, at["group"]), forces_tls=or_unknown(lambda: _forces_tls(listed(body["Parameters"]))))


def group_id(at: Subject, group: str) -> str:
    """A parameter group's ARN."""
    return arn(at, "redshift", f"parametergroup:{group}")


def _forces_tls(found: list[Item]) -> bool:
    own = [each for each in found if each["ParameterName"] == "require_ssl"]
    if len(own) != 1:
        raise UnknownFact("forces_tls", "the export of the parameter group does not hold require_ssl once")
    return bool(text(own[0]["ParameterValue"]).casefold() == "true")


@aws.derives(RedshiftCluster, "tls_only", joins=RedshiftParameters)
def tls_only(cluster: RedshiftCluster, groups: Population[RedshiftParameters]) -> bool:
    """All its parameter groups, one as a rule, refuse connections without TLS, and are in force.

    `require_ssl` is one of the parameters that wait for a restart.
    """
    names = [
        cluster.id.replace(f":cluster:{cluster.name}", f":parametergroup:{each}") for each in cluster.parameter_groups
    ]
    found = [or_unknown(lambda name=name: groups.one("id", name)) for name in names]  # type: ignore[misc]
    whole = [each for each in found if isinstance(each, RedshiftParameters)]
    if not whole or len(whole) < len(found):
        group = (*cluster.parameter_groups, "GROUP")[0]
        command = f"aws redshift describe-cluster-parameters --parameter-group-name {group}"
        raise UnknownFact("tls_only", f"export `{command}`", code="missing")
    if not cluster.parameters_applied:
        text = "what its parameter group says is not in force yet: restart the cluster, and export it again"
        raise UnknownFact("tls_only", text)
    return all(each.forces_tls for each in whole)
