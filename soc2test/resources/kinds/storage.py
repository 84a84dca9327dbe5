"""Where data lies, what it is encrypted with, and how it is backed up."""

from datetime import datetime

from soc2test.resources.resource import Resource

__all__ = ["BackupPlan", "DataStore", "EncryptionKey", "SharedStore"]


class DataStore(Resource, frozen=True, gc=False, kw_only=True):
    """A place that holds data at rest: bucket, database, volume, snapshot, table."""

    name: str
    copy: bool
    """a snapshot or backup of another store, which keeps no copies, logs or zones of its own"""
    address: str | None
    """"host:port" at which programs reach it, where it has one of its own (a database); None: it has none"""
    public: bool
    """readable or writable by anyone on the internet, by whichever path (ACL, policy, share, address)"""
    encrypted: bool
    """encrypted at rest"""
    customer_key: bool
    """encrypted with a key whose policy the company controls (not the provider's default key)"""
    encryption_key: str | None
    """id of the `EncryptionKey` that it is encrypted with; None: a key that the provider keeps, or none"""
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
    protected_days: int | None
    """for how many days what is stored can't be deleted, where that ends by itself; None: it does not"""
    multi_zone: bool
    """survives the loss of one zone"""
    grows: bool
    """takes in more by itself, as far as the vendor lets anybody's grow; False: its space has a size, and ends there"""
    classification: str | None
    """the company's label ("confidential" ...); None: not labelled"""
    owner: str | None
    """team or person by label; None: nobody named"""


class SharedStore(DataStore, frozen=True, gc=False, kw_only=True):
    """A store of a source that tells whom its own policy, access list or share lets in by name."""

    may_share: bool
    """it may have such a policy, list or share; False: rights to it come by its account's rules alone"""
    outsiders: tuple[str, ...]
    """whom it lets in, as its source names them: accounts (its own too), organisations, users; services of its provider
    are none, nor is everybody, where it is public"""


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


class BackupPlan(Resource, frozen=True, gc=False, kw_only=True):
    """A scheduled backup; one resource a plan."""

    name: str
    scheduled: bool
    interval_hours: float
    """the longest time from one start to the next by its schedule; of several rules that of the one that runs most"""
    longest_gap_hours: float
    """the longest time that one resource was without a new completed recovery point, from its first job that is listed
    to its last completed one, by when jobs began; 0 where there is but one"""
    retention_days: int | None
    """None: kept for ever"""
    last_success_at: datetime | None
    """last recovery point that was completed; None: none"""
    encryption_keys: tuple[str, ...]
    """ids of the `EncryptionKey` of the company's or the provider's that its recovery points are encrypted with"""
    last_job_failed: bool
