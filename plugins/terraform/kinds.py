"""What Terraform tells of the neutral kinds, whichever provider makes the resource.

Ids are "workspace/address", and "workspace/plan/address" for what a plan is going to make. Other workspaces and
people may change what a workspace made: facts are what this one says, and what it leaves to others is unknown.
"""

from soc2test import Credential, DataStore, EncryptionKey, Endpoint, Host, LogSink, NetworkRule

__all__ = [
    "TerraformAccessKey",
    "TerraformEndpoint",
    "TerraformHost",
    "TerraformKey",
    "TerraformLog",
    "TerraformRule",
    "TerraformStore",
]


class TerraformStore(DataStore, frozen=True, gc=False, kw_only=True):
    """A bucket, storage account, database, table or disk."""

    type: str
    """"aws_s3_bucket", "google_sql_database_instance" ..."""
    planned: bool
    """from a plan: not there yet, or not so yet"""


class TerraformRule(NetworkRule, frozen=True, gc=False, kw_only=True):
    """What a rule of a security group or firewall allows, for one protocol, port range and peer.

    Rules that deny are not set off against it: what a rule opens counts, whatever its priority.
    """

    planned: bool


class TerraformKey(EncryptionKey, frozen=True, gc=False, kw_only=True):
    """A key in a key-management service."""

    planned: bool


class TerraformEndpoint(Endpoint, frozen=True, gc=False, kw_only=True):
    """A listener of a load balancer."""

    planned: bool


class TerraformHost(Host, frozen=True, gc=False, kw_only=True):
    """A virtual machine."""

    planned: bool


class TerraformLog(LogSink, frozen=True, gc=False, kw_only=True):
    """A trail of CloudTrail."""

    planned: bool


class TerraformAccessKey(Credential, frozen=True, gc=False, kw_only=True):
    """An access key of an IAM user. A key that Terraform makes lies in its state, secret and all."""

    planned: bool
