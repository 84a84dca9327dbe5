"""What each member of a kind is by what the kind is: a gap of the kind holds up no control over others."""

from soc2test_plugins.gitlab.kinds import GitlabMember
from soc2test_plugins.gitlab.source import gitlab

gitlab.always(GitlabMember, root=False, stays_listed=False)
