"""Whom IAM policies give roles: people, service accounts, and those whose members no export tells.

Members are written as https://cloud.google.com/iam/docs/principal-identifiers has them.
"""

import re
from collections.abc import Iterator
from typing import Any

from soc2test import Facts, Population, Unknown, UnknownFact, facts
from soc2test_plugins.gcp.kinds import GcpAccountName, GcpMember, GcpSharedRights
from soc2test_plugins.gcp.source import gcp

__all__ = ["ANYBODY", "gone", "inherited", "may_be_an_agent", "member_facts", "member_id"]

ANYBODY = ("allUsers", "allAuthenticatedUsers")
_DIRECTORY = "Google Cloud knows people by their address alone; their directory tells it"
_AGENT = re.compile(
    r"serviceAccount:(?:service-\d+@(?:gcp-sa-[a-z0-9-]+|compute-system|container-engine-robot|dataflow-service-producer-prod"
    r"|cloud-filer|cloud-redis|cloud-tpu|gae-api-prod|dataproc-accounts|cloudcomposer-accounts|gcf-admin-robot"
    r"|serverless-robot-prod|containerregistry|sourcerepo-service-accounts|service-networking|firebase-rules"
    r"|genomics-api|logging-service|ml-project|remotebuildexecution|bigquery-data-connectors)"
    r"\.iam\.gserviceaccount\.com)",
    re.ASCII,
)
"""Service agents: Google's own accounts, as https://cloud.google.com/iam/docs/service-agents lists them."""
_DEPLOYER = re.compile(r"serviceAccount:\d+@cloudservices\.gserviceaccount\.com", re.ASCII)
"""The agent by which Deployment Manager does what its users' deployments say, with the agent's rights."""
_DEPLOYING = "whoever may write deployments of Deployment Manager"


_NUMBERED = re.compile(r"serviceAccount:(?:service-)?\d+@[a-z0-9.-]+\.gserviceaccount\.com", re.ASCII)
"""How agents are named, of which new ones come each year: by the number of a project. Accounts of a company's own have
names that it gives (IAM API, `accountId`), or one by Compute Engine (123-compute@developer)."""


def may_be_an_agent(member: str) -> bool:
    """By its name alone: to be asked where a role is one that Google made for its agents."""
    return _NUMBERED.fullmatch(member) is not None


def member_id(scope: str, member: str) -> str:
    """Members are counted scope by scope."""
    return f"{scope}/{member}"


def gone(member: str, *, more: bool) -> bool:
    """Deleted, or one of Google's own agents, which nobody can sign in as.

    Deployment Manager's does what its users tell it: it is theirs where it holds `more` than the editor's role, which
    Google gives it in each project.
    """
    if _DEPLOYER.fullmatch(member):
        return not more
    return member.startswith("deleted:") or _AGENT.fullmatch(member) is not None


def member_facts(scope: str, member: str) -> Facts:
    """An account; or, of whatever stands for several, the rights that these share."""
    kind, _, name = member.partition(":")
    id = member_id(scope, member)
    if kind == "user":
        return facts(id, GcpMember, email=name, human=True, active=True, **_known(name), **_untold())
    if _DEPLOYER.fullmatch(member):
        return facts(
            id,
            GcpSharedRights,
            name=member,
            root=False,
            active=True,
            anybody=False,
            outsiders=(_DEPLOYING,),
            inherited=None,
        )
    if kind == "serviceAccount":
        return facts(id, GcpMember, email=None, human=False, **_known(name), **_untold())
    if kind == "principal":
        told = Unknown("whether a person or a program signs in by an identity pool is not told", what="human")
        return facts(id, GcpMember, email=None, human=told, active=True, **_known(member), **_untold())
    everybody = member in ANYBODY
    whom = () if everybody else (f"the members of {member}",)
    return facts(
        id, GcpSharedRights, name=member, root=False, active=True, anybody=everybody, outsiders=whom, inherited=None
    )


def _known(name: str) -> dict[str, Any]:
    return {"name": name, "root": False, "password": False, "password_set_at": None, "disabled_at": None, "owner": None}


def _untold() -> dict[str, Any]:
    return {name: Unknown(_DIRECTORY, what=name) for name in ("mfa", "created_at", "last_used_at")}


def inherited(scope: str, nodes: tuple[str, ...]) -> Iterator[Facts]:
    """What the exported project inherits from folders and the organisation above it, whose policies are elsewhere."""
    for node in nodes:
        above = node.rpartition("googleapis.com/")[2]
        yield facts(
            member_id(scope, f"inherited from {above}"),
            GcpSharedRights,
            name=f"what is inherited from {above}",
            root=False,
            active=True,
            anybody=False,
            outsiders=(f"whoever administers {above}",),
            inherited=node,
        )


@gcp.derives(GcpMember, "active", joins=GcpAccountName)
def active(member: GcpMember, accounts: Population[GcpAccountName]) -> bool:
    """A service account that the export lists counts as that; of another project's nobody tells whether it is on."""
    if accounts.one("id", f"{member.tenant}/{member.name}") is not None:
        return False
    if member.human:
        raise UnknownFact("active", _DIRECTORY)
    return True
