"""What each member of a kind is by what the kind is: a gap of the kind holds up no control over others."""

from soc2test_plugins.github.kinds import CodeScanningAlert, GithubMember, OutsideCollaborator, SecretAlert
from soc2test_plugins.github.source import github

github.always(GithubMember, root=False, stays_listed=False)
github.always(OutsideCollaborator, root=False, stays_listed=False)
github.always(SecretAlert, category="secret")
github.always(CodeScanningAlert, category="code")
