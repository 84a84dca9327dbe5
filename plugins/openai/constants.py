"""What each member of a kind is by what the kind is: a gap of the kind holds up no control over others."""

from soc2test_plugins.openai.kinds import OpenaiAdminKey, OpenaiKey, OpenaiServiceAccount, OpenaiUser
from soc2test_plugins.openai.source import openai

openai.always(OpenaiUser, root=False, human=True, stays_listed=False)
openai.always(OpenaiServiceAccount, root=False, human=False, stays_listed=False)
openai.always(OpenaiKey, root=False, category="token")
openai.always(OpenaiAdminKey, root=False, category="token")
