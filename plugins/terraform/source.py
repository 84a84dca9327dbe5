"""The source `terraform`: the documents it takes, and those it refuses by name."""

import re
from typing import Any

from soc2test import ErrorInfo, Source
from soc2test_plugins.terraform.identity import IDENTITY

__all__ = ["SHOW", "as_document", "error_info", "terraform"]

SHOW = "show"
_STDERR = re.compile(r"^\W*Error: ", re.MULTILINE)
_EXPORT = "export `terraform show -json PLANFILE` for a plan, `terraform show -json` for the state"


def error_info(body: Any) -> ErrorInfo | None:
    """Terraform's error in a box on stderr; it has no codes."""
    return ErrorInfo("Error") if isinstance(body, str) and _STDERR.search(body) else None


def more(body: Any) -> str | None:
    """A plan that says of itself that it is not all there is to do."""
    if body.get("errored") is True:
        return "the plan broke off with an error"
    if body.get("deferred_changes") or body.get("complete") is False:
        return "the plan is for a part (-target, or changes that it defers)"
    return None


terraform = Source(
    "terraform",
    title="Terraform",
    scope=("workspace",),
    identity=IDENTITY,
    command="terraform show -json",
    paging=more,
    error=error_info,
    dated="timestamp",  # of plans; a state does not say when it was taken
    url="https://developer.hashicorp.com/terraform/internals/json-format",
)


def as_document(body: Any) -> dict[str, Any]:
    """A plan, a state as `show -json` prints it, or a state file; raises `ValueError` for Terraform's other outputs."""
    if isinstance(body, list) and body and isinstance(body[0], dict) and "@level" in body[0]:
        raise ValueError(f"is the log of `terraform plan -json`, which tells no values: {_EXPORT}")
    if not isinstance(body, dict):
        raise ValueError(f"is neither plan nor state: {_EXPORT}")
    if "provider_schemas" in body:
        raise ValueError(f"is what `terraform providers schema -json` prints, which holds no resources: {_EXPORT}")
    if "planned_values" in body or "resource_changes" in body or isinstance(body.get("values"), dict):
        return body
    if body.get("version") == 4 and isinstance(body.get("resources"), list):  # noqa: PLR2004  # the format's
        return body
    if "version" in body and "modules" in body:
        raise ValueError("is a state of a version before 4: let Terraform 0.12 or newer write it once")
    if "format_version" in body:
        raise ValueError(f"holds neither plan nor state, as where nothing was applied yet: {_EXPORT}")
    raise ValueError(f"is neither plan nor state: {_EXPORT}")
