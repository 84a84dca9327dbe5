"""What each member of a kind is by what the kind is: a gap of the kind holds up no control over others."""

from soc2test_plugins.gcp.kinds import (
    GcpMember,
    GcpServiceAccount,
    GcpServiceAccountKey,
    GcpSharedRights,
    GcpSnapshot,
)
from soc2test_plugins.gcp.source import gcp

gcp.always(GcpMember, root=False, password=False)
gcp.always(GcpServiceAccount, root=False, human=False)
gcp.always(GcpServiceAccountKey, root=False, category="access_key")
gcp.always(GcpSharedRights, root=False)
gcp.always(GcpSnapshot, copy=True)
