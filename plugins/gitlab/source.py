"""The source `gitlab`: its scope, its errors, its pages, its ids."""

import re
from typing import Any

from soc2test import Collecting, ErrorInfo, Source, Subject, WhoAmI, by_full_page, id_text
from soc2test_plugins.gitlab.identity import GROUP, HOST, IDENTITY
from soc2test_plugins.gitlab.rights import RIGHTS

__all__ = [
    "API",
    "NOT_OFFERED",
    "commit_id",
    "error_info",
    "gitlab",
    "member_id",
    "merge_request_id",
    "project_id",
]

API = 'curl --fail-with-body -sS -H "PRIVATE-TOKEN: $GITLAB_TOKEN" "https://{host}/api/v4/'
"""How each command begins; the token needs the scope `read_api` alone."""

NOT_OFFERED = ("403", "404")
"""What GitLab answers where the edition has no such call, and where the caller may not see it: one can't be told from
the other."""

_ERROR_KEYS = {"message", "error", "error_description", "scope"}
_STATUS = re.compile(r"(\d{3})\b", re.ASCII)
_WORD = re.compile(r"[a-z_]{1,60}", re.ASCII)


def error_info(body: Any) -> ErrorInfo | None:
    """GitLab's error bodies: `{"message": "404 Project Not Found"}`, `{"error": "404 Not Found"}`, and of a token
    `{"error": "insufficient_scope", "error_description", "scope"}`.

    The HTTP status begins the text (docs.gitlab.com/api/rest/troubleshooting, Status codes); tokens have words.
    """
    if not isinstance(body, dict) or not body or not set(body) <= _ERROR_KEYS:
        return None
    said = body.get("error", body.get("message"))
    if not isinstance(said, str):
        return ErrorInfo("error")
    status = _STATUS.match(said)
    if status is not None:
        return ErrorInfo(status[1], int(status[1]))
    return ErrorInfo(said if _WORD.fullmatch(said) else "error")


gitlab = Source(
    "gitlab",
    title="GitLab",
    hosted_by=["GitLab"],
    scope=("host", "group"),
    forms={"host": HOST, "group": GROUP},
    identity=IDENTITY,
    command=API + '<path of {operation}>"',
    paging=by_full_page(20, 100),  # "default: 20, max: 100"; the headers that tell of a next page are in no export
    error=error_info,
    denied=("401", "403", "404", "insufficient_scope", "invalid_token"),  # 404: not there, or not to be seen
    collecting=Collecting(
        tools={"curl --version": "7.76.0", "jq --version": "1.5"},  # --fail-with-body came with curl 7.76.0
        variables={"GITLAB_TOKEN": "an access token with the scope read_api, of an owner of the group"},
        whoami=WhoAmI(
            operation="groups get",
            command=API + 'groups/{group}?with_projects=false"',
            says={"full_path": "{group}"},
        ),
        follow="link",
        rights=RIGHTS,
    ),
    url="https://docs.gitlab.com/api/rest/",
)


def project_id(at: Subject, path: Any) -> str:
    """gitlab/gitlab.com/acme/platform/web, by the path with its groups. Raises `UnknownFact` for what names none."""
    return "/".join(("gitlab", at["host"], id_text(path)))


def member_id(at: Subject, username: Any) -> str:
    """gitlab/gitlab.com/acme/members/ann."""
    return "/".join(("gitlab", at["host"], at["group"], "members", id_text(username)))


def merge_request_id(at: Subject, number: Any) -> str:
    """gitlab/gitlab.com/acme/web/merge_requests/7, by the number within the project (`iid`)."""
    return "/".join((project_id(at, at["project"]), "merge_requests", id_text(number)))


def commit_id(at: Subject, sha: Any) -> str:
    """gitlab/gitlab.com/acme/web/commits/6dcb09b5..."""
    return "/".join((project_id(at, at["project"]), "commits", id_text(sha)))
