"""The contract as plain imports; `soc2test` itself resolves its names here, on first use."""

from soc2test.controls.control import control
from soc2test.controls.deviation import deviation
from soc2test.errors import EvidenceError, PluginError, Soc2Error, UnknownFact
from soc2test.populations import Population
from soc2test.resources.kinds import (
    AccessReview,
    Application,
    BackupPlan,
    Change,
    Credential,
    DataStore,
    DeclaredScope,
    Detector,
    Device,
    EncryptionKey,
    Endpoint,
    Environment,
    EvidenceItem,
    Host,
    Identity,
    Incident,
    LogSink,
    NetworkRule,
    PasswordPolicy,
    Person,
    PolicyDocument,
    Repository,
    Risk,
    Tenant,
    TrainingRecord,
    Vendor,
    Vulnerability,
    Workload,
)
from soc2test.resources.resource import Resource
from soc2test.resources.unknown import Unknown
from soc2test.sources.export import Claim, Export
from soc2test.sources.facts import Facts, facts
from soc2test.sources.hookspecs import hookimpl
from soc2test.sources.item import Item, Subject
from soc2test.sources.paging import by_full_page, by_token
from soc2test.sources.source import ErrorInfo, Source

__all__ = [
    "AccessReview",
    "Application",
    "BackupPlan",
    "Change",
    "Claim",
    "Credential",
    "DataStore",
    "DeclaredScope",
    "Detector",
    "Device",
    "EncryptionKey",
    "Endpoint",
    "Environment",
    "ErrorInfo",
    "EvidenceError",
    "EvidenceItem",
    "Export",
    "Facts",
    "Host",
    "Identity",
    "Incident",
    "Item",
    "LogSink",
    "NetworkRule",
    "PasswordPolicy",
    "Person",
    "PluginError",
    "PolicyDocument",
    "Population",
    "Repository",
    "Resource",
    "Risk",
    "Soc2Error",
    "Source",
    "Subject",
    "Tenant",
    "TrainingRecord",
    "Unknown",
    "UnknownFact",
    "Vendor",
    "Vulnerability",
    "Workload",
    "by_full_page",
    "by_token",
    "control",
    "deviation",
    "facts",
    "hookimpl",
]
