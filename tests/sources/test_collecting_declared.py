"""What sources declare for the collecting script holds together."""

import re

import pytest

from soc2test import Collecting, PluginError
from soc2test.sources.loading import load_plugins

SOURCES = load_plugins(None).sources


@pytest.mark.parametrize(
    "wrong",
    [
        {"tools": {"gh --version": "new"}},
        {"variables": {"A-B": "x"}},
        {"environment": {"": "x"}},
        {"profile": "--profile"},
    ],
    ids=str,
)
def test_a_declaration_that_can_t_be_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(PluginError):
        Collecting(**wrong)  # type: ignore[arg-type]  # that is the test


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_each_variable_and_tool_of_a_command_is_declared(name: str) -> None:
    source = SOURCES[name]
    declared = {command.split()[0] for command in source.collecting.tools}
    for operation in source.operations.values():
        if " " not in operation.command or "<" in operation.command or name == "kubernetes-manifests":
            continue  # kept by hand, or completed by hand
        used = set(re.findall(r"\$([A-Z_][A-Z0-9_]+)", operation.command))
        assert used <= set(source.collecting.variables), operation.name
        tools = set(re.findall(r"(?<![\w./-])(aws|az|curl|gcloud|gh|jq|kubectl)(?= )", operation.command))
        assert tools <= declared, operation.name
        assert tools or name in ("terraform", "snyk"), operation.name


def test_each_vendor_s_source_says_who_it_asks_as() -> None:
    vendors = {
        "aws",
        "azure",
        "entra",
        "gcp",
        "github",
        "gitlab",
        "google_workspace",
        "inspector",
        "intune",
        "kubernetes",
        "okta",
        "securityhub",
        "slack",
    }
    assert {name for name, source in SOURCES.items() if source.collecting.whoami is not None} == vendors
