"""Names of images: which registry they are from, also where they leave that to the runtime."""

__all__ = ["from_registry"]

_HUB = "docker.io"
_ALIASES = ("index.docker.io", "registry-1.docker.io", "registry.hub.docker.com")


def from_registry(image: str, registry: str) -> bool:
    """Whether an image is below the beginning of a name, as runtimes complete both.

    "nginx" is "docker.io/library/nginx", "acme/web" is "docker.io/acme/web". Whole parts of the name count:
    "ghcr.io/acme" names neither ghcr.io/acme-labs nor ghcr.io.example.
    """
    whole = _image(image)
    return any(_within(whole, beginning) for beginning in _beginnings(registry))


def _image(name: str) -> str:
    """With its registry, and with "library/" where Docker Hub's own images leave that out.

    A first part is a registry where it has a dot or a port, or is "localhost", as runtimes read references.
    """
    first, slash, rest = name.partition("/")
    if not slash or not _is_host(first):
        first, rest = _HUB, name
    if first in (_HUB, *_ALIASES):
        return f"{_HUB}/{rest}" if "/" in rest else f"{_HUB}/library/{rest}"
    return name


def _beginnings(registry: str) -> set[str]:
    """What a beginning without a registry means on Docker Hub: an image of its own ("nginx"), or all of somebody's."""
    if not registry.strip():
        return set()
    first, _, rest = registry.partition("/")
    if first in (_HUB, *_ALIASES):
        registry = rest
    elif _is_host(first):
        return {registry}
    own = set() if "/" in registry or not registry else {f"{_HUB}/library/{registry}"}
    return {f"{_HUB}/{registry}", *own}


def _is_host(part: str) -> bool:
    return "." in part or ":" in part or part == "localhost"


def _within(image: str, registry: str) -> bool:
    rest = image.removeprefix(registry)
    return rest != image and (registry.endswith("/") or rest[:1] in ("/", ":", "@") or not rest)
