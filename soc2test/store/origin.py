"""Where a record comes from: the commit of the programme, what the CI system says of its run, who collected what."""

import os
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from soc2test.errors import EvidenceError
from soc2test.evidence.yaml_text import parse_yaml
from soc2test.reports.secret_values import redact
from soc2test.store.records import Collection

__all__ = ["ci_run", "collection_of", "commit_of"]

_SECONDS = 20
_LONGEST = 300
"""characters of a text that a variable or a manifest gives"""

_CI: Sequence[tuple[str, Mapping[str, str]]] = (
    (
        "GITHUB_ACTIONS",
        {
            "run": "GITHUB_RUN_ID", "number": "GITHUB_RUN_NUMBER", "attempt": "GITHUB_RUN_ATTEMPT",
            "workflow": "GITHUB_WORKFLOW", "repository": "GITHUB_REPOSITORY",
        },
    ),
    ("GITLAB_CI", {"run": "CI_PIPELINE_ID", "number": "CI_PIPELINE_IID", "repository": "CI_PROJECT_PATH"}),
    (
        "BUILDKITE",
        {"run": "BUILDKITE_BUILD_ID", "number": "BUILDKITE_BUILD_NUMBER", "workflow": "BUILDKITE_PIPELINE_SLUG"},
    ),
    ("CIRCLECI", {"run": "CIRCLE_WORKFLOW_ID", "number": "CIRCLE_BUILD_NUM", "repository": "CIRCLE_PROJECT_REPONAME"}),
    ("TF_BUILD", {"run": "BUILD_BUILDID", "number": "BUILD_BUILDNUMBER", "workflow": "BUILD_DEFINITIONNAME"}),
    ("JENKINS_URL", {"run": "BUILD_TAG", "number": "BUILD_NUMBER", "workflow": "JOB_NAME"}),
)  # fmt: skip
"""The variable that says that it is this system -> what its others are, by the systems' documentation."""
_SYSTEMS = {
    "GITHUB_ACTIONS": "github-actions", "GITLAB_CI": "gitlab", "BUILDKITE": "buildkite", "CIRCLECI": "circleci",
    "TF_BUILD": "azure-pipelines", "JENKINS_URL": "jenkins",
}  # fmt: skip


def ci_run(environment: Mapping[str, str]) -> dict[str, str]:
    """What the CI system says of this run; empty outside of one that is known."""
    for variable, named in _CI:
        if environment.get(variable):
            told = {name: environment[of][:_LONGEST] for name, of in named.items() if environment.get(of)}
            return {"system": _SYSTEMS[variable], **told}
    return {}


def commit_of(root: Path) -> tuple[str | None, bool | None]:
    """The commit that the programme's repository is at, and whether its files are those of it.

    None, None where it lies in no repository, or git is not there.
    """
    commit = _git(root, "rev-parse", "--verify", "HEAD")
    if commit is None:
        return None, None
    changed = _git(root, "status", "--porcelain", "--untracked-files=no", "--", ".")
    return commit, None if changed is None else not changed


def _git(root: Path, *arguments: str) -> str | None:
    command = ["git", "-c", "core.fsmonitor=false", "-C", str(root), *arguments]
    environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    try:
        done = subprocess.run(  # noqa: S603  # a list, no shell
            command, capture_output=True, text=True, timeout=_SECONDS, check=False, env=environment
        )
    except (OSError, subprocess.TimeoutExpired, UnicodeDecodeError):
        return None
    return done.stdout.strip() if done.returncode == 0 else None


def collection_of(path: str, content: bytes) -> Collection | None:
    """What a manifest says of how the exports beside it were collected; None where it can't be read."""
    try:
        value, _ = parse_yaml(content, path)
    except EvidenceError:
        return None
    if not isinstance(value, dict):
        return None
    files = value.get("files")
    notes: Iterable[Any] = files.values() if isinstance(files, dict) else ()
    return Collection(
        manifest=path,
        collector=_text(value.get("collector")),
        collected_at=_text(value.get("collected_at")),
        commands=sum(isinstance(note, dict) and bool(note.get("command")) for note in notes),
        witness=_text(value.get("witness")),
        nonce=_text(value.get("nonce")),
    )


def _text(value: Any) -> str | None:
    if isinstance(value, dict):
        value = value.get("name")
    if value is None:
        return None
    return redact(value.isoformat() if isinstance(value, datetime) else str(value))[:_LONGEST]
