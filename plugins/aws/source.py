"""The AWS source: scope, command, paging, errors; and the names of resources that all services share."""

import re
from collections.abc import Callable
from typing import Any, TypeVar

from soc2test import Collecting, ErrorInfo, Subject, UnknownFact, WhoAmI, by_token
from soc2test.sources.source import Source
from soc2test_plugins.aws.identity import IDENTITY
from soc2test_plugins.aws.rights import RIGHTS
from soc2test_plugins.aws.unread import UNREAD

__all__ = ["arn", "aws", "either", "here", "home_arn", "of_account", "regional"]

T = TypeVar("T")

DENIED = (
    "AccessDenied", "AccessDeniedException", "AccessDeniedFault", "AllAccessDisabled", "AuthFailure",
    "AuthorizationError", "AuthorizationErrorException", "Client.UnauthorizedOperation", "ExpiredToken",
    "ExpiredTokenException", "Forbidden", "ForbiddenException", "InvalidAccessKeyId", "InvalidClientTokenId",
    "OptInRequired", "RequestExpired", "SignatureDoesNotMatch", "SubscriptionRequiredException",
    "UnauthorizedAccess", "UnauthorizedOperation", "UnrecognizedClientException",
)  # fmt: skip

_CLI_ERROR = re.compile(r"\s*(?:aws: \[ERROR\]: )?An error occurred \(([\w.]+)\) when calling the \w+ operation")


def error(body: Any) -> ErrorInfo | None:
    """AWS's error as boto prints it (`Error.Code`), as the wire has it (`__type`), or as the CLI words it."""
    if isinstance(body, str):
        match = _CLI_ERROR.match(body)
        return ErrorInfo(match[1]) if match else None
    if not isinstance(body, dict):
        return None
    inner = body.get("Error")
    if isinstance(inner, dict) and isinstance(inner.get("Code"), str):
        status = (body.get("ResponseMetadata") or {}).get("HTTPStatusCode")
        return ErrorInfo(inner["Code"], status if isinstance(status, int) else None)
    kind = body.get("__type")
    return ErrorInfo(kind.rpartition("#")[2]) if isinstance(kind, str) else None


PARTITIONS = {"cn-": "aws-cn", "us-gov-": "aws-us-gov", "": "aws"}
"""How a region begins -> the first part of its ARNs."""

COLLECTING = Collecting(
    tools={"aws --version": "2.0", "jq --version": "1.5"},
    # a person's own setting may be tables; some calls about a whole account (s3control) want any region
    environment={"AWS_DEFAULT_OUTPUT": "json", "AWS_DEFAULT_REGION": "{region}"},
    profile="--profile {profile}",  # goes before keys in the environment, which AWS_PROFILE does not
    whoami=WhoAmI(
        operation="sts get-caller-identity",
        command="aws sts get-caller-identity --output json",
        says={"Account": "{account}"},
        who="Arn",
        known={"account": r"\d{12}"},
    ),
    rights=RIGHTS,
)

aws = Source(
    "aws",
    title="Amazon Web Services",
    hosted_by=["AWS", "Amazon Web Services", "Amazon AWS"],
    sold_by=["Amazon", "Amazon com"],
    scope=("account", "region"),
    identity=IDENTITY,
    command="aws {operation} --region {region}",
    paging=by_token("Marker", "ContinuationToken", "LastEvaluatedTableName"),
    error=error,
    denied=DENIED,
    forms={"account": r"\d{12}|.*\D.*"},
    unread=UNREAD,
    collecting=COLLECTING,
    parts={"partition": ("region", PARTITIONS)},
    url="https://docs.aws.amazon.com/cli/latest/reference/",
)


def partition(at: Subject) -> str:
    """The first part of an ARN, which follows from the region."""
    region = at["region"] if "region" in at else ""  # noqa: SIM401  # get() raises for a part that is missing
    return next(name for begin, name in PARTITIONS.items() if region.startswith(begin))


def arn(at: Subject, service: str, resource: str) -> str:
    """The ARN of a regional resource in the scope of an export."""
    return f"arn:{partition(at)}:{service}:{at['region']}:{at['account']}:{resource}"


def home_arn(at: Subject, service: str, resource: str) -> str:
    """The ARN of a resource of a service that knows no regions (IAM)."""
    return f"arn:{partition(at)}:{service}::{at['account']}:{resource}"


def regional(at: Subject, name: str = "") -> str:
    """`account/region`, or `account/region/name`: the id of what exists once a region and has no ARN."""
    scope = f"{at['account']}/{at['region']}"
    return f"{scope}/{name}" if name else scope


_PLACE = re.compile(r"arn:[^:]*:[^:]*:([^:]*):([0-9]{12})?|([a-z]{2,4}(?:-[a-z]+)+-[0-9])[a-z]?")


def here(at: Subject, told: Any, *, shared: bool = False) -> None:
    """Hold the ARN or zone of an item against the region and account in whose folder the export is.

    Of what is `shared` between accounts, the list of one names others' too: its account tells nothing.
    Raises `UnknownFact` where it lies in another: then the export is not the list of this region, or account.
    """
    match = _PLACE.match(told) if isinstance(told, str) else None
    region, account = ((match[1] or match[3]), match[2]) if match else (None, None)
    if region and "region" in at and region != at["region"]:
        raise UnknownFact("region", f"it is of region {region}: the export lies in the wrong folder")
    if account and not shared:
        of_account(at, account)


def of_account(at: Subject, owner: Any) -> None:
    """Hold an owner's account id against the account in whose folder the export is; a folder may bear a name instead.

    Raises `UnknownFact` where it is another account's.
    """
    if isinstance(owner, str) and "account" in at and at["account"].isdigit() and owner != at["account"]:
        text = f"it is of account {owner}: the export lies in the wrong folder, or names what others own"
        raise UnknownFact("account", text)


def either(*questions: Callable[[], bool]) -> bool:
    """True where one is; else what is not known is raised: it might be the one that is.

    All that is not known is named, since any one of it may settle the question: where the first call is denied for
    good, the second one is to be made.
    """
    unknown: list[UnknownFact] = []
    for ask in questions:
        try:
            if ask():
                return True
        except UnknownFact as error:
            unknown.append(error)
    if not unknown:
        return False
    reasons = dict.fromkeys(error.reason for error in unknown)
    raise UnknownFact(unknown[0].fact, "; or ".join(reasons), code=unknown[0].code)
