"""Images as workloads name them (https://github.com/opencontainers/image-spec/blob/main/descriptor.md#digests)."""

import re
from collections.abc import Iterator

from soc2test import Item, text
from soc2test_plugins.kubernetes.shapes import listed_at

__all__ = ["images_of", "pinned", "tagged"]

_PINNED = re.compile(r"[^@\s]+@(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})", re.ASCII)
"""A digest of another length or algorithm is a placeholder: a runtime refuses it, or takes the tag before it."""
_LATEST = ("", "latest")


def images_of(pod: Item, containers: list[Item]) -> Iterator[str]:
    """The images of its containers, and those that it mounts as volumes."""
    yield from (text(container["image"]) for container in containers)
    for volume in listed_at(pod, "volumes"):
        if volume.or_else("image", None) is not None:
            yield text(volume["image"]["reference"])


def pinned(image: str) -> bool:
    """Named by a digest that is well formed."""
    return _PINNED.fullmatch(image) is not None


def tagged(image: str) -> bool:
    """Pinned, or with a tag other than `latest`. A colon before the last slash is a registry's port."""
    name = image.partition("@")[0].rpartition("/")[2]
    return pinned(image) or name.partition(":")[2] not in _LATEST
