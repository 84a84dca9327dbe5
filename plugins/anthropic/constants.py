"""What each member of a kind is by what the kind is: a gap of the kind holds up no control over others."""

from soc2test_plugins.anthropic.kinds import AnthropicKey, AnthropicUser
from soc2test_plugins.anthropic.source import anthropic

anthropic.always(AnthropicUser, root=False, human=True, stays_listed=False)
anthropic.always(AnthropicKey, root=False, category="token")
