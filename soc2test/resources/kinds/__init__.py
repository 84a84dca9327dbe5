"""The neutral kinds: what controls are written against, whatever provider the evidence comes from.

A provider's own kind subclasses one of these and may add facts (`class S3Bucket(DataStore)`); a control on the
neutral kind then tests it too. A fact keeps the meaning written here in every provider; times are aware UTC
datetimes, e-mail addresses are as the provider writes them (joins ignore their case), and a fact that does not
apply to a provider's resource is answered by the provider's plugin in its documentation's sense, never guessed.
"""

from soc2test.resources.kinds.access_requests import AccessGrant, AccessRequest
from soc2test.resources.kinds.accounts import (
    AccountEvent,
    Credential,
    Group,
    Identity,
    PasswordPolicy,
    Principal,
    Role,
    RoleUse,
)
from soc2test.resources.kinds.applications import Application, AppSecret, Caller, Secret, Tenant
from soc2test.resources.kinds.changes import Approval, Change, Commit, Environment, Repository, Writer
from soc2test.resources.kinds.compute import Host, Workload
from soc2test.resources.kinds.disposals import Disposal
from soc2test.resources.kinds.duties import DutyConflict
from soc2test.resources.kinds.exported import DeclaredScope, EvidenceItem, ExportedScope
from soc2test.resources.kinds.governance import AccessDecision, AccessReview, Incident, PolicyDocument, Risk, Vendor
from soc2test.resources.kinds.monitoring import Alarm, Detector, LogSink, LogStore, PostureCheck, Vulnerability
from soc2test.resources.kinds.moves import Move
from soc2test.resources.kinds.network import Endpoint, Network, NetworkRule
from soc2test.resources.kinds.people import Device, Person, Spell, TrainingRecord
from soc2test.resources.kinds.physical import Badge, BadgeReview, Site, Visit
from soc2test.resources.kinds.sign_ins import SeenDevice, SignIn
from soc2test.resources.kinds.storage import BackupPlan, DataStore, EncryptionKey

__all__ = [
    "AccessDecision",
    "AccessGrant",
    "AccessRequest",
    "AccessReview",
    "AccountEvent",
    "Alarm",
    "AppSecret",
    "Application",
    "Approval",
    "BackupPlan",
    "Badge",
    "BadgeReview",
    "Caller",
    "Change",
    "Commit",
    "Credential",
    "DataStore",
    "DeclaredScope",
    "Detector",
    "Device",
    "Disposal",
    "DutyConflict",
    "EncryptionKey",
    "Endpoint",
    "Environment",
    "EvidenceItem",
    "ExportedScope",
    "Group",
    "Host",
    "Identity",
    "Incident",
    "LogSink",
    "LogStore",
    "Move",
    "Network",
    "NetworkRule",
    "PasswordPolicy",
    "Person",
    "PolicyDocument",
    "PostureCheck",
    "Principal",
    "Repository",
    "Risk",
    "Role",
    "RoleUse",
    "Secret",
    "SeenDevice",
    "SignIn",
    "Site",
    "Spell",
    "Tenant",
    "TrainingRecord",
    "Vendor",
    "Visit",
    "Vulnerability",
    "Workload",
    "Writer",
]
