"""Images are compared with registries as runtimes complete their names."""

import pytest

from soc2test_policies._images import from_registry

DIGEST = "@sha256:" + "0" * 64


@pytest.mark.parametrize(
    ("image", "registry"),
    [
        ("nginx", "docker.io"),
        ("nginx:1.27", "docker.io/library"),
        (f"nginx{DIGEST}", "docker.io/library/nginx"),
        ("docker.io/nginx", "docker.io/library"),
        ("acme/web", "docker.io/acme"),
        ("index.docker.io/acme/web", "docker.io/acme"),
        ("docker.io/acme/web", "index.docker.io/acme"),
        ("registry-1.docker.io/acme/web", "docker.io"),
        ("acme/web:1", "acme"),
        ("acme/web:1", "acme/"),
        ("nginx:1", "nginx"),
        ("nginx:1", "docker.io/nginx"),
        ("localhost/web", "localhost"),
        ("registry:5000/web", "registry:5000"),
        ("ghcr.io/acme/web", "ghcr.io/acme"),
        ("ghcr.io/web", "ghcr.io/"),
    ],
)
def test_from_the_registry(image: str, registry: str) -> None:
    assert from_registry(image, registry)


@pytest.mark.parametrize(
    ("image", "registry"),
    [
        ("nginx", "registry.acme.example"),
        ("acme/web", "docker.io/library"),
        ("acme/web", "registry.example/acme"),
        ("localhost/web", "docker.io"),
        ("registry:5000/web", "docker.io"),
        ("ghcr.io/acme-labs/web", "ghcr.io/acme"),
        ("ghcr.io.example/web", "ghcr.io"),
        ("nginx-own", "nginx"),
        ("evil/nginx", "nginx"),
        ("ghcr.io", "ghcr.io"),
        ("evil.example/docker.io/library/nginx", "docker.io"),
    ],
)
def test_from_elsewhere(image: str, registry: str) -> None:
    assert not from_registry(image, registry)
