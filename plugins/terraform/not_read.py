"""Stores and rules of types whose arguments are not read: they count, and everything about them is unknown."""

from collections.abc import Iterator
from typing import Any

from soc2test import Facts, Unknown, facts
from soc2test.resources.resource import fact_names
from soc2test_plugins.terraform.documents import Record
from soc2test_plugins.terraform.kinds import TerraformRule, TerraformStore
from soc2test_plugins.terraform.workspace import Workspace, reader

__all__: list[str] = []

_STORES = (
    "aws_db_cluster_snapshot", "aws_db_snapshot", "aws_docdb_cluster", "aws_ebs_snapshot", "aws_efs_file_system",
    "aws_elasticache_replication_group", "aws_elasticsearch_domain", "aws_fsx_lustre_file_system",
    "aws_fsx_ontap_file_system", "aws_fsx_openzfs_file_system", "aws_fsx_windows_file_system", "aws_keyspaces_table",
    "aws_memorydb_cluster", "aws_neptune_cluster", "aws_opensearch_domain", "aws_redshift_cluster",
    "aws_redshiftserverless_namespace", "aws_timestreamwrite_table", "azurerm_cosmosdb_account", "azurerm_key_vault",
    "azurerm_managed_disk", "azurerm_mariadb_server", "azurerm_mssql_managed_instance", "azurerm_mysql_flexible_server",
    "azurerm_mysql_server", "azurerm_postgresql_server", "azurerm_snapshot", "google_alloydb_cluster",
    "google_bigquery_dataset", "google_bigtable_instance", "google_compute_disk", "google_compute_snapshot",
    "google_filestore_instance", "google_firestore_database", "google_redis_instance", "google_spanner_instance",
)  # fmt: skip
_RULES = (
    "azurerm_postgresql_firewall_rule", "azurerm_sql_firewall_rule", "google_compute_firewall_policy_rule",
    "google_compute_network_firewall_policy_rule", "google_compute_region_network_firewall_policy_rule",
)  # fmt: skip


@reader(*_STORES)
def store(record: Record, workspace: Workspace) -> Iterator[Facts]:
    """A store that a control can't pass over."""
    told = {**_unknown(TerraformStore, record), "type": record.type, "name": record.address}
    yield facts(workspace.id(record), TerraformStore, **told, planned=record.planned)


@reader(*_RULES)
def rule(record: Record, workspace: Workspace) -> Iterator[Facts]:
    """A rule that a control can't pass over."""
    yield facts(workspace.id(record), TerraformRule, **_unknown(TerraformRule, record), planned=record.planned)


def _unknown(kind: Any, record: Record) -> dict[str, Any]:
    reason = Unknown(f"what Terraform says of {record.type} is not read: export it from where it runs")
    return {name: reason for name in fact_names(kind) if name != "planned"}
