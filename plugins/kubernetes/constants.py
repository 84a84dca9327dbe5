"""What each member of a kind is by what the kind is: a gap of the kind holds up no control over others."""

from soc2test_plugins.kubernetes.kinds import KubernetesIdentity, ServiceAccountToken
from soc2test_plugins.kubernetes.source import kubernetes, manifests

for source in (kubernetes, manifests):
    source.always(KubernetesIdentity, root=False)
    source.always(ServiceAccountToken, root=False, category="token")
