"""Policy documents: what the statements of IAM and bucket policies allow and deny.

`Statement`, `Action`, `Resource` and `Principal` may be a string, an object or a list; a document may be JSON in a
string, URL-encoded on the wire.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from soc2test import UnknownFact, as_list, embedded_json

__all__ = [
    "Statement",
    "allows",
    "anybody",
    "denies_plain_http",
    "denies_without_tls",
    "embedded",
    "everybody",
    "statements",
    "texts",
]

Statement = Mapping[str, Any]

_TEXT = ("stringequals", "stringequalsignorecase", "stringlike", "stringequalsifexists")

_NO_DOCUMENT = "the policy document is not JSON, or names a key twice"


def embedded(value: Any) -> Any:
    """A policy document that may be JSON in a string; raises `UnknownFact` where it is none."""
    return embedded_json(value, "policy", _NO_DOCUMENT)


def statements(document: Any) -> list[Statement]:
    """The statements of a policy document in any of its spellings; raises `UnknownFact` where it is none."""
    plain = embedded(document)
    found = plain.get("Statement") if isinstance(plain, Mapping) else None
    listed = as_list(found)
    if found is None or not all(isinstance(each, Mapping) for each in listed):
        raise UnknownFact("policy", "the policy document has no statements")
    return listed


def texts(value: Any) -> list[str]:
    """A string or list of strings as list; [] for None."""
    listed = as_list(value)
    if not all(isinstance(each, str) for each in listed):
        raise UnknownFact("policy", "a statement holds something else than text where names belong")
    return listed


def everybody(principal: Any) -> bool:
    """True for "*" and {"AWS": "*"}, alone or in a list: who is denied where everybody is."""
    if isinstance(principal, Mapping):
        return "*" in texts(principal.get("AWS"))
    return "*" in texts(principal)


def anybody(principal: Any) -> bool:
    """The same and a star for any other sort of principal, whatever AWS takes it for: who is allowed."""
    if isinstance(principal, Mapping):
        return any("*" in texts(each) for each in principal.values())
    return everybody(principal)


def allows(statement: Statement) -> bool:
    if statement.get("Effect") not in ("Allow", "Deny"):
        raise UnknownFact("policy", "a statement of the policy neither allows nor denies")
    return bool(statement["Effect"] == "Allow")


def denies_plain_http(document: Any, bucket: str) -> bool:
    """True where a bucket policy denies everybody every action without TLS, on the bucket and on its objects."""
    denials = [each for each in statements(document) if _denies_http(each, "s3:*")]
    if not denials:
        _must_be_plain(document, "s3:*")
    resources = [name for each in denials for name in texts(each.get("Resource"))]
    return _covered(f"arn:aws:s3:::{bucket}", resources) and _covered(f"arn:aws:s3:::{bucket}/*", resources)


def denies_without_tls(document: Any, actions: str) -> bool:
    """True where a resource's own policy denies everybody every action (such as "dynamodb:*") without TLS."""
    denied = any(_denies_http(each, actions) and "NotResource" not in each for each in statements(document))
    if not denied:
        _must_be_plain(document, actions)
    return denied


def _must_be_plain(document: Any, every: str) -> None:
    """Raises `UnknownFact` where only a comparison of texts denies: AWS has the key compared by `Bool`."""
    for each in statements(document):
        condition = each.get("Condition")
        if isinstance(condition, Mapping) and len(condition) == 1:
            (operator, tests), *_ = condition.items()
            if operator.casefold() in _TEXT and _denies_http({**each, "Condition": {"Bool": tests}}, every):
                raise UnknownFact("policy", "it denies what comes without TLS by comparing texts: write `Bool` instead")


def _denies_http(statement: Statement, every: str) -> bool:
    if statement.get("Effect") != "Deny" or not everybody(statement.get("Principal")):
        return False
    actions = {each.casefold() for each in texts(statement.get("Action"))}
    return bool(actions & {"*", every}) and _only_without_tls(statement.get("Condition"))


def _only_without_tls(condition: Any) -> bool:
    """A further key or operator narrows a denial, so the one test has to stand alone."""
    if not isinstance(condition, Mapping) or len(condition) != 1:
        return False
    (operator, tests), *_ = condition.items()
    if operator.casefold() not in ("bool", "boolifexists") or not isinstance(tests, Mapping) or len(tests) != 1:
        return False
    (key, value), *_ = tests.items()
    values = value if isinstance(value, list) else [value]
    denied = {str(each).casefold() for each in values}  # with "true" beside it nothing comes in at all
    return key.casefold() == "aws:securetransport" and "false" in denied and denied <= {"true", "false"}


def _covered(name: str, patterns: Iterable[str]) -> bool:
    """A pattern that is the name, or a beginning of it with one star at the end; others are not weighed."""
    for written in patterns:
        pattern = written.replace("arn:aws-cn:", "arn:aws:").replace("arn:aws-us-gov:", "arn:aws:")
        if pattern == name or (pattern.endswith("*") and name.startswith(pattern[:-1])):
            return True
    return False
