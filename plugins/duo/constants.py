"""What each member of a kind is by what the kind is: a gap of the kind holds up no control over others."""

from soc2test_plugins.duo.kinds import DuoUser
from soc2test_plugins.duo.source import duo

duo.always(DuoUser, root=False, human=True, stays_listed=True)  # "disabled" is one of the statuses in the list
