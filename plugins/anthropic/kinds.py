"""Anthropic's kinds: the neutral ones as Anthropic tells them."""

from soc2test import Credential, Identity

__all__ = ["AnthropicKey", "AnthropicUser"]


class AnthropicUser(Identity, frozen=True, gc=False, kw_only=True):
    """A user of the organization."""


class AnthropicKey(Credential, frozen=True, gc=False, kw_only=True):
    """A key of the API. When it was used last is in no list, so that it is unknown. Admin keys are not listed."""
