"""Azure's kinds: the neutral ones with what Azure tells beside them. Ids are Azure's own, in lower case."""

from soc2test import DataStore, EncryptionKey, Host, Identity, LogSink, NetworkRule, Resource, Role

__all__ = [
    "AzureActivityLog",
    "AzureBlobContainer",
    "AzureDisk",
    "AzureEligibility",
    "AzureEligibleMember",
    "AzureEligibleRights",
    "AzureFlowLog",
    "AzureKeyVault",
    "AzureLock",
    "AzureMember",
    "AzurePostgresFirewallRule",
    "AzurePostgresName",
    "AzurePostgresServer",
    "AzureRoleAssignment",
    "AzureRoleDefinition",
    "AzureSecurityGroup",
    "AzureSecurityRule",
    "AzureSharedRights",
    "AzureSnapshot",
    "AzureSqlDatabase",
    "AzureSqlFirewallRule",
    "AzureSqlIpv6Rule",
    "AzureSqlServer",
    "AzureStorageAccount",
    "AzureStorageName",
    "AzureStore",
    "AzureVaultKey",
    "AzureVm",
]


class AzureStore(DataStore, frozen=True, gc=False, kw_only=True):
    """A store of Azure; a lock on it, its group or its subscription protects it from deletion."""


class AzureStorageAccount(AzureStore, frozen=True, gc=False, kw_only=True):
    """A storage account with its blobs, files, queues and tables.

    Soft delete of blobs makes it `versioned` (what was deleted or overwritten comes back), not `backed_up`.
    """

    min_tls: str
    """"TLS1_0", "TLS1_1", "TLS1_2" ..."""
    network_open: bool
    """any address may ask; whether it is answered is another matter"""
    blob_public_allowed: bool
    """a container may be opened to everybody"""
    services: tuple[str, ...]
    """"blob", "file", "queue", "table": those that the account has"""
    logged_blob: bool
    logged_file: bool
    logged_queue: bool
    logged_table: bool


class AzureStorageName(Resource, frozen=True, gc=False, kw_only=True):
    """A storage account once more, by its name alone: its containers are listed account by account."""

    name: str


class AzureBlobContainer(Resource, frozen=True, gc=False, kw_only=True):
    """A container of a storage account."""

    account: str
    """id of the account"""
    public: bool
    """opened to everybody, as far as the account allows that"""
    website: bool
    """holds the account's static website, which anybody may read, where that is on"""


class AzureKeyVault(AzureStore, frozen=True, gc=False, kw_only=True):
    """A key vault: its secrets, keys and certificates. Each request needs a token, so it is never public."""

    network_open: bool
    purge_protected: bool
    """what was deleted can't be destroyed before its time"""


class AzureVaultKey(EncryptionKey, frozen=True, gc=False, kw_only=True):
    """A key in a key vault; id is its identifier without version."""


class AzureDisk(AzureStore, frozen=True, gc=False, kw_only=True):
    """A managed disk. Who wants to read it without its machine needs a signed address, so it is never public."""


class AzureSnapshot(AzureStore, frozen=True, gc=False, kw_only=True):
    """A snapshot of a disk."""


class AzureSqlServer(Resource, frozen=True, gc=False, kw_only=True):
    """A logical SQL server; the stores are its databases."""

    name: str
    public_network: bool
    """has a public address"""
    min_tls: str
    audited: bool
    customer_key: bool
    protector: str | None
    """id of the key in a key vault that encrypts the keys of its databases; None: Azure keeps it"""


class AzureSqlDatabase(AzureStore, frozen=True, gc=False, kw_only=True):
    """A database of Azure SQL, but master. Azure backs each up, and takes no connection without TLS."""

    server: str
    """id of the server"""
    status: str
    """as Azure writes it: "Online", "Paused", "Inaccessible" ...; the last is one whose key it can't use"""
    public_network: bool
    """its server has a public address"""
    open_by_ipv4: bool
    """one of its server's rules lets anybody connect"""
    open_by_ipv6: bool
    """the same of its rules for IPv6"""


class AzurePostgresServer(AzureStore, frozen=True, gc=False, kw_only=True):
    """A flexible server of Azure Database for PostgreSQL."""

    public_network: bool


class AzurePostgresName(Resource, frozen=True, gc=False, kw_only=True):
    """A PostgreSQL server once more, by its name alone: firewall rules are listed server by server."""

    name: str


class AzureSqlFirewallRule(NetworkRule, frozen=True, gc=False, kw_only=True):
    """A range of addresses that may connect to a SQL server."""


class AzureSqlIpv6Rule(NetworkRule, frozen=True, gc=False, kw_only=True):
    """A range of IPv6 addresses that may connect to a SQL server."""


class AzurePostgresFirewallRule(NetworkRule, frozen=True, gc=False, kw_only=True):
    """A range of addresses that may connect to a PostgreSQL server."""


class AzureSecurityGroup(Resource, frozen=True, gc=False, kw_only=True):
    """A network security group."""

    name: str
    flow_logs: tuple[str, ...]
    """ids of its flow logs"""


class AzureSecurityRule(NetworkRule, frozen=True, gc=False, kw_only=True):
    """One port range that a rule of a network security group allows; Azure's default rules too.

    Rules that deny are not set off against it: what a rule opens counts, whatever its priority.
    """


class AzureFlowLog(Resource, frozen=True, gc=False, kw_only=True):
    """A log of the traffic through a network security group."""

    target: str
    enabled: bool
    retention_days: int | None
    """None: kept until somebody deletes it"""


class AzureVm(Host, frozen=True, gc=False, kw_only=True):
    """A virtual machine.

    Its metadata service has no session tokens; it refuses each request without the header `Metadata: true`, and each
    that was forwarded, which guards against the same forged requests: `metadata_token_required` is true.
    """


class AzureRoleAssignment(Resource, frozen=True, gc=False, kw_only=True):
    """A role that somebody holds over something."""

    role: str
    """id of the role's definition, its last part"""
    principal: str
    principal_type: str
    """"User", "Group", "ServicePrincipal" ..."""
    scope: str
    """id of what the role is held over, in lower case"""
    owner: bool
    """the role is Owner"""
    conditional: bool
    """held under a condition"""
    administers: bool
    """it gives roles over a subscription or more"""


class AzureEligibility(Resource, frozen=True, gc=False, kw_only=True):
    """A role that somebody may activate (Privileged Identity Management); its facts are those of an assignment."""

    role: str
    principal: str
    principal_type: str
    scope: str
    owner: bool
    conditional: bool
    administers: bool


class AzureRoleDefinition(Resource, frozen=True, gc=False, kw_only=True):
    """A role, built-in or of the company's own; id is the last part of its definition's."""

    administers: bool
    """may give roles to anybody"""


class AzureMember(Identity, frozen=True, gc=False, kw_only=True):
    """A user or service principal with a role over a subscription, or all above, that may administer.

    Azure knows it by its id in the directory, which tells second factor, last sign-in and owner.
    """

    principal: str
    """its object id"""


class AzureEligibleMember(Identity, frozen=True, gc=False, kw_only=True):
    """One who may activate such a role; not active where it administers already, since it counts as that then."""

    principal: str


class AzureSharedRights(Role, frozen=True, gc=False, kw_only=True):
    """The rights of a group, or of a principal of a type that Azure does not name, whose members no export tells."""

    principal: str


class AzureEligibleRights(Role, frozen=True, gc=False, kw_only=True):
    """Those that the members of a group may activate."""

    principal: str


class AzureLock(Resource, frozen=True, gc=False, kw_only=True):
    """A lock that keeps what it lies on, and all below, from deletion."""

    scope: str


class AzureActivityLog(LogSink, frozen=True, gc=False, kw_only=True):
    """Where a subscription's activity log goes. Azure does not tell whether its deliveries succeed."""
