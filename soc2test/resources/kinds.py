"""The neutral kinds: what controls are written against, whatever provider the evidence comes from.

A provider's own kind subclasses one of these and may add facts (`class S3Bucket(DataStore)`); a control on the
neutral kind then tests it too. A fact keeps the meaning written here in every provider; times are aware UTC
datetimes, e-mail addresses are as the provider writes them (joins ignore their case), and a fact that does not
apply to a provider's resource is answered by the provider's plugin in its documentation's sense, never guessed.
"""

from datetime import datetime

import msgspec

from soc2test.resources.resource import Resource

__all__ = [
    "AccessDecision",
    "AccessReview",
    "AccountEvent",
    "Alarm",
    "AppSecret",
    "Application",
    "Approval",
    "BackupPlan",
    "Change",
    "Commit",
    "Credential",
    "DataStore",
    "DeclaredScope",
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


class Principal(Resource, frozen=True, gc=False, kw_only=True):
    """Whatever holds rights of its own: accounts (`Identity`), and roles that accounts take on (`Role`)."""

    name: str
    """login, user name or name of the role, unique within its tenant"""
    root: bool
    """the account's owner that no policy binds (AWS root)"""
    active: bool
    """can sign in or act now (not suspended, deprovisioned, without any way in)"""
    admin: bool
    """holds rights over everything in its tenant, or can give them to itself"""


class Role(Principal, frozen=True, gc=False, kw_only=True):
    """Rights that others take on for a time. For those whom its source lists they count as their own."""

    anybody: bool
    """lets in everybody, whoever that is"""
    outsiders: tuple[str, ...]
    """in words, who else may take it on and is in no list of its source: other accounts, identity providers"""


class Identity(Principal, frozen=True, gc=False, kw_only=True):
    """An account that can sign in or act: IAM user, Okta user, GitHub member, root."""

    email: str | None
    """the person's address; None where the provider knows none"""
    human: bool
    """meant for a person rather than a program"""
    password: bool
    """can sign in with a password held by this provider"""
    mfa: bool
    """signs in with a second factor: one is enrolled and active, and what is in force demands it at each sign-in"""
    federated_to: str | None
    """name of the source whose sign-in opens this account ("okta"); None: the provider itself checks who it is"""
    federated_realm: str | None
    """the directory there that does, as the federation names it: its host or its tenant; None: it names none"""
    realm: str | None
    """the directory that this account is in, as federations of other sources name it; None: they name none"""
    password_set_at: datetime | None
    """when it was given its present password; None: it has none, or nobody knows"""
    created_at: datetime
    last_used_at: datetime | None
    """None: never used"""
    disabled_at: datetime | None
    """when it was switched off; None while active"""
    disabled_by: datetime | None
    """it was off at this moment at the latest (Okta tells when it was deactivated, perhaps it was suspended before)"""
    owner: str | None
    """e-mail of the person who answers for it; None: nobody is named"""
    stays_listed: bool
    """its source goes on listing it once it is switched off, so that a list without such accounts says something"""


class AccountEvent(Resource, frozen=True, gc=False, kw_only=True):
    """What an audit log tells of the life of an account: that it was switched on, or off."""

    account: str
    """login of the account, as the lists of its source write the `name` of an `Identity`"""
    identity: str | None
    """id of the `Identity`; None: the log knows it by its login alone"""
    action: str
    """"enabled": it can be used from then on, also: it was given a further way in. "disabled": it could be used until
    then. "removed": it is gone, and may have been off before. "narrowed": one of perhaps several ways in was closed,
    and was open until then"""
    happened_at: datetime
    actor: str | None
    """who did it, as the log names him; None: it names nobody"""
    complete_after: bool
    """what the log holds of the account after this event is all there was, also where older parts of it are missing"""


class Group(Identity, frozen=True, gc=False, kw_only=True):
    """Accounts that its source knows by one name together, and does not list."""

    anybody: bool
    """nobody has to be added to it: everybody is in it, or everybody who signs in"""
    outsiders: tuple[str, ...]
    """in words, who else is in it and is in no list of its source; empty: everybody is named by `anybody`"""


class Credential(Resource, frozen=True, gc=False, kw_only=True):
    """A long-lived secret of an identity: access key, personal access token, API token."""

    identity: str
    """id of the `Identity` that holds it"""
    category: str
    """"access_key", "token", "certificate" ..."""
    active: bool
    root: bool
    """belongs to a root identity"""
    created_at: datetime
    """created or last rotated"""
    expires_at: datetime | None
    """when it ends to serve by itself; None: never. Where it is unknown it is taken for one without an end"""
    last_used_at: datetime | None


class Secret(Resource, frozen=True, gc=False, kw_only=True):
    """A secret kept in a vault for programs to fetch: a database's password, a partner's API key."""

    name: str
    replaced_at: datetime
    """when its present value was made"""


class Spell(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """A time of a person's work without a break; who comes back begins another."""

    started_at: datetime
    ended_at: datetime | None
    """None: it goes on"""


class Person(Resource, frozen=True, gc=False, kw_only=True):
    """A human being who works for the company, contractors too, and those who left; id is the e-mail address.

    Of who came back `active`, `started_at` and `ended_at` are of the last spell.
    """

    name: str
    email: str
    employment: str
    """"employee" or "contractor\""""
    active: bool
    """works here at the time of the register"""
    role: str
    manager_email: str | None
    started_at: datetime
    ended_at: datetime | None
    """end of work; None while there is none"""
    background_check_at: datetime | None
    nda_signed_at: datetime | None
    code_of_conduct_version: str | None
    """the version acknowledged last; None: never acknowledged"""
    code_of_conduct_at: datetime | None
    accounts: tuple[str, ...]
    """accounts used or answered for, beside those with the e-mail address: "github:login", "aws:user\""""
    spells: tuple[Spell, ...]
    """all times of work, the oldest first"""


class DataStore(Resource, frozen=True, gc=False, kw_only=True):
    """A place that holds data at rest: bucket, database, volume, snapshot, table."""

    name: str
    copy: bool
    """a snapshot or backup of another store, which keeps no copies, logs or zones of its own"""
    public: bool
    """readable or writable by anyone on the internet, by whichever path (ACL, policy, share, address)"""
    encrypted: bool
    """encrypted at rest"""
    customer_key: bool
    """encrypted with a key whose policy the company controls (not the provider's default key)"""
    tls_only: bool
    """refuses connections without TLS"""
    access_logged: bool
    """each access leaves a record"""
    versioned: bool
    """an overwritten or deleted item can be restored (versions, point-in-time recovery)"""
    backed_up: bool
    """automatic backups or versions are on"""
    backup_days: int | None
    """how many days back a lost state can be restored; None: not by a number of days (versions, each kept until a rule
    or a person deletes it)"""
    deletion_protected: bool
    multi_zone: bool
    """survives the loss of one zone"""
    classification: str | None
    """the company's label ("confidential" ...); None: not labelled"""
    owner: str | None
    """team or person by label; None: nobody named"""


class EncryptionKey(Resource, frozen=True, gc=False, kw_only=True):
    """A key in a key-management service."""

    name: str
    customer_managed: bool
    enabled: bool
    symmetric: bool
    """encrypts and decrypts with provider-made key material, so it can rotate by itself"""
    rotates: bool
    """new key material is made by itself at least yearly"""
    next_rotation_at: datetime | None
    """when it is made next; None: nothing says so but the period"""
    deletion_pending: bool


class NetworkRule(Resource, frozen=True, gc=False, kw_only=True):
    """One allowance of a firewall or security group, for one protocol and port range."""

    group: str
    """id of the group or firewall that holds it"""
    inbound: bool
    protocol: str
    """"tcp", "udp", "icmp", or "all\""""
    from_port: int | None
    """None where the protocol has no ports or all are meant"""
    to_port: int | None
    world: bool
    """open to any address, IPv4 or IPv6"""


class Network(Resource, frozen=True, gc=False, kw_only=True):
    """A private network: a VPC, a virtual network."""

    name: str
    traffic_logged: bool
    """its connections, or at least those that were refused, leave a record that arrives where it should"""


class Endpoint(Resource, frozen=True, gc=False, kw_only=True):
    """An address that the outside reaches: listener of a load balancer, API, site."""

    name: str
    public: bool
    tls: bool
    """speaks TLS, or only redirects to an endpoint that does"""
    tls_policy: str | None
    """the provider's name for the set of protocols; None without TLS"""
    min_tls: str | None
    """lowest protocol allowed: "1.0", "1.1", "1.2", "1.3", or "0" where it is an SSL; None without TLS"""


class Host(Resource, frozen=True, gc=False, kw_only=True):
    """A machine that runs workloads."""

    name: str
    running: bool
    public_address: bool
    metadata_token_required: bool
    """the instance metadata service answers only with a session token (IMDSv2)"""
    managed: bool
    """the company's management of machines reaches it: its agent reports now"""
    missing_patches: int
    """patches that its baseline demands and that are not in effect: missing, failed, or waiting for a restart"""
    patch_scan_at: datetime | None
    """when it was last searched for missing patches; None: never"""


class Workload(Resource, frozen=True, gc=False, kw_only=True):
    """Something that runs containers: a deployment, a daemon set, a scheduled job, a pod of its own."""

    name: str
    images: tuple[str, ...]
    images_pinned: bool
    """every image is named by its digest, so what was checked is what runs"""
    privileged: bool
    """a container has all rights of its host's root"""
    host_namespaces: bool
    """shares processes, IPC or network with its host"""
    host_paths: tuple[str, ...]
    """paths of its host that it mounts"""
    capabilities: tuple[str, ...]
    """parts of root's rights that its containers are given beyond those they have by themselves ("NET_ADMIN"), without
    a prefix, in capitals; "ALL" is all of them"""
    beyond_baseline: tuple[str, ...]
    """in words, what else opens its host to it, by the standard that its platform documents"""
    escalation_allowed: bool
    """a process in a container may gain rights that its parent has not"""
    non_root_enforced: bool
    """its specification keeps every container from running as root; what its images say does not count"""
    read_only_root: bool
    """no container can write to its own file system"""
    memory_limited: bool
    """every container has a limit of memory"""


class LogSink(Resource, frozen=True, gc=False, kw_only=True):
    """Where the audit log of a tenant goes: trail, log stream, audit log setting."""

    name: str
    scope: str
    """the tenant whose events it takes in, an account for instance"""
    of_organization: bool
    """it takes in those of all members of the tenant's organization too"""
    organization: str | None
    """id of the organization that the tenant belongs to; None: to none"""
    delivering: bool
    """switched on and its last delivery succeeded"""
    last_delivered_at: datetime | None
    """None: never; unknown where the provider does not tell"""
    all_regions: bool
    management_events: bool
    integrity_checked: bool
    """tampering can be detected afterwards"""
    encrypted: bool
    """encrypted with a key of the company's own"""
    retention_days: int | None
    """None: kept for ever"""


class LogStore(Resource, frozen=True, gc=False, kw_only=True):
    """Where logs of workloads and services are kept, beside the audit log of the tenant."""

    name: str
    retention_days: int | None
    """None: kept for ever"""


class Alarm(Resource, frozen=True, gc=False, kw_only=True):
    """A rule that goes off when something that is measured leaves its bounds."""

    name: str
    notifies: bool
    """when it goes off, somebody is told or something acts"""


class PostureCheck(Resource, frozen=True, gc=False, kw_only=True):
    """A service that checks the settings of one scope for weaknesses.

    A scope where it is off is a resource too, with enabled False.
    """

    category: str
    """"benchmark" (settings against a published standard), "external_access" (who outside can reach what)"""
    scope: str
    """account/region or tenant that it checks"""
    enabled: bool


class Detector(Resource, frozen=True, gc=False, kw_only=True):
    """A service that watches one scope: threat detection, configuration recorder, scanner.

    A scope where it is off is a resource too, with enabled False.
    """

    category: str
    """"threat", "configuration", "vulnerability\""""
    scope: str
    """account/region, repository or tenant that it watches"""
    enabled: bool
    covers_all: bool
    """watches every resource type of its scope"""


class Vulnerability(Resource, frozen=True, gc=False, kw_only=True):
    """One weakness that a scanner reported on one asset."""

    category: str
    """"dependency", "code", "secret", "image", "host\""""
    asset: str
    """what it was found on: a repository, an image, a host"""
    severity: str
    """"critical", "high", "medium", "low\""""
    state: str
    """"open", "fixed", "dismissed\""""
    first_seen_at: datetime
    closed_at: datetime | None
    """fixed or dismissed at"""
    dismissed_by: str | None
    dismissed_reason: str | None


class Device(Resource, frozen=True, gc=False, kw_only=True):
    """A laptop, phone or workstation that people work on; id is the serial number."""

    name: str
    owner_email: str | None
    status: str
    """"in_use", "stock", "returned", "lost", "disposed\""""
    disk_encrypted: bool
    protected: bool
    """endpoint protection (EDR) is installed, running and reports"""
    returned_at: datetime | None
    """when its last holder gave it back; None: nobody says so"""
    lost_at: datetime | None
    """when it was lost or stolen; None: nobody says so"""
    disposed_at: datetime | None
    """when it left the company for good; None: nobody says so"""
    wiped_at: datetime | None
    """when its data was erased last; None: it was not"""


class Repository(Resource, frozen=True, gc=False, kw_only=True):
    """A source repository; protection facts are about its default branch, branch protection and rulesets together."""

    name: str
    public: bool
    archived: bool
    default_branch: str
    protected: bool
    """changes reach the default branch only through a reviewed pull request"""
    required_approvals: int
    locked: bool
    """the default branch is read-only for everybody, administrators included: it takes no change at all, and is
    protected without a demand for approvals"""
    stale_approvals_dismissed: bool
    """a new commit makes earlier approvals void"""
    admins_bound: bool
    """nobody can bypass the review, administrators included"""
    force_push_blocked: bool
    """nobody can rewrite the history: force pushes are refused, or stopped by what is demanded of everybody"""
    required_checks: tuple[str, ...]
    secret_scanning: bool
    """secrets in commits are found, and pushes that hold one are stopped or alerted"""
    dependency_alerts: bool


class Writer(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """An account that authored or committed a commit of a change."""

    login: str
    address: str | None
    """the e-mail address in the commit, which the provider holds to be the account's; None: the commit has none"""
    human: bool
    """False: the account is a program's by its type"""


class Approval(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """When one of the approvers of a change approved it last."""

    login: str
    at: datetime


class Change(Resource, frozen=True, gc=False, kw_only=True):
    """A change that was proposed for production code, e.g. a pull request."""

    repository: str
    """name of the `Repository`"""
    number: int
    title: str
    author: str
    """login of who proposed it; a program's own where a program did"""
    requesters: tuple[str, ...]
    """logins of the people who had a program write it, and so are its authors; none where a person proposed it"""
    base_branch: str
    merged: bool
    merged_at: datetime | None
    merged_by: str | None
    approvers: tuple[str, ...]
    """logins whose last decisive review approves the final commit"""
    approvals: tuple[Approval, ...]
    """when each of them did"""
    entitled_approvers: tuple[str, ...]
    """those of the approvers who may write to the repository: whoever can read a public one can approve there"""
    commit_authors: tuple[str, ...]
    """logins (or names where none is known) that authored, co-authored or committed any of its commits"""
    writers: tuple[Writer, ...]
    """the accounts of those who authored or committed them, by which the people behind them may be found"""
    missing_checks: tuple[str, ...]
    """automated checks that the default branch demands and that had not passed, on the final commit, when it was
    merged; none for a change into another branch, which reaches the default one by a change of its own"""


class Commit(Resource, frozen=True, gc=False, kw_only=True):
    """A commit that the default branch of a repository holds, however it came there."""

    repository: str
    """name of the `Repository`"""
    sha: str
    author: str | None
    """login of who wrote it; None: the provider knows no account of that address"""
    squashed: bool
    """it is the merge of its change and no joining of branches, so that its author wrote some of it"""
    committed_at: datetime
    """when it was committed, by the clock of who committed it; where no list tells it, the latest that it can be"""
    change: str | None
    """id of the merged `Change` into the default branch that brought it; None: none did, it was pushed"""


class Environment(Resource, frozen=True, gc=False, kw_only=True):
    """A place that a repository is deployed to, as the deploying system guards it."""

    name: str
    """"production", "staging" ..."""
    repository: str
    """name of the `Repository`"""
    approval_required: bool
    """a deployment waits until a named person or team approves it"""
    self_approval_blocked: bool
    """whoever started a deployment can't approve it"""
    admins_bound: bool
    """administrators can't deploy without the approval"""


class AppSecret(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """A secret of an application; its value is in no export that is read."""

    made_at: datetime
    expires_at: datetime | None
    """it proves nothing from then on; None: it has no end"""


class Application(Resource, frozen=True, gc=False, kw_only=True):
    """An application in a single sign-on directory."""

    name: str
    active: bool
    single_sign_on: bool
    """signs in by SAML, OIDC or WS-Federation, not by a stored password or bookmark"""
    secrets: tuple[AppSecret, ...]
    """those by which the application proves itself to the directory, that are not switched off; empty: the company
    keeps none"""


class PasswordPolicy(Resource, frozen=True, gc=False, kw_only=True):
    """The password rules of one tenant or group in it."""

    name: str
    active: bool
    min_length: int
    history: int
    """how many earlier passwords are refused; 0: none"""
    lockout_attempts: int | None
    """failed attempts until the account is locked; 0: never; None: the provider guards against guessing by itself"""


class Tenant(Resource, frozen=True, gc=False, kw_only=True):
    """An account with a provider as a whole: AWS account, GitHub organisation, Okta org."""

    name: str
    mfa_required: bool
    """nobody can be in without a second factor"""
    public_storage_blocked: bool
    """stores can't be made public, whatever their own settings"""
    default_encryption: bool
    """new disks are encrypted by themselves"""


class Caller(Resource, frozen=True, gc=False, kw_only=True):
    """Who made the exports of a scope, as the vendor answered; one a scope."""

    name: str
    """as the vendor names a login: an ARN, an address"""


class BackupPlan(Resource, frozen=True, gc=False, kw_only=True):
    """A scheduled backup; one resource a plan."""

    name: str
    scheduled: bool
    retention_days: int | None
    """None: kept for ever"""
    last_success_at: datetime | None
    """last recovery point that was completed; None: none"""
    last_job_failed: bool


class Vendor(Resource, frozen=True, gc=False, kw_only=True):
    """A company that we depend on or give data to."""

    name: str
    active: bool
    tier: str
    """"critical", "high", "medium", "low\""""
    owner_email: str | None
    personal_data: bool
    onboarded_at: datetime
    diligence_at: datetime | None
    """when it was examined before use"""
    assessed_at: datetime | None
    subservice: bool
    """its controls are part of how our own commitments are met: a subservice organisation, in the words of an
    examination; one that we only buy from is none"""
    report_type: str | None
    """"soc2_type2", "soc2_type1", "soc3", "iso27001", None"""
    report_period_start: datetime | None
    """first day that the report covers (its day, for a type 1); None without report, or for a certificate"""
    report_period_end: datetime | None
    previous_report_period_start: datetime | None
    """of the report of the same type before it; None: it is the first"""
    previous_report_period_end: datetime | None
    report_opinion: str | None
    """"unqualified", "qualified", "adverse", "disclaimer"; None without report"""
    report_exceptions: int | None
    """deviations noted in the report; None without one"""
    exceptions_assessed_by: str | None
    """e-mail of who judged what the report's exceptions, or an opinion that is not clean, mean for us; None: nobody"""
    exceptions_assessed_at: datetime | None
    exceptions_conclusion: str | None
    """what that person concluded, in words"""
    monitored_by: str | None
    """e-mail of who watched its controls by other means than a report (a visit, tests of our own); None: nobody"""
    monitored_at: datetime | None
    monitoring_conclusion: str | None
    """what was done and what it showed, in words"""
    dpa_signed_at: datetime | None
    bridge_letter_until: datetime | None


class Risk(Resource, frozen=True, gc=False, kw_only=True):
    """One entry of the risk register."""

    title: str
    category: str
    owner_email: str | None
    likelihood: int
    """1 to 5"""
    impact: int
    """1 to 5"""
    treatment: str | None
    """"mitigate", "accept", "transfer", "avoid"; None: undecided"""
    reviewed_at: datetime | None
    concerns: tuple[str, ...]
    """ids of the vendors, systems and assets that it is about"""
    accepted_by: str | None
    """e-mail of who accepted it; None: nobody"""
    accepted_at: datetime | None
    """None: no day of its own is told, it is accepted anew at each review"""


class PolicyDocument(Resource, frozen=True, gc=False, kw_only=True):
    """A written policy or procedure."""

    title: str
    topic: str
    """short name of what it rules: "information-security", "code-of-conduct" ..."""
    version: str
    owner_email: str | None
    approved_by: str | None
    approved_at: datetime | None
    reviewed_at: datetime | None
    published_at: datetime | None
    """when this version was put where its readers reach it; None: it was not"""
    published_where: str | None
    """that place: a link, the name of a handbook"""


class TrainingRecord(Resource, frozen=True, gc=False, kw_only=True):
    """One person's completion of one course; id is "e-mail/course".

    That somebody completed a course says that they attended; a score or a certificate says with what result.
    """

    person_email: str
    course: str
    completed_at: datetime | None
    """None: assigned, not done"""
    score: int | None
    """what the course's own test gave; None: there was none"""
    pass_mark: int | None
    """the least score that passes it, by the same scale"""
    certificate: str | None
    """file of the certificate or record of completion that the course's provider issued; None: there is none"""


class AccessReview(Resource, frozen=True, gc=False, kw_only=True):
    """One review of who has access to one system; what it decided are the `AccessDecision` that name it."""

    system: str
    """name of the source whose accounts it went through ("github"), with the tenant where it was of one alone
    ("aws:012345678901")"""
    reviewer_email: str
    started_at: datetime | None
    """when the accounts to decide on were listed; None: on the day of its completion"""
    completed_at: datetime | None
    """None: it is open"""


class AccessDecision(Resource, frozen=True, gc=False, kw_only=True):
    """What one access review decided on one account; id is "review/account"."""

    review: str
    """id of the `AccessReview`"""
    account: str
    """login of the account as its system writes it, or the id of the `Identity`"""
    decision: str
    """"keep"; "change": less than it had; "revoke": the account is to go"""
    decider_email: str | None
    """e-mail of the person who decided; None: the reviewer of the review"""
    decided_at: datetime | None
    """None: when the review was completed"""
    done_at: datetime | None
    """when a change or revocation was carried out, as the reviewers say; None: they don't"""


class Incident(Resource, frozen=True, gc=False, kw_only=True):
    """A security or availability event that was declared an incident."""

    title: str
    severity: str
    """"critical", "high", "medium", "low\""""
    detected_at: datetime
    acknowledged_at: datetime | None
    resolved_at: datetime | None
    commander_email: str | None
    root_cause: str | None
    postmortem_at: datetime | None
    actions: int | None
    """how many actions its postmortem decided on; None: it was not held"""
    actions_closed_at: datetime | None
    """when the last of them was done; None: some are open, or there are none"""
    customers_affected: bool
    notified_at: datetime | None


class DeclaredScope(Resource, frozen=True, gc=False, kw_only=True):
    """A scope that soc2.yaml declares for a source (account and region, organisation, register).

    Made by the framework from soc2.yaml and what was exported; id is "source/scope".
    """

    scope: str
    exported: bool
    """at least one export of it was read"""
    hosted_by: tuple[str, ...]
    """how registers of vendors call the one that hosts its source; empty: it is software or files of one's own"""
    sold_by: tuple[str, ...]
    """companies that sell it among much else"""


class ExportedScope(Resource, frozen=True, gc=False, kw_only=True):
    """A scope that exports are about (account, region, organisation), where soc2.yaml declares sources at all.

    Made by the framework from the exports; id is "source/level/scope", of a source without levels "source".
    """

    scope: str
    declared: bool
    """soc2.yaml names it, so that what is missing of it is missed"""


class EvidenceItem(Resource, frozen=True, gc=False, kw_only=True):
    """One export or evidence record that was read. Made by the framework; id is the evidence id."""

    path: str
    operation: str
    dated: bool
    """it says when it was collected"""
    readable: bool
    complete: bool
    """no page is missing, no call in it was denied, it is neither stale nor from the future"""
    problem: str | None
    """why it is not readable or not complete, in words; None where all is well"""
    unknown_types: tuple[str, ...]
    """types of things in it that no table of its source knows"""
    records: int
