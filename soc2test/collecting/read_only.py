"""Whether a command only reads, by what its vendor says of its verbs. What nobody knows is not run."""

from collections.abc import Callable, Sequence
from itertools import takewhile

__all__ = ["changes_something"]

_AWS_READS = ("batch-get-", "describe-", "get-", "head-", "list-", "lookup-", "search-")
_AWS_OTHERS = frozenset({("iam", "generate-credential-report")})
"""A report is made anew, which IAM's reference of actions calls reading."""
_AWS_SECRETS = frozenset({
    ("secretsmanager", "get-secret-value"), ("secretsmanager", "batch-get-secret-value"), ("ssm", "get-parameter"),
    ("ssm", "get-parameters"), ("ssm", "get-parameters-by-path"), ("sts", "get-session-token"),
    ("sts", "get-federation-token"), ("ecr", "get-login-password"), ("ecr", "get-authorization-token"),
    ("kms", "get-parameters-for-import"), ("lightsail", "get-instance-access-details"),
})  # fmt: skip
"""They read too, and hand out secrets: none is evidence."""
_GCLOUD_READS = (["asset", "list"], ["auth", "list"])
"""By name: a word such as `list` may as well be the name of what another verb takes away."""
_GH_OPTIONS = (
    "--paginate", "--slurp", "--jq", "-q", "-f", "--raw-field", "-F", "--field", "-X", "--method", "-H", "--header",
)  # fmt: skip
_KUBECTL_READS = (("get",), ("config", "view"), ("auth", "whoami"), ("version",))
_CURL_FLAGS = frozenset({"--fail-with-body", "-sS", "-s", "-S", "--silent", "--show-error", "-g"})
_CURL_VALUES = ("-H", "--header", "-u", "--user")


def changes_something(program: Sequence[str]) -> str | None:
    """Why a program with its arguments is not run: it may change something, or nobody knows; None where it reads."""
    look = _LOOKS.get(program[0])
    if look is None:
        return f"which commands of {program[0]} only read is not known"
    return None if look(program[1:]) else f"`{' '.join(program[:4])}` is none of the commands that only read"


def _positional(words: Sequence[str]) -> list[str]:
    return list(takewhile(lambda word: not word.startswith("-"), words))


def _aws(words: Sequence[str]) -> bool:
    said = _positional(words)
    if list(words) == ["--version"]:
        return True
    if len(said) < len(("service", "verb")):
        return False
    call = (said[0], said[1])
    return call in _AWS_OTHERS or (said[1].startswith(_AWS_READS) and call not in _AWS_SECRETS)


def _gh(words: Sequence[str]) -> bool:
    if list(words) == ["--version"]:
        return True
    if not words or words[0] != "api":
        return False
    if any(word.startswith("-") and not word.startswith(_GH_OPTIONS) for word in words):
        return False  # `--input`, and letters of several options in one word
    if any(method.upper() != "GET" for method in _values(words, "-X", "--method")):
        return False
    fields = _values(words, "-f", "--raw-field", "-F", "--field")
    if not fields:
        return True
    query = next((field.partition("=")[2] for field in fields if field.startswith("query=")), "")
    return "graphql" in words and query.lstrip().startswith(("query", "{"))


def _az(words: Sequence[str]) -> bool:
    said = _positional(words)
    if list(words) in (["version"], ["--version"]):
        return True
    if said[:1] == ["rest"]:
        methods = _values(words, "--method", "-m")
        return all(method.casefold() == "get" for method in methods) and not _values(words, "--body", "-b")
    return said[-1:] in (["list"], ["show"])


def _gcloud(words: Sequence[str]) -> bool:
    return list(words) == ["--version"] or _positional(words) in _GCLOUD_READS


def _kubectl(words: Sequence[str]) -> bool:
    said = tuple(_positional(words))
    if any(word.startswith("--raw") for word in words):
        return False  # of `config view` it is the credentials, of `get` any address
    return any(said[: len(reads)] == reads for reads in _KUBECTL_READS)


def _curl(words: Sequence[str]) -> bool:
    """Headers, a login, an address, and no option that sends anything: `curl` asks by GET then."""
    left = [word for word in words if word not in _CURL_FLAGS]
    while left and left[0] in _CURL_VALUES:
        left = left[2:]
    return list(words) == ["--version"] or (len(left) == 1 and left[0].startswith(("https://", "http://")))


def _jq(words: Sequence[str]) -> bool:
    return not any(word.startswith(("-f", "--from-file", "--slurpfile", "--rawfile", "-L")) for word in words)


def _values(words: Sequence[str], *names: str) -> list[str]:
    """What stands behind an option, also in one word with it (`--method=POST`, `-XPOST`)."""
    found: list[str] = []
    for number, word in enumerate(words):
        for name in names:
            if word == name:
                found += words[number + 1 : number + 2]
            elif word.startswith(f"{name}=") or (len(name) == len("-X") and word.startswith(name)):
                found.append(word[len(name) :].removeprefix("="))
    return found


_LOOKS: dict[str, Callable[[Sequence[str]], bool]] = {
    "aws": _aws, "az": _az, "curl": _curl, "gcloud": _gcloud, "gh": _gh, "jq": _jq, "kubectl": _kubectl,
}  # fmt: skip
