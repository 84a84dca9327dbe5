"""Namespaces, network policies, load balancers and ingresses; and the shipped controls over them."""

from pathlib import Path
from typing import Any

import pytest
from kubernetes_reading import every, listing, load, only, planned, thing

from soc2test import UnknownFact
from soc2test.testing import check
from soc2test_plugins.kubernetes.kinds import Ingress, KubernetesNamespace, LoadBalancerPort
from soc2test_policies.cc6.endpoints import test_public_endpoints_speak_modern_tls as endpoints_control
from soc2test_policies.cc6.network import test_admin_ports_are_not_open_to_the_world as ports_control

NET = "networking.k8s.io/v1"


@pytest.mark.parametrize(
    ("spec", "denies"),
    [
        ({"podSelector": {}, "policyTypes": ["Ingress"]}, True),
        ({"podSelector": {}, "policyTypes": ["Ingress", "Egress"], "ingress": []}, True),
        ({"podSelector": {}}, True),
        ({"podSelector": {}, "policyTypes": ["Egress"]}, False),
        ({"podSelector": {}, "ingress": [{}]}, False),
        ({"podSelector": {"matchLabels": {"app": "web"}}}, False),
        ({"podSelector": {"matchExpressions": [{"key": "a", "operator": "Exists"}]}}, False),
    ],
)
def test_network_policies(tmp_path: Path, spec: Any, denies: bool) -> None:
    policy = thing("NetworkPolicy", "p", NET, namespace="shop", spec=spec)
    space = only(planned(tmp_path, thing("Namespace", "shop"), policy), KubernetesNamespace)
    assert (space.guarded, space.denies_by_default, space.pod_security) == (True, denies, None)


def test_a_namespace_without_policies(tmp_path: Path) -> None:
    labels = {"labels": {"pod-security.kubernetes.io/enforce": "restricted"}}
    namespaces = listing(thing("Namespace", "shop", metadata=labels))
    space = only(load(tmp_path, {"get.namespaces": namespaces}), KubernetesNamespace)
    assert space.pod_security == "restricted"
    with pytest.raises(UnknownFact, match="kubectl get networkpolicies"):
        assert space.guarded
    space = only(load(tmp_path, {"get.networkpolicies": listing()}), KubernetesNamespace)
    assert not space.guarded


def service(annotations: Any = None, status: Any = None, **spec: Any) -> dict[str, Any]:
    ports = [{"port": 22, "protocol": "TCP"}, {"port": 443}]
    return thing(
        "Service", "web", metadata={"annotations": annotations}, status=status or {},
        spec={"type": "LoadBalancer", "ports": ports, **spec},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("given", "world"),
    [
        (service(), True),
        (service(loadBalancerSourceRanges=["0.0.0.0/0"]), True),
        (service(loadBalancerSourceRanges=["10.0.0.0/8"]), False),
        (service(loadBalancerSourceRanges=["{{ range }}"]), None),
        (service({"service.beta.kubernetes.io/aws-load-balancer-scheme": "internal"}), False),
        (service({"networking.gke.io/load-balancer-type": "Internal"}), False),
        (service({"service.beta.kubernetes.io/azure-load-balancer-internal": "false"}), True),
        (service(status={"loadBalancer": {"ingress": [{"ip": "10.1.2.3"}]}}), False),
        (service(status={"loadBalancer": {"ingress": [{"ip": "34.1.2.3"}]}}), True),
        (service(status={"loadBalancer": {"ingress": [{"ip": "10.1.2.3"}, {"ip": "34.1.2.3"}]}}), True),
    ],
)
def test_load_balancers(tmp_path: Path, given: Any, world: bool | None) -> None:
    ports = every(load(tmp_path, {"get.services": listing(given)}), LoadBalancerPort)
    assert {(each.from_port, each.to_port, each.protocol, each.inbound) for each in ports} == {
        (22, 22, "tcp", True),
        (443, 443, "tcp", True),
    }
    result = check(ports_control, *ports)
    outcomes = [each.outcome for each in result.findings]
    # whom the other port lets in nobody asks: it is no way to administer
    assert outcomes == {True: ["deviation"], False: [], None: ["unknown"]}[world]


INTERNAL = {"service.beta.kubernetes.io/azure-load-balancer-internal": "true"}


def test_a_label_is_no_order_to_a_controller(tmp_path: Path) -> None:
    labelled = service()
    labelled["metadata"]["labels"] = INTERNAL
    assert every(load(tmp_path, {"get.services": listing(labelled)}), LoadBalancerPort)[0].world is True


def test_an_annotation_is_no_pod_security_standard(tmp_path: Path) -> None:
    annotated = thing(
        "Namespace", "shop", metadata={"annotations": {"pod-security.kubernetes.io/enforce": "restricted"}}
    )
    assert only(load(tmp_path, {"get.namespaces": listing(annotated)}), KubernetesNamespace).pod_security is None


@pytest.mark.parametrize("ip", ["34.1.2.3", "2600::1"])
def test_another_clouds_annotation_makes_no_address_private(tmp_path: Path, ip: str) -> None:
    status = {"loadBalancer": {"ingress": [{"ip": ip}]}}
    files = {
        "get.services": listing(service(INTERNAL, status=status)),
        "get.ingresses": listing(ingress({f"{AWS}scheme": "internal"}, ip=ip, rules=HOST)),
    }
    inventory = load(tmp_path, files)
    assert every(inventory, LoadBalancerPort)[0].world is True
    assert only(inventory, Ingress).public is True


def test_other_services_open_nothing(tmp_path: Path) -> None:
    given = [thing("Service", "a", spec={"ports": [{"port": 22}]}), service(type="NodePort")]
    assert every(load(tmp_path, {"get.services": listing(*given)}), LoadBalancerPort) == []


def ingress(annotations: Any = None, ip: str | None = None, **spec: Any) -> dict[str, Any]:
    status = {"loadBalancer": {"ingress": [{"ip": ip}]}} if ip else {}
    return thing("Ingress", "web", NET, metadata={"annotations": annotations}, status=status, spec=spec)


HOST: Any = [{"host": "a.example"}]
TLS: Any = [{"hosts": ["a.example"], "secretName": "s"}]
NGINX: Any = {"ingressClassName": "nginx", "rules": HOST}
AWS = "alb.ingress.kubernetes.io/"
REDIRECT = "nginx.ingress.kubernetes.io/"


@pytest.mark.parametrize(
    ("given", "tls"),
    [
        (ingress(rules=HOST), False),
        (ingress(tls=TLS, **NGINX), True),
        (ingress({"nginx.ingress.kubernetes.io/ssl-redirect": "false"}, tls=TLS, **NGINX), False),
        (ingress({f"{REDIRECT}ssl-redirect": "False"}, tls=TLS, **NGINX), False),
        (ingress({f"{REDIRECT}ssl-redirect": "0", f"{REDIRECT}force-ssl-redirect": "1"}, tls=TLS, **NGINX), True),
        (ingress({f"{REDIRECT}ssl-redirect": "off"}, tls=TLS, **NGINX), None),
        (ingress(tls=TLS, rules=HOST), None),
        (ingress({"kubernetes.io/ingress.allow-http": "false"}, tls=TLS, rules=HOST), True),
        (ingress(tls=TLS, ingressClassName="nginx", rules=[*HOST, {"host": "b.example"}]), False),
        (ingress(tls=[{"hosts": ["*.example"]}], **NGINX), True),
        (ingress(tls=[{"secretName": "s"}], **NGINX), True),
        (ingress({f"{AWS}certificate-arn": "arn", f"{AWS}ssl-redirect": "443"}, rules=HOST), True),
        (ingress({f"{AWS}certificate-arn": "arn"}, rules=HOST), True),  # it listens for HTTPS alone
        (ingress({f"{AWS}certificate-arn": "arn", f"{AWS}listen-ports": '[{"HTTPS":443}]'}, rules=HOST), True),
        (ingress({f"{AWS}certificate-arn": "arn", f"{AWS}listen-ports": '[{"HTTP":80},{"HTTPS":443}]'}), False),
        (ingress({f"{AWS}certificate-arn": "arn", f"{AWS}listen-ports": "80"}, rules=HOST), None),
        (ingress({f"{AWS}certificate-arn": "arn"}, ingressClassName="traefik", tls=TLS, rules=HOST), None),
        (ingress(tls=TLS, ingressClassName="nginx", defaultBackend={"service": {"name": "web"}}), False),
        (ingress(tls=TLS, ingressClassName="nginx"), False),
        (ingress(tls=TLS, defaultBackend={"service": {"name": "web"}}, **NGINX), False),
        (ingress(tls=[{"secretName": "s"}], ingressClassName="nginx", defaultBackend={"service": {}}), True),
    ],
)
def test_ingresses(tmp_path: Path, given: Any, tls: bool | None) -> None:
    found = only(load(tmp_path, {"get.ingresses": listing(given)}), Ingress)
    if tls is None:
        with pytest.raises(UnknownFact):
            assert found.tls
    else:
        assert found.tls is tls


@pytest.mark.parametrize(
    ("given", "outcome"),
    [
        (ingress(ip="34.1.2.3", rules=HOST), "deviation"),
        (ingress({f"{AWS}scheme": "internet-facing"}, rules=HOST), "deviation"),
        (ingress(ip="10.1.2.3", rules=HOST), None),
        (ingress({f"{AWS}scheme": "internal"}, rules=HOST), None),
        (ingress(rules=HOST), "unknown"),
        (ingress(ip="34.1.2.3", tls=TLS, **NGINX), "unknown"),
    ],
)
def test_the_shipped_control_on_endpoints(tmp_path: Path, given: Any, outcome: str | None) -> None:
    result = check(endpoints_control, *every(load(tmp_path, {"get.ingresses": listing(given)}), Ingress))
    assert [each.outcome for each in result.findings] == ([outcome] if outcome else [])
