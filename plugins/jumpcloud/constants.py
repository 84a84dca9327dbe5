"""What each member of a kind is by what the kind is: a gap of the kind holds up no control over others."""

from soc2test_plugins.jumpcloud.kinds import JumpcloudUser
from soc2test_plugins.jumpcloud.source import jumpcloud

jumpcloud.always(JumpcloudUser, root=False, human=True, stays_listed=True)  # SUSPENDED is one of the states in the list
