"""Kubernetes: what `kubectl get` prints of a cluster, and the manifests that are to be applied to one."""

from soc2test_plugins.kubernetes.hooks import soc2_claim, soc2_sources

__all__ = ["soc2_claim", "soc2_sources"]
