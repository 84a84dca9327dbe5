"""The account as a whole: root, password rules, defaults, public storage."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from soc2test import (
    EVERY,
    Counted,
    Facts,
    Item,
    Population,
    Subject,
    Unknown,
    any_of,
    counted,
    facts,
    known,
    number,
    or_unknown,
)
from soc2test_plugins.aws.answers import one_holds
from soc2test_plugins.aws.kinds import (
    AccessKey,
    AccountPasswordPolicy,
    AwsAccount,
    IamRoot,
    IamUser,
    RootAccessKey,
    S3Bucket,
    ServiceCredential,
    SshPublicKey,
)
from soc2test_plugins.aws.names import root_id
from soc2test_plugins.aws.source import aws, regional

ACCOUNT = ("account",)
BLOCKS = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")


@aws.reads(
    "iam get-account-summary", kind=(IamRoot, RootAccessKey), lists=True, scope=ACCOUNT,
    tells=["name", "mfa", "has_keys", "password", "active", "identity", "category", "root"],
    command="aws iam get-account-summary",
)  # fmt: skip
def account_summary(body: Item, at: Subject) -> Iterator[Facts | Counted]:
    """The root: whether it has a second factor and keys, not how old these are; and how many users there are."""
    summary = known(body["SummaryMap"])
    keys = or_unknown(lambda: number(summary["AccountAccessKeysPresent"]) > 0)
    yield facts(
        root_id(at),
        IamRoot,
        name="root",
        mfa=or_unknown(lambda: number(summary["AccountMFAEnabled"]) > 0),
        has_keys=keys,
        **_root_activity(summary, keys),
    )
    if known(keys):
        yield facts(
            f"{root_id(at)}/access_key_1", RootAccessKey, identity=root_id(at), category="access_key", root=True
        )
    if "Users" in summary:
        yield counted(number(summary["Users"]), IamUser, AccessKey, ServiceCredential, SshPublicKey)


def _root_activity(summary: Item, keys: bool | Unknown) -> dict[str, bool | Unknown]:
    """Older exports don't count passwords. Where accounts are managed centrally the root may have no way in at all."""
    if "AccountPasswordPresent" not in summary:
        return {}
    password = or_unknown(lambda: number(summary["AccountPasswordPresent"]) > 0)
    certificates = or_unknown(lambda: number(summary.or_else("AccountSigningCertificatesPresent", 0)) > 0)
    return {"password": password, "active": one_holds([password, keys, certificates])}


@aws.derives(IamRoot, "root")
@aws.derives(IamRoot, "admin")
def always(root: IamRoot) -> bool:
    """No policy binds the root."""
    return True


@aws.derives(IamRoot, "human")
def never(root: IamRoot) -> bool:
    """Root is kept for emergencies; nobody works with it."""
    return False


@aws.derives(IamRoot, "email")
@aws.derives(IamRoot, "owner")
@aws.derives(IamRoot, "disabled_at")
def nobody(root: IamRoot) -> None:
    """Root belongs to the account, whose mailbox is no person's, and can't be disabled."""
    return


@aws.reads(
    "iam get-account-password-policy", kind=AccountPasswordPolicy, lists=True, scope=ACCOUNT,
    absent=["NoSuchEntity", "NoSuchEntityException"], command="aws iam get-account-password-policy",
)  # fmt: skip
def password_policy(body: Item | None, at: Subject) -> Facts:
    """The account's own rules, else AWS's default: 8 characters, earlier passwords are not remembered."""
    rules = known(body["PasswordPolicy"]) if body is not None else Item({"MinimumPasswordLength": 8})
    return facts(
        f"{at['account']}/password-policy",
        name=at["account"],
        custom=body is not None,
        min_length=rules["MinimumPasswordLength"],
        history=rules.or_else("PasswordReusePrevention", 0),  # left out where none is set
        lockout_attempts=None,  # IAM has no lockout of the company's; AWS throttles sign-in itself
    )


@aws.derives(AccountPasswordPolicy, "active", joins=IamUser)
def holds_for_somebody(policy: AccountPasswordPolicy, users: Population[IamUser]) -> bool:
    """The rules are those of IAM users' passwords: where people come by single sign-on alone they hold for nobody."""
    return any_of(_of_account(policy.name, users), lambda user: user.password)


def _of_account(account: str, users: Population[IamUser]) -> Iterator[IamUser]:
    """An account's own users, of as many accounts as there are; then raises `UnknownFact` where there may be more."""
    yield from _by_account(users).get(account, ())
    len(users)


@lru_cache(maxsize=1)
def _by_account(users: Population[IamUser]) -> Mapping[str, Sequence[IamUser]]:
    by_account: dict[str, list[IamUser]] = {}
    for user in users.members:
        by_account.setdefault(user.id.split(":")[4], []).append(user)
    return by_account


@aws.reads("ec2 get-ebs-encryption-by-default", kind=AwsAccount, lists=True)
def default_encryption(body: Item, at: Subject) -> Facts:
    """A setting of each region: new disks are encrypted."""
    return facts(regional(at), name=regional(at), default_encryption=body["EbsEncryptionByDefault"])


@aws.reads(
    "s3control get-public-access-block", kind=(AwsAccount, S3Bucket), scope=ACCOUNT,
    absent=["NoSuchPublicAccessBlockConfiguration"],
    command="aws s3control get-public-access-block --account-id {account}",
)  # fmt: skip
def public_access_block(body: Item | None, at: Subject) -> Iterator[Facts]:
    """The account's block, which holds for all its buckets whatever their own say."""
    if body is None:
        yield facts(EVERY, AwsAccount, public_storage_blocked=False)
        yield facts(EVERY, S3Bucket, account_ignores_acls=False, account_restricts_policy=False)
        return
    block = known(body["PublicAccessBlockConfiguration"])
    blocked = or_unknown(lambda: all(known(block[name]) for name in BLOCKS))
    yield facts(EVERY, AwsAccount, public_storage_blocked=blocked)
    yield facts(
        EVERY,
        S3Bucket,
        account_ignores_acls=block["IgnorePublicAcls"],
        account_restricts_policy=block["RestrictPublicBuckets"],
    )
