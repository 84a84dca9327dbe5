"""Google Workspace: users of the Admin SDK, organisational units, and the policies of Cloud Identity."""

from soc2test_plugins.google_workspace.hooks import soc2_claim, soc2_sources

__all__ = ["soc2_claim", "soc2_sources"]
