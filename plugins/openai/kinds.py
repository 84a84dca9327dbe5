"""OpenAI's kinds: the neutral ones with what OpenAI tells beside them."""

from soc2test import Credential, Identity, Resource

__all__ = ["OpenaiAdminKey", "OpenaiKey", "OpenaiProject", "OpenaiServiceAccount", "OpenaiUser"]


class OpenaiUser(Identity, frozen=True, gc=False, kw_only=True):
    """A user of the organization. `admin` means owner; what roles of one's own allow is in no export that is read."""


class OpenaiServiceAccount(Identity, frozen=True, gc=False, kw_only=True):
    """A service account of a project. Nobody is named as its owner: the register of people may name its id."""


class OpenaiProject(Resource, frozen=True, gc=False, kw_only=True):
    """A project, to which keys and service accounts belong."""

    name: str
    """its id, by which calls ask for what belongs to it"""
    active: bool
    """it is not archived: keys of one that is serve no more"""


class OpenaiKey(Credential, frozen=True, gc=False, kw_only=True):
    """A key of a project."""

    project: str
    """id of the `OpenaiProject`"""


class OpenaiAdminKey(Credential, frozen=True, gc=False, kw_only=True):
    """A key by which the organization is administrated."""
