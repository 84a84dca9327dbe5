"""The neutral kinds: what controls are written against, whatever provider the evidence comes from.

A provider's own kind subclasses one of these and may add facts (`class S3Bucket(DataStore)`); a control on the
neutral kind then tests it too. A fact keeps the meaning written here in every provider; times are aware UTC
datetimes, e-mail addresses are as the provider writes them (joins ignore their case), and a fact that does not
apply to a provider's resource is answered by the provider's plugin in its documentation's sense, never guessed.
"""

from soc2test.resources.kinds.accounts import AccountEvent, Credential, Group, Identity, PasswordPolicy, Principal, Role
from soc2test.resources.kinds.ai import AISystem, AIUse, PromptLog
from soc2test.resources.kinds.applications import Application, AppSecret, Caller, Secret, Tenant
from soc2test.resources.kinds.changes import Approval, Change, Commit, Environment, Repository, Writer
from soc2test.resources.kinds.compute import Host, Workload
from soc2test.resources.kinds.exported import DeclaredScope, EvidenceItem, ExportedScope
from soc2test.resources.kinds.governance import AccessDecision, AccessReview, Incident, PolicyDocument, Risk, Vendor
from soc2test.resources.kinds.grants import AppGrant
from soc2test.resources.kinds.monitoring import Alarm, Detector, LogSink, LogStore, PostureCheck, Vulnerability
from soc2test.resources.kinds.network import Endpoint, Network, NetworkRule
from soc2test.resources.kinds.people import Device, Person, Spell, TrainingRecord
from soc2test.resources.kinds.jobs import (
    Delivery,
    InputBatch,
    IntegrityCheck,
    JobOutput,
    JobRun,
    ProcessingJob,
    Reconciliation,
    ScheduledJob,
)
from soc2test.resources.kinds.storage import BackupPlan, DataStore, EncryptionKey

__all__ = [
    "AISystem",
    "AIUse",
    "AccessDecision",
    "AccessReview",
    "AccountEvent",
    "Alarm",
    "AppGrant",
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
    "Delivery",
    "Detector",
    "Device",
    "EncryptionKey",
    "Endpoint",
    "Environment",
    "EvidenceItem",
    "ExportedScope",
    "Group",
    "Host",
    "Identity",
    "Incident",
    "InputBatch",
    "IntegrityCheck",
    "JobOutput",
    "JobRun",
    "LogSink",
    "LogStore",
    "Network",
    "NetworkRule",
    "PasswordPolicy",
    "Person",
    "PolicyDocument",
    "PostureCheck",
    "Principal",
    "ProcessingJob",
    "PromptLog",
    "Reconciliation",
    "Repository",
    "Risk",
    "Role",
    "ScheduledJob",
    "Secret",
    "Spell",
    "Tenant",
    "TrainingRecord",
    "Vendor",
    "Vulnerability",
    "Workload",
    "Writer",
]
