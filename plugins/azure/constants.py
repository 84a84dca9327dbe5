"""What each member of a kind is by what the kind is: a gap of the kind holds up no control over others."""

from soc2test_plugins.azure.kinds import AzureSnapshot
from soc2test_plugins.azure.source import azure

azure.always(AzureSnapshot, copy=True)
