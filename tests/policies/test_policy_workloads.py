"""Workloads: the rights over their host, and the registries that a company names."""

from typing import Any

import pytest

from soc2test import Workload
from soc2test.testing import check, resource
from soc2test.verdicts import Verdict
from soc2test_policies.cc6.workloads import test_workloads_hold_no_rights_over_their_host as no_rights
from soc2test_policies.cc6.workloads import test_workloads_run_known_images as known_images

APART: dict[str, Any] = {
    "privileged": False,
    "host_namespaces": False,
    "host_paths": (),
    "beyond_baseline": (),
    "capabilities": (),
}
PROXY = resource(Workload, "prod/DaemonSet/kube-system/proxy", **{**APART, "privileged": True})
WEB = resource(Workload, "prod/Deployment/shop/web", **APART)


def test_what_the_platform_runs_counts_where_no_exemption_names_it() -> None:
    result = check(no_rights, PROXY, WEB, limits={"exempt": ["prod/DaemonSet/kube-system/*"]})
    assert (result.verdict, result.population) == (Verdict.FAIL, 2)


def test_an_image_of_no_named_registry_deviates() -> None:
    images = ("registry.example/web@sha256:00", "docker.io/nginx@sha256:01")
    web = resource(Workload, "web", images=images, images_pinned=True)
    assert check(known_images, web).verdict is Verdict.PASS
    result = check(known_images, web, limits={"registries": ["registry.example/"]})
    assert "docker.io/nginx@sha256:01 is from no registry" in result.findings[0].message
    assert "registry.example/web" not in result.findings[0].message
    both = {"registries": ["registry.example/", "docker.io/"]}
    assert check(known_images, web, limits=both).verdict is Verdict.PASS


@pytest.mark.parametrize(
    ("registry", "known"),
    [
        ("ghcr.io/acme", True),
        ("ghcr.io/acme/", True),
        ("ghcr.io/acme/web", True),
        ("ghcr.io/ac", False),
        ("ghcr.i", False),
        ("ghcr.io/acme/web/", False),
    ],
)
def test_a_registry_is_named_by_whole_parts(registry: str, known: bool) -> None:
    web = resource(Workload, "web", images=("ghcr.io/acme/web@sha256:00",), images_pinned=True)
    result = check(known_images, web, limits={"registries": [registry]})
    assert result.verdict is (Verdict.PASS if known else Verdict.FAIL)


def test_a_company_may_let_its_containers_have_further_capabilities() -> None:
    router = resource(Workload, "router", **{**APART, "capabilities": ("NET_ADMIN",)})
    assert check(no_rights, router).verdict is Verdict.FAIL
    assert check(no_rights, router, limits={"capabilities": ["NET_ADMIN"]}).verdict is Verdict.PASS
