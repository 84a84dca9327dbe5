"""The neutral kinds: what controls are written against, whatever provider the evidence comes from.

A provider's own kind subclasses one of these and may add facts (`class S3Bucket(DataStore)`); a control on the
neutral kind then tests it too. A fact keeps the meaning written here in every provider; times are aware UTC
datetimes, e-mail addresses are as the provider writes them (joins ignore their case), and a fact that does not
apply to a provider's resource is answered by the provider's plugin in its documentation's sense, never guessed.
"""

from soc2test.resources.kinds.access_requests import AccessGrant, AccessRequest
from soc2test.resources.kinds.accountability import ConductBreach, Evaluation
from soc2test.resources.kinds.accounts import (
    AccountEvent,
    Credential,
    Group,
    Identity,
    PasswordPolicy,
    Principal,
    Role,
    RoleUse,
    SessionPolicy,
)
from soc2test.resources.kinds.ai import AISystem, AIUse, PromptLog
from soc2test.resources.kinds.applications import Application, AppSecret, Caller, Secret, Tenant
from soc2test.resources.kinds.capacity import CapacityReview
from soc2test.resources.kinds.changes import (
    Approval,
    Change,
    ChangeLabel,
    Commit,
    Environment,
    LaterReview,
    Repository,
    Reviewer,
    Writer,
)
from soc2test.resources.kinds.communication import Acknowledgement, LineTest, ReportingLine
from soc2test.resources.kinds.compute import Host, Workload
from soc2test.resources.kinds.consents import Consent, DeclaredField, StoredField
from soc2test.resources.kinds.continuity import ContinuityPlan, Insurance, SignificantChange
from soc2test.resources.kinds.customers import Customer, CustomerDocument, CustomerNotice, SecurityTxt
from soc2test.resources.kinds.disposals import Disposal
from soc2test.resources.kinds.duties import DutyConflict
from soc2test.resources.kinds.examinations import AuditFinding, Examination, Exercise, ResultReview
from soc2test.resources.kinds.exported import DeclaredScope, EvidenceItem, ExportedScope, NamedControl, SubserviceReport
from soc2test.resources.kinds.flows import DataFlow, DeclaredFlow, ObservedFlow
from soc2test.resources.kinds.governance import AccessDecision, AccessReview, Incident, PolicyDocument, Risk, Vendor
from soc2test.resources.kinds.grants import AppGrant
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
from soc2test.resources.kinds.monitoring import Alarm, Detector, LogSink, LogStore, Page, PostureCheck, Vulnerability
from soc2test.resources.kinds.moves import Move
from soc2test.resources.kinds.network import Endpoint, Network, NetworkOpening, NetworkRule
from soc2test.resources.kinds.objectives import Commitment, RiskAppetite
from soc2test.resources.kinds.organisation import OrganisationChart, RoleDescription
from soc2test.resources.kinds.oversight import BodyMember, Meeting
from soc2test.resources.kinds.people import Device, Person, Spell, TrainingRecord
from soc2test.resources.kinds.physical import Badge, BadgeReview, Site, Visit
from soc2test.resources.kinds.privacy_requests import DataSubjectRequest, PrivacyAssessment, SystemCount
from soc2test.resources.kinds.privacy_reviews import Complaint, DataQualityCheck, PrivacyReview
from soc2test.resources.kinds.processing import (
    CollectionPoint,
    Disclosure,
    PrivacyNotice,
    ProcessingActivity,
    Processor,
    RetentionCheck,
)
from soc2test.resources.kinds.recovery import RestoreCheck, RestoreTest
from soc2test.resources.kinds.retention import Deletion, RetentionRule
from soc2test.resources.kinds.sensitive_data import DataScan, DlpPolicy
from soc2test.resources.kinds.sign_ins import SeenDevice, SignIn
from soc2test.resources.kinds.storage import BackupPlan, DataStore, EncryptionKey, SharedStore
from soc2test.resources.kinds.systems import System
from soc2test.resources.kinds.tickets import Ticket, TicketProject

__all__ = [
    "AISystem",
    "AIUse",
    "AccessDecision",
    "AccessGrant",
    "AccessRequest",
    "AccessReview",
    "AccountEvent",
    "Acknowledgement",
    "Alarm",
    "AppGrant",
    "AppSecret",
    "Application",
    "Approval",
    "AuditFinding",
    "BackupPlan",
    "Badge",
    "BadgeReview",
    "BodyMember",
    "Caller",
    "CapacityReview",
    "Change",
    "ChangeLabel",
    "CollectionPoint",
    "Commit",
    "Commitment",
    "Complaint",
    "ConductBreach",
    "Consent",
    "ContinuityPlan",
    "Credential",
    "Customer",
    "CustomerDocument",
    "CustomerNotice",
    "DataFlow",
    "DataQualityCheck",
    "DataScan",
    "DataStore",
    "DataSubjectRequest",
    "DeclaredField",
    "DeclaredFlow",
    "DeclaredScope",
    "Deletion",
    "Delivery",
    "Detector",
    "Device",
    "Disclosure",
    "Disposal",
    "DlpPolicy",
    "DutyConflict",
    "EncryptionKey",
    "Endpoint",
    "Environment",
    "Evaluation",
    "EvidenceItem",
    "Examination",
    "Exercise",
    "ExportedScope",
    "Group",
    "Host",
    "Identity",
    "Incident",
    "InputBatch",
    "Insurance",
    "IntegrityCheck",
    "JobOutput",
    "JobRun",
    "LaterReview",
    "LineTest",
    "LogSink",
    "LogStore",
    "Meeting",
    "Move",
    "NamedControl",
    "Network",
    "NetworkOpening",
    "NetworkRule",
    "ObservedFlow",
    "OrganisationChart",
    "Page",
    "PasswordPolicy",
    "Person",
    "PolicyDocument",
    "PostureCheck",
    "Principal",
    "PrivacyAssessment",
    "PrivacyNotice",
    "PrivacyReview",
    "ProcessingActivity",
    "ProcessingJob",
    "Processor",
    "PromptLog",
    "Reconciliation",
    "ReportingLine",
    "Repository",
    "RestoreCheck",
    "RestoreTest",
    "ResultReview",
    "RetentionCheck",
    "RetentionRule",
    "Reviewer",
    "Risk",
    "RiskAppetite",
    "Role",
    "RoleDescription",
    "RoleUse",
    "ScheduledJob",
    "Secret",
    "SecurityTxt",
    "SeenDevice",
    "SessionPolicy",
    "SharedStore",
    "SignIn",
    "SignificantChange",
    "Site",
    "Spell",
    "StoredField",
    "SubserviceReport",
    "System",
    "SystemCount",
    "Tenant",
    "Ticket",
    "TicketProject",
    "TrainingRecord",
    "Vendor",
    "Visit",
    "Vulnerability",
    "Workload",
    "Writer",
]
