"""The neutral kinds: what controls are written against, whatever provider the evidence comes from.

A provider's own kind subclasses one of these and may add facts (`class S3Bucket(DataStore)`); a control on the
neutral kind then tests it too. A fact keeps the meaning written here in every provider; times are aware UTC
datetimes, e-mail addresses are as the provider writes them (joins ignore their case), and a fact that does not
apply to a provider's resource is answered by the provider's plugin in its documentation's sense, never guessed.
"""

from soc2test.resources.kinds.accounts import AccountEvent, Credential, Group, Identity, PasswordPolicy, Principal, Role
from soc2test.resources.kinds.applications import Application, AppSecret, Caller, Secret, Tenant
from soc2test.resources.kinds.changes import Approval, Change, Commit, Environment, Repository, Writer
from soc2test.resources.kinds.compute import Host, Workload
from soc2test.resources.kinds.exported import DeclaredScope, EvidenceItem, ExportedScope
from soc2test.resources.kinds.governance import AccessDecision, AccessReview, Incident, PolicyDocument, Risk, Vendor
from soc2test.resources.kinds.monitoring import Alarm, Detector, LogSink, LogStore, PostureCheck, Vulnerability
from soc2test.resources.kinds.network import Endpoint, Network, NetworkRule
from soc2test.resources.kinds.people import Device, Person, Spell, TrainingRecord
from soc2test.resources.kinds.recovery import RestoreCheck, RestoreTest
from soc2test.resources.kinds.retention import Deletion, FormerCustomer, RetentionRule
from soc2test.resources.kinds.storage import BackupPlan, DataStore, EncryptionKey

__all__ = [
    "AccessDecision",
    "AccessReview",
    "AccountEvent",
    "Alarm",
    "AppSecret",
    "Application",
    "Approval",
    "BackupPlan",
    "Caller",
    "Change",
    "Commit",
    "Credential",
    "DataStore",
    "DeclaredScope",
    "Deletion",
    "Detector",
    "Device",
    "EncryptionKey",
    "Endpoint",
    "Environment",
    "EvidenceItem",
    "ExportedScope",
    "FormerCustomer",
    "Group",
    "Host",
    "Identity",
    "Incident",
    "LogSink",
    "LogStore",
    "Network",
    "NetworkRule",
    "PasswordPolicy",
    "Person",
    "PolicyDocument",
    "PostureCheck",
    "Principal",
    "Repository",
    "RestoreCheck",
    "RestoreTest",
    "RetentionRule",
    "Risk",
    "Role",
    "Secret",
    "Spell",
    "Tenant",
    "TrainingRecord",
    "Vendor",
    "Vulnerability",
    "Workload",
    "Writer",
]
