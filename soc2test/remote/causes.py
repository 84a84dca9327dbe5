"""Why a store refused, in words with a way out. What the services wrote is not repeated: it may hold a secret."""

from collections.abc import Iterator
from typing import Any

from soc2test.remote.urls import AZURE, Url

__all__ = ["cause", "is_gone", "refusal", "taken"]

_NOT_ANYONE = (
    "NoCredentials", "PartialCredentials", "CredentialRetrieval", "DefaultCredentials", "ProfileNotFound", "SSO",
    "TokenRetrieval", "RefreshError", "ClientAuthentication", "CredentialUnavailable", "UnauthorizedSSOToken",
)  # fmt: skip
"""in the names of errors of botocore, google-auth and azure-identity"""
_UNREACHABLE = (
    "EndpointConnection", "ConnectTimeout", "ReadTimeout", "ServiceRequest", "ServiceResponse", "ClientConnect",
    "ConnectionError", "ConnectionRefused", "ConnectionClosed", "TimeoutError", "gaierror", "ServerDisconnected",
    "SSLError", "ProxyError", "RetryError",
)  # fmt: skip
_UNAUTHORIZED, _FORBIDDEN, _NOT_FOUND, _PRECONDITION = 401, 403, 404, 412
_CREDENTIALS = {
    "s3": "set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or run where a role is given",
    "gs": "run `gcloud auth application-default login`, or set GOOGLE_APPLICATION_CREDENTIALS",
    **dict.fromkeys(AZURE, "set AZURE_STORAGE_ACCOUNT_NAME and run `az login`, or set AZURE_STORAGE_CONNECTION_STRING"),
}
_RIGHTS = {
    "s3": "s3:ListBucket on the bucket and s3:GetObject below the prefix",
    "gs": "storage.objects.list and storage.objects.get",
    **dict.fromkeys(AZURE, "the role Storage Blob Data Reader"),
}
_WRITING = {
    "s3": "s3:PutObject",
    "gs": "storage.objects.create",
    **dict.fromkeys(AZURE, "the role Storage Blob Data Contributor"),
}


def refusal(url: Url, error: BaseException, *, writing: bool = False) -> str:
    """What went wrong with all below a URL, and what to do."""
    kind, code = _kind(error, url), _code(error)
    said = f" ({code})" if code else ""
    if kind == "credentials":
        return f"{url.text}: there are no credentials that hold{said}: {_CREDENTIALS[url.scheme]}"
    if kind == "denied":
        rights = f"{_RIGHTS[url.scheme]}, and {_WRITING[url.scheme]}" if writing else _RIGHTS[url.scheme]
        return f"{url.text}: access is denied{said}: whoever runs this needs {rights}"
    if kind == "missing":
        return f"{url.text}: there is no such bucket or container{said}: look at its name, account and region"
    if kind == "unreachable":
        return f"{url.text}: the service can't be reached{said}: look at network, proxy and endpoint"
    return f"{url.text}: can't be {'written' if writing else 'read'}{said}"


def cause(error: BaseException) -> str:
    """Why one object could not be downloaded, in a few words."""
    code = _code(error)
    words = {"credentials": "no credentials that hold", "denied": "access is denied", "missing": "it is gone"}
    kind = _kind(error, None)
    text = words.get(kind, "the service did not answer" if kind == "unreachable" else "the download failed")
    return f"{text} ({code})" if code else text


def is_gone(error: BaseException) -> bool:
    """True where a store says that there is no such object."""
    return _kind(error, None) == "missing"


def taken(error: BaseException) -> bool:
    """True where a store says that an object of this name is there already, and was not overwritten."""
    names = {type(one).__name__ for one in _chain(error)}
    return "FileExistsError" in names or _PRECONDITION in {_status(one) for one in _chain(error)}


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The error and those that it was raised from: filesystems put their own around those of the services."""
    known: list[BaseException] = []
    while error is not None and error not in known:
        known.append(error)
        error = error.__cause__ or error.__context__
    return iter(known)


def _kind(error: BaseException, url: Url | None) -> str:
    names = [kind.__name__ for one in _chain(error) for kind in type(one).__mro__]
    statuses = {_status(one) for one in _chain(error)}
    if any(part in name for name in names for part in _NOT_ANYONE) or _UNAUTHORIZED in statuses:
        return "credentials"
    if "PermissionError" in names or _FORBIDDEN in statuses or str(error).startswith("Forbidden:"):  # gcsfs 2026.10
        return "denied"
    if "FileNotFoundError" in names or _NOT_FOUND in statuses:
        return "missing"
    if any(part in name for name in names for part in _UNREACHABLE):
        return "unreachable"
    return "credentials" if url is not None and url.scheme in AZURE and "ValueError" in names else ""


def _status(error: BaseException) -> Any:
    """The HTTP status that a service answered with, where the error tells it."""
    response = getattr(error, "response", None)
    metadata = response.get("ResponseMetadata", {}) if isinstance(response, dict) else {}
    told = getattr(error, "status_code", None) or getattr(error, "code", None) or metadata.get("HTTPStatusCode")
    return told if isinstance(told, int) else None


def _code(error: BaseException) -> str:
    """The service's own word for it ("InvalidAccessKeyId"), else the name of the error."""
    for one in _chain(error):
        response = getattr(one, "response", None)
        code = response.get("Error", {}).get("Code") if isinstance(response, dict) else getattr(one, "error_code", None)
        word = getattr(code, "value", code)  # azure-core has an enumeration
        if isinstance(word, str) and word.isalnum():
            return word
    return type(error).__name__
