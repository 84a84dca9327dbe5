"""What each member of a kind is by what the kind is: a gap of the kind holds up no control over others."""

from soc2test_plugins.google_workspace.kinds import GoogleUser
from soc2test_plugins.google_workspace.source import google_workspace

google_workspace.always(GoogleUser, root=False, human=True, stays_listed=False)  # deleted ones only where asked for
