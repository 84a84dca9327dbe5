"""What Kubernetes' RBAC must allow for each call of kubectl.

`kubectl get` of a whole kind is a GET of a collection, whose verb is `list`
(https://kubernetes.io/docs/reference/access-authn-authz/authorization/#determine-the-request-verb). The API group of a
resource is that of its path in the API, `/apis/apps/v1/deployments` (OpenAPI document of Kubernetes 1.37). `config
view` asks no cluster: it shows the kubeconfig, a file of whoever collects.
"""

from soc2test import Rights

__all__ = ["RIGHTS"]

RIGHTS = Rights(
    called="verbs and resources of RBAC",
    give=(
        "apply the ClusterRole and bind it to who collects with a ClusterRoleBinding, since all namespaces are listed"
    ),
    url="https://kubernetes.io/docs/reference/access-authn-authz/rbac/",
    form="kubernetes_role",
    of={
        "config view": (),
        "get pods": ("list pods",),
        "get services": ("list services",),
        "get serviceaccounts": ("list serviceaccounts",),
        "get secrets": ("list secrets",),
        "get persistentvolumes": ("list persistentvolumes",),
        "get persistentvolumeclaims": ("list persistentvolumeclaims",),
        "get namespaces": ("list namespaces",),
        "get deployments": ("list deployments.apps",),
        "get replicasets": ("list replicasets.apps",),
        "get statefulsets": ("list statefulsets.apps",),
        "get daemonsets": ("list daemonsets.apps",),
        "get jobs": ("list jobs.batch",),
        "get cronjobs": ("list cronjobs.batch",),
        "get networkpolicies": ("list networkpolicies.networking.k8s.io",),
        "get ingresses": ("list ingresses.networking.k8s.io",),
        "get clusterroles": ("list clusterroles.rbac.authorization.k8s.io",),
        "get clusterrolebindings": ("list clusterrolebindings.rbac.authorization.k8s.io",),
    },
    wider={
        "get secrets": (
            "the verb list is of whole objects: whoever may list secrets "
            "is shown what they hold, and Kubernetes has no narrower right; what is kept of it holds no "
            "data"
        ),
    },
)
